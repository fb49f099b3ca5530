namespace GraphRisk.Graph.Algorithms.Structure;

/// <summary>A partition of the nodes into numbered components. Immutable and thread-safe.</summary>
public sealed class Components
{
    private readonly int[] componentOf;
    private readonly int[] starts;
    private readonly int[] members;
    private readonly int[][] made = [];
    private readonly Dictionary<int, int> moved = [];

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

    private Components(Components known, int[][] made)
    {
        (componentOf, starts, members, this.made, Count, AreOrdered) = (known.componentOf, known.starts, known.members, made, known.Count + made.Length, false);
        foreach (var (at, nodes) in made.Index())
            foreach (var node in nodes) moved[node] = known.Count + at;
    }

    /// <summary>Number of components; of those that others were made of in their place nobody is a member any more.</summary>
    public int Count { get; }

    /// <summary>Whether components are numbered as whoever found them says; not of a graph that was changed since.</summary>
    public bool AreOrdered { get; } = true;

    /// <summary>Component of a node.</summary>
    public int Of(int node) => moved.Count > 0 && moved.TryGetValue(node, out var component) ? component : componentOf[node];

    /// <summary>Nodes of a component, ascending.</summary>
    public ReadOnlySpan<int> Members(int component) =>
        component >= starts.Length - 1 ? made[component - starts.Length + 1] : members.AsSpan(starts[component]..starts[component + 1]);

    /// <summary>Number of nodes of a component.</summary>
    public int SizeOf(int component) => Members(component).Length;

    /// <summary>The components of the graph once it is changed: some made of nodes in place of those they were in, whole ones, and numbered after all others.</summary>
    /// <param name="others">Nodes of each, ascending.</param>
    internal Components With(int[][] others) => new(this, others);
}
