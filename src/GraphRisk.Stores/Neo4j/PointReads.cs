using GraphRisk.Graph.Facts;
using GraphRisk.Graph.Schema;

namespace GraphRisk.Stores.Neo4j;

/// <summary>Reads of single nodes and facts.</summary>
internal sealed class PointReads(QueryApiClient client, SchemaCatalog catalog)
{
    private const int BatchSize = 5_000;

    /// <summary>Every recording about a node and, on request, about its relationships, former ones included.</summary>
    public async Task<List<StoredRecording>> FindAsync(NodeId node, bool withRelationships, CancellationToken cancellation)
    {
        var found = new Dictionary<long, StoredRecording>();
        void Add(StoredRecording stored) => found[stored.Recording.Sequence] = stored;

        if (catalog.FindNode(node.Type) is null) return [];
        var id = node.ToString();
        var own = OwnFactsAsync(node.Type, [node.Key], cancellation);
        var statements = RunAsync(CypherText.Get("store/statements-of").Text, new() { ["node"] = id }, cancellation);
        var relationships = withRelationships
            ? RunAsync(CypherText.Get("store/relationships-of").With(("Type", node.Type)), new() { ["key"] = node.Key }, cancellation)
            : Task.FromResult<IReadOnlyList<object?[]>>([]);
        await Task.WhenAll(own, statements, relationships);
        foreach (var stored in await own) Add(stored);
        foreach (var row in await statements) Add(StoredRecording.OfStatement(row));
        foreach (var row in await relationships) Add(StoredRecording.OfRelationship((string)row[^1]!, row));

        // Last, since what others replace in the meantime goes from the graph to Former.
        foreach (var row in await RunAsync(
            CypherText.Get("store/find-former").Text, new() { ["node"] = id, ["withRelationships"] = withRelationships }, cancellation))
            Add(StoredRecording.OfFormer(row));
        return [.. found.Values];
    }

    /// <summary>Nodes that carry an identifier by a fact believed at a version.</summary>
    public async Task<IReadOnlyList<NodeId>> FindByIdentifierAsync(
        string scheme, string value, long atVersion, CancellationToken cancellation)
    {
        var identifier = Identifiers.Key(scheme, value);
        var nodes = new SortedSet<NodeId>();
        var rows = await RunAsync(CypherText.Get("store/identified").Text, new() { ["identifier"] = identifier }, cancellation);
        foreach (var row in rows)
        {
            var type = ((object?[])row[0]!).Select(label => (string)label!).First(label => catalog.FindNode(label) is not null);
            var node = new NodeId(type, (string)row[1]!);
            var recordings = await FindAsync(node, withRelationships: false, cancellation);
            if (recordings.Exists(stored => stored.Kind == ChangeKind.Assert && stored.Recording.Version <= atVersion
                && stored.Closed > atVersion && stored.Recording.ToFact(catalog, stored.Element) is NodeFact fact
                && Identifiers.Of(fact, catalog.Node(type)).Contains(identifier)))
                nodes.Add(node);
        }

        return [.. nodes];
    }

    /// <summary>Every recording of facts that were recorded more than once, except first recordings.</summary>
    public async Task<List<StoredRecording>> FindRecordedAgainAsync(IReadOnlyCollection<string>? types, CancellationToken cancellation)
    {
        var found = new Dictionary<long, StoredRecording>();
        void Add(StoredRecording stored)
        {
            if (stored.Recording.First != stored.Recording.Sequence) found[stored.Recording.Sequence] = stored;
        }

        var formerTypes = (await RunAsync(CypherText.Get("store/former-types").Text, [], cancellation)).Select(row => (string)row[0]!);
        foreach (var type in formerTypes.Where(type => types?.Contains(type) ?? true).Order(StringComparer.Ordinal))
        {
            var facts = await RunAsync(CypherText.Get("store/former-facts").Text, new() { ["type"] = type }, cancellation);
            var isNode = catalog.FindNode(type) is not null;
            var elements = facts.ToDictionary(row => (string)row[0]!, row => Element.Parse((string)row[1]!), StringComparer.Ordinal);
            var current = CypherText.Get(isNode ? "store/find-statements" : "store/find-relationships");
            foreach (var batch in elements.Keys.Chunk(BatchSize))
                foreach (var row in await RunAsync(isNode ? current.Text : current.With(("Type", type)), new() { ["facts"] = batch }, cancellation))
                    Add(new StoredRecording(Recording.Read(row), elements[(string)row[0]!], ChangeKind.Assert, long.MaxValue));
            if (isNode)
                foreach (var batch in elements.Values.Select(element => element.Start.Key).Distinct(StringComparer.Ordinal).Chunk(BatchSize))
                    foreach (var stored in await OwnFactsAsync(type, batch, cancellation)) Add(stored);
            var former = new Dictionary<string, object?> { ["type"] = type, ["after"] = 0L, ["through"] = long.MaxValue, ["limit"] = long.MaxValue };
            foreach (var row in await RunAsync(CypherText.Get("store/read-former").Text, former, cancellation)) Add(StoredRecording.OfFormer(row));
        }

        return [.. found.Values];
    }

    private async Task<List<StoredRecording>> OwnFactsAsync(string type, string[] keys, CancellationToken cancellation)
    {
        var rows = await RunAsync(CypherText.Get("store/find-nodes").With(("Type", type)), new() { ["keys"] = keys }, cancellation);
        return [.. rows.Where(row => row[1] is not null)
            .Select(row => StoredRecording.OfNode(new NodeId(type, (string)row[0]!), (object?[])row[1]!))];
    }

    private async Task<IReadOnlyList<object?[]>> RunAsync(
        string statement, Dictionary<string, object?> parameters, CancellationToken cancellation) =>
        (await client.RunAsync(statement, parameters, AccessMode.Read, cancellation: cancellation)).Rows;
}
