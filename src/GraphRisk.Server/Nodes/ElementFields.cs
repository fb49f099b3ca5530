using GraphQL;
using GraphQL.Types;
using GraphRisk.Graph.Facts;
using GraphRisk.Graph.Schema;
using GraphRisk.Graph.Snapshots;
using GraphRisk.Server.Composition;
using GraphRisk.Server.Paging;
using GraphRisk.Server.Plans;
using GraphRisk.Server.Security;

namespace GraphRisk.Server.Nodes;

/// <summary>
/// The GraphQL fields of the schema's own fields. All are nullable: a source may not state a value, and a viewer may not
/// be allowed it.
/// </summary>
internal static class ElementFields
{
    /// <summary>GraphQL type of each kind of value.</summary>
    private static readonly Dictionary<FieldKind, string> TypesOfKinds = new()
    {
        [FieldKind.String] = "String",
        [FieldKind.Integer] = "Long",
        [FieldKind.Decimal] = "Decimal",
        [FieldKind.Boolean] = "Boolean",
        [FieldKind.Date] = "Date",
        [FieldKind.DateTime] = "DateTime",
        [FieldKind.StringList] = "[String!]",
    };

    /// <summary>GraphQL type of a field.</summary>
    public static string TypeOf(Field field) => field.Enum?.Name ?? TypesOfKinds[field.Kind];

    /// <summary>What a field means, with a sentence for those the schema leaves undescribed.</summary>
    public static string Describe(Field field) =>
        (field.Description.Length > 0 ? field.Description : $"{Sentence(field.Name)}, as the source states it.") + Precision(field) + $" Level {(int)field.Level}.";

    private static string Precision(Field field) => field is { Kind: FieldKind.Date, Mask: MaskKind.Date }
        ? " Analysts read its year, as the first of January, and filter, order and group by that." : "";

    /// <summary>The fields of a node type, and the history of those that keep one.</summary>
    public static IEnumerable<FieldType> OfNode(NodeType type)
    {
        foreach (var field in type.Fields)
        {
            var access = FieldAccess.Reads(field);
            yield return StoredField.On(Fields.Of<NodeHandle>(field.Name, TypeOf(field), access, Describe(field), handle => Read(handle, field)), type, field);
            if (field.Codes is { } codes)
                yield return CodeNames.Field<NodeHandle>($"{field.Name}Name", codes, access, $"What the code in '{field.Name}' is called", handle => (string?)Read(handle, field));
            if (field.Series)
                yield return Fields.Of<NodeHandle>(
                    $"{field.Name}History", "[SeriesPoint!]", access, $"{Describe(field)} Every value known up to the as-of, by day.",
                    (handle, context) => History(handle, field.Name, context),
                    TypeExpression.Argument("from", "Date", "First day; null for the whole history."),
                    TypeExpression.Argument("to", "Date", "Last day; null for all up to the as-of."));
        }
    }

    /// <summary>The fields of a relationship, on the edges that follow it.</summary>
    public static IEnumerable<FieldType> OfRelationship(RelationshipType type) => type.Fields.Select(field => Fields.Of<Edge>(
        field.Name, TypeOf(field), FieldAccess.Reads(field), Describe(field),
        edge => Value(((RelationshipHandle)edge.Item).Get(field))));

    /// <summary>One value of a history.</summary>
    public static ObjectGraphType SeriesPoint() => Fields.Object(
        "SeriesPoint", "A value and the day from which it holds.",
        Fields.Of<(int Day, decimal Value)>("day", "Date!", FieldAccess.Structure, "First day on which the value holds.",
            point => DateOnly.FromDayNumber(point.Day)),
        Fields.Of<(int Day, decimal Value)>("value", "Decimal!", FieldAccess.Structure, "The value.", point => point.Value));

    private static object? Read(NodeHandle handle, Field field)
    {
        var nodes = handle.View.Snapshot.Nodes;
        return Value(nodes.ColumnOf(handle.Type, field)?.Get(nodes.RowOf(handle.Number)));
    }

    /// <summary>A field's value as a fact states it, or null.</summary>
    public static object? Value(Fact fact, Field field) => fact.Properties.TryGet(field.Name, out var value) ? Value((PropertyValue?)value) : null;

    private static object? Value(PropertyValue? value) => value is not { } known
        ? null
        : known.Kind == FieldKind.StringList ? known.AsStrings().ToArray() : known.AsObject();

    private static object[] History(NodeHandle handle, string field, IResolveFieldContext context)
    {
        var from = context.GetArgument<DateOnly?>("from")?.DayNumber ?? int.MinValue;
        var to = context.GetArgument<DateOnly?>("to")?.DayNumber ?? int.MaxValue;
        var series = handle.View.Snapshot.Nodes.GetSeries(handle.Number, field);
        var points = new List<object>();
        for (var i = 0; i < series.Days.Length; i++)
            if (series.Days[i] >= from && series.Days[i] <= to)
                points.Add((series.Days[i], series.Values[i]));
        return [.. points];
    }

    private static string Sentence(string camel)
    {
        var words = string.Concat(camel.Select(letter => char.IsUpper(letter) ? $" {char.ToLowerInvariant(letter)}" : $"{letter}"));
        return char.ToUpperInvariant(words[0]) + words[1..];
    }
}
