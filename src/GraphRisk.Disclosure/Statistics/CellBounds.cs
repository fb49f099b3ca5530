namespace GraphRisk.Disclosure.Statistics;

/// <summary>
/// How far a left-out cell may lie from its value, as far as a reader can tell who knows every published cell and that
/// none is negative. Exact: the room upwards (downwards) is the largest flow from one end of the cell to the other along
/// the other left-out cells, where a cell may grow without bound and shrink to zero.
/// <para>Edmonds and Karp 1972. Cost: nodes x cells^2 at most, of a table of tens of rows.</para>
/// </summary>
internal static class CellBounds
{
    /// <summary>The largest amount by which the cell may be above (up) or below its value, at most <paramref name="enough"/>.</summary>
    public static decimal Room(AdditiveTable table, bool[,] hidden, (int Row, int Column) cell, bool up, decimal enough)
    {
        var (from, to) = EndsOf(table, cell, up);
        var arcs = table.Cells.Where(other => other != cell && hidden[other.Row, other.Column]).Select(other => new Edge(table, other)).ToList();
        var room = 0m;
        while (room < enough && Path(table.Nodes, arcs, from, to) is { } path)
        {
            var step = Math.Min(enough - room, path.Min(link => link.Edge.Capacity(link.Forward)));
            foreach (var (edge, forward) in path) edge.Push(forward, step);
            room += step;
        }

        return up ? room : Math.Min(room, table.Values[cell.Row, cell.Column]);
    }

    /// <summary>Where a flow starts and ends that lets the cell grow, or shrink.</summary>
    public static (int From, int To) EndsOf(AdditiveTable table, (int Row, int Column) cell, bool up)
    {
        var (row, column) = (table.NodeOfRow(cell.Row), table.NodeOfColumn(cell.Column));
        return up != table.IsTurned(cell.Row, cell.Column) ? (column, row) : (row, column);
    }

    /// <summary>A path of fewest cells with room, from a node to another; null where there is none.</summary>
    private static List<(Edge Edge, bool Forward)>? Path(int nodes, List<Edge> edges, int from, int to)
    {
        var cameBy = new (Edge Edge, bool Forward)?[nodes];
        var queue = new Queue<int>([from]);
        while (queue.TryDequeue(out var node))
            foreach (var edge in edges)
                foreach (var forward in (ReadOnlySpan<bool>)[true, false])
                {
                    if (edge.Start(forward) != node || edge.Capacity(forward) <= 0) continue;
                    var next = edge.Start(!forward);
                    if (next == from || cameBy[next] is not null) continue;
                    cameBy[next] = (edge, forward);
                    queue.Enqueue(next);
                }

        if (cameBy[to] is null) return null;
        var path = new List<(Edge, bool)>();
        for (var node = to; node != from; node = cameBy[node]!.Value.Edge.Start(cameBy[node]!.Value.Forward)) path.Add(cameBy[node]!.Value);
        return path;
    }

    /// <summary>A left-out cell with what of its room is used up.</summary>
    internal sealed class Edge(AdditiveTable table, (int Row, int Column) cell)
    {
        private const decimal Boundless = 1e24m;
        private readonly decimal value = table.Values[cell.Row, cell.Column];
        private readonly bool turned = table.IsTurned(cell.Row, cell.Column);
        private decimal pushed;

        public (int Row, int Column) Cell => cell;

        /// <summary>Forward runs from the row to the column.</summary>
        public int Start(bool forward) => forward ? table.NodeOfRow(cell.Row) : table.NodeOfColumn(cell.Column);

        /// <summary>Running forward lets the cell grow, or shrink where its sign is turned.</summary>
        public decimal Capacity(bool forward) => (forward != turned ? Boundless : value) + (forward ? -pushed : pushed);

        public void Push(bool forward, decimal amount) => pushed += forward ? amount : -amount;
    }
}
