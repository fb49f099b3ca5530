using GraphRisk.Graph.Algorithms.Structure;

namespace GraphRisk.Graph.Algorithms.Ownership;

/// <summary>
/// Sums over simple paths: each chain that visits no party twice, the product of its shares.
/// <para>
/// A simple path passes through a component in one stretch, so paths are listed only inside a component, from each
/// member that something reaches from outside, and everything between components is added as in a graph without cycles.
/// Inside a component the number of simple paths can grow exponentially (counting them is #P-complete, Valiant 1979); a
/// question may take so many steps and no more, and what it then cannot know is refused rather than estimated.
/// </para>
/// <para>State: the path as a stack of positions, each with its next edge and the product so far.</para>
/// </summary>
internal sealed class SimplePathSums(WeightedGraph graph, Components components, long budget) : ChainSums(graph, components)
{
    protected override bool Close(int component, Span<double> values, ChainQuestion question)
    {
        if (values.Length == 1) return true;
        var arriving = values.ToArray();
        values.Clear();
        var spent = 0L;
        var paths = new PathsInside(Graph, Components, component, question.Owners, budget);
        for (var entry = 0; entry < arriving.Length; entry++)
            if (arriving[entry] > 0 && !paths.AddFrom(entry, arriving[entry], values, ref spent, question.Meter)) return false;
        return true;
    }

    protected override double ResidualOf(ReadOnlySpan<int> nodes, double[] values, ChainQuestion question) => 0;

    private sealed class PathsInside
    {
        private const int StepsPerCharge = 256;

        private readonly int[][] neighbours;
        private readonly double[][] weights;
        private readonly bool[] onPath;
        private readonly (int Position, int Next, double Product)[] path;
        private readonly long budget;

        public PathsInside(WeightedGraph graph, Components components, int component, bool owners, long budget)
        {
            // Owners are found against the edges, from the owned to who holds it.
            var members = components.Members(component).ToArray();
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

            onPath = new bool[members.Length];
            path = new (int, int, double)[members.Length];
            this.budget = budget;
        }

        /// <summary>Adds the products of all simple paths from the entry to every member; false where the budget ended.</summary>
        public bool AddFrom(int entry, double arriving, Span<double> sums, ref long spent, WorkMeter meter)
        {
            path[0] = (entry, 0, arriving);
            onPath[entry] = true;
            sums[entry] += arriving;
            var depth = 0;
            while (depth >= 0)
            {
                ref var end = ref path[depth];
                if (end.Next == neighbours[end.Position].Length)
                {
                    onPath[end.Position] = false;
                    depth--;
                    continue;
                }

                var edge = end.Next++;
                var next = neighbours[end.Position][edge];
                if (onPath[next]) continue;
                if (++spent > budget) return false;
                if (spent % StepsPerCharge == 0) meter.Charge(StepsPerCharge);
                var product = end.Product * weights[end.Position][edge];
                sums[next] += product;
                onPath[next] = true;
                path[++depth] = (next, 0, product);
            }

            return true;
        }
    }
}
