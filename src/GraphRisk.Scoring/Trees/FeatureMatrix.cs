namespace GraphRisk.Scoring.Trees;

/// <summary>
/// A dense row-major matrix of features: one row per client, one column per feature, <see cref="float.NaN"/> for
/// "not known". Rows x columns x 4 bytes; a million clients are therefore scored in chunks, not in one matrix.
/// Not thread-safe for writing; any number of threads may read.
/// </summary>
public sealed class FeatureMatrix
{
    private readonly float[] values;

    /// <param name="rows">Zero or more.</param>
    /// <param name="columns">At least one.</param>
    public FeatureMatrix(int rows, int columns)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(rows);
        ArgumentOutOfRangeException.ThrowIfLessThan(columns, 1);
        Rows = rows;
        Columns = columns;
        values = new float[checked(rows * columns)];
        Array.Fill(values, float.NaN);
    }

    public int Rows { get; }

    public int Columns { get; }

    /// <summary>All values, row after row.</summary>
    public ReadOnlySpan<float> Values => values;

    public float this[int row, int column]
    {
        get => values[Offset(row, column)];
        set => values[Offset(row, column)] = value;
    }

    public ReadOnlySpan<float> Row(int row) => values.AsSpan(Offset(row, 0), Columns);

    public Span<float> RowForWriting(int row) => values.AsSpan(Offset(row, 0), Columns);

    /// <summary>A new matrix holding the rows of others, one matrix after another; at least one.</summary>
    public static FeatureMatrix Stack(IReadOnlyList<FeatureMatrix> parts)
    {
        var stacked = new FeatureMatrix(parts.Sum(part => part.Rows), parts[0].Columns);
        var at = 0;
        foreach (var part in parts)
        {
            part.values.CopyTo(stacked.values, at);
            at += part.values.Length;
        }

        return stacked;
    }

    /// <summary>A new matrix holding the given rows of this one, in the given order.</summary>
    public FeatureMatrix SelectRows(ReadOnlySpan<int> rows)
    {
        var selected = new FeatureMatrix(rows.Length, Columns);
        for (var i = 0; i < rows.Length; i++)
            Row(rows[i]).CopyTo(selected.RowForWriting(i));
        return selected;
    }

    /// <summary>A new matrix holding the given columns of this one, in the given order.</summary>
    public FeatureMatrix SelectColumns(ReadOnlySpan<int> columns)
    {
        var selected = new FeatureMatrix(Rows, columns.Length);
        for (var row = 0; row < Rows; row++)
        {
            var from = Row(row);
            var to = selected.RowForWriting(row);
            for (var i = 0; i < columns.Length; i++)
                to[i] = from[columns[i]];
        }
        return selected;
    }

    private int Offset(int row, int column)
    {
        if ((uint)row >= (uint)Rows || (uint)column >= (uint)Columns)
            throw new ArgumentOutOfRangeException(nameof(row), $"({row}, {column}) is outside {Rows} x {Columns}");
        return row * Columns + column;
    }
}
