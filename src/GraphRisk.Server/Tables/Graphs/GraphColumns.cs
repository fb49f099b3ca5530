using GraphQL;
using GraphQL.Types;
using GraphQLParser.AST;
using GraphRisk.Server.Security;

namespace GraphRisk.Server.Tables.Graphs;

/// <summary>
/// How a viewer sees the values of a graph's nodes and edges, as far as that is known before any is: each is named by the type or relationship it hangs on,
/// <c>Person.name</c>, <c>GUARANTEES.amount</c>, <c>Company.creditScore.score</c>.
/// </summary>
internal sealed class GraphColumns
{
    private readonly Viewer viewer;
    private readonly ISchema schema;
    private readonly IReadOnlyDictionary<string, GraphQLFragmentDefinition> fragments;
    private readonly Dictionary<string, List<ColumnAccess>> found = new(StringComparer.Ordinal);
    private readonly HashSet<(GraphQLSelectionSet, string)> done = [];

    private GraphColumns(Viewer viewer, ISchema schema, IReadOnlyDictionary<string, GraphQLFragmentDefinition> fragments) =>
        (this.viewer, this.schema, this.fragments) = (viewer, schema, fragments);

    /// <summary>The values that a query asks for, in the order of its fields.</summary>
    public static IReadOnlyList<TableColumn> Of(Viewer viewer, ISchema schema, IReadOnlyDictionary<string, GraphQLFragmentDefinition> fragments, GraphQLSelectionSet selected)
    {
        var columns = new GraphColumns(viewer, schema, fragments);
        columns.Walk(selected, schema.Query, schema.Query.Name, []);
        return [.. columns.found.Select(one => new TableColumn(one.Key, CellKind.Text, [one.Key]) { Access = ColumnAccess.Together(one.Value) })];
    }

    private void Walk(GraphQLSelectionSet selected, IGraphType type, string owner, List<IReadOnlyList<FieldType>> way)
    {
        if (!done.Add((selected, owner))) return;
        foreach (var selection in selected.Selections)
            switch (selection)
            {
                case GraphQLField field when DefinitionsOf(field, type) is { Count: > 0 } definitions:
                    var (name, made) = ($"{owner}.{TableQuestion.KeyOf(field)}", definitions[0].ResolvedType!.GetNamedType());
                    List<IReadOnlyList<FieldType>> along = [.. way, definitions];
                    if (field.SelectionSet is not { } below) Add(name, ColumnAccess.Of(viewer, along));
                    else if (GraphGrafts.IsElement(made)) Walk(below, made, NameOf(made), []);
                    else Walk(below, made, name, along);
                    break;
                case GraphQLInlineFragment inline:
                    WalkOn(inline.SelectionSet, inline.TypeCondition?.Type, type, owner, way);
                    break;
                case GraphQLFragmentSpread spread when fragments.TryGetValue(spread.FragmentName.Name.StringValue, out var fragment):
                    WalkOn(fragment.SelectionSet, fragment.TypeCondition.Type, type, owner, way);
                    break;
            }
    }

    private void WalkOn(GraphQLSelectionSet selected, GraphQLNamedType? condition, IGraphType type, string owner, List<IReadOnlyList<FieldType>> way)
    {
        var on = condition is null ? type : schema.AllTypes[condition.Name] ?? type;
        Walk(selected, on, GraphGrafts.IsElement(on) ? NameOf(on) : owner, way);
    }

    private void Add(string name, ColumnAccess access)
    {
        if (!found.TryGetValue(name, out var seen)) found.Add(name, seen = []);
        seen.Add(access);
    }

    private static string NameOf(IGraphType type) =>
        GraphGrafts.Relationships.TryGetValue(type.Name, out var edge) ? edge.Name : GraphGrafts.Rows.GetValueOrDefault(type.Name) ?? type.Name;

    private static List<FieldType> DefinitionsOf(GraphQLField field, IGraphType type) => type switch
    {
        IAbstractGraphType several => [.. several.PossibleTypes.Select(one => one.GetField(field.Name.StringValue)).OfType<FieldType>()],
        IComplexGraphType one when one.GetField(field.Name.StringValue) is { } definition => [definition],
        _ => [],
    };
}
