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

    private static readonly SchemaItem[] OfBookkeeping =
    [
        SchemaItem.UniqueNode("Statement_fact", "Statement", "_fact"),
        SchemaItem.IndexOfNodes("Statement_seq", "Statement", "_type", "_seq"),
        SchemaItem.IndexOfNodes("Statement_node", "Statement", "_node"),
        SchemaItem.IndexOfNodes("Former_fact", "Former", "_fact"),
        SchemaItem.IndexOfNodes("Former_seq", "Former", "_type", "_seq"),
        SchemaItem.IndexOfNodes("Former_node", "Former", "_node"),
        SchemaItem.IndexOfNodes("Former_end", "Former", "_end"),
        SchemaItem.UniqueNode("Identifier_key", "Identifier", "key"),
        SchemaItem.UniqueNode("ChangeSet_id", "ChangeSet", "id"),
        SchemaItem.UniqueNode("ChangeSet_version", "ChangeSet", "version"),
        SchemaItem.IndexOfNodes("ChangeSet_recorded", "ChangeSet", "recordedAt"),
        SchemaItem.UniqueNode("StoreState_id", "StoreState", "id"),
    ];

    /// <summary>Brings the database up to the schema and tells the store's identity.</summary>
    public static async Task<string> PrepareAsync(QueryApiClient client, SchemaCatalog catalog, CancellationToken cancellation)
    {
        await CheckServerAsync(client, cancellation);
        var items = Items(catalog).ToList();
        var held = await RequireRoomAsync(client, catalog, items, cancellation);
        var present = await Collisions.PresentAsync(client, cancellation);
        foreach (var item in items.Where(item => !present.ContainsKey(item.Name)))
            await client.RunAsync(item.Statement, Nothing, AccessMode.Write, cancellation: cancellation);
        await client.RunAsync(CypherText.Get("store/await-indexes").Text, Nothing, AccessMode.Read, cancellation: cancellation);
        var answer = await client.RunAsync(
            CypherText.Get("store/format").Text, new Dictionary<string, object?> { ["format"] = Format, ["types"] = held }, AccessMode.Write, cancellation: cancellation);
        if ((long)answer.Rows[0][0]! > Format)
            throw new StoreUnavailableException(
                $"The database holds a store of format {answer.Rows[0][0]}; this program knows {Format}. Use the program's newer version.");
        return (string)answer.Rows[0][1]!;
    }

    /// <summary>Every constraint and index the schema and the store's own bookkeeping ask for.</summary>
    public static IEnumerable<SchemaItem> Items(SchemaCatalog catalog)
    {
        foreach (var type in catalog.NodeTypes)
        {
            yield return SchemaItem.UniqueNode($"{type.Name}_key", type.Name, "key");
            yield return SchemaItem.IndexOfNodes($"{type.Name}_seq", type.Name, "_seq");
            var searchable = type.Fields.Where(field => field.Searchable).Select(field => field.Name).ToList();
            if (searchable.Count > 0) yield return SchemaItem.SearchOfNodes($"{type.Name}_text", type.Name, searchable);
        }

        foreach (var type in catalog.RelationshipTypes.Select(type => type.GraphName))
        {
            yield return SchemaItem.UniqueRelationship($"{type}_fact", type, "_fact");
            yield return SchemaItem.IndexOfRelationships($"{type}_seq", type, "_seq");
        }

        foreach (var item in OfBookkeeping) yield return item;
    }

    /// <summary>Faults of the store's own: missing constraints, sequences that do not fit the state, facts recorded twice.</summary>
    public static async ValueTask<IReadOnlyList<string>> CheckAsync(
        QueryApiClient client, SchemaCatalog catalog, CancellationToken cancellation)
    {
        var faults = new List<string>();
        var items = Items(catalog).ToList();
        faults.AddRange(await Collisions.OfSchemaAsync(client, items, cancellation));
        foreach (var missing in items.Select(item => item.Name).Except((await Collisions.PresentAsync(client, cancellation)).Keys))
            faults.Add($"The constraint or index {missing} is missing.");
        foreach (var row in (await client.RunAsync(CypherText.Get("store/check").Text, Nothing, AccessMode.Read, cancellation: cancellation)).Rows)
            faults.Add((string)row[0]!);
        return faults;
    }

    private static Dictionary<string, object?> Nothing => [];

    /// <summary>
    /// Looks, before anything is written, whether the database has room for the store: constraints and indexes of others, and, of what the store has no facts of yet,
    /// nodes and relationships of others. What is in use is asked for before what the store has noted, which is noted with its first fact.
    /// </summary>
    /// <returns>Types the store holds facts of, where it has noted none itself.</returns>
    /// <exception cref="StoreUnavailableException">Others' data stands in the way.</exception>
    private static async Task<string[]> RequireRoomAsync(
        QueryApiClient client, SchemaCatalog catalog, IReadOnlyCollection<SchemaItem> items, CancellationToken cancellation)
    {
        var found = (await Collisions.OfSchemaAsync(client, items, cancellation)).ToList();
        var inUse = await Collisions.InUseAsync(client, cancellation);
        var store = (await client.RunAsync(CypherText.Get("store/present").Text, Nothing, AccessMode.Read, cancellation: cancellation)).Rows[0];
        var (isThere, noted) = ((bool)store[0]!, ((object?[]?)store[1])?.Cast<string>().ToHashSet(StringComparer.Ordinal));
        string[] labels = [.. catalog.NodeTypes.Select(type => type.Name)], types = [.. catalog.RelationshipTypes.Select(type => type.GraphName)];
        if (!isThere)
            found.AddRange(await Collisions.OfDataAsync(
                client, inUse, labels.Concat(OfBookkeeping.Select(item => item.Shape.Type).Distinct(StringComparer.Ordinal)), types.Append("IDENTIFIED_BY"), cancellation));
        else if (noted is not null)
            found.AddRange(await Collisions.OfDataAsync(client, inUse, labels.Where(label => !noted.Contains(label)), types.Where(type => !noted.Contains(type)), cancellation));
        Collisions.Refuse(found);
        return isThere ? [.. labels.Concat(types).Where(inUse.Contains)] : [];
    }

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
