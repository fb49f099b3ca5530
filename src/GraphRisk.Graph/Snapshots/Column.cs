using System.Collections.Immutable;
using System.Text;
using GraphRisk.Graph.Facts;
using GraphRisk.Graph.Schema;

namespace GraphRisk.Graph.Snapshots;

/// <summary>The values of one field over the rows of its type; a row without a value has none.</summary>
public abstract class Column
{
    private protected Column(Field field) => Field = field;

    /// <summary>The field.</summary>
    public Field Field { get; }

    /// <summary>The value of a row, or null.</summary>
    public abstract PropertyValue? Get(int row);

    /// <summary>What the column consists of, by name.</summary>
    internal abstract IEnumerable<(string Name, Section Section)> Parts { get; }
}

/// <summary>Fixed-size values; one value of the type stands for "none".</summary>
/// <typeparam name="T">
/// decimal for Decimal, long for Integer and DateTime (milliseconds since 1970), int for Date (days since 0001-01-01),
/// sbyte for Boolean (0, 1), byte for Enum (position among the names).
/// </typeparam>
public sealed class ValueColumn<T> : Column
    where T : unmanaged, IEquatable<T>
{
    private readonly Section<T> values;
    private readonly Func<T, PropertyValue> read;

    internal ValueColumn(Field field, Section<T> values, T none, Func<T, PropertyValue> read)
        : base(field)
    {
        this.values = values;
        this.read = read;
        None = none;
    }

    /// <summary>The value that stands for "none".</summary>
    public T None { get; }

    /// <summary>The value of every row.</summary>
    public ReadOnlySpan<T> Values => values.Span;

    internal override IEnumerable<(string Name, Section Section)> Parts => [("values", values)];

    public override PropertyValue? Get(int row) => values[row] is var value && value.Equals(None) ? null : read(value);
}

/// <summary>Texts in one heap of UTF-8.</summary>
public sealed class StringColumn : Column
{
    private readonly Section<int> starts;
    private readonly Section<byte> heap;

    internal StringColumn(Field field, Section<int> starts, Section<byte> heap)
        : base(field)
    {
        this.starts = starts;
        this.heap = heap;
    }

    /// <summary>The UTF-8 of a row; empty where it has none.</summary>
    public ReadOnlySpan<byte> Utf8(int row)
    {
        var at = starts.Span;
        return heap.Span[at[row]..at[row + 1]];
    }

    /// <summary>The text of a row, or null.</summary>
    public string? Text(int row) => Utf8(row) is { Length: > 0 } bytes ? Encoding.UTF8.GetString(bytes) : null;

    internal override IEnumerable<(string Name, Section Section)> Parts => [("starts", starts), ("heap", heap)];

    public override PropertyValue? Get(int row) => Text(row) is { } text ? PropertyValue.Of(text) : null;
}

/// <summary>Lists of texts in one heap of UTF-8.</summary>
public sealed class StringListColumn : Column
{
    private readonly Section<int> rows;
    private readonly Section<int> starts;
    private readonly Section<byte> heap;

    internal StringListColumn(Field field, Section<int> rows, Section<int> starts, Section<byte> heap)
        : base(field)
    {
        this.rows = rows;
        this.starts = starts;
        this.heap = heap;
    }

    /// <summary>The texts of a row, in the order in which they became known; empty where it has none.</summary>
    public ImmutableArray<string> Texts(int row)
    {
        var (first, last) = (rows[row], rows[row + 1]);
        if (first == last) return [];
        var texts = ImmutableArray.CreateBuilder<string>(last - first);
        for (var i = first; i < last; i++) texts.Add(Encoding.UTF8.GetString(heap.Span[starts[i]..starts[i + 1]]));
        return texts.MoveToImmutable();
    }

    internal override IEnumerable<(string Name, Section Section)> Parts => [("rows", rows), ("starts", starts), ("heap", heap)];

    public override PropertyValue? Get(int row) => Texts(row) is { Length: > 0 } texts ? PropertyValue.Of(texts) : null;
}

/// <summary>The values a field held over time, for fields with <c>@series</c>.</summary>
public sealed class SeriesColumn
{
    private readonly Section<int> rows;
    private readonly Section<int> days;
    private readonly Section<decimal> values;

    internal SeriesColumn(Field field, Section<int> rows, Section<int> days, Section<decimal> values)
    {
        Field = field;
        this.rows = rows;
        this.days = days;
        this.values = values;
    }

    /// <summary>The field.</summary>
    public Field Field { get; }

    /// <summary>What the column consists of, by name.</summary>
    internal IEnumerable<(string Name, Section Section)> Parts => [("rows", rows), ("days", days), ("values", values)];

    /// <summary>Days from which the values of a row hold, ascending, as days since 0001-01-01.</summary>
    public ReadOnlySpan<int> Days(int row) => days.Span[rows[row]..rows[row + 1]];

    /// <summary>Values of a row, in step with <see cref="Days"/>.</summary>
    public ReadOnlySpan<decimal> Values(int row) => values.Span[rows[row]..rows[row + 1]];
}
