using System.Diagnostics;
using System.Globalization;
using GraphRisk.Matching.Evaluation;
using GraphRisk.Matching.Linkage;
using GraphRisk.Matching.Records;

namespace GraphRisk.Benchmarks.Linkage;

/// <summary>
/// Links a file of <c>generate people</c> from CSV to clusters, by the program and by SQL on DuckDB, in one run and on the same processors. The
/// program knows nothing of the file and picks its threshold itself; SQL knows the columns and is judged at every threshold, the best for it by the truth among them.
/// <code>dotnet run -c Release --project tests/GraphRisk.Benchmarks -- linkage PEOPLE.csv</code>
/// </summary>
internal static class LinkageLoad
{
    public static void Run(string file)
    {
        var watch = Stopwatch.StartNew();
        var reading = RecordReader.Read([file], RecordMapping.None, new TruthOptions("person_id"), Environment.ProcessorCount);
        var result = new LinkageRun(reading.Table, new LinkageOptions { Seed = 7, Workers = Environment.ProcessorCount }).Run();
        var ours = watch.Elapsed.TotalSeconds;
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"GraphRisk: {result.Blocking.Pairs} pairs compared, {ours:0.0} s, peak {Peak()} MiB"));
        var quality = ClusterQuality.Measure(reading.Truth, result.ClusterOf.AsSpan());
        Tell("  by itself", quality);

        using var sql = new SqlLinkage();
        watch.Restart();
        var pairs = sql.Link(file, Environment.ProcessorCount);
        var theirs = watch.Elapsed.TotalSeconds;
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"SQL on DuckDB: {pairs.Count} pairs kept, {theirs:0.0} s, peak of both {Peak()} MiB"));
        for (var bits = 0; bits <= 30; bits += 3) Tell($"  at {bits} bits", ClusterQuality.Measure(reading.Truth, ClustersAt(pairs, reading.Table.Count, bits)));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"GraphRisk takes {ours / theirs:0.00} of the time of SQL"));
    }

    private static void Tell(string what, ClusterQuality quality) => Console.WriteLine(string.Create(
        CultureInfo.InvariantCulture, $"{what}: precision {quality.Precision:0.0000}, recall {quality.Recall:0.0000}, F1 {quality.F1:0.0000}"));

    private static int[] ClustersAt(List<SqlPair> pairs, int records, double threshold)
    {
        var parents = Enumerable.Range(0, records).ToArray();
        foreach (var pair in pairs)
            if (pair.Bits >= threshold) parents[Math.Max(Root(pair.Left), Root(pair.Right))] = Math.Min(Root(pair.Left), Root(pair.Right));
        return Array.ConvertAll(parents, Root);

        int Root(int record)
        {
            while (parents[record] != record) record = parents[record] = parents[parents[record]];
            return record;
        }
    }

    private static long Peak()
    {
        using var process = Process.GetCurrentProcess();
        return process.PeakWorkingSet64 >> 20;
    }
}
