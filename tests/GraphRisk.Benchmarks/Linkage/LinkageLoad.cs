using System.Diagnostics;
using System.Globalization;

namespace GraphRisk.Benchmarks.Linkage;

/// <summary>
/// Links a file of <c>generate people</c> by SQL on DuckDB, beside which the program's own linkage stands, <c>graphrisk er evaluate</c> on the same
/// file. SQL is given the threshold that is best for it by the truth.
/// <code>dotnet run -c Release --project tests/GraphRisk.Benchmarks -- linkage PEOPLE.csv</code>
/// </summary>
internal static class LinkageLoad
{
    public static void Run(string file)
    {
        var truth = File.ReadLines(file).Skip(1).Select(line => line[(line.LastIndexOf(',') + 1)..]).ToArray();
        using var sql = new SqlLinkage();
        var watch = Stopwatch.StartNew();
        var pairs = sql.Link(file, Environment.ProcessorCount);
        var seconds = watch.Elapsed.TotalSeconds;
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"SQL on DuckDB: {pairs.Count} pairs kept, {seconds:0.0} s, peak {Process.GetCurrentProcess().PeakWorkingSet64 >> 20} MiB"));
        for (var bits = -2; bits <= 12; bits += 2)
        {
            var (precision, recall) = Quality(truth, pairs, bits);
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  at {bits} bits: precision {precision:0.0000}, recall {recall:0.0000}, F1 {2 * precision * recall / (precision + recall):0.0000}"));
        }
    }

    private static (double Precision, double Recall) Quality(string[] truth, List<SqlPair> pairs, double threshold)
    {
        var parents = Enumerable.Range(0, truth.Length).ToArray();
        foreach (var pair in pairs)
            if (pair.Bits >= threshold) parents[Math.Max(Root(pair.Left), Root(pair.Right))] = Math.Min(Root(pair.Left), Root(pair.Right));
        double joined = Pairs(Enumerable.Range(0, truth.Length).GroupBy(Root)), real = Pairs(truth.GroupBy(entity => entity));
        double both = Pairs(Enumerable.Range(0, truth.Length).GroupBy(record => (Root(record), truth[record])));
        return (both / joined, both / real);

        int Root(int record)
        {
            while (parents[record] != record) record = parents[record] = parents[parents[record]];
            return record;
        }
    }

    private static long Pairs<TKey, T>(IEnumerable<IGrouping<TKey, T>> groups) => groups.Sum(group => (long)group.Count() * (group.Count() - 1) / 2);
}
