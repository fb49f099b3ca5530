using GraphRisk.Graph.Facts;
using GraphRisk.Graph.Schema;

namespace GraphRisk.Graph.Snapshots;

/// <summary>How each kind of field is laid out in a column, and which value stands for "none".</summary>
internal static class ColumnFormat
{
    public static Column Decimal(Field field, Section<decimal> values) =>
        new ValueColumn<decimal>(field, values, decimal.MinValue, PropertyValue.Of);

    public static Column Integer(Field field, Section<long> values) =>
        new ValueColumn<long>(field, values, long.MinValue, PropertyValue.Of);

    public static Column DateTime(Field field, Section<long> values) =>
        new ValueColumn<long>(field, values, long.MinValue, value => PropertyValue.Of(DateTimeOffset.FromUnixTimeMilliseconds(value)));

    public static Column Date(Field field, Section<int> values) =>
        new ValueColumn<int>(field, values, int.MinValue, value => PropertyValue.Of(DateOnly.FromDayNumber(value)));

    public static Column Boolean(Field field, Section<sbyte> values) =>
        new ValueColumn<sbyte>(field, values, -1, value => PropertyValue.Of(value == 1));

    public static Column Enum(Field field, Section<byte> values) =>
        new ValueColumn<byte>(field, values, byte.MaxValue, value => PropertyValue.OfEnum(field.Enum!.Values[value]));
}
