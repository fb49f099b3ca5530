namespace GraphRisk.Graph.Algorithms.Paths;

/// <summary>
/// The best value of nodes by the number of steps that may be taken to the end, which only becomes better with more of them. Filled one
/// number after another.
/// </summary>
internal sealed class ByHops<T>
    where T : struct, IComparable<T>
{
    private readonly Dictionary<int, List<(int Hops, T Best)>> values = [];

    /// <summary>The largest number of steps for which all is known.</summary>
    public int Known { get; set; }

    /// <summary>The best value of a node within some steps; null where there is none.</summary>
    public T? Within(int node, int hops)
    {
        if (!values.TryGetValue(node, out var known)) return null;
        for (var at = known.Count - 1; at >= 0; at--)
            if (known[at].Hops <= hops) return known[at].Best;
        return null;
    }

    /// <summary>Notes a value; whether it is better than what is known, and whether it is the first such at this number of steps.</summary>
    public (bool IsBetter, bool IsFirst) Offer(int node, int hops, T value)
    {
        if (!values.TryGetValue(node, out var known)) values.Add(node, known = []);
        if (known.Count > 0 && known[^1].Best.CompareTo(value) >= 0) return (false, false);
        var isFirst = known.Count == 0 || known[^1].Hops < hops;
        if (isFirst) known.Add((hops, value));
        else known[^1] = (hops, value);
        return (true, isFirst);
    }
}
