using GraphRisk.Graph.Algorithms.Structure;

namespace GraphRisk.Graph.Algorithms.Contagion;

/// <summary>How the walk goes.</summary>
/// <param name="Alpha">Probability of going on along an edge, 0 up, below 1; else the walk returns to its seed.</param>
/// <param name="Tolerance">The scores are exact to this, in sum.</param>
public sealed record PageRankParameters(double Alpha, double Tolerance)
{
    /// <summary>0.85, to 1e-13.</summary>
    public static PageRankParameters Default { get; } = new(0.85, 1e-13);
}

/// <summary>Where the walk is found.</summary>
/// <param name="Scores">Probability of each node; they sum to 1.</param>
/// <param name="Rounds">Rounds run.</param>
/// <param name="Attribution">What each neighbour brings: with the returns to the seeds, the terms of a score.</param>
public sealed record PageRankAnswer(double[] Scores, int Rounds, LossAttribution Attribution);

/// <summary>
/// Personalised PageRank (Haveliwala 2002; Jeh and Widom 2003): where a walk that returns to its seeds is found. Near
/// the seeds, and along many ways, the score is high: a measure of who is close to whom.
/// <para>
/// Power iteration of p = (1 - α) s + α (P'p + mass of nodes without an exit, returned to the seeds). A round shrinks
/// the distance to the answer by α, so it is at most α / (1 - α) times the last change, in sum; the iteration ends when
/// that is within tolerance, or after the ln(tolerance) / ln(α) rounds that suffice whatever the graph. Each node pulls
/// from its incoming edges what their sources have over all their weight, which is divided once a round; nothing is
/// written out of order. State: three vectors. A round costs O(nodes + edges).
/// </para>
/// </summary>
public static class PersonalisedPageRank
{
    private const int NodesPerCharge = 512;

    /// <summary>Scores of all nodes.</summary>
    /// <param name="graph">The graph; an edge is taken in proportion to its weight.</param>
    /// <param name="seeds">Nodes the walk starts from and returns to, each alike, repeated ones as often; at least one.</param>
    /// <param name="parameters">How the walk goes.</param>
    /// <param name="meter">Pays for it.</param>
    public static PageRankAnswer Find(WeightedGraph graph, IReadOnlyCollection<int> seeds, PageRankParameters parameters, WorkMeter? meter = null)
    {
        if (seeds.Count == 0) throw new ArgumentException("There is no seed.", nameof(seeds));
        var walk = new Walk(graph, seeds, parameters.Alpha, meter ?? WorkMeter.Unlimited);
        var rounds = 0;
        for (var error = 1.0; error > parameters.Tolerance; rounds++)
            error = Math.Min(Math.Pow(parameters.Alpha, rounds + 1), walk.Round() * parameters.Alpha / (1 - parameters.Alpha));
        return new PageRankAnswer(walk.Scores, rounds, walk.Attribution());
    }

    private sealed class Walk
    {
        private readonly WeightedGraph graph;
        private readonly (int Node, double Part, double Before)[] seeds;
        private readonly double alpha;
        private readonly WorkMeter meter;
        private readonly double[] perWeight;
        private readonly double[] leaving;

        public Walk(WeightedGraph graph, IReadOnlyCollection<int> seeds, double alpha, WorkMeter meter)
        {
            this.graph = graph;
            this.seeds = [.. seeds.GroupBy(seed => seed).Select(same => (same.Key, (double)same.Count() / seeds.Count, 0.0))];
            this.alpha = alpha;
            this.meter = meter;
            Scores = new double[graph.NodeCount];
            foreach (var seed in this.seeds) Scores[seed.Node] = seed.Part;
            perWeight = new double[graph.NodeCount];
            leaving = new double[graph.NodeCount];
            for (var node = 0; node < perWeight.Length; node++)
            {
                var whole = 0.0;
                foreach (var weight in graph.OutWeightsOf(node)) whole += weight;
                perWeight[node] = whole == 0 ? 0 : alpha / whole;
            }
        }

        public double[] Scores { get; }

        /// <summary>Goes one step everywhere; by how much the scores changed, in sum.</summary>
        public double Round()
        {
            var returned = Leave();
            var sources = graph.In.Targets;
            var starts = graph.In.Offsets;
            var weights = graph.InWeights;
            double[] scores = Scores, leave = leaving;
            var change = 0.0;
            for (var i = 0; i < seeds.Length; i++) seeds[i].Before = scores[seeds[i].Node];
            for (var node = 0; node < scores.Length; node++)
            {
                if (node % NodesPerCharge == 0) meter.Charge(WorkUnit.Edges, EdgesOfNext(starts, node));
                var sum = 0.0;
                for (var edge = starts[node]; edge < starts[node + 1]; edge++) sum += weights[edge] * leave[sources[edge]];
                change += Math.Abs(sum - scores[node]);
                scores[node] = sum;
            }

            foreach (var (node, part, before) in seeds)
            {
                change -= Math.Abs(scores[node] - before);
                scores[node] += part * returned;
                change += Math.Abs(scores[node] - before);
            }

            return change;
        }

        public LossAttribution Attribution()
        {
            Leave();
            return new LossAttribution(graph, leaving);
        }

        /// <summary>What leaves each node for one unit of weight; what returns to the seeds instead.</summary>
        private double Leave()
        {
            var returned = 1 - alpha;
            for (var node = 0; node < leaving.Length; node++)
            {
                leaving[node] = Scores[node] * perWeight[node];
                if (perWeight[node] == 0) returned += alpha * Scores[node];
            }

            return returned;
        }

        private static int EdgesOfNext(ReadOnlySpan<int> starts, int node) =>
            NodesPerCharge + starts[Math.Min(starts.Length - 1, node + NodesPerCharge)] - starts[node];
    }
}
