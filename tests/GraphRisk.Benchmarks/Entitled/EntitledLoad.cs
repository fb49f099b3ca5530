using System.Diagnostics;
using System.Globalization;
using GraphRisk.Graph.Entitlements;
using GraphRisk.Graph.Facts;
using GraphRisk.Graph.Schema;
using GraphRisk.Graph.Snapshots;
using GraphRisk.Graph.Store;
using GraphRisk.Stores;
using GraphRisk.Stores.Sqlite;

namespace GraphRisk.Benchmarks.Entitled;

/// <summary>
/// What brokers' and clients' snapshots cost beside the whole one: each step's processor time and the bytes it keeps, as parts
/// of those of the whole snapshot in the same run; beside the bytes it counts itself what the process holds more. Times are the processor's, so that other work on the machine counts less.
/// <code>dotnet run -c Release --project tests/GraphRisk.Benchmarks -- entitled 20000 FOLDER</code>
/// </summary>
internal static class EntitledLoad
{
    private const int SetSize = 20_000;
    private const int BrokersAsked = 10;
    private const int ClientsAsked = 90;
    private static readonly DateTimeOffset AsOf = Validity.CloseOf(new DateOnly(2024, 6, 30));

    public static async Task RunAsync(int clients, string folder)
    {
        Directory.CreateDirectory(folder);
        if (Directory.EnumerateFileSystemEntries(folder).Any()) throw new IOException($"'{folder}' is not empty.");
        await using var store = GraphStores.OpenSqlite(Path.Combine(folder, "entitled.db"), SchemaCatalog.LoadEmbedded());
        long facts = 0;
        foreach (var chunk in EntitledMarket.Facts(clients, 1).Chunk(SetSize))
            await store.AppendAsync(new ChangeSet($"load {facts += chunk.Length}", AsOf, "load", [.. chunk.Select(Change.Assert)]));
        Print($"{facts} facts of {clients} clients");
        var version = await store.GetVersionAsync();

        // Once unmeasured, so that no step pays for compilation.
        var warm = new SnapshotProvider(store);
        await warm.GetAsync(AsOf);
        await warm.GetAsync(AsOf, null, Entitlement.OfBroker("B001"));
        await warm.GetAsync(AsOf, null, Entitlement.OfClient(await ClientAsync(store, version, "B001")));

        var provider = new SnapshotProvider(store);
        var whole = await MeasureAsync("whole", 1, null, async _ => await provider.GetAsync(AsOf));
        await MeasureAsync("one broker, built from nothing", 1, whole, async _ => await SnapshotBuilder.BuildAsync(store, version, AsOf, Entitlement.OfBroker("B001")));
        await MeasureAsync("open to brokers", 1, whole, async _ => await provider.GetAsync(AsOf, null, Entitlement.OfOpen(Sensitivity.Internal)));
        await MeasureAsync("open to all", 1, whole, async _ => await provider.GetAsync(AsOf, null, Entitlement.Public));
        await MeasureAsync("each broker", BrokersAsked, whole, async i => await provider.GetAsync(AsOf, null, BrokerOf(i)));
        var asked = new List<NodeId>();
        for (var i = 0; i < ClientsAsked; i++) asked.Add(await ClientAsync(store, version, $"B{i:000}"));
        await MeasureAsync("each client", ClientsAsked, whole, async i => await provider.GetAsync(AsOf, null, Entitlement.OfClient(asked[i])));

        await AppendAsync(store, "foreign", "broker-B092");
        await MeasureAsync("open to brokers after a broker's write", 1, whole, async _ => await provider.GetAsync(AsOf, null, Entitlement.OfOpen(Sensitivity.Internal)));
        await MeasureAsync("each other broker after it", BrokersAsked, whole, async i => await provider.GetAsync(AsOf, null, BrokerOf(i)));
        await MeasureAsync("each other client after it", ClientsAsked, whole, async i => await provider.GetAsync(AsOf, null, Entitlement.OfClient(asked[i])));
        await AppendAsync(store, "own", "broker-B001");
        await MeasureAsync("a broker after its own write", 1, whole, async _ => await provider.GetAsync(AsOf, null, Entitlement.OfBroker("B001")));
        await AppendAsync(store, "open", "registry");
        await MeasureAsync("open to brokers after a registry's write", 1, whole, async _ => await provider.GetAsync(AsOf, null, Entitlement.OfOpen(Sensitivity.Internal)));
        await MeasureAsync("each broker after it", BrokersAsked, whole, async i => await provider.GetAsync(AsOf, null, BrokerOf(i)));
    }

    private static Entitlement BrokerOf(int i) => Entitlement.OfBroker(string.Create(CultureInfo.InvariantCulture, $"B{i:000}"));

    /// <summary>The first client of a broker.</summary>
    private static async Task<NodeId> ClientAsync(SqliteGraphStore store, StoreVersion version, string broker)
    {
        var scope = ReadScope.All(version.Number) with { Types = ["Person"], DataSets = DataSets.OfBroker(broker) };
        await foreach (var recorded in store.ReadAsync(scope))
            return ((NodeFact)recorded.Fact).Node;
        throw new InvalidOperationException($"{broker} has no clients.");
    }

    private static async Task AppendAsync(SqliteGraphStore store, string id, string source) => await store.AppendAsync(new ChangeSet(id, AsOf, "load",
    [
        Change.Assert(new NodeFact(
            new NodeId("Company", $"{source}:late"), Properties.Of(("name", PropertyValue.Of("后来"))), Validity.Always, new Provenance(source, "late", 0.9m))),
    ]));

    private static async Task<(double Seconds, long Bytes)> MeasureAsync(
        string name, int times, (double Seconds, long Bytes)? whole, Func<int, Task<Snapshot>> get)
    {
        var managed = GC.GetTotalMemory(forceFullCollection: true);
        var made = new Snapshot[times];
        var process = Process.GetCurrentProcess();
        var (watch, before) = (Stopwatch.StartNew(), process.TotalProcessorTime);
        for (var i = 0; i < times; i++) made[i] = await get(i);
        process.Refresh();
        var measured = (Seconds: (process.TotalProcessorTime - before).TotalSeconds / times, Bytes: made.Sum(one => one.OwnBytes) / times);
        var elapsed = watch.Elapsed.TotalMilliseconds / times;
        managed = (GC.GetTotalMemory(forceFullCollection: true) - managed) / times;
        var parts = whole is { } of
            ? string.Create(CultureInfo.InvariantCulture, $" | {measured.Seconds / of.Seconds:0.0000} | {(double)measured.Bytes / of.Bytes:0.0000}") : " | 1 | 1";
        Print($"| {name} | {measured.Seconds * 1000:0.0} ms | {elapsed:0.0} ms | {measured.Bytes:N0} | {managed:N0}{parts} |");
        GC.KeepAlive(made);
        return measured;
    }

    private static void Print(FormattableString line) => Console.WriteLine(line.ToString(CultureInfo.InvariantCulture));
}
