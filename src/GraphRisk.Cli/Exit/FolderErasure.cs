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

    /// <summary>It is the audit trail, which is kept as it is.</summary>
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

    private string PathOf(string name) => Path.Combine(folder.Path, name);

    private FileFate FateOf(string path, string name, CancellationToken cancellation)
    {
        if (SamePath(path, folder.Audit.Trail) || SamePath(path, folder.Audit.Heads)) return FileFate.Kept;
        if (DataFolder.IsMadeAgain(name)) return FileFate.Deleted;
        if (SamePath(path, folder.FiledScores)) return HashedLog.Read(path).Any(line => IsOfClient(line.Text)) ? FileFate.ScoresErased : FileFate.Stays;
        if (SamePath(path, Path.Combine(folder.Quarantine, "quarantine.ndjson"))) return File.ReadLines(path).Any(IsRowOfClient) ? FileFate.RowsTaken : FileFate.Stays;
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        if (!plan.Sought.IsInAnyEncoding(file, cancellation)) return FileFate.Stays;
        return TextEndings.Contains(Path.GetExtension(path)) && !IsAfterStriking(path) ? FileFate.StruckOut : FileFate.Refused;
    }

    private bool IsOfClient(string line) => plan.Sought.IsIn(Encoding.UTF8.GetBytes(line)) || ids.Any(id => line.Contains($"\"{id}\"", StringComparison.Ordinal));

    /// <summary>Whether a row in quarantine is the client's: what it says of itself, and the bytes of the record as they came.</summary>
    private bool IsRowOfClient(string line)
    {
        if (line.Length == 0) return false;
        if (plan.Sought.IsInAnyEncoding(Encoding.UTF8.GetBytes(line))) return true;
        var row = JsonNode.Parse(line)!.AsObject();
        if (ids.Any(id => id.Key == $"{row["source"]}:{row["record"]}")) return true;
        return row.Select(member => member.Value).OfType<JsonValue>().Where(value => value.GetValueKind() == JsonValueKind.String)
            .Any(value => Decoded(value.GetValue<string>()) is { } bytes && plan.Sought.IsInAnyEncoding(bytes));
    }

    private static byte[]? Decoded(string text)
    {
        var bytes = new byte[text.Length];
        return text.Length % 4 == 0 && Convert.TryFromBase64String(text, bytes, out var length) ? bytes[..length] : null;
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
        using var reader = new StreamReader(path, new UTF8Encoding(false, throwOnInvalidBytes: true), detectEncodingFromByteOrderMarks: false);
        using var writer = new StreamWriter(target, new UTF8Encoding(false), leaveOpen: true) { NewLine = "\n" };
        while (reader.ReadLine() is { } line)
        {
            var without = plan.Sought.StrikeOut(line);
            if (without != line) struck++;
            writer.WriteLine(without);
        }

        return struck;
    }

    /// <summary>Whether the client would still stand in a text, as in another encoding, or the file is no text at all, or rests on hashes of its own.</summary>
    private bool IsAfterStriking(string path)
    {
        if (SamePath(path, FiledRecords.DecisionsOf(folder)) || path.StartsWith(Path.GetFullPath(folder.Models) + Path.DirectorySeparatorChar, StringComparison.Ordinal)) return true;
        try
        {
            using var written = new MemoryStream();
            WriteText(path, written);
            return plan.Sought.IsInAnyEncoding(written.GetBuffer().AsSpan(0, (int)written.Length));
        }
        catch (DecoderFallbackException)
        {
            return true;
        }
    }

    private static bool SamePath(string one, string other) => Path.GetFullPath(one) == Path.GetFullPath(other);
}
