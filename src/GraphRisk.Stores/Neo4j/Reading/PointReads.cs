using GraphRisk.Graph.Facts;
using GraphRisk.Graph.Schema;
using GraphRisk.Graph.Store;
using GraphRisk.Stores.Neo4j.Http;
using GraphRisk.Stores.Neo4j.Layout;

namespace GraphRisk.Stores.Neo4j.Reading;

/// <summary>Reads of single nodes and facts.</summary>
internal sealed class PointReads(QueryApiClient client, SchemaCatalog catalog)
{
    private const int BatchSize = 5_000;

    /// <summary>Every recording about a node and, on request, about its relationships, former ones included.</summary>
    public async Task<IReadOnlyCollection<StoredRecording>> FindAsync(NodeId node, bool withRelationships, CancellationToken cancellation)
    {
        if (catalog.FindNode(node.Type) is not { } type) return [];
        var parameters = new Dictionary<string, object?>
        {
            ["key"] = node.Key, ["node"] = node.ToString(), ["withRelationships"] = withRelationships,
        };
        var found = new Dictionary<long, StoredRecording>();
        foreach (var row in await RunAsync(CypherText.Get("store/find-facts").With(("Type", node.Type)), parameters, cancellation))
            if (Read(type, node, row) is { } stored) found[stored.Recording.Sequence] = stored;
        return found.Values;
    }

    /// <summary>Nodes that carry an identifier by a fact believed at a version.</summary>
    public async Task<IReadOnlyList<NodeId>> FindByIdentifierAsync(
        string scheme, string value, long atVersion, CancellationToken cancellation)
    {
        var identifier = IdentifierKeys.Of(new Identifier(scheme, value));
        var nodes = new SortedSet<NodeId>();
        foreach (var row in await RunAsync(CypherText.Get("store/identified").Text, new() { ["identifier"] = identifier }, cancellation))
        {
            if (Rows.TypeOf(catalog, row[0]) is not { } type) continue;
            var node = new NodeId(type, (string)row[1]!);
            var recordings = await FindAsync(node, withRelationships: false, cancellation);
            if (recordings.Any(stored => stored.IsBelievedAt(atVersion) && stored.Recording.Fact is NodeFact fact
                && IdentifierKeys.Of(fact, catalog.Node(node.Type)).Contains(identifier)))
                nodes.Add(node);
        }

        return [.. nodes];
    }

    /// <summary>Every recording of facts that were recorded more than once, except first recordings.</summary>
    public async Task<IReadOnlyCollection<StoredRecording>> FindRecordedAgainAsync(IReadOnlyCollection<string>? types, CancellationToken cancellation)
    {
        var found = new Dictionary<long, StoredRecording>();
        void Add(StoredRecording? read)
        {
            if (read is { } stored && stored.Recording.First != stored.Recording.Sequence) found[stored.Recording.Sequence] = stored;
        }

        var formerTypes = (await RunAsync(CypherText.Get("store/former-types").Text, [], cancellation)).Select(row => (string)row[0]!);
        foreach (var type in formerTypes.Where(type => SchemaElements.Has(catalog, type) && (types?.Contains(type) ?? true)).Order(StringComparer.Ordinal))
        {
            var facts = await RunAsync(CypherText.Get("store/former-facts").Text, new() { ["type"] = type }, cancellation);
            if (catalog.FindNode(type) is { } nodeType)
                await foreach (var recording in CurrentOnNodesAsync(nodeType, facts, cancellation)) Add(StoredRecording.Believed(recording));
            else
                await foreach (var row in InBatchesAsync(
                    CypherText.Get("store/find-relationships").With(("Type", type)), "facts", facts.Select(row => (string)row[0]!), cancellation))
                    Add(StoredRecording.Believed(Rows.Relationship(catalog, catalog.Relationship(type), row)));
            var former = new Dictionary<string, object?> { ["type"] = type, ["after"] = 0L, ["through"] = long.MaxValue, ["limit"] = long.MaxValue };
            foreach (var row in await RunAsync(CypherText.Get("store/read-former").Text, former, cancellation))
                Add(StoredProperties.ReadFormer(catalog, Rows.Map(row[0])));
        }

        return found.Values;
    }

    private async IAsyncEnumerable<Recording> CurrentOnNodesAsync(
        NodeType type, IReadOnlyList<object?[]> facts, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellation)
    {
        await foreach (var row in InBatchesAsync(CypherText.Get("store/find-statements").Text, "facts", facts.Select(row => (string)row[0]!), cancellation))
            yield return Rows.Statement(catalog, row);
        var keys = facts.Select(row => Element.Parse((string)row[1]!).Start.Key).Distinct(StringComparer.Ordinal);
        await foreach (var row in InBatchesAsync(CypherText.Get("store/find-nodes").With(("Type", type.Name)), "keys", keys, cancellation))
            if (Rows.Node(type, row) is { } own) yield return own;
    }

    private StoredRecording? Read(NodeType type, NodeId node, object?[] row) => row[0] switch
    {
        null => StoredProperties.ReadFormer(catalog, Rows.Map(row[1])),
        "" => StoredRecording.Believed(StoredProperties.ReadNode(type, node, Rows.Map(row[1]))),
        var name => catalog.FindRelationship((string)name) is { } relationship ? StoredRecording.Believed(Rows.Relationship(catalog, relationship, row[1..])) : null,
    };

    private async IAsyncEnumerable<object?[]> InBatchesAsync(
        string statement, string parameter, IEnumerable<string> values,
        [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellation)
    {
        foreach (var batch in values.Chunk(BatchSize))
            foreach (var row in await RunAsync(statement, new() { [parameter] = batch }, cancellation)) yield return row;
    }

    private async Task<IReadOnlyList<object?[]>> RunAsync(
        string statement, Dictionary<string, object?> parameters, CancellationToken cancellation) =>
        (await client.RunAsync(statement, parameters, AccessMode.Read, cancellation: cancellation)).Rows;
}
