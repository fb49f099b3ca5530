using System.Collections.Immutable;
using GraphRisk.Graph.Facts;
using GraphRisk.Graph.Schema;
using GraphRisk.Graph.Snapshots;

namespace GraphRisk.Graph.Selection;

/// <summary>Where the values of fields come from: columns of a snapshot, or what is computed from it.</summary>
public static class FieldValues
{
    /// <summary>A field of the nodes of some types, each of which has it under the same name and kind.</summary>
    /// <param name="nodes">The nodes.</param>
    /// <param name="types">The types; nodes of others have no value.</param>
    /// <param name="field">The field of the first of them.</param>
    /// <param name="areOthers">Nodes of other types may be looked at.</param>
    public static Values OfNodes(NodeTable nodes, ImmutableArray<NodeType> types, Field field, bool areOthers = false)
    {
        if (types.Length == 1 && !areOthers)
        {
            var column = nodes.ColumnOf(types[0], field);
            return column is null ? Over(field, _ => null, row => row.Node) : Over(field, column, nodes);
        }

        var byType = new Dictionary<int, Column?>();
        foreach (var type in types) byType[type.Ordinal] = nodes.ColumnOf(type, type.GetField(field.Name));
        return Over(field, row => byType.GetValueOrDefault(nodes.TypeOf(row.Node).Ordinal), row => nodes.RowOf(row.Node));
    }

    /// <summary>A field of the relationships of a type.</summary>
    public static Values OfRelationships(RelationshipTable table, Field field)
    {
        var column = table.ColumnOf(field.Name);
        return Over(field, _ => column, row => row.Edge);
    }

    /// <summary>How many relationships each node has; hidden where they may not be followed.</summary>
    public static Values Counted(Field field, RelationshipWalk walk)
    {
        var counts = new FixedValues<long>(field, ColumnFormats.Integer, row => walk.Range(row.Node) is var (start, end) ? end - start : 0);
        return walk.IsOpenToAll ? counts : counts.OpenWhere(row => walk.IsOpen(row.Node));
    }

    /// <summary>What is computed for each node.</summary>
    /// <param name="field">What it is called and of which kind it is.</param>
    /// <param name="compute">A node's value; null for none.</param>
    public static Values Computed(Field field, Func<int, PropertyValue?> compute) => field.Kind switch
    {
        FieldKind.Decimal => Computed(field, ColumnFormats.Decimal, compute),
        FieldKind.Integer => Computed(field, ColumnFormats.Integer, compute),
        FieldKind.DateTime => Computed(field, ColumnFormats.DateTime, compute),
        FieldKind.Date => Computed(field, ColumnFormats.Date, compute),
        FieldKind.Boolean => Computed(field, ColumnFormats.Boolean, compute),
        FieldKind.Enum => Computed(field, ColumnFormats.Enum, compute),
        FieldKind.String => new TextValues(field, (scoped in Row row) => compute(row.Node) is { } text ? System.Text.Encoding.UTF8.GetBytes(text.AsString()) : []),
        _ => new TextListValues(field, row => compute(row.Node) is { } texts ? texts.AsStrings() : []),
    };

    private static FixedValues<T> Computed<T>(Field field, ColumnFormat<T> format, Func<int, PropertyValue?> compute)
        where T : unmanaged, IEquatable<T>, IComparable<T> =>
        new(field, format, row => compute(row.Node) is { } value ? format.Lay(field, value) : format.None);

    private static Values Over(Field field, Func<Row, Column?> columnOf, Func<Row, int> placeOf) => field.Kind switch
    {
        FieldKind.Decimal => Over(field, ColumnFormats.Decimal, columnOf, placeOf),
        FieldKind.Integer => Over(field, ColumnFormats.Integer, columnOf, placeOf),
        FieldKind.DateTime => Over(field, ColumnFormats.DateTime, columnOf, placeOf),
        FieldKind.Date => Over(field, ColumnFormats.Date, columnOf, placeOf),
        FieldKind.Boolean => Over(field, ColumnFormats.Boolean, columnOf, placeOf),
        FieldKind.Enum => Over(field, ColumnFormats.Enum, columnOf, placeOf),
        FieldKind.String => new TextValues(field, (scoped in Row row) => columnOf(row) is StringColumn column ? column.Utf8(placeOf(row)) : []),
        _ => new TextListValues(field, row => columnOf(row) is StringListColumn column ? column.Texts(placeOf(row)) : []),
    };

    /// <summary>One column, which most selections read: without a look-up of the type for each row.</summary>
    private static Values Over(Field field, Column column, NodeTable nodes) => column switch
    {
        ValueColumn<decimal> values => new FixedValues<decimal>(field, ColumnFormats.Decimal, row => values[nodes.RowOf(row.Node)]),
        ValueColumn<long> values => new FixedValues<long>(field, field.Kind == FieldKind.Integer ? ColumnFormats.Integer : ColumnFormats.DateTime, row => values[nodes.RowOf(row.Node)]),
        ValueColumn<int> values => new FixedValues<int>(field, ColumnFormats.Date, row => values[nodes.RowOf(row.Node)]),
        ValueColumn<sbyte> values => new FixedValues<sbyte>(field, ColumnFormats.Boolean, row => values[nodes.RowOf(row.Node)]),
        ValueColumn<byte> values => new FixedValues<byte>(field, ColumnFormats.Enum, row => values[nodes.RowOf(row.Node)]),
        _ => Over(field, _ => column, row => nodes.RowOf(row.Node)),
    };

    private static FixedValues<T> Over<T>(Field field, ColumnFormat<T> format, Func<Row, Column?> columnOf, Func<Row, int> placeOf)
        where T : unmanaged, IEquatable<T>, IComparable<T> =>
        new(field, format, row => columnOf(row) is ValueColumn<T> column ? column[placeOf(row)] : format.None);
}
