using GraphRisk.Graph.Algorithms.Structure;

namespace GraphRisk.Graph.Algorithms.Linear;

/// <summary>A square matrix as a list of entries; entries at one place are added.</summary>
/// <param name="Size">Number of rows and columns.</param>
/// <param name="Rows">Row of each entry.</param>
/// <param name="Columns">Column of each entry.</param>
/// <param name="Weights">Value of each entry.</param>
internal sealed record SparseMatrix(int Size, int[] Rows, int[] Columns, double[] Weights)
{
    /// <summary>The edges among some nodes, rows and columns by position among them.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="members">The nodes, ascending.</param>
    public static SparseMatrix Among(WeightedGraph graph, ReadOnlySpan<int> members)
    {
        List<int> rows = [], columns = [];
        List<double> weights = [];
        for (var row = 0; row < members.Length; row++)
        {
            var targets = graph.Out.Neighbours(members[row]);
            var shares = graph.OutWeightsOf(members[row]);
            for (var i = 0; i < targets.Length; i++)
            {
                var column = members.BinarySearch(targets[i]);
                if (column < 0) continue;
                rows.Add(row);
                columns.Add(column);
                weights.Add(shares[i]);
            }
        }

        return new SparseMatrix(members.Length, [.. rows], [.. columns], [.. weights]);
    }
}
