using GraphRisk.Disclosure.Statistics;

namespace GraphRisk.Disclosure.Tests.Statistics;

/// <summary>
/// All a reader can tell of left-out cells, the slow way: tries every table of whole numbers that agrees with the published cells
/// and in which parts add up to totals. Sums over rows and columns are totally unimodular, so whole numbers reach the bounds of
/// the linear programme.
/// </summary>
internal sealed class TableOracle(AdditiveTable table, bool[,] hidden, int most)
{
    private readonly decimal[,] values = (decimal[,])table.Values.Clone();

    /// <summary>The least and the largest value of a cell, at most <c>most</c>.</summary>
    public (decimal Least, decimal Largest) Bounds(int row, int column)
    {
        var (least, largest) = (decimal.MaxValue, decimal.MinValue);
        // Inner cells are free; totals follow from them and must agree with what is published, or be left out.
        var free = Cells().Where(cell => hidden[cell.Row, cell.Column] && !IsTotal(cell)).ToList();
        Try(free, 0, () =>
        {
            least = Math.Min(least, values[row, column]);
            largest = Math.Max(largest, values[row, column]);
        });
        return (least, largest);
    }

    private void Try(List<(int Row, int Column)> free, int at, Action found)
    {
        if (at == free.Count)
        {
            if (TotalsAgree()) found();
            return;
        }

        var (row, column) = free[at];
        for (var value = 0; value <= most; value++)
        {
            values[row, column] = value;
            Try(free, at + 1, found);
        }

        values[row, column] = table.Values[row, column];
    }


    private bool TotalsAgree()
    {
        foreach (var (row, column) in Cells().Where(IsTotal))
        {
            var sum = SumOf(row, column);
            if (!hidden[row, column] && sum != table.Values[row, column]) return false;
            values[row, column] = sum;
        }

        return true;
    }

    private decimal SumOf(int row, int column)
    {
        var sum = 0m;
        foreach (var (r, c) in Cells())
            if (!IsTotal((r, c)) && (r == row || row == table.Rows - 1) && (c == column || (table.Columns > 1 && column == table.Columns - 1)))
                sum += values[r, c];
        return sum;
    }

    private bool IsTotal((int Row, int Column) cell) =>
        cell.Row == table.Rows - 1 || (table.Columns > 1 && cell.Column == table.Columns - 1);

    private IEnumerable<(int Row, int Column)> Cells() =>
        from row in Enumerable.Range(0, table.Rows) from column in Enumerable.Range(0, table.Columns) select (row, column);
}
