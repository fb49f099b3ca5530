using GraphRisk.Graph.Facts;

namespace GraphRisk.Stores.Neo4j;

/// <summary>What the store knows of the facts of a ChangeSet before it is appended.</summary>
internal sealed class KnownFacts(QueryTransaction transaction, WriterMemory memory, int batchSize)
{
    private readonly Dictionary<FactId, KnownFact> facts = [];
    private readonly Dictionary<FactId, long> retracted = [];
    private readonly Dictionary<NodeId, bool> nodes = [];

    /// <summary>The fact, or null where it is not known or no longer believed.</summary>
    public KnownFact? Find(FactId id) => facts.GetValueOrDefault(id);

    /// <summary>First sequence of a fact that was retracted, or null.</summary>
    public long? FirstOfRetracted(FactId id) => retracted.TryGetValue(id, out var first) ? first : null;

    /// <summary>Whether the node stands in the graph.</summary>
    public bool Exists(NodeId node) => nodes.ContainsKey(node);

    /// <summary>Whether the node holds a fact of its own.</summary>
    public bool IsTaken(NodeId node) => nodes.TryGetValue(node, out var taken) && taken;

    /// <summary>Notes that the node now stands and holds a fact of its own.</summary>
    public void Take(NodeId node) => nodes[node] = true;

    public async Task LoadAsync(IReadOnlyList<(Change Change, FactId Id)> all, CancellationToken cancellation)
    {
        var nodesToFind = all.Where(item => item.Change.Fact is NodeFact node && memory.MayKnow(node.Node));
        foreach (var type in nodesToFind.GroupBy(item => item.Change.Fact.Type, StringComparer.Ordinal))
            await LoadNodesAsync(type.Key, [.. type.Select(item => ((NodeFact)item.Change.Fact).Node.Key).Distinct(StringComparer.Ordinal)], cancellation);
        var changes = all.Where(item => memory.MayKnow(item.Id)).ToList();
        var ofNodes = changes.Where(item => item.Change.Fact is NodeFact).Select(item => item.Id);
        await LoadAsync("store/find-statements", null, FactPlace.Statement, ofNodes, cancellation);
        foreach (var type in changes.Where(item => item.Change.Fact is RelationshipFact).GroupBy(item => item.Change.Fact.Type, StringComparer.Ordinal))
            await LoadAsync("store/find-relationships", type.Key, FactPlace.Relationship, type.Select(item => item.Id), cancellation);
        foreach (var batch in changes.Select(item => item.Id.ToString()).Chunk(batchSize))
            foreach (var row in (await RunAsync("store/find-retracted", null, "facts", batch, cancellation)).Rows)
                retracted[FactId.Parse((string)row[0]!)] = (long)row[1]!;
    }

    private async Task LoadNodesAsync(string type, string[] keys, CancellationToken cancellation)
    {
        foreach (var batch in keys.Chunk(batchSize))
        {
            foreach (var row in (await RunAsync("store/find-nodes", type, "keys", batch, cancellation)).Rows)
            {
                nodes[new NodeId(type, (string)row[0]!)] = row[1] is not null;
                if (row[1] is object?[] columns) Add(Recording.Read(columns), FactPlace.Node);
            }
        }
    }

    private async Task LoadAsync(string text, string? type, FactPlace place, IEnumerable<FactId> ids, CancellationToken cancellation)
    {
        foreach (var batch in ids.Select(id => id.ToString()).Chunk(batchSize))
            foreach (var row in (await RunAsync(text, type, "facts", batch, cancellation)).Rows)
                Add(Recording.Read(row), place);
    }

    private void Add(Recording recording, FactPlace place) =>
        facts[FactId.Parse(recording.Fact)] = new KnownFact(recording, place);

    private ValueTask<QueryAnswer> RunAsync(
        string text, string? type, string parameter, string[] values, CancellationToken cancellation)
    {
        var cypher = CypherText.Get(text);
        var statement = type is null ? cypher.Text : cypher.With(("Type", type));
        return transaction.RunAsync(statement, new Dictionary<string, object?> { [parameter] = values }, cancellation);
    }
}
