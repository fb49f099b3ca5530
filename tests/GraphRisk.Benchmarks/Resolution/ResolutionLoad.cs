using System.Collections.Immutable;
using System.Diagnostics;
using System.Globalization;
using GraphRisk.Graph.Facts;
using GraphRisk.Graph.Schema;
using GraphRisk.Graph.Store;
using GraphRisk.Intake.Resolution;
using GraphRisk.Intake.Resolution.Records;
using GraphRisk.Stores;
using GraphRisk.Stores.Sqlite;

namespace GraphRisk.Benchmarks.Resolution;

/// <summary>
/// Resolves a store with an import in it, all of it and then record by record: further records about parties that are there come one at a time, then in
/// hundreds, each delivery resolved before the next, then a thousand a second, where each pass takes all that came during the one before and a record
/// waits from when it came until its judgements are stored. At the end a resolver that knows nothing of this must find nothing to add. Works on a copy.
/// <code>dotnet run -c Release --project tests/GraphRisk.Benchmarks -- resolution DATA FOLDER</code>
/// </summary>
internal static class ResolutionLoad
{
    private const int Singles = 1000, Batches = 50, BatchSize = 100, Arrivals = 10_000, ArrivalsPerSecond = 1000;
    private const int Late = Singles + (Batches * BatchSize) + Arrivals;
    private static readonly DateTimeOffset Recorded = new(2027, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public static async Task RunAsync(string data, string folder)
    {
        Directory.CreateDirectory(folder);
        var file = Path.Combine(folder, "store.db");
        File.Copy(Path.Combine(data, "store.db"), file, overwrite: true);
        var catalog = SchemaCatalog.LoadEmbedded();
        await using var store = GraphStores.OpenSqlite(file, catalog);
        var options = new ResolutionOptions { ModelFile = Path.Combine(folder, "resolution.json"), LearnsAnew = true };
        var resolver = new Resolver(store, options);
        var (watch, cpu) = (Stopwatch.StartNew(), Processor());
        var summary = await resolver.ResolveAsync(Recorded);
        Tell($"all {summary.Records} records: {watch.Elapsed.TotalSeconds:0.0} s, {(Processor() - cpu).TotalSeconds:0.0} s of processors, {summary.Pairs} pairs, {summary.Asserted} judgements, peak {Peak()} MiB");

        var late = await LateAsync(store, catalog, summary.Records);
        var times = new List<double>();
        for (var at = 0; at < Singles; at++) times.Add(await DeliverAsync(store, resolver, late.AsMemory(at, 1), at));
        times.Sort();
        Tell($"one at a time, stored and resolved: {Singles / times.Sum() * 1000:0} records/s, p50 {times[Singles / 2]:0.0} ms, p99 {times[Singles * 99 / 100]:0.0} ms");
        var sum = 0.0;
        for (var batch = 0; batch < Batches; batch++) sum += await DeliverAsync(store, resolver, late.AsMemory(Singles + (batch * BatchSize), BatchSize), Singles + batch);
        Tell($"a hundred at a time: {Batches * BatchSize / sum * 1000:0} records/s");
        await ComeAsync(store, resolver, late.AsMemory(Singles + (Batches * BatchSize)));
        watch.Restart();
        var afresh = await new Resolver(store, options with { LearnsAnew = false }).ResolveAsync(Recorded.AddDays(1));
        Tell($"afresh: {afresh.Asserted} judgements to add and {afresh.Retracted} to take back, {watch.Elapsed.TotalSeconds:0.0} s");
    }

    /// <summary>Records that come by the clock, each pass taking what has come.</summary>
    private static async Task ComeAsync(SqliteGraphStore store, Resolver resolver, ReadOnlyMemory<NodeFact> records)
    {
        var waited = new List<double>();
        var (watch, passes) = (Stopwatch.StartNew(), 0);
        while (waited.Count < records.Length)
        {
            var come = Math.Min(records.Length, 1 + (int)(watch.Elapsed.TotalSeconds * ArrivalsPerSecond)) - waited.Count;
            if (come == 0)
            {
                await Task.Delay(1);
                continue;
            }

            await DeliverAsync(store, resolver, records.Slice(waited.Count, come), Singles + Batches + passes++);
            var now = watch.Elapsed.TotalMilliseconds;
            for (var last = waited.Count + come; waited.Count < last;) waited.Add(now - (waited.Count * 1000.0 / ArrivalsPerSecond));
        }

        waited.Sort();
        Tell($"{ArrivalsPerSecond} a second as they come: {records.Length / watch.Elapsed.TotalSeconds:0} records/s in {passes} passes, p50 {waited[waited.Count / 2]:0.0} ms, p99 {waited[waited.Count * 99 / 100]:0.0} ms from coming to stored judgements");
    }

    /// <summary>Stores and resolves records; milliseconds.</summary>
    private static async Task<double> DeliverAsync(SqliteGraphStore store, Resolver resolver, ReadOnlyMemory<NodeFact> records, int delivery)
    {
        var watch = Stopwatch.StartNew();
        var at = Recorded.AddSeconds(delivery + 1);
        var changes = ImmutableArray.CreateRange(records.ToArray().Select(record => Change.Assert(record)));
        await store.AppendAsync(new ChangeSet($"late-{delivery}", at, "benchmark", changes));
        await resolver.ResolveAsync(at);
        return watch.Elapsed.TotalMilliseconds;
    }

    /// <summary>Records of parties that are there, spread over all of them, from a source of their own, every third without its telephone.</summary>
    private static async Task<NodeFact[]> LateAsync(SqliteGraphStore store, SchemaCatalog catalog, int records)
    {
        if (records < Late) throw new InvalidOperationException($"The store has {records} records of parties; {Late} are needed.");
        var version = await store.GetVersionAsync();
        var scope = ReadScope.All(version.Number) with { Types = new PartyReader(catalog).PartyTypes };
        var late = new List<NodeFact>();
        var seen = 0;
        await foreach (var recorded in store.ReadAsync(scope))
        {
            if (seen++ % (records / Late) != 0 || recorded.Fact is not NodeFact fact) continue;
            var properties = late.Count % 3 == 0 ? Properties.Of(fact.Properties.Where(one => one.Name != "phone").Select(one => new Property(one.Name, one.Value))) : fact.Properties;
            var key = string.Create(CultureInfo.InvariantCulture, $"late:{late.Count}");
            late.Add(fact with { Node = new NodeId(fact.Node.Type, key), Properties = properties, Provenance = new Provenance("late", key, 0.8m) });
            if (late.Count == Late) break;
        }

        return [.. late];
    }

    private static void Tell(FormattableString line) => Console.WriteLine(line.ToString(CultureInfo.InvariantCulture));

    private static TimeSpan Processor()
    {
        using var process = Process.GetCurrentProcess();
        return process.TotalProcessorTime;
    }

    private static long Peak()
    {
        using var process = Process.GetCurrentProcess();
        return process.PeakWorkingSet64 >> 20;
    }
}
