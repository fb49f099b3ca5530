using GraphRisk.Graph.Entitlements;
using GraphRisk.Graph.Facts;
using GraphRisk.Graph.Store;
using GraphRisk.Stores.Copy;

namespace GraphRisk.Stores.Sqlite;

/// <summary>
/// Reads the log in order. Rows never change once committed, so a scan needs no transaction of its own: it reads short
/// ranges of sequences up to the last of its version, and a writer's checkpoints need not wait for it.
/// </summary>
internal static class LogScan
{
    private const int RangeLength = 4 * BlockTypes.Length;

    private const string RangeSql = $"SELECT {RecordingRow.Columns} FROM recording WHERE sequence BETWEEN ? AND ? ORDER BY sequence";
    private const string RowSql = $"SELECT {RecordingRow.Columns} FROM recording WHERE sequence = ?";
    private const string LaterSql =
        "SELECT later.first, sequence, version FROM later JOIN recording USING (sequence) WHERE sequence <= ?";

    private const string LaterOfSql = "SELECT sequence FROM later WHERE first = ? ORDER BY sequence";

    private const string LatestSql =
        "SELECT first, max(sequence) FROM later WHERE first BETWEEN ? AND ? AND sequence <= ? GROUP BY first";

    /// <summary>The facts of a scope in the order of their first recording.</summary>
    public static IEnumerable<RecordedFact> Facts(Session session, ReadScope scope)
    {
        var last = session.Versions.LastSequence(scope.AtVersion);
        var types = scope.Types?.Select(type => session.Dictionaries.Types.Find(type)).OfType<int>().ToHashSet();
        var origins = scope.DataSets.AreAll ? null : OriginsOf(session, scope.DataSets);
        var asOf = scope.AsOf == DateTimeOffset.MaxValue ? long.MaxValue : scope.AsOf.ToUnixTimeMilliseconds();
        var latest = new Dictionary<long, long>();
        using var keeping = session.Nodes.KeepAll();
        foreach (var (from, to) in types is null && origins is null ? Ranges(1, last) : RangesOf(session, types, origins, last))
        {
            ReadLatest(session, from, to, last, latest);
            var rows = session.Prepare(RangeSql).Bind(1, from).Bind(2, to);
            try
            {
                while (rows.Step())
                {
                    if (!rows.IsNull(2) || types?.Contains((int)rows.Integer(4)) == false) continue;
                    if (origins?.Contains((int)rows.Integer(8)) == false) continue;
                    if (!rows.IsNull(11) && rows.Integer(11) > asOf) continue;
                    var recorded = latest.TryGetValue(rows.Integer(0), out var newer)
                        ? ReadOne(session, newer) : RecordingRow.Read(rows, session);
                    if (recorded.Kind == ChangeKind.Assert) yield return recorded;
                }
            }
            finally
            {
                rows.Reset();
            }
        }
    }

    /// <summary>Every recording after a version, up to the newest at the time of the call.</summary>
    public static IEnumerable<RecordedFact> Changes(Session session, long afterVersion)
    {
        var first = session.Versions.LastSequence(afterVersion) + 1;
        var last = session.Prepare("SELECT max(last_sequence) FROM version").Number() ?? 0;
        foreach (var (from, to) in Ranges(first, last))
        {
            var rows = session.Prepare(RangeSql).Bind(1, from).Bind(2, to);
            try
            {
                while (rows.Step()) yield return RecordingRow.Read(rows, session);
            }
            finally
            {
                rows.Reset();
            }
        }
    }

    /// <summary>The recordings after the first of each fact, through a version, by their sequence.</summary>
    public static List<LaterRecording> Later(Session session, long throughVersion)
    {
        var later = new List<LaterRecording>();
        var rows = session.Prepare(LaterSql).Bind(1, session.Versions.LastSequence(throughVersion));
        while (rows.Step()) later.Add(new LaterRecording(rows.Integer(0), rows.Integer(1), rows.Integer(2)));
        rows.Reset();
        later.Sort(static (left, right) => left.Sequence.CompareTo(right.Sequence));
        return later;
    }

    /// <summary>What is known, by the end of a sequence, of the facts with the given first recordings; retracted and erased ones are left out.</summary>
    public static List<RecordedFact> Known(Session session, IEnumerable<long> firsts, long last)
    {
        var known = new List<RecordedFact>();
        var latest = new Dictionary<long, long>();
        foreach (var first in firsts)
        {
            if (first > last) continue;
            ReadLatest(session, first, first, last, latest);
            var recorded = ReadOne(session, latest.GetValueOrDefault(first, first));
            if (recorded.Kind == ChangeKind.Assert && !Tombstone.Is(recorded.Fact)) known.Add(recorded);
        }

        return known;
    }

    /// <summary>Sequences of the recordings of a fact after its first.</summary>
    public static List<long> LaterOf(Session session, long first)
    {
        var later = new List<long>();
        var rows = session.Prepare(LaterOfSql).Bind(1, first);
        while (rows.Step()) later.Add(rows.Integer(0));
        rows.Reset();
        return later;
    }

    /// <summary>The recording of a sequence.</summary>
    /// <exception cref="FormatException">There is none.</exception>
    public static RecordedFact At(Session session, long sequence) => ReadOne(session, sequence);

    private static void ReadLatest(Session session, long from, long to, long last, Dictionary<long, long> latest)
    {
        latest.Clear();
        var statement = session.Prepare(LatestSql).Bind(1, from).Bind(2, to).Bind(3, last);
        while (statement.Step()) latest.Add(statement.Integer(0), statement.Integer(1));
        statement.Reset();
    }

    private static RecordedFact ReadOne(Session session, long sequence)
    {
        var row = session.Prepare(RowSql).Bind(1, sequence);
        if (!row.Step()) throw new FormatException($"The store has no recording {sequence}.");
        var recorded = RecordingRow.Read(row, session);
        row.Reset();
        return recorded;
    }

    private static IEnumerable<(long From, long To)> Ranges(long first, long last)
    {
        for (var from = first; from <= last; from += RangeLength) yield return (from, Math.Min(last, from + RangeLength - 1));
    }

    /// <summary>Numbers of the origins of data sets. The recordings of one fact may differ in origin, but not in data set.</summary>
    private static HashSet<int> OriginsOf(Session session, DataSets dataSets)
    {
        var all = session.Dictionaries.Origins.All();
        return [.. Enumerable.Range(1, all.Count).Where(number => dataSets.Hold(all[number - 1].Source))];
    }

    /// <summary>The blocks in which any of the types and any of the origins occurs; null stands for all.</summary>
    private static List<(long From, long To)> RangesOf(Session session, HashSet<int>? types, HashSet<int>? origins, long last)
    {
        var ranges = new List<(long From, long To)>();
        var statement = session.Prepare("SELECT no, types, origins FROM block WHERE no <= ? ORDER BY no").Bind(1, BlockTypes.BlockOf(last));
        while (statement.Step())
        {
            if (types is not null && !BlockTypes.ContainsAny(statement.Bytes(1), types)) continue;
            if (origins is not null && !statement.IsNull(2) && !BlockTypes.ContainsAny(statement.Bytes(2), origins)) continue;
            var from = statement.Integer(0) * BlockTypes.Length;
            ranges.Add((from, Math.Min(last, from + BlockTypes.Length - 1)));
        }

        statement.Reset();
        return ranges;
    }
}
