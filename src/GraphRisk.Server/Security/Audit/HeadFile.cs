using System.Globalization;
using System.Text;

namespace GraphRisk.Server.Security.Audit;

/// <summary>
/// The file of sealed heads, one line each, every one naming the one before. It is written under the trail's lock only; a last
/// line without its newline was torn by a crash and counts for nothing.
/// </summary>
internal static class HeadFile
{
    private const int LongestLine = 4096;

    /// <summary>Every head in order.</summary>
    /// <exception cref="AuditLossException">A head was changed or taken out; the message names it.</exception>
    public static List<SealedHead> Read(string path)
    {
        var heads = new List<SealedHead>();
        foreach (var (head, fault) in ReadAll(path))
        {
            if (fault is not null) throw new AuditLossException($"{path}: {fault}");
            heads.Add(head!);
        }

        return heads;
    }

    /// <summary>Every line, as a head or what is wrong with it.</summary>
    public static IEnumerable<(SealedHead? Head, string? Fault)> ReadAll(string path)
    {
        if (!File.Exists(path)) yield break;
        using var file = File.OpenHandle(path, share: FileShare.ReadWrite | FileShare.Delete);
        SealedHead? before = null;
        var number = 0L;
        foreach (var line in TrailLines.Read(file))
        {
            number++;
            var (head, fault) = Parse(line, number);
            if (head is not null && before is not null) fault ??= FaultBetween(before, head);
            if (head is not null && fault is null && before is null && head.Number != 1) fault = $"the heads before {Text(head.Number)} are missing.";
            yield return (head, fault);
            before = head;
        }
    }

    /// <summary>The last head, or null where there is none.</summary>
    /// <exception cref="AuditLossException">It was changed.</exception>
    public static SealedHead? Last(string path)
    {
        if (!File.Exists(path)) return null;
        using var file = File.OpenHandle(path, share: FileShare.ReadWrite | FileShare.Delete);
        var start = Math.Max(0, TrailLines.EndOfLast(file) - LongestLine);
        if (TrailLines.Read(file, start).Select(line => Encoding.UTF8.GetString(line.Bytes.Span)).LastOrDefault() is not { } last) return null;
        var (head, fault) = Parse(last);
        return fault is null ? head : throw new AuditLossException($"{path}: {fault}");
    }

    /// <summary>Adds a head and flushes it to the disk, over what a crash left of another.</summary>
    public static void Add(string path, SealedHead head)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
        using var stream = AuditFiles.Open(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete);
        var end = TrailLines.EndOfLast(stream.SafeFileHandle);
        stream.SetLength(end);
        RandomAccess.Write(stream.SafeFileHandle, Encoding.UTF8.GetBytes(head.Line + "\n"), end);
        RandomAccess.FlushToDisk(stream.SafeFileHandle);
    }

    private static (SealedHead? Head, string? Fault) Parse(TrailLine line, long number)
    {
        var (head, fault) = Parse(Encoding.UTF8.GetString(line.Bytes.Span));
        return (head, fault is null ? null : $"line {Text(number)}: {fault}");
    }

    private static (SealedHead? Head, string? Fault) Parse(string line)
    {
        try
        {
            return (SealedHead.Parse(line), null);
        }
        catch (FormatException error)
        {
            return (null, error.Message);
        }
    }

    private static string? FaultBetween(SealedHead before, SealedHead head) =>
        head.Number != before.Number + 1 ? $"head {Text(head.Number)} follows head {Text(before.Number)}."
        : head.Before != before.LineHash ? $"head {Text(head.Number)} names another head before it than stands there."
        : null;

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
}
