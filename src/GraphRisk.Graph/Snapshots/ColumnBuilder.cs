using System.Collections.Immutable;
using System.Text;
using GraphRisk.Graph.Facts;
using GraphRisk.Graph.Schema;

namespace GraphRisk.Graph.Snapshots;

/// <summary>
/// Gathers the values of one field, row by row, and makes the column of them. Where several facts give a row a value,
/// the one of the highest priority stays, the later of equals; lists are joined.
/// </summary>
internal sealed class ColumnBuilder
{
    private readonly List<PropertyValue?> values = [];
    private readonly List<long> priorities = [];

    public ColumnBuilder(Field field) => Field = field;

    public Field Field { get; }

    /// <summary>Offers a value for a row.</summary>
    public void Offer(int row, PropertyValue value, long priority)
    {
        while (values.Count <= row)
        {
            values.Add(null);
            priorities.Add(long.MinValue);
        }

        if (values[row] is { } known && Field.Kind == FieldKind.StringList)
        {
            values[row] = PropertyValue.Of(priority > priorities[row]
                ? value.AsStrings().Concat(known.AsStrings()) : known.AsStrings().Concat(value.AsStrings()));
            priorities[row] = Math.Max(priority, priorities[row]);
        }
        else if (priority >= priorities[row])
        {
            values[row] = value;
            priorities[row] = priority;
        }
    }

    /// <summary>Forgets the value of a row.</summary>
    public void Clear(int row)
    {
        if (row >= values.Count) return;
        values[row] = null;
        priorities[row] = long.MinValue;
    }

    /// <summary>The column over so many rows; with an order, row i holds what was offered for row order[i].</summary>
    public Column Build(int rowCount, int[]? order = null)
    {
        PropertyValue? At(int row)
        {
            var source = order is null ? row : order[row];
            return source < values.Count ? values[source] : null;
        }

        return Field.Kind switch
        {
            FieldKind.Decimal => ColumnFormat.Decimal(Field, Fill(rowCount, decimal.MinValue, At, value => value.AsDecimal())),
            FieldKind.Integer => ColumnFormat.Integer(Field, Fill(rowCount, long.MinValue, At, value => value.AsInteger())),
            FieldKind.DateTime => ColumnFormat.DateTime(
                Field, Fill(rowCount, long.MinValue, At, value => value.AsDateTime().ToUnixTimeMilliseconds())),
            FieldKind.Date => ColumnFormat.Date(Field, Fill(rowCount, int.MinValue, At, value => value.AsDate().DayNumber)),
            FieldKind.Boolean => ColumnFormat.Boolean(Field, Fill(rowCount, (sbyte)-1, At, value => value.AsBoolean() ? (sbyte)1 : (sbyte)0)),
            FieldKind.Enum => ColumnFormat.Enum(
                Field, Fill(rowCount, byte.MaxValue, At, value => (byte)Field.Enum!.IndexOf(value.AsString()))),
            FieldKind.String => BuildTexts(rowCount, At),
            FieldKind.StringList => BuildLists(rowCount, At),
            _ => throw new InvalidOperationException($"Unknown kind {Field.Kind}."),
        };
    }

    private static Section<T> Fill<T>(int rowCount, T none, Func<int, PropertyValue?> at, Func<PropertyValue, T> read)
        where T : unmanaged
    {
        var result = new T[rowCount];
        for (var row = 0; row < rowCount; row++) result[row] = at(row) is { } value ? read(value) : none;
        return new Section<T>(result);
    }

    private StringColumn BuildTexts(int rowCount, Func<int, PropertyValue?> at)
    {
        var starts = new int[rowCount + 1];
        var heap = new TextHeap();
        for (var row = 0; row < rowCount; row++)
        {
            if (at(row) is { } value) heap.Add(value.AsString());
            starts[row + 1] = heap.Length;
        }

        return new StringColumn(Field, new Section<int>(starts), heap.ToSection());
    }

    private StringListColumn BuildLists(int rowCount, Func<int, PropertyValue?> at)
    {
        var rows = new int[rowCount + 1];
        var starts = new List<int> { 0 };
        var heap = new TextHeap();
        for (var row = 0; row < rowCount; row++)
        {
            foreach (var text in at(row)?.AsStrings() ?? ImmutableArray<string>.Empty)
            {
                heap.Add(text);
                starts.Add(heap.Length);
            }

            rows[row + 1] = starts.Count - 1;
        }

        return new StringListColumn(Field, new Section<int>(rows), new Section<int>([.. starts]), heap.ToSection());
    }
}

/// <summary>A growing run of UTF-8.</summary>
internal sealed class TextHeap
{
    private byte[] bytes = new byte[256];

    public int Length { get; private set; }

    public void Add(string text)
    {
        var needed = checked(Length + Encoding.UTF8.GetByteCount(text));
        if (needed > bytes.Length) Array.Resize(ref bytes, (int)Math.Min(Array.MaxLength, Math.Max(needed, bytes.Length * 2L)));
        Length += Encoding.UTF8.GetBytes(text, bytes.AsSpan(Length));
    }

    public Section<byte> ToSection() => new(bytes.AsSpan(0, Length).ToArray());
}
