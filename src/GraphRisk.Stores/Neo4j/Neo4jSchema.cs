using System.Globalization;
using GraphRisk.Graph.Schema;
using GraphRisk.Graph.Store;
using GraphRisk.Stores.Neo4j.Http;

namespace GraphRisk.Stores.Neo4j;

/// <summary>
/// Brings a database's constraints and indexes up to the schema: each is created only where it is missing, so that every
/// start may do it and two servers may do it at once.
/// </summary>
internal static class Neo4jSchema
{
    /// <summary>
    /// Layout of what the store writes; a database of a later format is refused. What format 1 wrote (exact content and
    /// the types of a relationship's ends beside each fact) is read as it stands and goes as facts are recorded again.
    /// </summary>
    internal const long Format = 2;

    private static readonly (int Major, int Minor) OldestServer = (5, 26);

    /// <summary>Brings the database up to the schema and tells the store's identity.</summary>
    public static async Task<string> PrepareAsync(QueryApiClient client, SchemaCatalog catalog, CancellationToken cancellation)
    {
        await CheckServerAsync(client, cancellation);
        var missing = Statements(catalog).ExceptBy(await NamesAsync(client, cancellation), NameOf).ToList();
        foreach (var statement in missing) await client.RunAsync(statement, Nothing, AccessMode.Write, cancellation: cancellation);
        await client.RunAsync(CypherText.Get("store/await-indexes").Text, Nothing, AccessMode.Read, cancellation: cancellation);
        var answer = await client.RunAsync(
            CypherText.Get("store/format").Text, new Dictionary<string, object?> { ["format"] = Format }, AccessMode.Write, cancellation: cancellation);
        if ((long)answer.Rows[0][0]! > Format)
            throw new StoreUnavailableException(
                $"The database holds a store of format {answer.Rows[0][0]}; this program knows {Format}. Use the program's newer version.");
        return (string)answer.Rows[0][1]!;
    }

    /// <summary>Every constraint and index the schema asks for.</summary>
    public static IEnumerable<string> Statements(SchemaCatalog catalog)
    {
        foreach (var type in catalog.NodeTypes)
        {
            yield return $"CREATE CONSTRAINT `{type.Name}_key` IF NOT EXISTS FOR (n:`{type.Name}`) REQUIRE n.key IS UNIQUE";
            yield return $"CREATE INDEX `{type.Name}_seq` IF NOT EXISTS FOR (n:`{type.Name}`) ON (n._seq)";
            var searchable = type.Fields.Where(field => field.Searchable).Select(field => $"n.`{field.Name}`").ToList();
            if (searchable.Count > 0)
                yield return $"CREATE FULLTEXT INDEX `{type.Name}_text` IF NOT EXISTS FOR (n:`{type.Name}`) ON EACH [{string.Join(", ", searchable)}] "
                    + "OPTIONS {indexConfig: {`fulltext.analyzer`: 'cjk'}}";
        }

        foreach (var type in catalog.RelationshipTypes.Select(type => type.GraphName))
        {
            yield return $"CREATE CONSTRAINT `{type}_fact` IF NOT EXISTS FOR ()-[r:`{type}`]-() REQUIRE r._fact IS UNIQUE";
            yield return $"CREATE INDEX `{type}_seq` IF NOT EXISTS FOR ()-[r:`{type}`]-() ON (r._seq)";
        }

        yield return "CREATE CONSTRAINT Statement_fact IF NOT EXISTS FOR (n:Statement) REQUIRE n._fact IS UNIQUE";
        yield return "CREATE INDEX Statement_seq IF NOT EXISTS FOR (n:Statement) ON (n._type, n._seq)";
        yield return "CREATE INDEX Statement_node IF NOT EXISTS FOR (n:Statement) ON (n._node)";
        yield return "CREATE INDEX Former_fact IF NOT EXISTS FOR (n:Former) ON (n._fact)";
        yield return "CREATE INDEX Former_seq IF NOT EXISTS FOR (n:Former) ON (n._type, n._seq)";
        yield return "CREATE INDEX Former_node IF NOT EXISTS FOR (n:Former) ON (n._node)";
        yield return "CREATE INDEX Former_end IF NOT EXISTS FOR (n:Former) ON (n._end)";
        yield return "CREATE CONSTRAINT Identifier_key IF NOT EXISTS FOR (n:Identifier) REQUIRE n.key IS UNIQUE";
        yield return "CREATE CONSTRAINT ChangeSet_id IF NOT EXISTS FOR (n:ChangeSet) REQUIRE n.id IS UNIQUE";
        yield return "CREATE CONSTRAINT ChangeSet_version IF NOT EXISTS FOR (n:ChangeSet) REQUIRE n.version IS UNIQUE";
        yield return "CREATE INDEX ChangeSet_recorded IF NOT EXISTS FOR (n:ChangeSet) ON (n.recordedAt)";
        yield return "CREATE CONSTRAINT StoreState_id IF NOT EXISTS FOR (n:StoreState) REQUIRE n.id IS UNIQUE";
    }

    /// <summary>Faults of the store's own: missing constraints, sequences that do not fit the state, facts recorded twice.</summary>
    public static async ValueTask<IReadOnlyList<string>> CheckAsync(
        QueryApiClient client, SchemaCatalog catalog, CancellationToken cancellation)
    {
        var faults = new List<string>();
        foreach (var missing in Statements(catalog).Select(NameOf).Except(await NamesAsync(client, cancellation)))
            faults.Add($"The constraint or index {missing} is missing.");
        foreach (var row in (await client.RunAsync(CypherText.Get("store/check").Text, Nothing, AccessMode.Read, cancellation: cancellation)).Rows)
            faults.Add((string)row[0]!);
        return faults;
    }

    private static Dictionary<string, object?> Nothing => [];

    /// <summary>The name a statement of <see cref="Statements"/> gives.</summary>
    private static string NameOf(string statement) =>
        statement[..statement.IndexOf(" IF NOT EXISTS", StringComparison.Ordinal)].Split(' ')[^1].Trim('`');

    private static async Task<HashSet<string>> NamesAsync(QueryApiClient client, CancellationToken cancellation) =>
        (await client.RunAsync(CypherText.Get("store/indexes").Text, Nothing, AccessMode.Read, cancellation: cancellation))
            .Rows.Select(row => (string)row[0]!).ToHashSet(StringComparer.Ordinal);

    private static async Task CheckServerAsync(QueryApiClient client, CancellationToken cancellation)
    {
        var answer = await client.RunAsync(CypherText.Get("store/server").Text, Nothing, AccessMode.Read, cancellation: cancellation);
        var version = (string)answer.Rows[0][0]!;
        var parts = version.Split('.', '-');
        var found = (int.Parse(parts[0], CultureInfo.InvariantCulture), int.Parse(parts[1], CultureInfo.InvariantCulture));
        if (found.CompareTo(OldestServer) < 0)
            throw new StoreUnavailableException($"Neo4j is version {version}; {OldestServer.Major}.{OldestServer.Minor} or later is needed.");
    }
}
