namespace GraphRisk.Graph.Algorithms.Structure;

/// <summary>Weights of a node's ties by the group they lead to: scratch of one lane, empty again after each node.</summary>
internal sealed class GroupWeights(int groups)
{
    private readonly double[] weights = new double[groups];
    private readonly int[] met = new int[groups];
    private int count;

    /// <summary>Groups that were met, in the order in which they were.</summary>
    public ReadOnlySpan<int> Met => met.AsSpan(0, count);

    /// <summary>Weight of the ties to a group.</summary>
    public double this[int group] => weights[group];

    /// <summary>Adds a tie; its weight is above 0.</summary>
    public void Add(int group, double weight)
    {
        ref var sum = ref weights[group];
        if (sum == 0) met[count++] = group;
        sum += weight;
    }

    /// <summary>Adds all ties of a node.</summary>
    public void AddTies(UndirectedGraph graph, int node, int[] groupOf)
    {
        var neighbours = graph.Neighbours(node);
        var ties = graph.WeightsOf(node);
        if (ties.IsEmpty)
            foreach (var far in neighbours) Add(groupOf[far], 1);
        else
            for (var at = 0; at < neighbours.Length; at++) Add(groupOf[neighbours[at]], ties[at]);
    }

    /// <summary>Forgets all.</summary>
    public void Clear()
    {
        for (var at = 0; at < count; at++) weights[met[at]] = 0;
        count = 0;
    }
}
