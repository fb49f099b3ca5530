namespace GraphRisk.Graph.Algorithms.Structure;

/// <summary>
/// Moves nodes to the neighbouring groups that raise modularity most, until a round raises it by less than a thousandth: what is left for later rounds of a level the next levels find at a smaller price.
/// <para>
/// Only nodes a neighbour of which has moved are looked at again (Ozaki and others 2016). They are taken in their order, some at a time: what is best for each is
/// computed on all processors while nothing moves; then they move one after another, each only if the move still raises modularity with
/// the groups as they have become, and then their neighbours are marked. Who is taken together depends on the number of nodes alone, so
/// the groups do not depend on the number of processors. Of a small graph nodes are taken one by one.
/// </para>
/// </summary>
internal sealed class LocalMoving
{
    private const double LeastGain = 1e-3;
    private const int MostRounds = 64;
    private const int LargestBatch = 8192;
    private const int Part = 128;

    private readonly UndirectedGraph graph;
    private readonly int[] group;
    private readonly Lanes lanes;
    private readonly WorkMeter meter;
    private readonly GroupWeights[] scratch;
    private readonly double[] totals;
    private readonly byte[] isOpen;

    /// <param name="graph">The graph.</param>
    /// <param name="group">Group of each node, changed by moving; numbers below the number of nodes.</param>
    /// <param name="lanes">Processors.</param>
    /// <param name="meter">Pays for it.</param>
    public LocalMoving(UndirectedGraph graph, int[] group, Lanes lanes, WorkMeter meter)
    {
        (this.graph, this.group, this.lanes, this.meter) = (graph, group, lanes, meter);
        var count = graph.NodeCount;
        (Strengths, totals, isOpen) = (new double[count], new double[count], new byte[count]);
        scratch = [.. Enumerable.Range(0, lanes.Count).Select(_ => new GroupWeights(count))];
        lanes.Run(count, 8192, (_, start, end) =>
        {
            for (var node = start; node < end; node++) Strengths[node] = graph.StrengthOf(node);
        });
        for (var node = 0; node < count; node++)
        {
            totals[group[node]] += Strengths[node];
            Whole += Strengths[node];
            isOpen[node] = graph.Degree(node) > 0 ? (byte)1 : (byte)0;
        }
    }

    /// <summary>Weight of each node's edges.</summary>
    public double[] Strengths { get; }

    /// <summary>Twice the weight of all edges.</summary>
    public double Whole { get; }

    /// <summary>Moves nodes.</summary>
    public void Run()
    {
        var size = Math.Clamp(graph.NodeCount / 128, 1, LargestBatch);
        var batch = new Batch(size);
        for (var round = 0; round < MostRounds; round++)
        {
            var gained = 0.0;
            for (var node = 0; node < graph.NodeCount;)
            {
                node = batch.Fill(isOpen, node, graph);
                if (batch.Count == 0) break;
                meter.Charge(WorkUnit.Nodes, batch.Count);
                meter.Charge(WorkUnit.Edges, batch.Entries);
                lanes.Run(batch.Count, Part, (lane, start, end) => Look(batch, scratch[lane], start, end));
                gained += Move(batch);
                lanes.Run(batch.Count, Part, (_, start, end) => Mark(batch, start, end));
            }

            if (gained < LeastGain) return;
        }
    }

    /// <summary>Finds the best group of each node of a part of the batch, as the groups are now.</summary>
    private void Look(Batch batch, GroupWeights weights, int start, int end)
    {
        for (var at = start; at < end; at++)
        {
            var node = batch.Nodes[at];
            weights.AddTies(graph, node, group);
            var (own, strength) = (group[node], Strengths[node]);
            var (best, most) = (own, weights[own] - (strength * (totals[own] - strength) / Whole));
            foreach (var other in weights.Met)
            {
                if (other == own) continue;
                var worth = weights[other] - (strength * totals[other] / Whole);
                if (worth > most || (worth == most && best != own && other < best)) (best, most) = (other, worth);
            }

            (batch.Best[at], batch.Ties[at]) = (best, weights[best] - weights[own]);
            weights.Clear();
        }
    }

    /// <summary>Moves the nodes of a batch that still gain by it; what modularity gains.</summary>
    private double Move(Batch batch)
    {
        var gained = 0.0;
        for (var at = 0; at < batch.Count; at++)
        {
            var (node, best) = (batch.Nodes[at], batch.Best[at]);
            var (own, strength) = (group[node], Strengths[node]);
            var gain = batch.Ties[at] - (strength * (totals[best] - totals[own] + strength) / Whole);
            if (best == own || gain <= 0)
            {
                batch.Best[at] = -1;
                continue;
            }

            totals[own] -= strength;
            totals[best] += strength;
            group[node] = best;
            gained += 2 * gain / Whole;
        }

        return gained;
    }

    /// <summary>Opens the neighbours of nodes that have moved, but for those in the group they are now in.</summary>
    private void Mark(Batch batch, int start, int end)
    {
        for (var at = start; at < end; at++)
        {
            if (batch.Best[at] is var now && now < 0) continue;
            foreach (var far in graph.Neighbours(batch.Nodes[at]))
                if (isOpen[far] == 0 && group[far] != now) isOpen[far] = 1;
        }
    }

    /// <summary>Nodes that are looked at together.</summary>
    private sealed class Batch(int size)
    {
        public int[] Nodes { get; } = new int[size];

        /// <summary>The best group of each; -1 once it has not moved.</summary>
        public int[] Best { get; } = new int[size];

        /// <summary>Weight of its ties to that group, less those to its own.</summary>
        public double[] Ties { get; } = new double[size];

        public int Count { get; private set; }

        public long Entries { get; private set; }

        /// <summary>Takes open nodes from a node on and closes them; returns where the next batch begins.</summary>
        public int Fill(byte[] isOpen, int from, UndirectedGraph graph)
        {
            (Count, Entries) = (0, 0);
            var node = from;
            for (; node < isOpen.Length && Count < size; node++)
            {
                if (isOpen[node] == 0) continue;
                isOpen[node] = 0;
                Nodes[Count++] = node;
                Entries += graph.Degree(node);
            }

            return node;
        }
    }
}
