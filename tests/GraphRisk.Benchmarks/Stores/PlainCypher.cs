using System.Diagnostics;
using GraphRisk.Stores.Neo4j;
using GraphRisk.Stores.Neo4j.Http;
using GraphRisk.TestKit;

namespace GraphRisk.Benchmarks.Stores;

/// <summary>
/// What a script reaches on the server without any history: <c>UNWIND ... MERGE</c> of nodes with a key and four properties and
/// of relationships with two, in batches of 5,000 on one connection.
/// </summary>
internal static class PlainCypher
{
    private const int Count = 50_000;
    private const int Batch = 5_000;
    private static readonly Dictionary<string, object?> Nothing = [];

    public static async Task<Dictionary<string, double>> MeasureAsync(Neo4jOptions options)
    {
        await EmptyAsync(options);
        using var client = new QueryApiClient(options, TimeProvider.System);
        await client.RunAsync("CREATE CONSTRAINT plain_key IF NOT EXISTS FOR (n:Plain) REQUIRE n.key IS UNIQUE", Nothing, AccessMode.Write);
        var found = new Dictionary<string, double>
        {
            ["import, node facts/s"] = await RateAsync(
                client, "UNWIND $rows AS row MERGE (n:Plain {key: row.key}) SET n += row",
                i => new() { ["key"] = $"P{i}", ["name"] = $"客户{i}", ["phone"] = $"138{i:00000000}", ["sex"] = "MALE", ["address"] = $"世纪大道{i}号" }),
            ["import, relationships/s"] = await RateAsync(
                client, "UNWIND $rows AS row MATCH (a:Plain {key: row.a}) MATCH (b:Plain {key: row.b}) MERGE (a)-[r:PLAIN]->(b) SET r.share = row.share, r.source = row.source",
                i => new() { ["a"] = $"P{i}", ["b"] = $"P{i * 7919L % Count}", ["share"] = 0.5, ["source"] = "registry" }),
        };
        await client.RunAsync("DROP CONSTRAINT plain_key", Nothing, AccessMode.Write);
        return found;
    }

    public static async Task EmptyAsync(Neo4jOptions options)
    {
        using var client = new QueryApiClient(options, TimeProvider.System);
        foreach (var statement in Neo4jTestServer.Emptying) await client.RunAsync(statement, Nothing, AccessMode.Write);
    }

    private static async Task<double> RateAsync(QueryApiClient client, string statement, Func<int, Dictionary<string, object?>> row)
    {
        var watch = Stopwatch.StartNew();
        for (var from = 0; from < Count; from += Batch)
            await client.RunAsync(
                statement, new Dictionary<string, object?> { ["rows"] = Enumerable.Range(from, Batch).Select(row).ToArray() }, AccessMode.Write);
        return Count / watch.Elapsed.TotalSeconds;
    }
}
