using GraphQL;
using GraphQL.Types;
using GraphQLParser.AST;
using GraphRisk.Server.Security;

namespace GraphRisk.Server.Tables;

/// <summary>A column of a table.</summary>
/// <param name="Name">The way to the value from the row, joined by dots: <c>creditScore.score</c>.</param>
/// <param name="Kind">What is in it.</param>
/// <param name="Path">The same, step by step.</param>
public sealed record TableColumn(string Name, CellKind Kind, IReadOnlyList<string> Path)
{
    /// <summary>How the viewer sees it.</summary>
    public ColumnAccess Access { get; init; } = ColumnAccess.Open;

    /// <summary>Of a column with a page of a list, the way to what says whether there is more; null of others.</summary>
    internal IReadOnlyList<string>? More { get; init; }
}

/// <summary>
/// The columns of what a query selects of a row: one for each value below it by single fields; a list is one column, as JSON. Lists
/// in pages whose size the query does not name are grafted with what tells whether they go on.
/// </summary>
internal sealed class TableColumns(
    Viewer viewer, ISchema schema, IReadOnlyDictionary<string, GraphQLFragmentDefinition> fragments, GraphQLField pageInfo, IReadOnlySet<string> unset)
{
    private readonly List<TableColumn> columns = [];

    /// <summary>A list may go on beyond what the table has of it.</summary>
    public bool HasPages { get; private set; }

    /// <summary>The columns of a selection, in the order of its fields.</summary>
    public IReadOnlyList<TableColumn> Read(GraphQLSelectionSet selected, IGraphType type)
    {
        Add(selected, type, [], []);
        return columns;
    }

    /// <summary>What is in several forms under one name is one column.</summary>
    private void Add(GraphQLSelectionSet selected, IGraphType type, List<string> path, List<IReadOnlyList<FieldType>> way, IReadOnlyList<string>? more = null)
    {
        foreach (var (field, on) in FieldsOf(selected, type).ToList())
        {
            var definitions = DefinitionsOf(field, on);
            if (definitions.Count == 0 && field.Name.StringValue != "__typename") continue;
            List<string> at = [.. path, TableQuestion.KeyOf(field)];
            List<IReadOnlyList<FieldType>> along = [.. way, definitions];
            var made = (on as IComplexGraphType)?.GetField(field.Name.StringValue)?.ResolvedType;
            var inner = made is NonNullGraphType required ? required.ResolvedType : made;
            if (field.SelectionSet is { } below && inner is not ListGraphType and not null)
            {
                var named = inner.GetNamedType();
                Add(below, named, at, along, Graft(field, named) is { } page ? [.. at, page] : null);
                continue;
            }

            if (field.SelectionSet is { } items) GraftBelow(items, made!.GetNamedType());
            if (columns.Exists(column => column.Path.SequenceEqual(at)) || field == pageInfo) continue;
            columns.Add(new TableColumn(string.Join('.', at), inner is ScalarGraphType scalar ? KindOf(scalar) : CellKind.Text, at)
            {
                Access = field.SelectionSet is { } within && inner is ListGraphType
                    ? ColumnAccess.Together([.. WaysBelow(within, made!.GetNamedType(), along).Select(each => ColumnAccess.Of(viewer, each))]) : ColumnAccess.Of(viewer, along),
                More = inner is ListGraphType ? more : null,
            });
        }
    }

    /// <summary>The ways to all values that the items of a list are made of.</summary>
    private IEnumerable<List<IReadOnlyList<FieldType>>> WaysBelow(GraphQLSelectionSet selected, IGraphType type, List<IReadOnlyList<FieldType>> way)
    {
        foreach (var (field, on) in FieldsOf(selected, type))
        {
            List<IReadOnlyList<FieldType>> along = [.. way, DefinitionsOf(field, on)];
            var made = (on as IComplexGraphType)?.GetField(field.Name.StringValue)?.ResolvedType?.GetNamedType();
            if (field.SelectionSet is not { } below || made is null) yield return along;
            else
                foreach (var each in WaysBelow(below, made, along)) yield return each;
        }
    }

    /// <summary>The fields of a selection with those of its fragments, each with the type it is selected on.</summary>
    private IEnumerable<(GraphQLField Field, IGraphType On)> FieldsOf(GraphQLSelectionSet selected, IGraphType type) => selected.Selections.SelectMany(selection => selection switch
    {
        GraphQLField field when field != pageInfo => [(field, type)],
        GraphQLFragmentSpread spread when fragments.TryGetValue(spread.FragmentName.Name.StringValue, out var fragment) =>
            FieldsOf(fragment.SelectionSet, schema.AllTypes[fragment.TypeCondition.Type.Name] ?? type),
        GraphQLInlineFragment inline => FieldsOf(inline.SelectionSet, inline.TypeCondition is { } condition ? schema.AllTypes[condition.Type.Name] ?? type : type),
        _ => [],
    });

    private static List<FieldType> DefinitionsOf(GraphQLField field, IGraphType on) => on switch
    {
        IAbstractGraphType several => [.. several.PossibleTypes.Select(type => type.GetField(field.Name.StringValue)).OfType<FieldType>()],
        IComplexGraphType one when one.GetField(field.Name.StringValue) is { } definition => [definition],
        _ => [],
    };

    private void GraftBelow(GraphQLSelectionSet selected, IGraphType type)
    {
        foreach (var (field, on) in FieldsOf(selected, type).ToList())
        {
            if (field.SelectionSet is not { } below || (on as IComplexGraphType)?.GetField(field.Name.StringValue)?.ResolvedType?.GetNamedType() is not { } named) continue;
            Graft(field, named);
            GraftBelow(below, named);
        }
    }

    /// <summary>Asks a list in pages whether it goes on, where the query does not say how much of it is wanted.</summary>
    private string? Graft(GraphQLField field, IGraphType type)
    {
        if (!TableQuestion.IsConnection(type) || TableQuestion.SaysSize(field, unset)) return null;
        HasPages = true;
        if (!field.SelectionSet!.Selections.Contains(pageInfo)) field.SelectionSet.Selections.Add(pageInfo);
        return TableQuestion.KeyOf(pageInfo);
    }

    private static CellKind KindOf(ScalarGraphType type) => type.Name switch
    {
        "Decimal" => CellKind.Decimal,
        "Int" or "Long" => CellKind.Integer,
        "Float" => CellKind.Number,
        "Boolean" => CellKind.Boolean,
        "Date" => CellKind.Day,
        "DateTime" => CellKind.Instant,
        _ => CellKind.Text,
    };
}
