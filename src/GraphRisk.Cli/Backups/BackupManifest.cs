using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.RegularExpressions;
using GraphRisk.Cli.Output;
using GraphRisk.Graph.Store;
using GraphRisk.Stores.Sqlite;

namespace GraphRisk.Cli.Backups;

/// <summary>A file of a backup as it lies there.</summary>
/// <param name="Name">Its name in the chain's folder.</param>
/// <param name="Bytes">Its length.</param>
/// <param name="Sha256">SHA-256 of it, hexadecimal.</param>
internal sealed record BackupPiece(string Name, long Bytes, string Sha256);

/// <summary>A part of a file of the data folder.</summary>
/// <param name="Piece">The piece that holds it.</param>
/// <param name="Bytes">Bytes of the file in it.</param>
internal sealed record BackedUpPart(BackupPiece Piece, long Bytes);

/// <summary>A file of the data folder as it was. One that only grew since the backup before has the parts of that one, and what was added as another.</summary>
/// <param name="Path">Where it lies in the data folder, with slashes.</param>
/// <param name="Bytes">Its length.</param>
/// <param name="Sha256">SHA-256 of it, hexadecimal.</param>
/// <param name="Parts">What it is put together of.</param>
internal sealed record BackedUpFile(string Path, long Bytes, string Sha256, ImmutableArray<BackedUpPart> Parts);

/// <summary>The store as it was; see <see cref="StoreExtent"/>.</summary>
internal sealed record BackedUpStore(
    string Identity, string History, long Version, DateTimeOffset RecordedAt, long Recordings, long Nodes, long Sets, int Layout, string ContentHash)
{
    public static BackedUpStore Of(StoreExtent extent) => new(
        extent.Mark.StoreText, extent.Mark.HistoryText, extent.Version, extent.RecordedAt, extent.Sequence, extent.LastNode, extent.Sets, extent.Layout, extent.ContentHash);

    public StoreExtent ToExtent() => new(Mark, Version, RecordedAt, Recordings, Nodes, Sets, Layout, ContentHash);

    [JsonIgnore]
    public StoreMark Mark => StoreMark.Parse(Identity, History) ?? throw new InvalidDataException("A manifest names no store.");
}

/// <summary>
/// What one backup holds, as it lies in the chain: JSON, or the same sealed, and behind it a line with SHA-256 of it. It names the manifest before, so that none can be changed or taken from between.
/// </summary>
internal sealed partial record BackupManifest
{
    private const int Known = 1;
    private const int HashDigits = 64;

    /// <summary>Form of the manifest.</summary>
    public int Format { get; init; } = Known;

    /// <summary>Which backup of its chain, from 1.</summary>
    public required int Number { get; init; }

    /// <summary>SHA-256 of the manifest before, as its last line says it; null for the first.</summary>
    public required string? Before { get; init; }

    /// <summary>When what it holds was taken.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>The store.</summary>
    public required BackedUpStore Store { get; init; }

    /// <summary>What was recorded since the backup before; null where nothing was.</summary>
    public required BackupPiece? Log { get; init; }

    /// <summary>The files beside the store.</summary>
    public required ImmutableArray<BackedUpFile> Files { get; init; }

    /// <summary>SHA-256 of the manifest.</summary>
    [JsonIgnore]
    public string Hash { get; private init; } = "";

    /// <summary>Pieces that this backup made.</summary>
    [JsonIgnore]
    public IEnumerable<BackupPiece> OwnPieces => Pieces.Where(piece => piece.Name.StartsWith(NumberText(Number) + "-", StringComparison.Ordinal));

    /// <summary>Pieces that hold its files, and its own part of the log.</summary>
    [JsonIgnore]
    public IEnumerable<BackupPiece> Pieces => Files.SelectMany(file => file.Parts.Select(part => part.Piece)).Concat(Log is { } log ? [log] : []);

    /// <summary>Name of the file.</summary>
    public static string NameOf(int number) => NumberText(number) + ".manifest";

    /// <summary>Name of a piece of this backup.</summary>
    public static string PieceName(int number, string what) => $"{NumberText(number)}-{what}";

    /// <summary>The manifest as it is kept, and with its hash.</summary>
    public (byte[] Bytes, BackupManifest Kept) Write(BackupKey? key)
    {
        using var kept = new MemoryStream();
        var json = JsonSerializer.SerializeToUtf8Bytes(this, Json.Options);
        if (key is null)
        {
            kept.Write(json);
        }
        else
        {
            using var sealing = key.Seal(kept, NameOf(Number));
            sealing.Write(json);
        }

        kept.WriteByte((byte)'\n');
        var hash = Convert.ToHexStringLower(SHA256.HashData(kept.GetBuffer().AsSpan(0, (int)kept.Length)));
        kept.Write(Encoding.ASCII.GetBytes(hash + "\n"));
        return (kept.ToArray(), this with { Hash = hash });
    }

    /// <summary>Reads a manifest.</summary>
    /// <param name="path">Its file.</param>
    /// <param name="key">The key; null where none was given.</param>
    /// <exception cref="InvalidDataException">It is damaged.</exception>
    /// <exception cref="UserErrorException">The key is lacking, needless or another.</exception>
    public static BackupManifest Read(string path, BackupKey? key)
    {
        var bytes = File.ReadAllBytes(path);
        var length = bytes.Length - HashDigits - 1;
        var hash = length > 0 ? Encoding.ASCII.GetString(bytes, length, HashDigits) : "";
        if (length < 1 || bytes[^1] != '\n' || bytes[length - 1] != '\n' || hash != Convert.ToHexStringLower(SHA256.HashData(bytes.AsSpan(0, length))))
            throw new InvalidDataException($"'{path}' is damaged: it is not what its last line says. Take an earlier chain, or another copy of the backup.");
        var content = bytes.AsMemory(0, length - 1);
        if (BackupKey.IsSealed(content.Span) != key is not null)
            throw new UserErrorException(key is null ? $"The backup '{path}' is encrypted: give its key with --key FILE." : $"The backup '{path}' is not encrypted: leave out --key.");
        try
        {
            var manifest = Parse(content, path, key) ?? throw new InvalidDataException($"'{path}' is no manifest.");
            return manifest.Format == Known ? manifest with { Hash = hash } : throw new InvalidDataException($"'{path}' is of a later form than this program knows: use a newer program.");
        }
        catch (JsonException error)
        {
            throw new InvalidDataException($"'{path}' is no manifest of a backup: {error.Message}", error);
        }
    }

    private static BackupManifest? Parse(ReadOnlyMemory<byte> content, string path, BackupKey? key)
    {
        BackupManifest? manifest;
        if (key is null)
        {
            manifest = JsonSerializer.Deserialize<BackupManifest>(content.Span, Json.Options);
        }
        else
        {
            using var opening = key.Open(new MemoryStream(content.ToArray()), Path.GetFileName(path));
            manifest = JsonSerializer.Deserialize<BackupManifest>(opening, Json.Options);
        }

        // What is not encrypted anybody may have written: no name of it leads out of the folders.
        var isPlain = manifest is null || (manifest.Pieces.All(piece => PieceForm().IsMatch(piece.Name))
            && manifest.Files.All(file => !Path.IsPathRooted(file.Path) && !file.Path.Split('/', '\\').Any(part => part is "" or "." or "..")));
        return isPlain ? manifest : throw new InvalidDataException($"'{path}' names files that lie outside of the folders.");
    }

    private static string NumberText(int number) => number.ToString("0000", System.Globalization.CultureInfo.InvariantCulture);

    [GeneratedRegex("^[0-9]+-[a-z0-9]+$")]
    private static partial Regex PieceForm();
}
