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

    /// <summary>What the column consists of, by name; a patched one has no parts of its own.</summary>
    internal abstract IEnumerable<(string Name, Section Section)> Parts { get; }

    /// <summary>A column of this kind of two others; either may be null, not both.</summary>
    private protected abstract Column Join(Column? known, Column? extra, RowMap map);

    /// <summary>A column of its own of rows of two others, or null where this kind has none such.</summary>
    private protected abstract Column? Copy(Column? known, Column? extra, ReadOnlySpan<int> places);

    /// <summary>
    /// Rows of a known column and of an extra one copied into one: a place is a row of the known column, or the complement (~) of one of the extra.
    /// False where columns of the field's kind cannot be; null is the column where neither has a value.
    /// </summary>
    internal static bool TryMerge(Column? known, Column? extra, ReadOnlySpan<int> places, out Column? merged)
    {
        merged = (extra ?? known)?.Copy(known, extra, places);
        return merged is not null || (extra ?? known) is null;
    }

    /// <summary>Whether no row has a value.</summary>
    internal abstract bool IsVoid { get; }

    /// <summary>A known column with extra rows in its place and after it; null where neither has a value.</summary>
    internal static Column? Patched(Column? known, Column? extra, RowMap map) => (extra ?? known)?.Join(known, extra, map);
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
    private readonly ColumnPatch<ValueColumn<T>>? patch;

    internal ValueColumn(Field field, Section<T> values, T none, Func<T, PropertyValue> read)
        : base(field)
    {
        this.values = values;
        this.read = read;
        None = none;
    }

    private ValueColumn(ValueColumn<T> like, ColumnPatch<ValueColumn<T>> patch)
        : this(like.Field, Section<T>.Empty, like.None, like.read) => this.patch = patch;

    /// <summary>The value that stands for "none".</summary>
    public T None { get; }

    /// <summary>The value of a row.</summary>
    public T this[int row]
    {
        get
        {
            if (patch is null) return values[row];
            return patch.Find(row, out var at) is { } column ? column[at] : None;
        }
    }

    internal override IEnumerable<(string Name, Section Section)> Parts => [("values", values)];

    public override PropertyValue? Get(int row) => this[row] is var value && value.Equals(None) ? null : read(value);

    internal override bool IsVoid => !values.Span.ContainsAnyExcept(None);

    private protected override Column Copy(Column? known, Column? extra, ReadOnlySpan<int> places)
    {
        var before = known is ValueColumn<T> one ? one.values.Span : default;
        var after = extra is ValueColumn<T> other ? other.values.Span : default;
        var copied = new T[places.Length];
        for (var row = 0; row < copied.Length; row++)
        {
            var from = places[row] >= 0 ? before : after;
            copied[row] = from.IsEmpty ? None : from[places[row] >= 0 ? places[row] : ~places[row]];
        }

        return new ValueColumn<T>(Field, new Section<T>(copied), None, read);
    }

    private protected override Column Join(Column? known, Column? extra, RowMap map) => new ValueColumn<T>(
        this, new ColumnPatch<ValueColumn<T>>((ValueColumn<T>?)known, (ValueColumn<T>?)extra, map));
}

/// <summary>Texts in one heap of UTF-8.</summary>
public sealed class StringColumn : Column
{
    private readonly Section<int> starts;
    private readonly Section<byte> heap;
    private readonly ColumnPatch<StringColumn>? patch;

    internal StringColumn(Field field, Section<int> starts, Section<byte> heap)
        : base(field)
    {
        this.starts = starts;
        this.heap = heap;
    }

    private StringColumn(Field field, ColumnPatch<StringColumn> patch)
        : this(field, Section<int>.Empty, Section<byte>.Empty) => this.patch = patch;

    /// <summary>The UTF-8 of a row; empty where it has none.</summary>
    public ReadOnlySpan<byte> Utf8(int row)
    {
        if (patch is not null) return patch.Find(row, out var there) is { } column ? column.Utf8(there) : [];
        var at = starts.Span;
        return heap.Span[at[row]..at[row + 1]];
    }

    /// <summary>The text of a row, or null.</summary>
    public string? Text(int row) => Utf8(row) is { Length: > 0 } bytes ? Encoding.UTF8.GetString(bytes) : null;

    internal override IEnumerable<(string Name, Section Section)> Parts => [("starts", starts), ("heap", heap)];

    public override PropertyValue? Get(int row) => Text(row) is { } text ? PropertyValue.Of(text) : null;

    internal override bool IsVoid => heap.Length == 0;

    private protected override Column Copy(Column? known, Column? extra, ReadOnlySpan<int> places)
    {
        var (before, after) = ((StringColumn?)known, (StringColumn?)extra);
        var ends = new int[places.Length + 1];
        var gathered = new TextHeap();
        for (var row = 0; row < places.Length; row++)
        {
            gathered.Add(places[row] >= 0 ? before is null ? [] : before.Utf8(places[row]) : after is null ? [] : after.Utf8(~places[row]));
            ends[row + 1] = gathered.Length;
        }

        return new StringColumn(Field, new Section<int>(ends), gathered.ToSection());
    }

    private protected override Column Join(Column? known, Column? extra, RowMap map) =>
        new StringColumn(Field, new ColumnPatch<StringColumn>((StringColumn?)known, (StringColumn?)extra, map));
}

/// <summary>Lists of texts in one heap of UTF-8.</summary>
public sealed class StringListColumn : Column
{
    private readonly Section<int> rows;
    private readonly Section<int> starts;
    private readonly Section<byte> heap;
    private readonly ColumnPatch<StringListColumn>? patch;

    internal StringListColumn(Field field, Section<int> rows, Section<int> starts, Section<byte> heap)
        : base(field)
    {
        this.rows = rows;
        this.starts = starts;
        this.heap = heap;
    }

    private StringListColumn(Field field, ColumnPatch<StringListColumn> patch)
        : this(field, Section<int>.Empty, Section<int>.Empty, Section<byte>.Empty) => this.patch = patch;

    /// <summary>The texts of a row, in the order in which they became known; empty where it has none.</summary>
    public ImmutableArray<string> Texts(int row)
    {
        if (patch is not null) return patch.Find(row, out var there) is { } column ? column.Texts(there) : [];
        var (first, last) = (rows[row], rows[row + 1]);
        if (first == last) return [];
        var texts = ImmutableArray.CreateBuilder<string>(last - first);
        for (var i = first; i < last; i++) texts.Add(Encoding.UTF8.GetString(heap.Span[starts[i]..starts[i + 1]]));
        return texts.MoveToImmutable();
    }

    internal override IEnumerable<(string Name, Section Section)> Parts => [("rows", rows), ("starts", starts), ("heap", heap)];

    public override PropertyValue? Get(int row) => Texts(row) is { Length: > 0 } texts ? PropertyValue.Of(texts) : null;

    internal override bool IsVoid => heap.Length == 0;

    private protected override Column? Copy(Column? known, Column? extra, ReadOnlySpan<int> places) => null;

    private protected override Column Join(Column? known, Column? extra, RowMap map) =>
        new StringListColumn(Field, new ColumnPatch<StringListColumn>((StringListColumn?)known, (StringListColumn?)extra, map));
}

/// <summary>The values a field held over time, for fields with <c>@series</c>.</summary>
public sealed class SeriesColumn
{
    private readonly Section<int> rows;
    private readonly Section<int> days;
    private readonly Section<decimal> values;
    private readonly ColumnPatch<SeriesColumn>? patch;

    internal SeriesColumn(Field field, Section<int> rows, Section<int> days, Section<decimal> values)
    {
        Field = field;
        this.rows = rows;
        this.days = days;
        this.values = values;
    }

    private SeriesColumn(Field field, ColumnPatch<SeriesColumn> patch)
        : this(field, Section<int>.Empty, Section<int>.Empty, Section<decimal>.Empty) => this.patch = patch;

    /// <summary>The field.</summary>
    public Field Field { get; }

    /// <summary>A known history with extra rows in its place and after it; null where neither has a value.</summary>
    internal static SeriesColumn? Patched(SeriesColumn? known, SeriesColumn? extra, RowMap map) =>
        (extra ?? known) is { } any ? new SeriesColumn(any.Field, new ColumnPatch<SeriesColumn>(known, extra, map)) : null;

    /// <summary>What the column consists of, by name; a patched one has no parts of its own.</summary>
    internal IEnumerable<(string Name, Section Section)> Parts => [("rows", rows), ("days", days), ("values", values)];

    /// <summary>Days from which the values of a row hold, ascending, as days since 0001-01-01.</summary>
    public ReadOnlySpan<int> Days(int row)
    {
        if (patch is not null) return patch.Find(row, out var at) is { } column ? column.Days(at) : [];
        return days.Span[rows[row]..rows[row + 1]];
    }

    /// <summary>Values of a row, in step with <see cref="Days"/>.</summary>
    public ReadOnlySpan<decimal> Values(int row)
    {
        if (patch is not null) return patch.Find(row, out var at) is { } column ? column.Values(at) : [];
        return values.Span[rows[row]..rows[row + 1]];
    }
}
