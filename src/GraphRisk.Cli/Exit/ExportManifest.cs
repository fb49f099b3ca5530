using System.Collections.Immutable;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using GraphRisk.Cli.Output;

namespace GraphRisk.Cli.Exit;

/// <summary>A file of an export.</summary>
/// <param name="Path">Where it lies in the export, with slashes.</param>
/// <param name="Bytes">Its length.</param>
/// <param name="Sha256">SHA-256 of it, hexadecimal.</param>
internal sealed record ExportedFile(string Path, long Bytes, string Sha256);

/// <summary>The store as it was exported.</summary>
/// <param name="Identity">Identity of the store; zeros for one on Neo4j.</param>
/// <param name="History">Mark of its history at the version.</param>
/// <param name="Version">The last version.</param>
/// <param name="RecordedAt">When it was recorded.</param>
/// <param name="Sets">Sets that changed something, one a version.</param>
/// <param name="Recordings">Recordings: assertions and retractions of facts.</param>
/// <param name="IdleSets">Sets that changed nothing.</param>
/// <param name="ContentHash">Its content hash, as <c>store hash</c> prints it.</param>
internal sealed record ExportedContent(string Identity, string History, long Version, DateTimeOffset RecordedAt, long Sets, long Recordings, long IdleSets, string ContentHash);

/// <summary>Something of the data folder that is not in the export.</summary>
/// <param name="What">Files or folders.</param>
/// <param name="Why">Why not.</param>
internal sealed record LeftOut(string What, string Why);

/// <summary>
/// What an export holds: <c>manifest.json</c>, and <c>SHA256SUMS</c> with the checksum of each file, the manifest's among them, as <c>sha256sum -c</c> reads it. It tells no time of its own, so
/// what did not change is exported with the same bytes.
/// </summary>
internal sealed record ExportManifest
{
    /// <summary>Name of the manifest.</summary>
    public const string FileName = "manifest.json";

    /// <summary>Name of the list of checksums.</summary>
    public const string SumsName = "SHA256SUMS";

    private const string Known = "graphrisk-export";
    private const int KnownVersion = 1;

    /// <summary>What it is.</summary>
    public string Format { get; init; } = Known;

    /// <summary>Version of the form of exports.</summary>
    public int FormatVersion { get; init; } = KnownVersion;

    /// <summary>Version of the program that wrote it.</summary>
    public required string Program { get; init; }

    /// <summary>Version of the schema: SHA-256 over the texts of <c>graph-schema/</c>, which lie in <c>schema/</c>.</summary>
    public required string Schema { get; init; }

    /// <summary>The store.</summary>
    public required ExportedContent Store { get; init; }

    /// <summary>Every file but this one and the list of checksums, by path.</summary>
    public required ImmutableArray<ExportedFile> Files { get; init; }

    /// <summary>What is not in it.</summary>
    public required ImmutableArray<LeftOut> LeftOut { get; init; }

    /// <summary>Writes manifest and checksums, with which the export counts.</summary>
    /// <returns>SHA-256 of the manifest.</returns>
    public async Task<string> WriteAsync(string folder, CancellationToken cancellation)
    {
        var json = Encoding.UTF8.GetBytes(Json.Of(this) + "\n");
        var hash = Convert.ToHexStringLower(SHA256.HashData(json));
        await PutAsync(Path.Combine(folder, FileName), json, cancellation);
        var sums = new StringBuilder();
        foreach (var file in Files.Append(new ExportedFile(FileName, json.Length, hash)).OrderBy(file => file.Path, StringComparer.Ordinal)) sums.Append(file.Sha256).Append("  ").Append(file.Path).Append('\n');
        await PutAsync(Path.Combine(folder, SumsName), Encoding.UTF8.GetBytes(sums.ToString()), cancellation);
        return hash;
    }

    /// <summary>Reads an export and holds every file to its length and checksum.</summary>
    /// <param name="folder">The export.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <exception cref="InvalidDataException">A file is missing, changed or foreign; the message names it.</exception>
    /// <exception cref="UserErrorException">The folder is no export, or of a later form.</exception>
    public static async Task<ExportManifest> ReadAsync(string folder, CancellationToken cancellation)
    {
        if (!File.Exists(Path.Combine(folder, FileName)) && !File.Exists(Path.Combine(folder, SumsName)))
            throw new UserErrorException($"'{folder}' is no export: there is neither {FileName} nor {SumsName} in it. 'graphrisk export --all' writes both.");
        foreach (var name in (string[])[FileName, SumsName])
            if (!File.Exists(Path.Combine(folder, name))) throw new InvalidDataException($"'{Path.Combine(folder, name)}' is missing: the export is not whole.");
        var bytes = await File.ReadAllBytesAsync(Path.Combine(folder, FileName), cancellation);
        var sums = Sums(Path.Combine(folder, SumsName));
        if (sums.GetValueOrDefault(FileName) != Convert.ToHexStringLower(SHA256.HashData(bytes)))
            throw new InvalidDataException($"'{Path.Combine(folder, FileName)}' is damaged: it is not what {SumsName} says, or that is damaged itself. Take another copy of the export.");
        var manifest = Parse(bytes, folder);
        var known = manifest.Files.ToDictionary(file => file.Path, StringComparer.Ordinal);
        if (sums.Count != known.Count + 1 || known.Values.Any(file => sums.GetValueOrDefault(file.Path) != file.Sha256))
            throw new InvalidDataException($"'{Path.Combine(folder, SumsName)}' is damaged: it is not what {FileName} says. Take another copy of the export.");
        var there = Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Select(path => Path.GetRelativePath(folder, path).Replace('\\', '/'));
        if (there.FirstOrDefault(name => name is not (FileName or SumsName) && !known.ContainsKey(name)) is { } foreign)
            throw new InvalidDataException($"'{Path.Combine(folder, foreign)}' is not of the export: take it away.");
        foreach (var file in manifest.Files) await CheckAsync(folder, file, cancellation);
        return manifest;
    }

    private static async Task CheckAsync(string folder, ExportedFile file, CancellationToken cancellation)
    {
        var path = Path.Combine(folder, file.Path);
        if (!File.Exists(path)) throw new InvalidDataException($"'{path}' is missing.");
        await using var stream = File.OpenRead(path);
        if (stream.Length != file.Bytes || Convert.ToHexStringLower(await SHA256.HashDataAsync(stream, cancellation)) != file.Sha256)
            throw new InvalidDataException($"'{path}' is damaged: it is not what {FileName} says. Take another copy of the export.");
    }

    private static ExportManifest Parse(byte[] bytes, string folder)
    {
        try
        {
            var manifest = JsonSerializer.Deserialize<ExportManifest>(bytes, Json.Options);
            if (manifest is null || manifest.Format != Known) throw new UserErrorException($"'{folder}' is no export: {FileName} says something else.");
            if (manifest.FormatVersion != KnownVersion)
                throw new UserErrorException(string.Create(CultureInfo.InvariantCulture, $"'{folder}' is an export of form {manifest.FormatVersion}; this program knows form {KnownVersion}. Use a newer program."));
            if (manifest.Files.Any(file => Path.IsPathRooted(file.Path) || file.Path.Split('/', '\\').Any(part => part is "" or "." or "..")))
                throw new InvalidDataException($"'{Path.Combine(folder, FileName)}' names files that lie outside of the folder.");
            if (manifest.Files.GroupBy(file => file.Path, StringComparer.Ordinal).FirstOrDefault(group => group.Count() > 1) is { Key: var twice })
                throw new InvalidDataException($"'{Path.Combine(folder, FileName)}' names '{twice}' twice.");
            return manifest;
        }
        catch (JsonException error)
        {
            throw new InvalidDataException($"'{Path.Combine(folder, FileName)}' is no manifest of an export: {error.Message}", error);
        }
    }

    private static Dictionary<string, string> Sums(string path)
    {
        var sums = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var line in File.ReadLines(path))
            if (line.Split("  ", 2) is not [var hash, var name] || !sums.TryAdd(name, hash)) throw new InvalidDataException($"'{path}' is damaged: '{line}' is no checksum. Take another copy of the export.");
        return sums;
    }

    private static async Task PutAsync(string path, byte[] bytes, CancellationToken cancellation)
    {
        await using var file = OwnersFile.Create(path);
        await file.WriteAsync(bytes, cancellation);
        file.Flush(flushToDisk: true);
    }
}
