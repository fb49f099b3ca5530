using GraphRisk.Graph.Algorithms.Ownership;
using GraphRisk.Graph.Algorithms.Structure;

namespace GraphRisk.Benchmarks.Ownership;

/// <summary>
/// The same system solved the plain way: (I - A) x = e of one company after another, with the factors of its blocks made once and only
/// what is not zero touched (Gilbert and Peierls 1988), each column then divided by the diagonal and looked through for the threshold.
/// </summary>
internal sealed class SparseColumns
{
    private readonly WeightedGraph graph;
    private readonly Components components;
    private readonly Dictionary<int, double[,]> inverses = [];
    private readonly bool isCorrected;
    private readonly double[] diagonal;
    private readonly double[] values;
    private readonly int[] seen;
    private readonly Stack<int> work = new();
    private readonly List<int> blocks = [];

    public SparseColumns(HoldingGraph holdings, bool isCorrected)
    {
        this.isCorrected = isCorrected;
        graph = holdings.Weights(ShareBound.Stated);
        components = StronglyConnectedComponents.Find(graph.Out);
        (diagonal, values, seen) = (new double[graph.NodeCount], new double[graph.NodeCount], new int[components.Count]);
        Array.Fill(diagonal, 1);
        for (var block = 0; block < components.Count; block++)
            if (components.SizeOf(block) > 1) Invert(block);
    }

    /// <summary>How many pairs are at or above a threshold.</summary>
    public long Pairs(double threshold)
    {
        var pairs = 0L;
        for (var company = 0; company < graph.NodeCount; company++)
            if (graph.In.Degree(company) > 0) pairs += Column(company, threshold);
        return pairs;
    }

    private long Column(int company, double threshold)
    {
        Reach(company);
        values[company] = 1;
        var pairs = 0L;
        foreach (var block in blocks)
        {
            var members = components.Members(block);
            foreach (var member in members) Gather(member, block);
            if (members.Length > 1) Solve(inverses[block], members);
        }

        foreach (var block in blocks)
        {
            foreach (var member in components.Members(block))
            {
                if (member != company && Math.Round(values[member] / diagonal[member], 12) >= threshold) pairs++;
                values[member] = 0;
            }
        }

        return pairs;
    }

    /// <summary>The blocks above a company, each before those that hold it.</summary>
    private void Reach(int company)
    {
        blocks.Clear();
        Meet(components.Of(company), company + 1);
        while (work.TryPop(out var block))
            foreach (var member in components.Members(block))
                foreach (var holder in graph.In.Neighbours(member)) Meet(components.Of(holder), company + 1);
        blocks.Sort();
    }

    private void Meet(int block, int mark)
    {
        if (seen[block] == mark) return;
        seen[block] = mark;
        blocks.Add(block);
        work.Push(block);
    }

    private void Gather(int node, int block)
    {
        var targets = graph.Out.Neighbours(node);
        var weights = graph.OutWeightsOf(node);
        for (var i = 0; i < targets.Length; i++)
            if (components.Of(targets[i]) != block) values[node] += weights[i] * values[targets[i]];
    }

    private void Solve(double[,] inverse, ReadOnlySpan<int> members)
    {
        var solved = new double[members.Length];
        for (var j = 0; j < members.Length; j++)
            if (values[members[j]] is var given && given != 0)
                for (var i = 0; i < solved.Length; i++) solved[i] += inverse[i, j] * given;
        for (var i = 0; i < solved.Length; i++) values[members[i]] = solved[i];
    }

    private void Invert(int block)
    {
        var members = components.Members(block);
        var n = members.Length;
        var (left, right) = (new double[n, n], new double[n, n]);
        for (var i = 0; i < n; i++)
        {
            (left[i, i], right[i, i]) = (1, 1);
            var targets = graph.Out.Neighbours(members[i]);
            var weights = graph.OutWeightsOf(members[i]);
            for (var k = 0; k < targets.Length; k++)
                if (members.BinarySearch(targets[k]) is >= 0 and var j) left[i, j] -= weights[k];
        }

        for (var k = 0; k < n; k++)
        {
            var pivot = left[k, k];
            for (var j = 0; j < n; j++) (left[k, j], right[k, j]) = (left[k, j] / pivot, right[k, j] / pivot);
            for (var i = 0; i < n; i++)
            {
                if (i == k || left[i, k] is not (var factor and not 0)) continue;
                for (var j = 0; j < n; j++) (left[i, j], right[i, j]) = (left[i, j] - (factor * left[k, j]), right[i, j] - (factor * right[k, j]));
            }
        }

        inverses[block] = right;
        for (var i = 0; i < n && isCorrected; i++) diagonal[members[i]] = right[i, i];
    }
}
