using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using GraphRisk.Cli.Backups;
using GraphRisk.Cli.Composition;
using GraphRisk.Cli.Output;
using GraphRisk.Graph.Schema;
using GraphRisk.Graph.Store;
using GraphRisk.Stores.Export;

namespace GraphRisk.Cli.Exit;

/// <summary>
/// Writes everything of a data folder in open formats: the store as lines of JSON, what lies beside it as it lies there, the schema, and a text that says what is what. It is made in a folder of its own
/// beside and gets its name once it is whole.
/// </summary>
/// <param name="host">The clock.</param>
/// <param name="folder">The data folder.</param>
/// <param name="store">Its store; others may write to it.</param>
/// <param name="withKeys">Whether keys and configuration go with it.</param>
internal sealed class ExportRun(Host host, DataFolder folder, IGraphStore store, bool withKeys)
{
    /// <summary>Folder of the store's lines in an export.</summary>
    public const string StoreFolder = "store/";

    /// <summary>Folder of what lies beside the store in an export.</summary>
    public const string FilesFolder = "folder/";

    /// <summary>Text that says what is what.</summary>
    public const string FormatName = "FORMAT.md";

    private const string Unfinished = ".unfinished";
    private readonly List<ExportedFile> written = [];

    /// <summary>Whether a file of a data folder is a secret, or may hold one.</summary>
    public static bool IsSecret(string name) =>
        (name.StartsWith("keys/", StringComparison.Ordinal) && !name.EndsWith(".ndjson", StringComparison.Ordinal)) || name == SettingValues.FileName;

    /// <summary>Exports.</summary>
    /// <param name="target">The folder of the export; empty or missing.</param>
    /// <param name="progress">Told how many recordings and files are written.</param>
    /// <param name="cancellation">Ends it; nothing is left then.</param>
    /// <returns>What was exported, and SHA-256 of the manifest.</returns>
    public async Task<(ExportManifest Manifest, string Hash)> RunAsync(string target, IProgress<long>? progress, CancellationToken cancellation)
    {
        var unfinished = Path.TrimEndingDirectorySeparator(target) + Unfinished;
        if (Directory.Exists(unfinished)) Directory.Delete(unfinished, recursive: true);
        OwnerOnly.Create(unfinished);
        try
        {
            using var captured = CapturedFolder.Take(folder, store, host.Clock);
            var content = await WriteStoreAsync(unfinished, captured.Version, progress, cancellation);
            await PutAsync(unfinished, FormatName, stream => CopyTextAsync(stream, Resource("export-format.md"), cancellation));
            foreach (var (name, text) in SchemaCatalog.EmbeddedTexts()) await PutAsync(unfinished, "schema/" + name, stream => CopyTextAsync(stream, text, cancellation));
            foreach (var (name, file) in captured.Files)
            {
                if ((!withKeys && IsSecret(name)) || OwnName(name) is not { } own) continue;
                await file.ReadAsync((stream, length) => PutAsync(unfinished, FilesFolder + own, copy => CopyAsync(stream, length, copy, cancellation)), cancellation);
                progress?.Report(written.Count);
            }

            var manifest = new ExportManifest
            {
                Program = typeof(ExportRun).Assembly.GetName().Version?.ToString(3) ?? "", Schema = store.Catalog.Hash, Store = content,
                Files = [.. written.OrderBy(file => file.Path, StringComparer.Ordinal)], LeftOut = LeftOutOf(captured),
            };
            var hash = await manifest.WriteAsync(unfinished, cancellation);
            if (Directory.Exists(target)) Directory.Delete(target);
            Directory.Move(unfinished, target);
            return (manifest, hash);
        }
        catch
        {
            if (Directory.Exists(unfinished)) Directory.Delete(unfinished, recursive: true);
            throw;
        }
    }

    private async Task<ExportedContent> WriteStoreAsync(string to, StoreVersion version, IProgress<long>? progress, CancellationToken cancellation)
    {
        ExportedStore? told = null;
        await PutAsync(to, StoreFolder + "facts.ndjson", facts => PutAsync(to, StoreFolder + "sets.ndjson", sets => PutAsync(to, StoreFolder + "idle-sets.ndjson", async idle =>
        {
            told = await StoreExport.WriteAsync(store, version, sets, facts, idle, progress, cancellation);
            return true;
        })));
        var mark = await store.GetMarkAsync(version.Number, cancellation) ?? default;
        return new ExportedContent(mark.StoreText, mark.HistoryText, version.Number, version.RecordedAt, told!.Sets, told.Recordings, told.IdleSets, told.ContentHash);
    }

    /// <summary>Writes a file and notes its checksum.</summary>
    private async Task<bool> PutAsync(string to, string name, Func<Stream, Task<bool>> write)
    {
        var path = Path.Combine(to, name);
        OwnerOnly.Create(Path.GetDirectoryName(path)!);
        using var hash = SHA256.Create();
        await using var file = OwnersFile.Create(path);
        await using (var hashing = new CryptoStream(file, hash, CryptoStreamMode.Write, leaveOpen: true)) await write(hashing);
        file.Flush(flushToDisk: true);
        written.Add(new ExportedFile(name, file.Length, Convert.ToHexStringLower(hash.Hash!)));
        return true;
    }

    /// <summary>Where a file would lie in a folder with an embedded store; null for what belongs to another store.</summary>
    private string? OwnName(string name)
    {
        if (!name.StartsWith("stores/", StringComparison.Ordinal)) return name;
        var own = $"stores/{folder.StoreIdentity}/";
        return folder.StoreIdentity is not null && name.StartsWith(own, StringComparison.Ordinal) ? name[own.Length..] : null;
    }

    private ImmutableArray<LeftOut> LeftOutOf(CapturedFolder captured)
    {
        var left = ImmutableArray.CreateBuilder<LeftOut>();
        left.Add(new LeftOut("snapshots, search index, index of the audit trail", "They are made again of what is here."));
        if (!withKeys && captured.Files.Any(file => IsSecret(file.Key)))
            left.Add(new LeftOut($"keys/*.key, {SettingValues.FileName}", "They are secrets, or may hold some; --keys takes them along. Without them the audit trail cannot be held to its keyed hashes, and ids that analysts were told are others."));
        if (captured.Files.Any(file => OwnName(file.Key) is null)) left.Add(new LeftOut("stores/", "It belongs to other stores than the one that was exported."));
        return left.DrainToImmutable();
    }

    private static async Task<bool> CopyAsync(Stream from, long length, Stream to, CancellationToken cancellation)
    {
        from.Position = 0;
        var buffer = new byte[1 << 16];
        for (var left = length; left > 0 && await from.ReadAsync(buffer.AsMemory(0, (int)Math.Min(left, buffer.Length)), cancellation) is > 0 and var count; left -= count)
            await to.WriteAsync(buffer.AsMemory(0, count), cancellation);
        return true;
    }

    private static async Task<bool> CopyTextAsync(Stream to, string text, CancellationToken cancellation)
    {
        await to.WriteAsync(Encoding.UTF8.GetBytes(text), cancellation);
        return true;
    }

    private static string Resource(string name)
    {
        using var reader = new StreamReader(typeof(ExportRun).Assembly.GetManifestResourceStream(name) ?? throw new InvalidOperationException($"The program lacks its file {name}."));
        return reader.ReadToEnd();
    }
}
