using GraphRisk.Graph.Algorithms.Contagion;
using GraphRisk.Graph.Algorithms.Structure;

namespace GraphRisk.Benchmarks.Contagion;

/// <summary>
/// Contagion on a large network beside plain loops over the same arrays in the same run: linear DebtRank beside rounds of
/// matrix times vector over all edges, personalised PageRank beside a power iteration, and one changed edge. Processor
/// time is given, everything running on one thread; a small network is run first, so that all code is compiled.
/// </summary>
public static class ContagionLoad
{
    private const double Tolerance = 1e-12;

    /// <summary>Prints the figures.</summary>
    /// <param name="nodes">Number of nodes.</param>
    /// <param name="edges">Number of edges.</param>
    public static void Run(int nodes, int edges)
    {
        Measure(20_000, 200_000, _ => { });
        Measure(nodes, edges, Console.WriteLine);
    }

    private static void Measure(int nodes, int edges, Action<string> write)
    {
        foreach (var (name, radius, isHeavyTailed, shocked) in new[]
        {
            ("losses shrink by a fifth a round, one in 100 shocked", 0.8, false, nodes / 100),
            ("losses shrink by half a round, one in 100 shocked", 0.5, false, nodes / 100),
            ("losses grow, one in 1,000 shocked", 1.3, false, nodes / 1000),
            ("heavy-tailed, one in 100 shocked", 0.8, true, nodes / 100),
        })
        {
            var graph = Draw(nodes, edges, radius, isHeavyTailed);
            CompareDebtRank(graph, name, shocked, write);
            if (radius == 0.8) ComparePageRank(graph, write);
        }

        ChangeEdges(nodes / 10, edges / 10, write);
    }

    private static WeightedGraph Draw(int nodes, int edges, double radius, bool isHeavyTailed)
    {
        var random = new Random(1);
        int Node() => isHeavyTailed ? (int)(nodes * Math.Pow(random.NextDouble(), 3)) : random.Next(nodes);
        var (from, to, weights, whole) = (new int[edges], new int[edges], new double[edges], new double[nodes]);
        for (var edge = 0; edge < edges; edge++)
        {
            (from[edge], to[edge], weights[edge]) = (Node(), Node(), random.NextDouble());
            whole[to[edge]] += weights[edge];
        }

        // A node's incoming impacts add up to about the radius, as claims over equity do.
        for (var edge = 0; edge < edges; edge++) weights[edge] *= radius * (isHeavyTailed ? 1 / whole[to[edge]] : 2.0 * nodes / edges);
        return WeightedGraph.Build(nodes, from, to, weights);
    }

    private static void CompareDebtRank(WeightedGraph graph, string name, int shocked, Action<string> write)
    {
        var random = new Random(2);
        var shock = new double[graph.NodeCount];
        for (var i = 0; i < shocked; i++) shock[random.Next(shock.Length)] = 0.1 + (0.9 * random.NextDouble());
        var (plain, plainTime) = Timed(() => PlainRounds(graph, shock));
        var (found, time) = Timed(() => DebtRank.Find(graph, shock, new DebtRankParameters(DebtRankRule.Linear, Tolerance)));
        var difference = plain.Losses.Zip(found.Losses, (one, other) => Math.Abs(one - other)).Max();
        write($"DebtRank, {graph.NodeCount:N0} nodes, {graph.Out.EdgeCount:N0} edges, {name}: matrix loop {plainTime.TotalSeconds:F2} s in {plain.Rounds} rounds, "
            + $"DebtRank {time.TotalSeconds:F2} s in {found.Rounds}, {plainTime / time:F1} times as fast; mean loss {found.Losses.Average():G3}, largest difference {difference:G2}");
    }

    /// <summary>Rounds as a matrix-vector product over all edges until nothing grows by more than the tolerance.</summary>
    private static (double[] Losses, int Rounds) PlainRounds(WeightedGraph graph, double[] shock)
    {
        var starts = graph.In.Offsets;
        var sources = graph.In.Targets;
        var weights = graph.InWeights;
        var (losses, more, next) = ((double[])shock.Clone(), (double[])shock.Clone(), new double[shock.Length]);
        for (var round = 1; ; round++)
        {
            var largest = 0.0;
            for (var node = 0; node < losses.Length; node++)
            {
                var sum = 0.0;
                for (var edge = starts[node]; edge < starts[node + 1]; edge++) sum += weights[edge] * more[sources[edge]];
                var loss = Math.Min(1, losses[node] + sum);
                next[node] = loss - losses[node];
                losses[node] = loss;
                largest = Math.Max(largest, next[node]);
            }

            (more, next) = (next, more);
            if (largest <= Tolerance) return (losses, round);
        }
    }

    private static void ComparePageRank(WeightedGraph graph, Action<string> write)
    {
        var (plain, plainTime) = Timed(() => PlainPower(graph, 0.85));
        var (found, time) = Timed(() => PersonalisedPageRank.Find(graph, [0], new PageRankParameters(0.85, Tolerance)));
        var difference = plain.Scores.Zip(found.Scores, (one, other) => Math.Abs(one - other)).Max();
        write($"Personalised PageRank on it: power iteration {plainTime.TotalSeconds:F2} s in {plain.Rounds} rounds, here {time.TotalSeconds:F2} s in {found.Rounds}, "
            + $"{time / plainTime:F2} of it; largest difference {difference:G2}");
    }

    /// <summary>Power iteration, the edges' probabilities made once, to the same last change in sum.</summary>
    private static (double[] Scores, int Rounds) PlainPower(WeightedGraph graph, double alpha)
    {
        var starts = graph.In.Offsets;
        var sources = graph.In.Targets;
        var count = graph.NodeCount;
        var whole = new double[count];
        for (var node = 0; node < count; node++)
            foreach (var weight in graph.OutWeightsOf(node)) whole[node] += weight;
        var chances = graph.InWeights.ToArray();
        for (var edge = 0; edge < chances.Length; edge++) chances[edge] *= alpha / whole[sources[edge]];
        var (scores, next) = (new double[count], new double[count]);
        scores[0] = 1;
        for (var round = 1; ; round++)
        {
            var (returned, change) = (1 - alpha, 0.0);
            for (var node = 0; node < count; node++)
                if (whole[node] == 0) returned += alpha * scores[node];
            for (var node = 0; node < count; node++)
            {
                var sum = node == 0 ? returned : 0;
                for (var edge = starts[node]; edge < starts[node + 1]; edge++) sum += chances[edge] * scores[sources[edge]];
                change += Math.Abs(sum - scores[node]);
                next[node] = sum;
            }

            (scores, next) = (next, scores);
            if (change * alpha / (1 - alpha) <= Tolerance) return (scores, round);
        }
    }

    private static void ChangeEdges(int nodes, int edges, Action<string> write)
    {
        foreach (var (radius, shocked) in new[] { (0.5, nodes / 100), (0.8, nodes / 100), (1.3, nodes / 1000) })
        {
            var graph = Draw(nodes, edges, radius, isHeavyTailed: false);
            var random = new Random(3);
            var shock = new double[nodes];
            for (var i = 0; i < shocked; i++) shock[random.Next(nodes)] = random.NextDouble();
            var held = new IncrementalDebtRank(graph, shock, Tolerance);
            var times = new List<double>();
            for (var change = 0; change < 300; change++)
            {
                var edge = random.Next(graph.Out.EdgeCount);
                var (from, to) = (graph.Out.Source(edge), change % 3 == 0 ? random.Next(nodes) : graph.Out.Target(edge));
                var impact = change % 3 == 1 ? 0 : 2 * random.NextDouble() * radius * nodes / edges;
                times.Add(Timed(() =>
                {
                    held.SetImpact(from, to, impact);
                    held.Settle();
                    return 0;
                }).Time.TotalMilliseconds);
            }

            times.Sort();
            write($"One edge of {edges:N0} among {nodes:N0} added, removed or changed, radius {radius}: median {times[times.Count / 2]:F1} ms, p95 {times[times.Count * 95 / 100]:F1} ms, most {times[^1]:F1} ms");
        }
    }

    private static (T Value, TimeSpan Time) Timed<T>(Func<T> work)
    {
        var begun = Environment.CpuUsage.TotalTime;
        var value = work();
        return (value, Environment.CpuUsage.TotalTime - begun);
    }
}
