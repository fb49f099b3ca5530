using System.Collections.Immutable;
using System.Text;
using GraphRisk.Graph.Facts;
using GraphRisk.Graph.Schema;
using GraphRisk.Graph.Snapshots;

namespace GraphRisk.Graph.Selection;

/// <summary>
/// The values of one field over rows, as one viewer reads them: a value it may not read is hidden, and one it reads rounded is
/// rounded here already, so whatever is selected, ordered or summed by it tells no more than reading it would.
/// </summary>
public abstract class Values
{
    private readonly Func<Row, bool>? isOpen;

    private protected Values(Field field, Func<Row, bool>? isOpen) => (Field, this.isOpen) = (field, isOpen);

    /// <summary>The field.</summary>
    public Field Field { get; }

    /// <summary>What is known of a row's value.</summary>
    public abstract Known Look(in Row row);

    /// <summary>The value; null where there is none or it is hidden.</summary>
    public abstract PropertyValue? Get(in Row row);

    /// <summary>Compares two values that are there.</summary>
    internal abstract int Compare(in Row left, in Row right);

    /// <summary>Compares a value that is there with a given one.</summary>
    internal abstract int Compare(in Row row, PropertyValue given);

    /// <summary>Tells of rows that they stand strictly behind a row in an order by the values, as far as that is quick to tell; null where it is not.</summary>
    internal virtual Func<Row, bool>? Behind(in Row row, bool isDescending) => null;

    /// <summary>The same values, read only where a viewer may.</summary>
    public abstract Values OpenWhere(Func<Row, bool> open);

    /// <summary>The same values of the node at one end of a relationship: the one it leads to, or the one it is met from.</summary>
    public abstract Values OfEnd(bool near);

    private protected static Row EndOf(in Row row, bool near) => new(near ? row.Near : row.Node);

    private protected Func<Row, bool>? OpenAtEnd(bool near) => isOpen is { } open ? row => open(EndOf(row, near)) : null;

    private protected bool IsHidden(in Row row) => isOpen is not null && !isOpen(row);
}

/// <summary>Values of fixed size: numbers, days, instants, truth, names of an enumeration.</summary>
/// <typeparam name="T">As in <see cref="ValueColumn{T}"/>.</typeparam>
public sealed class FixedValues<T> : Values
    where T : unmanaged, IEquatable<T>, IComparable<T>
{
    private readonly Func<Row, T> read;
    private readonly ColumnFormat<T> format;

    internal FixedValues(Field field, ColumnFormat<T> format, Func<Row, T> read, Func<Row, bool>? isOpen = null)
        : base(field, isOpen) => (this.format, this.read) = (format, read);

    /// <summary>What is known of a row's value, and the value.</summary>
    public Known Read(in Row row, out T value)
    {
        value = format.None;
        if (IsHidden(row)) return Known.Hidden;
        value = read(row);
        return value.Equals(format.None) ? Known.None : Known.Value;
    }

    /// <summary>A value as columns hold it.</summary>
    public T Lay(PropertyValue value) => format.Lay(Field, value);

    /// <summary>A column's value as people read it.</summary>
    public PropertyValue Show(T value) => format.Read(Field, value);

    /// <summary>The same with each value replaced by what the viewer reads in its place.</summary>
    public FixedValues<T> Through(Func<T, T> shown) => new(Field, format, row => read(row) is var value && value.Equals(format.None) ? value : shown(value));

    public override Values OpenWhere(Func<Row, bool> open) => new FixedValues<T>(Field, format, read, open);

    public override Values OfEnd(bool near) => new FixedValues<T>(Field, format, row => read(EndOf(row, near)), OpenAtEnd(near));

    public override Known Look(in Row row) => Read(row, out _);

    public override PropertyValue? Get(in Row row) => Read(row, out var value) == Known.Value ? Show(value) : null;

    internal override Func<Row, bool>? Behind(in Row row, bool isDescending)
    {
        if (Read(row, out var worst) != Known.Value) return null;
        return isDescending
            ? other => Read(other, out var value) != Known.Value || value.CompareTo(worst) < 0
            : other => Read(other, out var value) != Known.Value || value.CompareTo(worst) > 0;
    }

    internal override int Compare(in Row left, in Row right)
    {
        Read(left, out var one);
        Read(right, out var other);
        return one.CompareTo(other);
    }

    internal override int Compare(in Row row, PropertyValue given)
    {
        Read(row, out var value);
        return value.CompareTo(Lay(given));
    }
}

/// <summary>Texts, compared by code point.</summary>
public sealed class TextValues : Values
{
    private readonly Utf8Reader read;

    internal TextValues(Field field, Utf8Reader read, Func<Row, bool>? isOpen = null)
        : base(field, isOpen) => this.read = read;

    /// <summary>Reads the UTF-8 of a row; empty where it has none.</summary>
    internal delegate ReadOnlySpan<byte> Utf8Reader(scoped in Row row);

    /// <summary>What is known of a row's text, and its UTF-8.</summary>
    public Known Read(in Row row, out ReadOnlySpan<byte> text)
    {
        text = default;
        if (IsHidden(row)) return Known.Hidden;
        text = read(row);
        return text.IsEmpty ? Known.None : Known.Value;
    }

    public override Values OpenWhere(Func<Row, bool> open) => new TextValues(Field, read, open);

    public override Values OfEnd(bool near) => new TextValues(Field, (scoped in Row row) => read(EndOf(row, near)), OpenAtEnd(near));

    public override Known Look(in Row row) => Read(row, out _);

    public override PropertyValue? Get(in Row row) => Read(row, out var text) == Known.Value ? PropertyValue.Of(Encoding.UTF8.GetString(text)) : null;

    // UTF-8 in the order of its bytes is text in the order of its code points.
    internal override int Compare(in Row left, in Row right)
    {
        Read(left, out var one);
        Read(right, out var other);
        return one.SequenceCompareTo(other);
    }

    internal override int Compare(in Row row, PropertyValue given)
    {
        Read(row, out var text);
        return text.SequenceCompareTo(Encoding.UTF8.GetBytes(given.AsString()));
    }
}

/// <summary>Lists of texts, which have no order.</summary>
public sealed class TextListValues : Values
{
    private readonly Func<Row, ImmutableArray<string>> read;

    internal TextListValues(Field field, Func<Row, ImmutableArray<string>> read, Func<Row, bool>? isOpen = null)
        : base(field, isOpen) => this.read = read;

    /// <summary>What is known of a row's texts, and the texts.</summary>
    public Known Read(in Row row, out ImmutableArray<string> texts)
    {
        texts = [];
        if (IsHidden(row)) return Known.Hidden;
        texts = read(row);
        return texts.IsEmpty ? Known.None : Known.Value;
    }

    public override Values OpenWhere(Func<Row, bool> open) => new TextListValues(Field, read, open);

    public override Values OfEnd(bool near) => new TextListValues(Field, row => read(EndOf(row, near)), OpenAtEnd(near));

    public override Known Look(in Row row) => Read(row, out _);

    public override PropertyValue? Get(in Row row) => Read(row, out var texts) == Known.Value ? PropertyValue.Of(texts) : null;

    internal override int Compare(in Row left, in Row right) => throw NoOrder();

    internal override int Compare(in Row row, PropertyValue given) => throw NoOrder();

    private InvalidOperationException NoOrder() => new($"{Field.Name} is a list and has no order.");
}
