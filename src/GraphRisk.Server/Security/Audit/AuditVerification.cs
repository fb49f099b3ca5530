using System.Globalization;

namespace GraphRisk.Server.Security.Audit;

/// <summary>
/// Checks a whole trail against its key, its sealed heads and a head kept elsewhere, and says which entries are wrong and how.
/// <para>
/// Each line is judged by itself, since its hash covers its number, and then by its place: a number that is skipped is missing,
/// or changed where a line that is no entry stands there; a number that comes after a later one was moved. A head holds the
/// entries up to it also where the key is missing or was copied: the digest it names is of every byte.
/// </para>
/// Reads the file once, in memory for the longest line and the faults.
/// </summary>
public sealed class AuditVerification
{
    private const int MostFaults = 1000;
    private readonly AuditFiles files;
    private readonly byte[]? key;
    private readonly List<AuditFault> faults = [];
    private readonly List<SealedHead> heads = [];
    private readonly SortedSet<long> gaps = [];
    private AuditHead head = AuditHead.Start;
    private TrailSummary? summary;
    private bool isDigestWhole = true;
    private int notEntries;
    private int nextHead;

    private AuditVerification(AuditFiles files, byte[]? key)
    {
        this.files = files;
        this.key = key;
    }

    /// <summary>Checks a trail that may be in use.</summary>
    /// <param name="files">Where it is kept.</param>
    /// <param name="elsewhere">A head kept elsewhere, or null.</param>
    public static AuditReport Run(AuditFiles files, SealedHead? elsewhere = null)
    {
        var isThere = File.Exists(files.Key);
        var run = new AuditVerification(files, isThere ? KeyFile.Load(files.Key) : null);
        if (!isThere) run.Note(AuditFaultKind.Key, 0, 0, $"The key {files.Key} is missing: entries are held by the sealed heads only.");
        run.ReadHeads(elsewhere);
        run.ReadTrail();
        var last = run.heads.Count == 0 ? 0 : run.heads[^1].Head.Sequence;
        return new AuditReport(run.head, run.heads.Count, run.summary, Math.Max(0, run.head.Sequence - last), [.. run.faults]) { OverStores = [.. run.heads.Where(one => one.Store is not null)] };
    }

    private void ReadHeads(SealedHead? elsewhere)
    {
        if (!File.Exists(files.Heads)) Note(AuditFaultKind.Head, 0, 0, $"The sealed heads {files.Heads} are missing.");
        foreach (var (head, fault) in HeadFile.ReadAll(files.Heads))
        {
            if (fault is not null) Note(AuditFaultKind.Head, 0, 0, $"{files.Heads}: {fault}");
            if (head is not null) heads.Add(head);
        }

        if (!File.Exists(files.SealKey)) Note(AuditFaultKind.Key, 0, 0, $"The key {files.SealKey} that signs heads is missing.");
        if (elsewhere is null) return;
        if (heads.Find(one => one.Number == elsewhere.Number) is not { } kept)
            Note(AuditFaultKind.Head, 0, 0, Text($"Head {elsewhere.Number}, kept elsewhere, is not among the sealed heads."));
        else if (kept.Line != elsewhere.Line)
            Note(AuditFaultKind.Head, 0, 0, Text($"Head {elsewhere.Number} is another than the one kept elsewhere."));
        if (heads.Exists(one => one.Key != elsewhere.Key))
            Note(AuditFaultKind.Head, 0, 0, Text($"Heads are signed with another key than the one kept elsewhere ({SealKey.FingerprintOf(elsewhere.Key)})."));
        if (!heads.Exists(one => one.Line == elsewhere.Line)) heads.Add(elsewhere);
        heads.Sort((one, other) => one.Head.Sequence.CompareTo(other.Head.Sequence));
    }

    private void ReadTrail()
    {
        if (File.Exists(files.Trail))
        {
            using var file = File.OpenHandle(files.Trail, share: FileShare.ReadWrite | FileShare.Delete);
            foreach (var line in TrailLines.Read(file)) Judge(line);
        }
        else
        {
            Note(AuditFaultKind.Missing, 0, 0, $"The trail {files.Trail} is missing.");
        }

        var last = heads.Count == 0 ? 0 : heads[^1].Head.Sequence;
        var next = head.Sequence + 1;
        if (notEntries > 0) NoteEntries(AuditFaultKind.Changed, next, Math.Max(next, Math.Min(last, head.Sequence + notEntries)));
        next += notEntries;
        if (last >= next) NoteEntries(AuditFaultKind.Missing, next, last);
        foreach (var (from, to) in Runs(gaps)) NoteEntries(AuditFaultKind.Missing, from, to);
    }

    private void Judge(TrailLine line)
    {
        var bytes = line.Bytes.Span;
        if (line.Offset == 0 && TrailSummary.IsAt(bytes))
        {
            JudgeSummary(bytes);
            return;
        }

        var sequence = AuditLine.IsWhole(bytes, key) ? AuditLine.SequenceOf(bytes) : -1;
        if (sequence < 1) notEntries++;
        else if (sequence <= head.Sequence) JudgeLate(sequence);
        else JudgeNext(bytes, sequence);
    }

    private void JudgeSummary(ReadOnlySpan<byte> line)
    {
        summary = TrailSummary.Check(line, key);
        if (summary is null)
        {
            isDigestWhole = false;
            Note(AuditFaultKind.Changed, 0, 0, "What stands for the entries cut by retention was changed.");
            return;
        }

        head = summary.Through;
        while (nextHead < heads.Count && heads[nextHead].Head.Sequence < head.Sequence) nextHead++;
        HoldAgainstHeads();
    }

    /// <summary>An entry that comes after a later one.</summary>
    private void JudgeLate(long sequence)
    {
        isDigestWhole = false;
        if (gaps.Remove(sequence)) Note(AuditFault.Of(AuditFaultKind.Moved, sequence, sequence, Text($"stands after entry {head.Sequence}")));
        else Note(AuditFault.Of(AuditFaultKind.Added, sequence, sequence, Text($"stands again after entry {head.Sequence}")));
    }

    private void JudgeNext(ReadOnlySpan<byte> line, long sequence)
    {
        if (sequence > head.Sequence + 1) NoteGap(sequence);
        else if (notEntries > 0) Note(AuditFaultKind.Added, sequence - 1, sequence, Text($"Between entries {sequence - 1} and {sequence} stands what is no entry."));
        else if (AuditLine.Check(line, head, key) is null)
            NoteEntries(AuditFaultKind.Another, sequence, sequence);
        isDigestWhole &= notEntries == 0 && sequence == head.Sequence + 1;
        notEntries = 0;
        head = new AuditHead(sequence, AuditLine.HashOf(line)!, AuditLine.Digest(head.Digest, line));
        HoldAgainstHeads();
    }

    // What is changed within a gap is told from what is missing by the lines that stand there and are none.
    private void NoteGap(long sequence)
    {
        var (from, to) = (head.Sequence + 1, sequence - 1);
        var changed = Math.Min(to, from + notEntries - 1);
        if (notEntries > 0) NoteEntries(AuditFaultKind.Changed, from, changed);
        for (var one = from + notEntries; one <= to && gaps.Count < MostFaults * 1000; one++) gaps.Add(one);
        if (sequence - from > MostFaults * 1000) NoteEntries(AuditFaultKind.Missing, from, to);
    }

    private void HoldAgainstHeads()
    {
        for (; nextHead < heads.Count && heads[nextHead].Head.Sequence <= head.Sequence; nextHead++)
        {
            var (number, known) = (heads[nextHead].Number, heads[nextHead].Head);
            if (known.Sequence != head.Sequence) continue;
            if (known.Hash != head.Hash) Note(AuditFault.Of(AuditFaultKind.Another, head.Sequence, head.Sequence, Text($"is not the one that head {number} sealed")));
            else if (isDigestWhole && known.Digest != head.Digest) NoteSince(number);
        }
    }

    /// <summary>The lines are linked but not those that were sealed: somebody without the key changed them, and the key is missing here.</summary>
    private void NoteSince(long number)
    {
        var from = nextHead == 0 ? 1 : heads[nextHead - 1].Head.Sequence + 1;
        isDigestWhole = false;
        Note(AuditFaultKind.Changed, from, head.Sequence, Text($"Among entries {from} to {head.Sequence} some were changed: they are not what head {number} sealed."));
    }

    private static IEnumerable<(long From, long To)> Runs(IEnumerable<long> numbers)
    {
        (long From, long To)? run = null;
        foreach (var number in numbers)
        {
            if (run is { } open && number == open.To + 1)
            {
                run = (open.From, number);
                continue;
            }

            if (run is { } ended) yield return ended;
            run = (number, number);
        }

        if (run is { } last) yield return last;
    }

    private void NoteEntries(AuditFaultKind kind, long from, long to) => Note(AuditFault.Of(kind, from, to, kind switch
    {
        AuditFaultKind.Missing => "is missing",
        AuditFaultKind.Changed => "was changed",
        _ => "does not follow the one before it",
    }));

    private void Note(AuditFaultKind kind, long from, long to, string text) => Note(new AuditFault(kind, from, to, text));

    private void Note(AuditFault fault)
    {
        if (faults.Count < MostFaults) faults.Add(fault);
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
