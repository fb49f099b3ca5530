using GraphRisk.Graph.Facts;
using GraphRisk.Graph.Schema;
using GraphRisk.Stores.Neo4j.Http;
using GraphRisk.Stores.Neo4j.Layout;

namespace GraphRisk.Stores.Neo4j.Append;

/// <summary>What the store knows of the facts of a ChangeSet before it is appended.</summary>
internal sealed class KnownFacts(QueryTransaction transaction, SchemaCatalog catalog, WriterMemory memory, NotedSchema schema, int batchSize)
{
    private readonly Dictionary<FactId, KnownFact> facts = [];
    private readonly Dictionary<FactId, long> retracted = [];
    private readonly Dictionary<NodeId, NodeDrawing> nodes = [];

    /// <summary>The fact, or null where it is not known or no longer believed.</summary>
    public KnownFact? Find(FactId id) => facts.GetValueOrDefault(id);

    /// <summary>First sequence of a fact that was retracted, or null.</summary>
    public long? FirstOfRetracted(FactId id) => retracted.TryGetValue(id, out var first) ? first : null;

    /// <summary>The node as it stands in the graph, or null.</summary>
    public NodeDrawing? Find(NodeId node) => nodes.GetValueOrDefault(node);

    public async Task LoadAsync(IReadOnlyList<(Change Change, FactId Id)> all, CancellationToken cancellation)
    {
        var nodesToFind = all.Where(item => item.Change.Fact is NodeFact node && memory.MayKnow(node.Node));
        foreach (var type in nodesToFind.GroupBy(item => item.Change.Fact.Type, StringComparer.Ordinal))
            await LoadNodesAsync(catalog.Node(type.Key), type.Select(item => ((NodeFact)item.Change.Fact).Node), cancellation);
        var changes = all.Where(item => memory.MayKnow(item.Id)).ToList();
        await LoadStatementsAsync(changes.Where(item => item.Change.Fact is NodeFact).Select(item => item.Id), cancellation);
        foreach (var type in changes.Where(item => item.Change.Fact is RelationshipFact).GroupBy(item => item.Change.Fact.Type, StringComparer.Ordinal))
            await LoadRelationshipsAsync(catalog.Relationship(type.Key), [.. type], cancellation);
        await foreach (var row in RunAsync(CypherText.Get("store/find-retracted").Text, "facts", changes.Select(item => item.Id.ToString()), cancellation))
            retracted[FactId.Parse((string)row[0]!)] = (long)row[1]!;
    }

    /// <summary>The further facts about nodes, by node.</summary>
    public async Task<ILookup<NodeId, Recording>> FindStatementsAsync(IEnumerable<NodeId> about, CancellationToken cancellation)
    {
        var found = new List<Recording>();
        await foreach (var row in RunAsync(CypherText.Get("store/statements-of").Text, "nodes", about.Select(node => node.ToString()), cancellation))
            found.Add(Statement(row));
        return found.ToLookup(recording => ((NodeFact)recording.Fact).Node);
    }

    private async Task LoadNodesAsync(NodeType type, IEnumerable<NodeId> wanted, CancellationToken cancellation)
    {
        var statement = CypherText.Get("store/find-nodes").With(("Type", type.Name));
        await foreach (var row in RunAsync(statement, "keys", wanted.Select(node => node.Key).Distinct(StringComparer.Ordinal), cancellation))
        {
            var stored = Rows.Map(row[0]);
            schema.RequireKnown(type, stored);
            var node = new NodeId(type.Name, (string)stored["key"]!);
            nodes[node] = NodeDrawing.Read(type, node, stored);
            if (nodes[node].Own is { } own) facts[own.Id] = new KnownFact(own, FactPlace.Node);
        }
    }

    private async Task LoadStatementsAsync(IEnumerable<FactId> ids, CancellationToken cancellation)
    {
        await foreach (var row in RunAsync(CypherText.Get("store/find-statements").Text, "facts", ids.Select(id => id.ToString()), cancellation))
        {
            var recording = Statement(row);
            facts[recording.Id] = new KnownFact(recording, FactPlace.Statement);
        }
    }

    private async Task LoadRelationshipsAsync(RelationshipType type, List<(Change Change, FactId Id)> wanted, CancellationToken cancellation)
    {
        var statement = CypherText.Get("store/find-relationships").With(("Type", type.GraphName));
        await foreach (var row in RunAsync(statement, "facts", wanted.Select(item => item.Id.ToString()), cancellation))
        {
            schema.RequireKnown(type, Rows.Map(row[0]));
            if (Rows.Relationship(catalog, type, row) is { } recording) facts[recording.Id] = new KnownFact(recording, FactPlace.Relationship);
        }
    }

    private Recording Statement(object?[] row)
    {
        var recording = Rows.Statement(catalog, row);
        schema.RequireKnown(catalog.Node(recording.Fact.Type), Rows.Map(row[0]));
        return recording;
    }

    private async IAsyncEnumerable<object?[]> RunAsync(
        string statement, string parameter, IEnumerable<string> values,
        [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellation)
    {
        foreach (var batch in values.Chunk(batchSize))
            foreach (var row in (await transaction.RunAsync(
                statement, new Dictionary<string, object?> { [parameter] = batch }, cancellation)).Rows)
                yield return row;
    }
}
