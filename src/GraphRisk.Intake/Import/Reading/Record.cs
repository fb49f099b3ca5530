namespace GraphRisk.Intake.Import.Reading;

/// <summary>What sort of value a column of a record holds.</summary>
public enum ValueSort : byte
{
    /// <summary>Nothing: the cell is empty, the value null, or the key missing.</summary>
    Absent,

    /// <summary>Text; every cell of a delimited file is text.</summary>
    Text,

    /// <summary>A JSON number.</summary>
    Number,

    /// <summary>A JSON truth value.</summary>
    Truth,

    /// <summary>A JSON array of scalars, joined by <see cref="Record.ListSeparator"/>.</summary>
    List,
}

/// <summary>
/// The values of one record under the columns of a mapping, reused from record to record. Values are trimmed of white
/// space at both ends, the ideographic space included; what is then empty is absent.
/// </summary>
public sealed class Record
{
    /// <summary>Between the items of a list: the unit separator, which no sound text holds.</summary>
    public const char ListSeparator = '\u001F';

    private readonly int[] starts;
    private readonly int[] lengths;
    private readonly ValueSort[] sorts;
    private char[] text = new char[1024];
    private int used;

    /// <param name="columns">Number of columns.</param>
    public Record(int columns)
    {
        starts = new int[columns];
        lengths = new int[columns];
        sorts = new ValueSort[columns];
    }

    /// <summary>A column's value; empty where it is absent.</summary>
    public ReadOnlySpan<char> this[int column] => text.AsSpan(starts[column], lengths[column]);

    /// <summary>Whether the column has a value.</summary>
    public bool Has(int column) => sorts[column] != ValueSort.Absent;

    /// <summary>The sort of a column's value.</summary>
    public ValueSort SortOf(int column) => sorts[column];

    /// <summary>Forgets all values.</summary>
    public void Clear()
    {
        used = 0;
        Array.Clear(lengths);
        Array.Clear(sorts);
    }

    /// <summary>Gives a column a value.</summary>
    public void Set(int column, ReadOnlySpan<char> value, ValueSort sort = ValueSort.Text)
    {
        value = value.Trim();
        if (value.IsEmpty)
        {
            (lengths[column], sorts[column]) = (0, ValueSort.Absent);
            return;
        }

        Reserve(value.Length);
        value.CopyTo(text.AsSpan(used));
        (starts[column], lengths[column], sorts[column]) = (used, value.Length, sort);
        used += value.Length;
    }

    /// <summary>Adds an item to a column's list, which must be the column set last.</summary>
    public void Append(int column, ReadOnlySpan<char> item)
    {
        item = item.Trim();
        if (item.IsEmpty) return;
        Reserve(item.Length + 1);
        if (sorts[column] == ValueSort.Absent) (starts[column], lengths[column], sorts[column]) = (used, 0, ValueSort.List);
        else
        {
            text[used++] = ListSeparator;
            lengths[column]++;
        }

        item.CopyTo(text.AsSpan(used));
        used += item.Length;
        lengths[column] += item.Length;
    }

    private void Reserve(int length)
    {
        if (used + length > text.Length) Array.Resize(ref text, Math.Max(used + length, text.Length * 2));
    }
}
