using GraphRisk.Graph.Facts;
using GraphRisk.Graph.Schema;

namespace GraphRisk.Graph.Snapshots;

/// <summary>
/// Gathers the values of one field, row by row, and makes the column of them. Where several facts give a row a value,
/// the one of the highest priority stays, the later of equals; lists are joined.
/// </summary>
internal abstract class ColumnBuilder
{
    private readonly Gathered<long> priorities = new();

    protected ColumnBuilder(Field field) => Field = field;

    public Field Field { get; }

    /// <summary>A builder for a field of any kind.</summary>
    public static ColumnBuilder For(Field field) => field.Kind switch
    {
        FieldKind.Decimal => ColumnFormats.Decimal.Builder(field),
        FieldKind.Integer => ColumnFormats.Integer.Builder(field),
        FieldKind.DateTime => ColumnFormats.DateTime.Builder(field),
        FieldKind.Date => ColumnFormats.Date.Builder(field),
        FieldKind.Boolean => ColumnFormats.Boolean.Builder(field),
        FieldKind.Enum => ColumnFormats.Enum.Builder(field),
        FieldKind.String => new TextColumnBuilder(field),
        FieldKind.StringList => new TextListColumnBuilder(field),
        _ => throw new InvalidOperationException($"Unknown kind {field.Kind}."),
    };

    /// <summary>Offers a value for a row; it is taken, joined or dropped by its priority.</summary>
    public void Offer(int row, PropertyValue value, long priority)
    {
        priorities.FillTo(row + 1, long.MinValue);
        ref var known = ref priorities[row];
        if (known == long.MinValue) Set(row, value);
        else Fuse(row, value, priority.CompareTo(known));
        known = Math.Max(known, priority);
    }

    /// <summary>Gives a row its only value.</summary>
    public abstract void Set(int row, PropertyValue value);

    /// <summary>Forgets the value of a row.</summary>
    public abstract void Clear(int row);

    /// <summary>The column over so many rows; with an order, row i holds what was given for row order[i].</summary>
    public abstract Column Build(int rowCount, int[]? order = null);

    /// <summary>Joins a value with the one a row has.</summary>
    /// <param name="row">The row.</param>
    /// <param name="value">The value offered.</param>
    /// <param name="order">Above 0 where it has the higher priority, 0 where both have the same.</param>
    protected virtual void Fuse(int row, PropertyValue value, int order)
    {
        if (order >= 0) Set(row, value);
    }
}

/// <summary>Gathers values of fixed size.</summary>
internal sealed class ValueColumnBuilder<T>(Field field, ColumnFormat<T> format) : ColumnBuilder(field)
    where T : unmanaged, IEquatable<T>
{
    private readonly Gathered<T> values = new();

    public override void Set(int row, PropertyValue value)
    {
        values.FillTo(row + 1, format.None);
        values[row] = format.Lay(Field, value);
    }

    public override void Clear(int row)
    {
        if (row < values.Count) values[row] = format.None;
    }

    public override Column Build(int rowCount, int[]? order = null)
    {
        var result = new T[rowCount];
        for (var row = 0; row < rowCount; row++)
        {
            var source = order is null ? row : order[row];
            result[row] = source < values.Count ? values[source] : format.None;
        }

        return format.Column(Field, new Section<T>(result));
    }
}
