using System.Collections.Immutable;
using System.Globalization;
using System.IO.Compression;
using System.Security.Cryptography;
using GraphRisk.Cli.Composition;
using GraphRisk.Cli.Exit;

namespace GraphRisk.Cli.Backups;

/// <summary>
/// A folder of backups, in which they lie in chains: folders of their own, the first backup of each whole, each later one with what is new since. A file gets its name when it is whole, a backup
/// counts from when its manifest has its name, and what a run that was killed left goes with the next.
/// </summary>
internal sealed class BackupPlace : IDisposable
{
    private const string ChainPrefix = "chain-";
    private const string Dropped = ".dropped";

    private readonly string folder;
    private readonly FileStream held;

    private BackupPlace(string folder, FileStream held) => (this.folder, this.held) = (folder, held);

    /// <summary>Takes the folder for one backup, made where it is missing, and clears what killed runs left.</summary>
    /// <exception cref="UserErrorException">Another backup into it runs.</exception>
    public static BackupPlace Take(string folder)
    {
        OwnerOnly.Create(folder);
        FileStream held;
        try
        {
            held = new FileStream(Path.Combine(folder, "lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException error) when (error is not (DirectoryNotFoundException or PathTooLongException))
        {
            throw new UserErrorException($"Another backup into '{folder}' runs: wait for its end, or take another folder.");
        }

        var place = new BackupPlace(folder, held);
        foreach (var one in Directory.GetDirectories(folder, ChainPrefix + "*" + Dropped)) Directory.Delete(one, recursive: true);
        foreach (var chain in place.AllChains()) BackupChain.Clear(chain);
        return place;
    }

    /// <summary>The chains of a folder, oldest first; of a folder that is a chain itself, that one.</summary>
    /// <exception cref="UserErrorException">There are none.</exception>
    public static ImmutableArray<BackupChain> ChainsOf(string folder, BackupKey? key)
    {
        if (!Directory.Exists(folder)) throw new UserErrorException($"There is no folder '{folder}'.");
        ImmutableArray<BackupChain> chains = BackupChain.IsChain(folder) ? [new BackupChain(folder, key)] : [.. NamesIn(folder).Where(BackupChain.IsChain).Select(one => new BackupChain(one, key))];
        if (chains.Length > 0) return chains;
        throw new UserErrorException($"There is no backup in '{folder}'{(File.Exists(Path.Combine(folder, ExportManifest.SumsName)) ? $", but an export: 'graphrisk import --all {folder}' makes an installation of it" : "")}.");
    }

    /// <summary>The newest chain; null where there is none.</summary>
    public BackupChain? Newest(BackupKey? key) => AllChains().Where(BackupChain.IsChain).Select(one => new BackupChain(one, key)).LastOrDefault();

    /// <summary>A new chain, which counts once it has a backup.</summary>
    public BackupChain Begin(BackupKey? key)
    {
        var number = AllChains().Select(NumberOf).LastOrDefault() + 1;
        var chain = Path.Combine(folder, ChainPrefix + number.ToString("0000", CultureInfo.InvariantCulture));
        OwnerOnly.Create(chain);
        return new BackupChain(chain, key);
    }

    /// <summary>Deletes all but the newest chains.</summary>
    /// <returns>How many were deleted.</returns>
    public int Keep(int chains)
    {
        var old = AllChains().Where(BackupChain.IsChain).SkipLast(chains).ToList();
        foreach (var chain in old)
        {
            Directory.Move(chain, chain + Dropped);
            Directory.Delete(chain + Dropped, recursive: true);
        }

        return old.Count;
    }

    public void Dispose() => held.Dispose();

    private List<string> AllChains() => NamesIn(folder);

    private static List<string> NamesIn(string folder) =>
        [.. Directory.GetDirectories(folder, ChainPrefix + "*").Where(one => NumberOf(one) > 0).OrderBy(NumberOf)];

    private static int NumberOf(string chain) => int.TryParse(Path.GetFileName(chain)[ChainPrefix.Length..], NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0;
}

/// <summary>A chain of backups in its folder.</summary>
/// <param name="folder">The folder.</param>
/// <param name="key">The key it is encrypted with; null for none.</param>
internal sealed class BackupChain(string folder, BackupKey? key)
{
    private const string Unfinished = ".tmp";
    private const string ManifestEnding = ".manifest";
    private static readonly string FirstManifest = BackupManifest.NameOf(1);

    /// <summary>The folder.</summary>
    public string Folder => folder;

    /// <summary>Whether a folder holds a backup.</summary>
    public static bool IsChain(string folder) => File.Exists(Path.Combine(folder, FirstManifest));

    /// <summary>Deletes what is not of a backup that came to its end.</summary>
    public static void Clear(string folder)
    {
        var files = Directory.GetFiles(folder).Select(path => (Path: path, Name: Path.GetFileName(path))).ToList();
        var last = files.Where(file => file.Name.EndsWith(ManifestEnding, StringComparison.Ordinal)).Select(file => NumberOf(file.Name)).DefaultIfEmpty().Max();
        foreach (var (path, name) in files)
            if (name.EndsWith(Unfinished, StringComparison.Ordinal) || NumberOf(name) > last) File.Delete(path);
        if (last == 0 && !Directory.EnumerateFileSystemEntries(folder).Any()) Directory.Delete(folder);
    }

    /// <summary>The manifests of its backups, in order.</summary>
    /// <exception cref="InvalidDataException">One is damaged or missing.</exception>
    /// <exception cref="UserErrorException">The key is lacking, needless or another.</exception>
    public ImmutableArray<BackupManifest> Read()
    {
        var manifests = ImmutableArray.CreateBuilder<BackupManifest>();
        var there = Directory.GetFiles(folder, "*" + ManifestEnding).Length;
        while (manifests.Count < there)
        {
            var path = PathOf(BackupManifest.NameOf(manifests.Count + 1));
            if (!File.Exists(path)) throw new InvalidDataException($"'{path}' is missing: the backups after it rest on it.");
            var manifest = BackupManifest.Read(path, key);
            if (manifest.Number != manifests.Count + 1 || manifest.Before != manifests.LastOrDefault()?.Hash)
                throw new InvalidDataException($"'{path}' does not follow the manifest before it: it is of another chain, or that one was replaced.");
            manifests.Add(manifest);
        }

        return manifests.DrainToImmutable();
    }

    /// <summary>Writes a piece.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="write">Writes what it holds.</param>
    public async Task<(BackupPiece Piece, T Result)> WriteAsync<T>(string name, Func<Stream, Task<T>> write)
    {
        var unfinished = PathOf(name) + Unfinished;
        using var hash = SHA256.Create();
        T result;
        long length;
        using (var file = Create(unfinished))
        {
            using (var hashing = new CryptoStream(file, hash, CryptoStreamMode.Write, leaveOpen: true))
            using (Stream target = key is null ? hashing : key.Seal(hashing, name))
            using (var zip = new GZipStream(target, CompressionLevel.Fastest, leaveOpen: true))
            {
                result = await write(zip);
            }

            file.Flush(flushToDisk: true);
            length = file.Length;
        }

        File.Move(unfinished, PathOf(name));
        return (new BackupPiece(name, length, Convert.ToHexStringLower(hash.Hash!)), result);
    }

    /// <summary>Adds a manifest, with which its backup counts.</summary>
    public BackupManifest Add(BackupManifest manifest)
    {
        var (bytes, kept) = manifest.Write(key);
        var path = PathOf(BackupManifest.NameOf(manifest.Number));
        using (var file = Create(path + Unfinished))
        {
            file.Write(bytes);
            file.Flush(flushToDisk: true);
        }

        File.Move(path + Unfinished, path);
        return kept;
    }

    /// <summary>Reads a piece through and holds it to its length and checksum.</summary>
    /// <exception cref="InvalidDataException">It is missing or damaged.</exception>
    public void Check(BackupPiece piece)
    {
        var path = PathOf(piece.Name);
        if (!File.Exists(path)) throw new InvalidDataException($"'{path}' is missing.");
        using var file = File.OpenRead(path);
        if (file.Length != piece.Bytes || Convert.ToHexStringLower(SHA256.HashData(file)) != piece.Sha256)
            throw new InvalidDataException($"'{path}' is damaged: it is not what its manifest says. Take an earlier chain, or another copy of the backup.");
    }

    /// <summary>What a piece holds, once it is found whole.</summary>
    /// <exception cref="InvalidDataException">It is missing or damaged.</exception>
    public Stream Open(BackupPiece piece)
    {
        Check(piece);
        var file = File.OpenRead(PathOf(piece.Name));
        return new GZipStream(key is null ? file : key.Open(file, piece.Name), CompressionMode.Decompress);
    }

    /// <summary>The backup a file is of; 0 where its name says none.</summary>
    private static int NumberOf(string name) =>
        int.TryParse(name.AsSpan(0, name.AsSpan().IndexOfAnyExceptInRange('0', '9') is >= 0 and var digits ? digits : name.Length), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0;

    private static FileStream Create(string path)
    {
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        return new FileStream(path, options);
    }

    private string PathOf(string name) => Path.Combine(folder, name);
}
