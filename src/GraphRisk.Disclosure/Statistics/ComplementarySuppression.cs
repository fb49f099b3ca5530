namespace GraphRisk.Disclosure.Statistics;

/// <summary>
/// Leaves out, beside the cells that must not be published, as many others as it takes that none of the former can be had
/// back from published totals: a reader must remain unsure of each by a part of its value in both directions.
/// <para>
/// A cell that is not yet safe is made so by a cheapest cycle through it: the shortest path, by the values it would take
/// from the publication, of cells with room enough. What is already left out costs nothing. Where no cycle has the room, the
/// whole table is left out. Each step leaves out one more cell at least, so it ends.
/// </para>
/// <para>Castro, Recent advances in optimization techniques for statistical tabular data protection (EJOR 2012), section 3.</para>
/// </summary>
public static class ComplementarySuppression
{
    /// <summary>Which cells are left out.</summary>
    /// <param name="table">All figures.</param>
    /// <param name="primary">Cells that must not be published.</param>
    /// <param name="unsure">Part of its value by which a reader must remain unsure of such a cell.</param>
    /// <param name="unit">The least such uncertainty, whatever the value; positive.</param>
    public static bool[,] Of(AdditiveTable table, bool[,] primary, decimal unsure, decimal unit)
    {
        var hidden = (bool[,])primary.Clone();
        foreach (var cell in table.Cells.Where(cell => primary[cell.Row, cell.Column]))
            foreach (var up in (bool[])[true, false])
            {
                var needed = Needed(table, cell, up, unsure, unit);
                if (CellBounds.Room(table, hidden, cell, up, needed) >= needed) continue;
                if (CheapestPath(table, hidden, cell, up, needed) is not { } path) return Everything(table);
                foreach (var (row, column) in path) hidden[row, column] = true;
            }

        return hidden;
    }

    /// <summary>How much room a cell needs: below zero there is none to have.</summary>
    internal static decimal Needed(AdditiveTable table, (int Row, int Column) cell, bool up, decimal unsure, decimal unit)
    {
        var value = table.Values[cell.Row, cell.Column];
        var needed = Math.Max(unsure * value, unit);
        return up ? needed : Math.Min(needed, value);
    }

    private static List<(int Row, int Column)>? CheapestPath(
        AdditiveTable table, bool[,] hidden, (int Row, int Column) cell, bool up, decimal needed)
    {
        var (from, to) = CellBounds.EndsOf(table, cell, up);
        var edges = table.Cells.Where(other => other != cell).Select(other => new CellBounds.Edge(table, other)).ToList();
        var cost = new decimal?[table.Nodes];
        var cameBy = new (CellBounds.Edge Edge, int From)?[table.Nodes];
        cost[from] = 0;
        // Bellman and Ford: the graph has tens of nodes.
        for (var changed = true; changed;)
        {
            changed = false;
            foreach (var edge in edges)
                foreach (var forward in (ReadOnlySpan<bool>)[true, false])
                {
                    var (start, end) = (edge.Start(forward), edge.Start(!forward));
                    if (cost[start] is not { } sofar || edge.Capacity(forward) < needed) continue;
                    var price = sofar + (hidden[edge.Cell.Row, edge.Cell.Column] ? 0 : 1 + table.Values[edge.Cell.Row, edge.Cell.Column]);
                    if (cost[end] is { } known && known <= price) continue;
                    (cost[end], cameBy[end], changed) = (price, (edge, start), true);
                }
        }

        if (cost[to] is null) return null;
        var path = new List<(int, int)>();
        for (var node = to; node != from; node = cameBy[node]!.Value.From) path.Add(cameBy[node]!.Value.Edge.Cell);
        return path;
    }

    private static bool[,] Everything(AdditiveTable table)
    {
        var hidden = new bool[table.Rows, table.Columns];
        foreach (var (row, column) in table.Cells) hidden[row, column] = true;
        return hidden;
    }
}
