namespace GraphRisk.Graph.Algorithms.Structure;

/// <summary>
/// Takes groups apart into single nodes and joins those again that belong together within their group. A node that is well connected to the rest
/// of its group and still alone joins the part of the group with which modularity rises most, if that part is itself well connected; so
/// every part is connected, and a group that hung together by nodes that have left falls apart. Well connected is what has at least as
/// much weight towards the rest of the group as chance would give it. One pass over the edges, in the order of the nodes.
/// </summary>
internal static class Refinement
{
    /// <summary>The part of each node, named by one of its nodes.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="group">Group of each node.</param>
    /// <param name="strengths">Weight of each node's edges.</param>
    /// <param name="whole">Twice the weight of all edges.</param>
    /// <param name="meter">Pays for it.</param>
    public static int[] Of(UndirectedGraph graph, int[] group, double[] strengths, double whole, WorkMeter meter)
    {
        var count = graph.NodeCount;
        var (part, isAlone, totals, groups) = (new int[count], new bool[count], (double[])strengths.Clone(), new double[count]);
        // Weight from each part to the rest of its group; known once a node of it has been looked at.
        var outward = new double[count];
        var weights = new GroupWeights(count);
        for (var node = 0; node < count; node++)
        {
            (part[node], isAlone[node]) = (node, true);
            groups[group[node]] += strengths[node];
            outward[node] = Inward(graph, group, node);
        }

        for (var node = 0; node < count; node++)
        {
            meter.ChargeNode(graph.Degree(node));
            var (strength, all) = (strengths[node], groups[group[node]]);
            if (!isAlone[node] || outward[node] == 0 || outward[node] < strength * (all - strength) / whole) continue;
            AddInside(graph, group, part, node, weights);
            var (best, most) = (node, 0.0);
            foreach (var other in weights.Met)
            {
                if (other == node || outward[other] < totals[other] * (all - totals[other]) / whole) continue;
                var worth = weights[other] - (strength * totals[other] / whole);
                if (worth > most || (worth == most && best != node && other < best)) (best, most) = (other, worth);
            }

            if (best != node)
            {
                part[node] = best;
                (isAlone[node], isAlone[best]) = (false, false);
                totals[best] += strength;
                outward[best] += outward[node] - (2 * weights[best]);
            }

            weights.Clear();
        }

        return part;
    }

    /// <summary>Weight from a node to the others of its group.</summary>
    private static double Inward(UndirectedGraph graph, int[] group, int node)
    {
        var neighbours = graph.Neighbours(node);
        var ties = graph.WeightsOf(node);
        var sum = 0.0;
        for (var at = 0; at < neighbours.Length; at++)
            if (group[neighbours[at]] == group[node]) sum += ties.IsEmpty ? 1 : ties[at];
        return sum;
    }

    private static void AddInside(UndirectedGraph graph, int[] group, int[] part, int node, GroupWeights weights)
    {
        var neighbours = graph.Neighbours(node);
        var ties = graph.WeightsOf(node);
        for (var at = 0; at < neighbours.Length; at++)
            if (group[neighbours[at]] == group[node]) weights.Add(part[neighbours[at]], ties.IsEmpty ? 1 : ties[at]);
    }
}
