using GraphRisk.Graph.Facts;
using GraphRisk.Graph.Schema;

namespace GraphRisk.Graph.Snapshots;

/// <summary>How values of a kind of field are laid out in a column.</summary>
/// <typeparam name="T">Type of the laid-out value.</typeparam>
/// <param name="None">The value that stands for "none".</param>
/// <param name="Lay">From a property's value.</param>
/// <param name="Read">Back to a property's value.</param>
internal sealed record ColumnFormat<T>(T None, Func<Field, PropertyValue, T> Lay, Func<Field, T, PropertyValue> Read)
    where T : unmanaged, IEquatable<T>
{
    public ColumnBuilder Builder(Field field) => new ValueColumnBuilder<T>(field, this);

    public Column Column(Field field, Section<T> values) => new ValueColumn<T>(field, values, None, value => Read(field, value));
}

/// <summary>The formats of all kinds with values of fixed size.</summary>
internal static class ColumnFormats
{
    public static ColumnFormat<decimal> Decimal { get; } = new(
        decimal.MinValue, (_, value) => value.AsDecimal(), (_, laid) => PropertyValue.Of(laid));

    public static ColumnFormat<long> Integer { get; } = new(
        long.MinValue, (_, value) => value.AsInteger(), (_, laid) => PropertyValue.Of(laid));

    public static ColumnFormat<long> DateTime { get; } = new(
        long.MinValue, (_, value) => value.AsDateTime().ToUnixTimeMilliseconds(),
        (_, laid) => PropertyValue.Of(DateTimeOffset.FromUnixTimeMilliseconds(laid)));

    public static ColumnFormat<int> Date { get; } = new(
        int.MinValue, (_, value) => value.AsDate().DayNumber, (_, laid) => PropertyValue.Of(DateOnly.FromDayNumber(laid)));

    public static ColumnFormat<sbyte> Boolean { get; } = new(
        -1, (_, value) => value.AsBoolean() ? (sbyte)1 : (sbyte)0, (_, laid) => PropertyValue.Of(laid == 1));

    public static ColumnFormat<byte> Enum { get; } = new(
        byte.MaxValue, (field, value) => (byte)field.Enum!.IndexOf(value.AsString()),
        (field, laid) => PropertyValue.OfEnum(field.Enum!.Values[laid]));
}
