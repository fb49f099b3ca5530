using System.Diagnostics;
using System.Globalization;
using GraphRisk.Graph.Facts;
using GraphRisk.Graph.Schema;
using GraphRisk.Graph.Snapshots;
using GraphRisk.Graph.Store;
using GraphRisk.Stores;
using GraphRisk.Stores.Sqlite;

namespace GraphRisk.Benchmarks.Stores;

/// <summary>
/// The life of a large store, once through: append, read, find, check the hash, build a snapshot, write and map it,
/// update it. Prints for each step the time on the clock, the processor's time and the process's peak memory.
/// <code>dotnet run -c Release --project tests/GraphRisk.Benchmarks -- stores 1000000 FOLDER</code>
/// </summary>
internal static class StoreLoad
{
    private const int SetSize = 20_000;
    private static readonly DateTimeOffset AsOf = Validity.CloseOf(new DateOnly(2024, 6, 30));

    public static async Task RunAsync(int clients, string folder)
    {
        Directory.CreateDirectory(folder);
        var path = Path.Combine(folder, "load.db");
        if (Directory.EnumerateFileSystemEntries(folder).Any()) throw new IOException($"'{folder}' is not empty.");
        var catalog = SchemaCatalog.LoadEmbedded();
        long facts = 0;
        await using (var store = GraphStores.OpenSqlite(path, catalog))
        {
            await StepAsync("append", async () => facts = await AppendAsync(store, clients));
            Print($"{facts} facts, {new FileInfo(path).Length / facts} bytes each in the file");
        }

        await using (var store = GraphStores.OpenSqlite(path, catalog))
        {
            await StepAsync("open again and find", async () => await FindAsync(store));
            await StepAsync("read all", async () => await store.ReadAsync(ReadScope.All((await store.GetVersionAsync()).Number)).CountAsync(), facts);
            Snapshot? built = null;
            await StepAsync("snapshot", async () => built = await SnapshotBuilder.BuildAsync(store, await store.GetVersionAsync(), AsOf), facts);
            var snapshotPath = Path.Combine(folder, "load.snapshot");
            await StepAsync("write snapshot", () => Task.Run(() => SnapshotFile.Write(built!, snapshotPath)));
            var edges = built!.Relationships.Sum(table => (long)table.Count);
            Print($"{built.Nodes.Count} nodes, {edges} edges, {new FileInfo(snapshotPath).Length / edges} bytes per edge with all columns");
            await StepAsync("map snapshot", () => Task.Run(() => built = SnapshotFile.Map(catalog, snapshotPath)));
            await store.AppendAsync(new ChangeSet("late", AsOf, "load", [.. LoadMarket.Facts(3, 99).Select(Change.Assert)]));
            await StepAsync("update snapshot", async () => built = await UpdateAsync(store, folder));
        }
    }

    private static async Task<long> AppendAsync(SqliteGraphStore store, int clients)
    {
        long facts = 0;
        var underWay = new Queue<Task>();
        foreach (var (chunk, i) in LoadMarket.Facts(clients, 1).Chunk(SetSize).Select((chunk, i) => (chunk, i)))
        {
            facts += chunk.Length;
            var set = new ChangeSet($"load {i}", AsOf.AddSeconds(i), "load", [.. chunk.Select(Change.Assert)]);
            underWay.Enqueue(Task.Run(async () => await store.AppendAsync(set)));
            if (underWay.Count >= 4) await underWay.Dequeue();
        }

        await Task.WhenAll(underWay);
        return facts;
    }

    private static async Task FindAsync(SqliteGraphStore store)
    {
        var version = (await store.GetVersionAsync()).Number;
        var node = (await store.FindByIdentifierAsync("RESIDENT_ID", "310101198000000007", version))[0];
        await store.FindAsync(node, version, withRelationships: true);
        var watch = Stopwatch.StartNew();
        for (var i = 0; i < 1000; i++) await store.FindAsync(new NodeId("Security", $"{600000 + i}.SH"), version);
        for (var i = 0; i < 1000; i++) await store.FindByIdentifierAsync("RESIDENT_ID", $"3101011980{i:00000000}", version);
        Print($"{watch.Elapsed.TotalMicroseconds / 2000:0} microseconds a find");
    }

    private static async Task<Snapshot> UpdateAsync(SqliteGraphStore store, string folder)
    {
        var provider = new SnapshotProvider(store, new SnapshotProviderOptions { Folder = folder });
        File.Copy(
            Path.Combine(folder, "load.snapshot"),
            Path.Combine(folder, $"{AsOf.ToUnixTimeMilliseconds()}_{(await store.GetVersionAsync()).Number - 1}.snapshot"));
        return await provider.GetAsync(AsOf);
    }

    private static async Task StepAsync(string name, Func<Task> step, long facts = 0)
    {
        var process = Process.GetCurrentProcess();
        var (watch, before) = (Stopwatch.StartNew(), process.TotalProcessorTime);
        await step();
        process.Refresh();
        var rate = facts > 0 ? $", {facts / watch.Elapsed.TotalSeconds:0} facts/s" : "";
        Print($"{name}: {watch.Elapsed.TotalSeconds:0.0} s, processor {(process.TotalProcessorTime - before).TotalSeconds:0.0} s{rate}, "
            + $"peak {process.PeakWorkingSet64 >> 20} MiB, managed {GC.GetTotalMemory(false) >> 20} MiB");
    }

    private static void Print(FormattableString line) => Console.WriteLine(line.ToString(CultureInfo.InvariantCulture));

    private static void Print(string line) => Console.WriteLine(line);
}
