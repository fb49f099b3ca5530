using GraphRisk.Graph.Snapshots;

namespace GraphRisk.Graph.Algorithms.Structure;

/// <summary>Makes groups the nodes of a smaller graph: weights between two groups are added up, those within one become its weight to itself.</summary>
internal static class Coarsening
{
    private const int Part = 1024;

    /// <summary>The graph of groups.</summary>
    /// <param name="graph">The graph of nodes.</param>
    /// <param name="group">Group of each node, from 0.</param>
    /// <param name="count">Number of groups.</param>
    /// <param name="lanes">Processors.</param>
    /// <param name="meter">Pays for it.</param>
    public static UndirectedGraph Of(UndirectedGraph graph, int[] group, int count, Lanes lanes, WorkMeter meter)
    {
        meter.Charge(WorkUnit.Nodes, graph.NodeCount);
        meter.Charge(WorkUnit.Edges, graph.EntryCount);
        var members = new Components(group, count);
        var (loops, parts) = (new double[count], new Rows[(count + Part - 1) / Part]);
        var scratch = Enumerable.Range(0, lanes.Count).Select(_ => new GroupWeights(count)).ToArray();
        lanes.Run(count, Part, (lane, start, end) => parts[start / Part] = RowsOf(graph, group, members, scratch[lane], loops, start, end));
        var offsets = new int[count + 1];
        for (var at = 0; at < count; at++) offsets[at + 1] = offsets[at] + parts[at / Part].Degrees[at % Part];
        var (targets, weights) = (new int[offsets[count]], new double[offsets[count]]);
        lanes.Run(count, Part, (_, start, _) =>
        {
            parts[start / Part].Targets.ToArray().CopyTo(targets, offsets[start]);
            parts[start / Part].Weights.ToArray().CopyTo(weights, offsets[start]);
        });
        return new UndirectedGraph(offsets, targets, weights, loops);
    }

    private static Rows RowsOf(UndirectedGraph graph, int[] group, Components members, GroupWeights weights, double[] loops, int start, int end)
    {
        var rows = new Rows(new int[end - start], new Gathered<int>(), new Gathered<double>());
        for (var own = start; own < end; own++)
        {
            foreach (var node in members.Members(own))
            {
                loops[own] += graph.LoopOf(node);
                weights.AddTies(graph, node, group);
            }

            foreach (var other in weights.Met)
            {
                // A tie within the group stands in the rows of both its ends.
                if (other == own)
                {
                    loops[own] += weights[other] / 2;
                    continue;
                }

                rows.Degrees[own - start]++;
                rows.Targets.Add(other);
                rows.Weights.Add(weights[other]);
            }

            weights.Clear();
        }

        return rows;
    }

    private sealed record Rows(int[] Degrees, Gathered<int> Targets, Gathered<double> Weights);
}
