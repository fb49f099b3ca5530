namespace GraphRisk.Graph.Algorithms.Structure;

/// <summary>Communities of a graph.</summary>
/// <param name="Communities">The partition, numbered in the order of its smallest nodes.</param>
/// <param name="Modularity">Its modularity, -1/2 to 1.</param>
/// <param name="Levels">How often the graph was made smaller.</param>
public sealed record LeidenAnswer(Components Communities, double Modularity, int Levels);

/// <summary>
/// Communities by the Leiden algorithm (Traag, Waltman and van Eck 2019): groups with more ties inside than chance would put there, each
/// connected in itself, which Louvain's are not always.
/// <para>
/// Modularity of a partition is the sum over its groups of inside/2m - (strength/2m)², with m the weight of all edges. Three steps are repeated.
/// Nodes move to the neighbouring group that raises modularity most, until none does (<see cref="LocalMoving"/>). Each group is then taken apart and put together
/// again from single nodes, joining only what is well connected inside the group (<see cref="Refinement"/>). The refined groups
/// become the nodes of a smaller graph (<see cref="Coarsening"/>), on which the groups found before go on moving. It ends when a level merges nothing.
/// </para>
/// <para>
/// Where the paper draws lots, this takes the best, the smaller number of equals; so the same graph gives the same groups, on any number
/// of processors. Time: some ten passes over the edges for the first level, less for each further one. Memory: the graph once more and about forty bytes a node.
/// </para>
/// </summary>
public static class Leiden
{
    private const int MostLevels = 32;

    /// <summary>The communities.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="meter">Pays for it.</param>
    public static LeidenAnswer Find(UndirectedGraph graph, WorkMeter? meter = null)
    {
        meter ??= WorkMeter.Unlimited;
        var lanes = Lanes.OfMachine();
        var (level, levels) = (graph, 0);
        var placeOf = Numbers(graph.NodeCount);
        var group = Numbers(graph.NodeCount);
        while (true)
        {
            var moving = new LocalMoving(level, group, lanes, meter);
            moving.Run();
            var refined = Refinement.Of(level, group, moving.Strengths, moving.Whole, meter);
            var count = Renumber(refined);
            if (count == level.NodeCount || levels == MostLevels) break;
            var above = new int[count];
            for (var node = 0; node < group.Length; node++) above[refined[node]] = group[node];
            level = Coarsening.Of(level, refined, count, lanes, meter);
            for (var node = 0; node < placeOf.Length; node++) placeOf[node] = refined[placeOf[node]];
            Renumber(above);
            group = above;
            levels++;
        }

        var found = new int[graph.NodeCount];
        for (var node = 0; node < found.Length; node++) found[node] = group[placeOf[node]];
        var communities = new Components(found, Renumber(found));
        return new LeidenAnswer(communities, ModularityOf(graph, communities), levels);
    }

    /// <summary>Modularity of a partition; 0 of a graph without edges.</summary>
    public static double ModularityOf(UndirectedGraph graph, Components communities)
    {
        var (inside, strength, whole) = (0.0, new double[communities.Count], 0.0);
        for (var node = 0; node < graph.NodeCount; node++)
        {
            var (own, all) = (communities.Of(node), graph.StrengthOf(node));
            strength[own] += all;
            whole += all;
            inside += 2 * graph.LoopOf(node);
            var neighbours = graph.Neighbours(node);
            var weights = graph.WeightsOf(node);
            for (var at = 0; at < neighbours.Length; at++)
                if (communities.Of(neighbours[at]) == own) inside += weights.IsEmpty ? 1 : weights[at];
        }

        return whole == 0 ? 0 : (inside / whole) - strength.Sum(part => part / whole * (part / whole));
    }

    private static int[] Numbers(int count)
    {
        var numbers = new int[count];
        for (var i = 0; i < count; i++) numbers[i] = i;
        return numbers;
    }

    /// <summary>Numbers groups from 0 in the order of their first nodes; returns how many there are. A group's number is below the number of nodes.</summary>
    private static int Renumber(int[] groups)
    {
        var (numbers, count) = (new int[groups.Length == 0 ? 0 : groups.Max() + 1], 0);
        for (var node = 0; node < groups.Length; node++)
        {
            ref var number = ref numbers[groups[node]];
            if (number == 0) number = ++count;
            groups[node] = number - 1;
        }

        return count;
    }
}
