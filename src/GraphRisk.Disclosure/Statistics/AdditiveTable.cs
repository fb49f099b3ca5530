namespace GraphRisk.Disclosure.Statistics;

/// <summary>
/// Figures of which some are sums of others: rows of divisions with the whole market last, and either one column, or columns
/// of parts with their sum last. What is known of the others tells something of a cell that is left out.
/// </summary>
/// <remarks>
/// Seen as a graph (Castro 2012): rows and columns are nodes, cells are edges. With the sign of totals turned round, every row
/// and column adds up to zero, so what may change without a published figure changing is a circulation along the cells that
/// are left out. With one column nothing holds a row together, and all rows are one node.
/// </remarks>
public sealed class AdditiveTable
{
    /// <param name="values">Not negative; by row and column, totals last.</param>
    public AdditiveTable(decimal[,] values)
    {
        Values = values;
        (Rows, Columns) = (values.GetLength(0), values.GetLength(1));
        foreach (var value in values) ArgumentOutOfRangeException.ThrowIfNegative(value, nameof(values));
    }

    public decimal[,] Values { get; }

    public int Rows { get; }

    public int Columns { get; }

    /// <summary>Cells by row, then column.</summary>
    internal IEnumerable<(int Row, int Column)> Cells =>
        from row in Enumerable.Range(0, Rows) from column in Enumerable.Range(0, Columns) select (row, column);

    internal int Nodes => RowNodes + Columns;

    internal int NodeOfRow(int row) => Columns == 1 ? 0 : row;

    internal int NodeOfColumn(int column) => RowNodes + column;

    /// <summary>Whether the cell's sign is turned round: the total of a row or of a column, but not of both.</summary>
    internal bool IsTurned(int row, int column) => (row == Rows - 1) != (Columns > 1 && column == Columns - 1);

    private int RowNodes => Columns == 1 ? 1 : Rows;
}
