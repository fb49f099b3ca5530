using System.Diagnostics;
using System.Globalization;
using GraphRisk.Graph.Facts;
using GraphRisk.Graph.Schema;
using GraphRisk.Graph.Store;
using GraphRisk.Stores;
using GraphRisk.Stores.Neo4j;

namespace GraphRisk.Benchmarks.Stores;

/// <summary>
/// The same market in the embedded store and in Neo4j: rates of import and of a whole read, times of a point read and of a
/// neighbourhood of three hops, and beside them what plain Cypher reaches on that server. Empties the database.
/// <code>GRAPHRISK_NEO4J_URL=... dotnet run -c Release --project tests/GraphRisk.Benchmarks -- compare-stores 20000 FOLDER</code>
/// </summary>
internal static class StoreComparison
{
    private const int SetSize = 20_000;
    private const int UnderWay = 4;
    private static readonly DateTimeOffset Start = Validity.CloseOf(new DateOnly(2024, 6, 30));

    /// <summary>Nodes that so many others share that three hops over them are most of the graph.</summary>
    private static readonly string[] Hubs = ["Broker", "Security"];

    public static async Task RunAsync(int clients, string folder)
    {
        var options = Neo4jOptions.FromEnvironment(Environment.GetEnvironmentVariable)
            ?? throw new InvalidOperationException("GRAPHRISK_NEO4J_URL names no server.");
        Directory.CreateDirectory(folder);
        var catalog = SchemaCatalog.LoadEmbedded();
        var plain = await PlainCypher.MeasureAsync(options);
        Dictionary<string, double> embedded, neo4j;
        await using (var store = GraphStores.OpenSqlite(Path.Combine(folder, "compared.db"), catalog)) embedded = await MeasureAsync(store, clients);
        await PlainCypher.EmptyAsync(options);
        await using (var store = await GraphStores.OpenNeo4jAsync(options, catalog, TimeProvider.System)) neo4j = await MeasureAsync(store, clients);
        Console.WriteLine($"| {clients} clients | embedded | Neo4j | ratio | plain Cypher |\n|---|---:|---:|---:|---:|");
        foreach (var (measure, value) in embedded)
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"| {measure} | {value:N0} | {neo4j[measure]:N0} | {neo4j[measure] / value:0.000} | {(plain.TryGetValue(measure, out var own) ? own.ToString("N0", CultureInfo.InvariantCulture) : "")} |"));
    }

    private static async Task<Dictionary<string, double>> MeasureAsync(IGraphStore store, int clients)
    {
        var facts = LoadMarket.Facts(clients, 1).ToList();
        var (nodes, edges) = (facts.Where(fact => fact is NodeFact).ToList(), facts.Where(fact => fact is RelationshipFact).ToList());
        var found = new Dictionary<string, double>
        {
            ["import, node facts/s"] = await RateAsync(nodes.Count, () => AppendAsync(store, "nodes", nodes)),
            ["import, relationships/s"] = await RateAsync(edges.Count, () => AppendAsync(store, "edges", edges)),
        };
        var version = (await store.GetVersionAsync()).Number;
        var types = edges.Select(edge => edge.Type).Distinct().ToList();
        found["whole read, relationships/s"] = await RateAsync(
            edges.Count, async () => await store.ReadAsync(ReadScope.All(version) with { Types = types }).CountAsync());
        found["whole read, facts/s"] = await RateAsync(facts.Count, async () => await store.ReadAsync(ReadScope.All(version)).CountAsync());
        var random = new Random(5);
        var persons = nodes.OfType<NodeFact>().Where(fact => fact.Node.Type == "Person").Select(fact => fact.Node).ToArray();
        random.Shuffle(persons);
        await TimesAsync(found, "point read", persons[..100], node => store.FindAsync(node, version).AsTask(), keep: false);
        await TimesAsync(found, "point read", persons[100..1100], node => store.FindAsync(node, version).AsTask());
        await TimesAsync(found, "three hops", persons[..300], node => NeighbourhoodAsync(store, node, version));
        return found;
    }

    private static async Task AppendAsync(IGraphStore store, string name, List<Fact> facts)
    {
        var underWay = new Queue<Task>();
        foreach (var (chunk, i) in facts.Chunk(SetSize).Select((chunk, i) => (chunk, i)))
        {
            var set = new ChangeSet($"{name} {i}", Start.AddSeconds(i), "load", [.. chunk.Select(Change.Assert)]);
            underWay.Enqueue(Task.Run(async () => await store.AppendAsync(set)));
            if (underWay.Count >= UnderWay) await underWay.Dequeue();
        }

        await Task.WhenAll(underWay);
    }

    /// <summary>All facts within three hops of a node, hubs not passed through; the nodes of a hop are asked for four at a time.</summary>
    private static async Task<int> NeighbourhoodAsync(IGraphStore store, NodeId start, long version)
    {
        var seen = new HashSet<NodeId> { start };
        List<NodeId> hop = [start];
        var count = 0;
        for (var depth = 0; depth < 3; depth++)
        {
            var next = new List<NodeId>();
            foreach (var group in hop.Where(node => !Hubs.Contains(node.Type)).Chunk(4))
                foreach (var facts in await Task.WhenAll(group.Select(node => store.FindAsync(node, version, withRelationships: true).AsTask())))
                    foreach (var recorded in facts)
                    {
                        count++;
                        if (recorded.Fact is not RelationshipFact edge) continue;
                        if (seen.Add(edge.From)) next.Add(edge.From);
                        if (seen.Add(edge.To)) next.Add(edge.To);
                    }

            hop = next;
        }

        return count;
    }

    private static async Task<double> RateAsync(int count, Func<Task> step)
    {
        var watch = Stopwatch.StartNew();
        await step();
        return count / watch.Elapsed.TotalSeconds;
    }

    private static async Task TimesAsync<T>(
        Dictionary<string, double> found, string name, IEnumerable<NodeId> nodes, Func<NodeId, Task<T>> ask, bool keep = true)
    {
        var times = new List<double>();
        foreach (var node in nodes)
        {
            var watch = Stopwatch.StartNew();
            await ask(node);
            times.Add(watch.Elapsed.TotalMicroseconds);
        }

        times.Sort();
        if (!keep) return;
        found[$"{name}, p50 us"] = times[times.Count / 2];
        found[$"{name}, p99 us"] = times[times.Count * 99 / 100];
    }
}
