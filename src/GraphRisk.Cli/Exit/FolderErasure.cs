using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using GraphRisk.Cli.Composition;
using GraphRisk.Cli.Output;
using GraphRisk.Graph.Facts;
using GraphRisk.Scoring.Registry;
using GraphRisk.Stores.Erasure;

namespace GraphRisk.Cli.Exit;

/// <summary>What becomes of a file beside the store.</summary>
internal enum FileFate
{
    /// <summary>Nothing of the client stands in it.</summary>
    Stays,

    /// <summary>It is of the audit trail, or of one before, which is kept as it is.</summary>
    Kept,

    /// <summary>It is made again of what is left: it is deleted.</summary>
    Deleted,

    /// <summary>Lines of it are filed scores of the client: they are erased.</summary>
    ScoresErased,

    /// <summary>Rows of it are the client's: they are taken out.</summary>
    RowsTaken,

    /// <summary>The client is struck out of its text.</summary>
    StruckOut,

    /// <summary>The client stands in it, and it is no text: it cannot be erased from.</summary>
    Refused,
}

/// <summary>What an erasure does to the files beside the store.</summary>
/// <param name="folder">The data folder.</param>
/// <param name="plan">What goes.</param>
internal sealed class FolderErasure(DataFolder folder, ErasurePlan plan)
{
    private static readonly ImmutableArray<string> TextEndings = [".json", ".ndjson", ".csv", ".tsv", ".txt", ".html", ".md", ".log", ".yaml", ".yml", ".graphql", ".xml"];

    /// <summary>Folders of audit trails that were set aside by <c>audit renew</c>, or came with an export.</summary>
    private static readonly ImmutableArray<string> OldTrails = ["audit-until-", ImportAllRun.Aside];

    private static readonly UTF8Encoding Strict = new(false, throwOnInvalidBytes: true);
    private static readonly Encoding Gb18030 = CodePagesEncodingProvider.Instance.GetEncoding("gb18030")!;
    private readonly ImmutableHashSet<NodeId> ids = [.. plan.Parties];

    /// <summary>What becomes of each file; reads all of them.</summary>
    public ImmutableSortedDictionary<string, FileFate> Look(CancellationToken cancellation)
    {
        var fates = ImmutableSortedDictionary.CreateBuilder<string, FileFate>(StringComparer.Ordinal);
        foreach (var (path, name) in folder.Contents())
        {
            if (DataFolder.IsOfStore(name) || name.EndsWith(".lock", StringComparison.Ordinal) || name.StartsWith(Path.GetFileName(folder.EraseUnfinished) + "/", StringComparison.Ordinal)) continue;
            fates.Add(name, FateOf(path, name, cancellation));
        }

        return fates.ToImmutable();
    }

    /// <summary>Writes a file anew as its fate says.</summary>
    /// <param name="name">The file.</param>
    /// <param name="fate">Its fate.</param>
    /// <param name="target">The new file.</param>
    /// <returns>How many lines or rows of it were taken.</returns>
    public int Write(string name, FileFate fate, string target)
    {
        OwnerOnly.Create(Path.GetDirectoryName(target)!);
        using var written = OwnersFile.Create(target);
        var count = fate switch
        {
            FileFate.ScoresErased => new ScoreFile(PathOf(name)).WriteErased(written, ids),
            FileFate.RowsTaken => WriteRows(PathOf(name), written),
            _ => WriteText(PathOf(name), written),
        };
        written.Flush(flushToDisk: true);
        return count;
    }

    /// <summary>Whether an audit trail of before lies in a folder.</summary>
    public static bool HasOldTrail(DataFolder folder) => folder.Contents().Any(file => OldTrails.Any(old => file.Name.StartsWith(old, StringComparison.Ordinal)));

    private string PathOf(string name) => Path.Combine(folder.Path, name);

    private FileFate FateOf(string path, string name, CancellationToken cancellation)
    {
        if (SamePath(path, folder.Audit.Trail) || SamePath(path, folder.Audit.Heads) || OldTrails.Any(old => name.StartsWith(old, StringComparison.Ordinal))) return FileFate.Kept;
        if (DataFolder.IsMadeAgain(name)) return FileFate.Deleted;
        if (SamePath(path, folder.FiledScores)) return HashedLog.Read(path).Any(line => IsOfClient(line.Text)) ? FileFate.ScoresErased : FileFate.Stays;
        if (SamePath(path, Path.Combine(folder.Quarantine, "quarantine.ndjson"))) return File.ReadLines(path).Any(IsRowOfClient) ? FileFate.RowsTaken : FileFate.Stays;
        return !StandsIn(path, cancellation) ? FileFate.Stays : IsText(path) && !RestsOnHashes(path) ? FileFate.StruckOut : FileFate.Refused;
    }

    /// <summary>Whether the client stands in a file: in a text as a word, in other bytes in whatever encoding.</summary>
    public bool StandsIn(string path, CancellationToken cancellation)
    {
        if (IsText(path)) return File.ReadLines(path, Strict).Any(line => plan.Sought.StrikeOut(line) != line);
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        return plan.Swept.IsInAnyEncoding(file, cancellation);
    }

    private bool IsOfClient(string line) => plan.Sought.In(line).Any() || ids.Any(id => line.Contains($"\"{id}\"", StringComparison.Ordinal));

    /// <summary>Whether a row in quarantine is the client's: what it says of itself, and the bytes of the record as they came.</summary>
    private bool IsRowOfClient(string line)
    {
        if (line.Length == 0) return false;
        if (plan.Sought.StrikeOut(line) != line) return true;
        var row = JsonNode.Parse(line)!.AsObject();
        if (ids.Any(id => id.Key == $"{row["source"]}:{row["record"]}")) return true;
        return row.Select(member => member.Value).OfType<JsonValue>().Where(value => value.GetValueKind() == JsonValueKind.String)
            .Any(value => Decoded(value.GetValue<string>()) is { } record && plan.Sought.In(record).Any());
    }

    /// <summary>The record of a row as a text, from the base64 of its bytes; null where it is no base64.</summary>
    private static string? Decoded(string text)
    {
        var bytes = new byte[text.Length];
        if (text.Length % 4 != 0 || !Convert.TryFromBase64String(text, bytes, out var length)) return null;
        try
        {
            return Strict.GetString(bytes, 0, length);
        }
        catch (DecoderFallbackException)
        {
            return Gb18030.GetString(bytes, 0, length);
        }
    }

    private int WriteRows(string path, Stream target)
    {
        var taken = 0;
        using var writer = new StreamWriter(target, new UTF8Encoding(false), leaveOpen: true) { NewLine = "\n" };
        foreach (var line in File.ReadLines(path))
        {
            if (IsRowOfClient(line)) taken++;
            else writer.WriteLine(line);
        }

        return taken;
    }

    private int WriteText(string path, Stream target)
    {
        var struck = 0;
        using var reader = new StreamReader(path, Strict, detectEncodingFromByteOrderMarks: false);
        using var writer = new StreamWriter(target, new UTF8Encoding(false), leaveOpen: true) { NewLine = "\n" };
        while (reader.ReadLine() is { } line)
        {
            var without = plan.Sought.StrikeOut(line);
            if (without != line) struck++;
            writer.WriteLine(without);
        }

        return struck;
    }

    /// <summary>Whether a file is text that can be written anew: by its name, and all of it UTF-8 without zero bytes, which UTF-16 has.</summary>
    private static bool IsText(string path)
    {
        if (!TextEndings.Contains(Path.GetExtension(path))) return false;
        try
        {
            return File.ReadLines(path, Strict).All(line => !line.Contains('\0', StringComparison.Ordinal));
        }
        catch (DecoderFallbackException)
        {
            return false;
        }
    }

    /// <summary>Whether others rest on the bytes of a file: models, and the record of decisions about them.</summary>
    private bool RestsOnHashes(string path) => Path.GetFullPath(path).StartsWith(Path.GetFullPath(folder.Models) + Path.DirectorySeparatorChar, StringComparison.Ordinal);

    private static bool SamePath(string one, string other) => Path.GetFullPath(one) == Path.GetFullPath(other);
}
