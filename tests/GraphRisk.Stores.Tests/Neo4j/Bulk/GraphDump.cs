using System.Text.Json;
using GraphRisk.Stores.Neo4j;
using GraphRisk.Stores.Neo4j.Http;

namespace GraphRisk.Stores.Tests.Neo4j.Bulk;

/// <summary>
/// Everything a database holds as sorted lines of text, by which two ways of filling it are held against one another.
/// Left out: the counter of the store's lock, the store's identity, and what is noted of sets that changed nothing beside
/// their ids.
/// </summary>
internal static class GraphDump
{
    private const string Nodes = """
        MATCH (n)
        RETURN labels(n), CASE WHEN n:ChangeSet AND n.version IS NULL THEN {id: n.id} ELSE properties(n) END
        """;

    private const string Relationships = """
        MATCH (a)-[r]->(b)
        RETURN type(r), labels(a), a.key, labels(b), b.key, properties(r)
        """;

    public static async Task<List<string>> ReadAsync(Neo4jOptions server)
    {
        using var client = new QueryApiClient(server, TimeProvider.System);
        var lines = new List<string>();
        foreach (var statement in (string[])[Nodes, Relationships])
            lines.AddRange((await client.RunAsync(statement, new Dictionary<string, object?>(), AccessMode.Read)).Rows.Select(Line));
        lines.Sort(StringComparer.Ordinal);
        return lines;
    }

    private static string Line(object?[] row) => JsonSerializer.Serialize(row.Select(Ordered));

    private static object? Ordered(object? value) => value switch
    {
        IReadOnlyDictionary<string, object?> map => map.Where(item => item.Key is not ("lock" or "identity"))
            .OrderBy(item => item.Key, StringComparer.Ordinal).ToDictionary(item => item.Key, item => Ordered(item.Value)),
        _ => value,
    };
}
