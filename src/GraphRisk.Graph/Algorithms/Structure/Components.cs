namespace GraphRisk.Graph.Algorithms.Structure;

/// <summary>A partition of the nodes into numbered components. Immutable and thread-safe.</summary>
public sealed class Components
{
    private readonly int[] componentOf;
    private readonly int[] starts;
    private readonly int[] members;

    /// <param name="componentOf">Component of each node, from 0; not changed afterwards.</param>
    /// <param name="count">Number of components.</param>
    public Components(int[] componentOf, int count)
    {
        this.componentOf = componentOf;
        Count = count;
        starts = new int[count + 1];
        foreach (var component in componentOf) starts[component + 1]++;
        for (var component = 0; component < count; component++) starts[component + 1] += starts[component];
        members = new int[componentOf.Length];
        var next = starts.AsSpan(0, count).ToArray();
        for (var node = 0; node < componentOf.Length; node++) members[next[componentOf[node]]++] = node;
    }

    /// <summary>Number of components.</summary>
    public int Count { get; }

    /// <summary>Component of a node.</summary>
    public int Of(int node) => componentOf[node];

    /// <summary>Nodes of a component, ascending.</summary>
    public ReadOnlySpan<int> Members(int component) => members.AsSpan(starts[component]..starts[component + 1]);

    /// <summary>Number of nodes of a component.</summary>
    public int SizeOf(int component) => starts[component + 1] - starts[component];
}
