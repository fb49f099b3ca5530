using GraphRisk.TestKit;

namespace GraphRisk.Graph.Tests.Algorithms.Ownership;

/// <summary>Slow and obvious answers on ownership and control, for graphs of a few nodes.</summary>
internal static class OwnershipOracle
{
    /// <summary>Shares by holder and company, parallel ones added.</summary>
    public static double[,] Matrix(int nodes, IEnumerable<ShareEdge> edges)
    {
        var shares = new double[nodes, nodes];
        foreach (var edge in edges) shares[edge.From, edge.To] += (double)edge.Share;
        return shares;
    }

    /// <summary>A + A² + A³ + ... to a million terms by doubling; null where the terms do not vanish.</summary>
    public static double[,]? Walk(double[,] shares)
    {
        var (sum, power) = ((double[,])shares.Clone(), (double[,])shares.Clone());
        for (var doubling = 0; doubling < 20; doubling++)
        {
            var more = Multiply(power, sum);
            for (var i = 0; i < sum.GetLength(0); i++)
                for (var j = 0; j < sum.GetLength(0); j++)
                    sum[i, j] += more[i, j];
            power = Multiply(power, power);
            if (Largest(power) > 1e100) return null;
        }

        return Largest(power) < 1e-12 ? sum : null;
    }

    private static double Largest(double[,] matrix)
    {
        var largest = 0.0;
        foreach (var value in matrix) largest = Math.Max(largest, value);
        return largest;
    }

    /// <summary>Walks that never come back to where they began: for each holder with the edges into it taken away.</summary>
    public static double[,]? Corrected(double[,] shares)
    {
        var n = shares.GetLength(0);
        var result = new double[n, n];
        for (var holder = 0; holder < n; holder++)
        {
            var cut = (double[,])shares.Clone();
            for (var i = 0; i < n; i++) cut[i, holder] = 0;
            if (Walk(cut) is not { } walks) return null;
            for (var j = 0; j < n; j++) result[holder, j] = j == holder ? 0 : walks[holder, j];
        }

        return result;
    }

    /// <summary>All simple paths, one by one.</summary>
    public static double[,] SimplePath(double[,] shares)
    {
        var n = shares.GetLength(0);
        var result = new double[n, n];
        for (var holder = 0; holder < n; holder++) Extend(holder, [holder], 1);
        return result;

        void Extend(int holder, List<int> path, double product)
        {
            for (var next = 0; next < n; next++)
            {
                if (shares[path[^1], next] == 0 || path.Contains(next)) continue;
                result[holder, next] += product * shares[path[^1], next];
                Extend(holder, [.. path, next], product * shares[path[^1], next]);
            }
        }
    }

    /// <summary>Companies under control of a party: rounds over all companies until nothing changes.</summary>
    public static SortedSet<int> Controlled(int nodes, IReadOnlyCollection<ShareEdge> edges, int party)
    {
        var group = new SortedSet<int> { party };
        while (Enumerable.Range(0, nodes).Where(company => !group.Contains(company)
            && edges.Where(edge => edge.To == company && group.Contains(edge.From)).Sum(edge => edge.Share) > 0.5m).ToList() is { Count: > 0 } more)
            group.UnionWith(more);
        group.Remove(party);
        return group;
    }

    private static double[,] Multiply(double[,] left, double[,] right)
    {
        var n = left.GetLength(0);
        var product = new double[n, n];
        for (var i = 0; i < n; i++)
            for (var k = 0; k < n; k++)
                for (var j = 0; j < n; j++)
                    product[i, j] += left[i, k] * right[k, j];
        return product;
    }
}
