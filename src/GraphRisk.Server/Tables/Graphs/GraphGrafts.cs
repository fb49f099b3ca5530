using GraphQL;
using GraphQL.Types;
using GraphQLParser;
using GraphQLParser.AST;
using GraphRisk.Graph.Schema;
using GraphRisk.Server.Nodes;
using GraphRisk.Server.Selection;

namespace GraphRisk.Server.Tables.Graphs;

/// <summary>
/// Puts into a query what turns its answer into a graph: of every node its id and type; of every edge and step which way it runs and what
/// it joins; of every list and search whether it goes on. All of it is asked as the viewer asks anything else: through the same fields, with the same
/// rights. Which type is grafted with what is a table, so that whatever answers nodes or steps is a graph, wherever it stands.
/// </summary>
/// <param name="schema">The schema.</param>
/// <param name="fragments">Fragments of the query by name.</param>
/// <param name="unset">Variables without a value.</param>
/// <param name="statesParties">Asks of nodes also their instants, and of parties their kind.</param>
internal sealed class GraphGrafts(ISchema schema, IReadOnlyDictionary<string, GraphQLFragmentDefinition> fragments, IReadOnlySet<string> unset, bool statesParties)
{
    /// <summary>What the names of all that is put in begin with.</summary>
    public const string Prefix = "graph_";

    private const string Node = "graph_id: id graph_type: __typename";
    private const string Instants = "graph_stamp: stamp { asOf knownAt }";
    private const string Step = $$"""graph_kind: relationship graph_forward: isForward graph_from: from { {{Node}} } graph_to: to { {{Node}} }""";
    private const string Link = $$"""graph_kind: kind graph_forward: isForward graph_from: from { {{Node}} } graph_to: to { {{Node}} }""";
    private const string Related = $$"""graph_edge: __typename graph_node: node { {{Node}} }""";
    private const string Row = $$"""graph_row: __typename graph_from: from { {{Node}} } graph_to: to { {{Node}} }""";
    private const string More = "graph_more: pageInfo { hasNextPage }";

    private static readonly Dictionary<string, string> OfTypes = new(StringComparer.Ordinal)
    {
        ["PathStep"] = Step,
        ["PartyLink"] = Link,
        ["Path"] = $$"""graph_steps: steps { {{Step}} } graph_start: start { {{Node}} }""",
        ["NeighbourEdge"] = $$"""graph_via: via { {{Step}} }""",
        ["CommonNeighbourEdge"] = $$"""graph_first: fromFirst { {{Step}} } graph_second: fromSecond { {{Step}} }""",
        ["LinkedPartyEdge"] = $$"""graph_path: path { {{Link}} }""",
        ["OwnershipChain"] = $$"""graph_parties: parties { {{Node}} } graph_shares: shares""",
    };

    private readonly HashSet<GraphQLSelectionSet> done = [];

    /// <summary>The types that are parties.</summary>
    public static IReadOnlyList<string> PartyTypes { get; } = ["Company", "Person"];

    /// <summary>Relationships by the type of their edges, with whether an edge leads from its start.</summary>
    public static IReadOnlyDictionary<string, (string Name, bool FromStart)> Relationships { get; } = (
        from type in SchemaCatalog.LoadEmbedded().RelationshipTypes
        from fromStart in (bool[])[true, false]
        select (Edge: $"{ElementNames.TypeOf(type, fromStart)}Edge", type.GraphName, fromStart)).ToDictionary(one => one.Edge, one => (one.GraphName, one.fromStart), StringComparer.Ordinal);

    /// <summary>Relationships by the type of their rows.</summary>
    public static IReadOnlyDictionary<string, string> Rows { get; } =
        SchemaCatalog.LoadEmbedded().RelationshipTypes.ToDictionary(RelationshipRows.TypeOf, type => type.GraphName, StringComparer.Ordinal);

    /// <summary>Something of the query answers a node or an edge.</summary>
    public bool IsGraph { get; private set; }

    /// <summary>Grafts a selection made on a type, and all below.</summary>
    public void Put(GraphQLSelectionSet selected, IGraphType type)
    {
        if (!done.Add(selected)) return;
        var own = selected.Selections.ToList();
        foreach (var selection in own)
            switch (selection)
            {
                case GraphQLField { SelectionSet: { } below } field when (type as IComplexGraphType)?.GetField(field.Name.StringValue)?.ResolvedType?.GetNamedType() is { } made:
                    Put(below, made);
                    if (made is IObjectGraphType { } answer && answer.HasField("isComplete")) Add(below, "graph_complete: isComplete");
                    if (IsListInPages(made) && !TableQuestion.SaysSize(field, unset)) Add(below, More);
                    break;
                case GraphQLInlineFragment inline:
                    Put(inline.SelectionSet, inline.TypeCondition is { } condition ? schema.AllTypes[condition.Type.Name] ?? type : type);
                    break;
                case GraphQLFragmentSpread spread when fragments.TryGetValue(spread.FragmentName.Name.StringValue, out var fragment):
                    Put(fragment.SelectionSet, schema.AllTypes[fragment.TypeCondition.Type.Name] ?? type);
                    break;
            }

        if (GraftOf(type) is { } graft)
        {
            IsGraph = true;
            Add(selected, graft);
            if (statesParties && IsNode(type)) Add(selected, $"{Instants} {KindOf(type)}");
        }
        else if (IsListInPages(type) && EdgeOf(type) is { } edge && GraftOf(edge) is { } edges && !own.Exists(one => one is GraphQLField { Name.StringValue: "edges" }))
        {
            IsGraph = true;
            Add(selected, $$"""graph_edges: edges { {{edges}} }""");
        }
    }

    private static string? GraftOf(IGraphType type) =>
        OfTypes.TryGetValue(type.Name, out var graft) ? graft
        : Relationships.ContainsKey(type.Name) ? Related
        : Rows.ContainsKey(type.Name) ? Row
        : IsNode(type) ? Node : null;

    /// <summary>Whether values of a type hang on it itself: on a node, an edge, a step, or a list of them.</summary>
    public static bool IsElement(IGraphType type) => IsListInPages(type) || GraftOf(type) is not null;

    /// <summary>What asks parties of a type for their kind, whose values are other ones of each type of party.</summary>
    private static string KindOf(IGraphType type) => string.Join(' ', PartyTypes
        .Where(party => type.Name == party || (type is IAbstractGraphType several && several.PossibleTypes.Any(one => one.Name == party)))
        .Select(party => $$"""... on {{party}} { graph_kind{{party}}: kind }"""));

    private static bool IsNode(IGraphType type) => type switch
    {
        IInterfaceGraphType made => made.HasField("id") && made.PossibleTypes.All(IsNode),
        IObjectGraphType made => made.ResolvedInterfaces.Any(one => one.Name == "Node"),
        _ => false,
    };

    private static bool IsListInPages(IGraphType type) => TableQuestion.IsConnection(type);

    private static IGraphType? EdgeOf(IGraphType connection) => ((IComplexGraphType)connection).GetField("edges")?.ResolvedType?.GetNamedType();

    private static void Add(GraphQLSelectionSet selected, string graft) =>
        selected.Selections.AddRange(((GraphQLOperationDefinition)Parser.Parse($"{{ {graft} }}").Definitions[0]).SelectionSet.Selections);
}
