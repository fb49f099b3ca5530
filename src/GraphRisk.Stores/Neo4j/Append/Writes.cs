using System.Runtime.InteropServices;
using GraphRisk.Graph.Facts;
using GraphRisk.Graph.Schema;
using GraphRisk.Stores.Neo4j.Http;
using GraphRisk.Stores.Neo4j.Layout;

namespace GraphRisk.Stores.Neo4j.Append;

/// <summary>
/// The writes of one append, gathered by statement and sent so that what is dropped goes before what takes its place.
/// Relationships go ordered by their ends, which keeps the locks of a transaction in one order.
/// </summary>
internal sealed class Writes(SchemaCatalog catalog)
{
    private readonly Dictionary<NodeType, List<object?[]>> newNodes = [];
    private readonly Dictionary<NodeType, List<object?[]>> filledNodes = [];
    private readonly Dictionary<NodeType, List<object?[]>> statements = [];
    private readonly Dictionary<(RelationshipType Type, string From, string To), List<object?[]>> relationships = [];
    private readonly Dictionary<string, List<string>> droppedRelationships = new(StringComparer.Ordinal);
    private readonly Dictionary<string, HashSet<(string Key, string Identifier)>> identifiers = new(StringComparer.Ordinal);
    private readonly List<string> droppedStatements = [];
    private readonly List<string> closedRetractions = [];
    private readonly List<Dictionary<string, object?>> former = [];
    private readonly Dictionary<ElementType, RowShape> nodeShapes = [];
    private readonly Dictionary<ElementType, RowShape> statementShapes = [];
    private readonly Dictionary<ElementType, RowShape> relationshipShapes = [];

    /// <summary>Makes a node, or makes one that exists show what it now has to.</summary>
    public void PutNode(NodeDrawing drawing, bool exists)
    {
        var type = catalog.Node(drawing.Node.Type);
        Of(exists ? filledNodes : newNodes, type).Add(ShapeOfNodes(type).Node(drawing));
    }

    public void PutStatement(Recording recording)
    {
        var type = catalog.Node(recording.Fact.Type);
        Of(statements, type).Add(ShapeOfStatements(type).Statement(recording));
    }

    public void PutRelationship(Recording recording)
    {
        var fact = (RelationshipFact)recording.Fact;
        var type = catalog.Relationship(fact.Relationship);
        Of(relationships, (type, fact.From.Type, fact.To.Type)).Add(ShapeOfRelationships(type).Relationship(recording));
    }

    /// <summary>Ties the node to the identifiers the fact states.</summary>
    public void Identify(NodeFact fact)
    {
        foreach (var identifier in IdentifierKeys.Of(fact, catalog.Node(fact.Type)))
            (CollectionsMarshal.GetValueRefOrAddDefault(identifiers, fact.Node.Type, out _) ??= []).Add((fact.Node.Key, identifier));
    }

    public void DropRelationship(string type, FactId fact) => Of(droppedRelationships, type).Add(fact.ToString());

    public void DropStatement(FactId fact) => droppedStatements.Add(fact.ToString());

    public void CloseRetraction(FactId fact) => closedRetractions.Add(fact.ToString());

    public void AddFormer(Recording recording, ChangeKind kind, long? closed)
    {
        var element = Element.Of(recording.Fact);
        var values = new object?[StoredProperties.Names.Length];
        StoredProperties.Fill(values, recording, withContent: true);
        var row = new Dictionary<string, object?>(24, StringComparer.Ordinal);
        for (var i = 0; i < values.Length; i++) row[StoredProperties.Names[i]] = values[i];
        row["_fact"] = recording.Id.ToString();
        row["_kind"] = kind.ToString();
        row["_closed"] = closed;
        row["_type"] = element.Type;
        row["_relationship"] = element.Relationship is not null;
        row["_element"] = element.ToText();
        row["_node"] = element.Start.ToString();
        row["_end"] = element.Relationship is null ? null : element.End.ToString();
        former.Add(row);
    }

    /// <summary>Sends all; while the server works at one request, the next is put together.</summary>
    public async Task SendAsync(QueryTransaction transaction, int batchSize, long version, CancellationToken cancellation)
    {
        Task? working = null;
        foreach (var (statement, parameters) in Statements(batchSize, version))
        {
            var request = RequestBody.Of(statement, parameters, WireFormat.Plain);
            if (working is not null) await working;
            working = transaction.RunAsync(request, cancellation).AsTask();
        }

        if (working is not null) await working;
    }

    private IEnumerable<(string Statement, Dictionary<string, object?> Parameters)> Statements(int batchSize, long version)
    {
        IEnumerable<(string, Dictionary<string, object?>)> Each<T>(string statement, IEnumerable<T> rows, string parameter = "rows") =>
            rows.Chunk(batchSize).Select(batch => (statement, new Dictionary<string, object?> { [parameter] = batch }));

        foreach (var (statement, parameters) in Each(CypherText.Get("store/close-retractions").Text, closedRetractions, "facts"))
        {
            parameters["version"] = version;
            yield return (statement, parameters);
        }

        var all = Each(CypherText.Get("store/create-former").Text, former)
            .Concat(Each(CypherText.Get("store/drop-statements").Text, droppedStatements, "facts"))
            .Concat(droppedRelationships.SelectMany(item =>
                Each(CypherText.Get("store/drop-relationships").With(("Type", item.Key)), item.Value, "facts")))
            .Concat(newNodes.SelectMany(item => Each(Text("store/create-nodes", ShapeOfNodes(item.Key), ("Type", item.Key.Name)), item.Value)))
            .Concat(filledNodes.SelectMany(item => Each(Text("store/fill-nodes", ShapeOfNodes(item.Key), ("Type", item.Key.Name)), item.Value)))
            .Concat(statements.SelectMany(item => Each(Text("store/create-statements", ShapeOfStatements(item.Key)), item.Value)))
            .Concat(identifiers.SelectMany(item => Each(
                CypherText.Get("store/identify").With(("Type", item.Key)), item.Value.Select(tie => new object?[] { tie.Key, tie.Identifier }))))
            .Concat(relationships.SelectMany(item => Each(
                Text("store/create-relationships", ShapeOfRelationships(item.Key.Type), ("Type", item.Key.Type.GraphName), ("From", item.Key.From), ("To", item.Key.To)),
                item.Value.OrderBy(row => (string)row[0]!, StringComparer.Ordinal).ThenBy(row => (string)row[1]!, StringComparer.Ordinal))));
        foreach (var request in all) yield return request;
    }

    private static string Text(string name, RowShape shape, params (string, string)[] names) =>
        CypherText.Get(name).WithProperties(shape.Properties, names);

    private RowShape ShapeOfNodes(NodeType type) => Shape(nodeShapes, type, RowShape.OfNodes);

    private RowShape ShapeOfStatements(NodeType type) => Shape(statementShapes, type, RowShape.OfStatements);

    private RowShape ShapeOfRelationships(RelationshipType type) => Shape(relationshipShapes, type, RowShape.OfRelationships);

    private static RowShape Shape<T>(Dictionary<ElementType, RowShape> shapes, T type, Func<T, RowShape> make)
        where T : ElementType => CollectionsMarshal.GetValueRefOrAddDefault(shapes, type, out _) ??= make(type);

    private static List<T> Of<TKey, T>(Dictionary<TKey, List<T>> lists, TKey key)
        where TKey : notnull => CollectionsMarshal.GetValueRefOrAddDefault(lists, key, out _) ??= [];
}
