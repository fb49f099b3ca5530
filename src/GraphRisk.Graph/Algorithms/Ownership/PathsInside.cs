using GraphRisk.Graph.Algorithms.Structure;

namespace GraphRisk.Graph.Algorithms.Ownership;

/// <summary>
/// The simple paths inside one component, the largest product first (best-first search on a heap; among equals the earlier one).
/// <para>State: for each path found its end, its product and the path it goes on from; a path is read back to its beginning to see whom it visits.</para>
/// </summary>
internal sealed class PathsInside
{
    private const int StepsPerCharge = 256;

    private readonly int[][] neighbours;
    private readonly double[][] weights;
    private readonly WorkMeter meter;
    private readonly List<(int End, int Before, double Product)> paths = [];
    private readonly PriorityQueue<int, (double Negative, int Number)> best = new();

    public PathsInside(WeightedGraph graph, Components components, int component, bool owners, WorkMeter meter)
    {
        // Owners are found against the edges, from the owned to who holds it.
        var members = components.Members(component).ToArray();
        this.meter = meter;
        neighbours = new int[members.Length][];
        weights = new double[members.Length][];
        for (var position = 0; position < members.Length; position++)
        {
            var all = (owners ? graph.In : graph.Out).Neighbours(members[position]).ToArray();
            var shares = (owners ? graph.InWeightsOf(members[position]) : graph.OutWeightsOf(members[position])).ToArray();
            int[] inside = [.. Enumerable.Range(0, all.Length).Where(i => components.Of(all[i]) == component)];
            neighbours[position] = Array.ConvertAll(inside, i => Array.BinarySearch(members, all[i]));
            weights[position] = Array.ConvertAll(inside, i => shares[i]);
        }
    }

    /// <summary>Steps taken: paths looked at, listed or closed by whom they visit already.</summary>
    public long Steps { get; private set; }

    /// <summary>Whether the budget ended before the paths did.</summary>
    public bool IsCut { get; private set; }

    /// <summary>Adds the products of simple paths to the sums of their ends; those not gone on from are returned by end, null where there are none.</summary>
    /// <param name="arriving">What the members have to begin with.</param>
    /// <param name="sums">The sums.</param>
    /// <param name="budget">Most steps; the first path is gone on from whatever it is.</param>
    /// <param name="epsilon">What may be left.</param>
    public double[]? Add(double[] arriving, Span<double> sums, long budget, double epsilon)
    {
        for (var entry = 0; entry < arriving.Length; entry++)
            if (arriving[entry] > 0) List(entry, -1, arriving[entry], sums);
        while (best.TryPeek(out var number, out _) && !(paths[number].Product * best.Count <= epsilon))
        {
            if (IsCut = Steps > 0 && Steps >= budget) break;
            best.Dequeue();
            var (end, _, product) = paths[number];
            for (var edge = 0; edge < neighbours[end].Length; edge++)
            {
                if (++Steps % StepsPerCharge == 0) meter.Charge(StepsPerCharge);
                if (!Visits(number, neighbours[end][edge])) List(neighbours[end][edge], number, product * weights[end][edge], sums);
            }
        }

        if (best.Count == 0) return null;
        var left = new double[arriving.Length];
        foreach (var (number, _) in best.UnorderedItems) left[paths[number].End] += paths[number].Product;
        return left;
    }

    private void List(int end, int before, double product, Span<double> sums)
    {
        sums[end] += product;
        best.Enqueue(paths.Count, (-product, paths.Count));
        paths.Add((end, before, product));
    }

    private bool Visits(int path, int position)
    {
        for (var at = path; at >= 0; at = paths[at].Before)
            if (paths[at].End == position) return true;
        return false;
    }
}
