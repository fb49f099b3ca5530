using System.Diagnostics;
using System.Globalization;
using GraphRisk.Benchmarks.Budget;
using GraphRisk.Benchmarks.Stores;
using GraphRisk.Graph.Facts;
using GraphRisk.Graph.Schema;
using GraphRisk.Graph.Snapshots;
using GraphRisk.Stores;
using GraphRisk.Stores.Sqlite;

namespace GraphRisk.Benchmarks.Selection;

/// <summary>
/// Filters, orders, groups and tables over a large market, as questions over HTTP to a server in the same process, beside a plain loop over
/// arrays of the same values. The market is made in the folder at the first run.
/// <code>dotnet run -c Release --project tests/GraphRisk.Benchmarks -- selection 1000000 FOLDER</code>
/// </summary>
internal static class SelectionLoad
{
    private const int SetSize = 20_000;
    private const int Asked = 100;
    private const int Warm = 10;
    private static readonly DateOnly Day = new(2024, 6, 30);

    private static readonly (string Name, string Question)[] Questions =
    [
        ("persons by two fields, in order, first 50", "{ persons(where: { sex: { eq: MALE }, birthDate: { gte: \"19YEAR-01-01\" } }, orderBy: [{ birthDate: DESC }], first: 50) { totalCount nodes { id sex birthDate } } }"),
        ("contracts by two numbers, in order, first 50", "{ marginContracts(where: { debt: { gt: YEAR000 }, maintenanceRatio: { lt: 1.5 } }, orderBy: [{ debt: DESC }], first: 50) { totalCount nodes { id debt maintenanceRatio } } }"),
        ("persons by a relationship", "{ persons(where: { brokers: { count: { gte: 1 } }, birthDate: { gte: \"19YEAR-01-01\" } }, first: 50) { totalCount nodes { id } } }"),
        ("persons grouped by sex and kind", "{ personsAggregate(where: { birthDate: { gte: \"19YEAR-01-01\" } }) { count groups(by: [sex, kind]) { key { sex kind } count } } }"),
        ("contracts grouped by status, with sums", "{ marginContractsAggregate(where: { debt: { gt: YEAR000 } }) { count debt { sum average percentile(part: 0.9) } groups(by: [status]) { key { status } count debt { sum } maintenanceRatio { average } } } }"),
    ];

    public static async Task RunAsync(int clients, string folder)
    {
        Directory.CreateDirectory(folder);
        await using var store = GraphStores.OpenSqlite(Path.Combine(folder, "store.db"), SchemaCatalog.LoadEmbedded());
        if ((await store.GetVersionAsync()).Number == 0) await FillAsync(store, clients);
        var snapshots = new SnapshotProvider(store);
        var snapshot = await snapshots.GetAsync(Validity.CloseOf(Day));
        Print($"{snapshot.Nodes.OfType("Person").Length} persons, {snapshot.Nodes.OfType("MarginContract").Length} contracts");
        await using var served = await ServedSample.OverAsync(store, snapshots, null, Day, folder);
        foreach (var (name, question) in Questions)
        {
            var times = new List<double>();
            for (var i = -Warm; i < Asked; i++)
            {
                var started = Stopwatch.GetTimestamp();
                var (code, _, _) = await served.AskAsync(served.RegulatorWithReason, question.Replace("YEAR", $"{50 + ((i + Warm) % 40)}", StringComparison.Ordinal));
                if (code is not null) throw new InvalidOperationException($"{name}: {code}");
                if (i >= 0) times.Add(Stopwatch.GetElapsedTime(started).TotalMilliseconds);
            }

            times.Sort();
            Print($"{name}: p50 {times[Asked / 2]:0.0} ms, p99 {times[(Asked * 99 / 100) - 1]:0.0} ms");
        }

        Print($"a plain loop over arrays of birth days and sexes: {Plain(snapshot):0.0} ms");
        foreach (var type in (string[])["application/vnd.apache.parquet", "text/csv"])
        {
            var (started, path) = (Stopwatch.GetTimestamp(), Path.Combine(folder, "table"));
            var bytes = await served.SaveAsync(served.RegulatorWithReason, "{ persons { nodes { id sex birthDate nationality country kind blocked isClient debt inDefault } } }", type, path);
            Print($"all persons with ten fields as {type}: {Stopwatch.GetElapsedTime(started).TotalSeconds:0.0} s, {bytes / 1e6:0.0} MB, peak memory {Process.GetCurrentProcess().PeakWorkingSet64 / 1e6:0} MB");
        }
    }

    /// <summary>The first filter by a loop over two arrays, the best of some.</summary>
    private static double Plain(Snapshot snapshot)
    {
        var nodes = snapshot.Nodes.OfType("Person").ToArray();
        var days = Array.ConvertAll(nodes, node => snapshot.Nodes.GetDate(node, "birthDate")?.DayNumber ?? int.MinValue);
        var sexes = Array.ConvertAll(nodes, node => snapshot.Nodes.GetString(node, "sex") == "MALE");
        var best = double.MaxValue;
        for (var run = 0; run < 20; run++)
        {
            var started = Stopwatch.GetTimestamp();
            var found = new List<int>();
            for (var i = 0; i < nodes.Length; i++)
                if (sexes[i] && days[i] >= 710_000) found.Add(i);
            found.Sort((one, other) => days[other].CompareTo(days[one]));
            best = Math.Min(best, Stopwatch.GetElapsedTime(started).TotalMilliseconds);
        }

        return best;
    }

    private static async Task FillAsync(SqliteGraphStore store, int clients)
    {
        var at = Validity.CloseOf(Day);
        var i = 0;
        foreach (var chunk in LoadMarket.Facts(clients, 1).Chunk(SetSize))
            await store.AppendAsync(new ChangeSet($"load {i}", at.AddSeconds(i++), "load", [.. chunk.Select(Change.Assert)]));
    }

    private static void Print(FormattableString text) => Console.WriteLine(text.ToString(CultureInfo.InvariantCulture));
}
