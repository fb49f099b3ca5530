namespace GraphRisk.Matching.Clustering;

/// <summary>
/// Union-find with halving of paths; the root of a set is its least member, so the outcome does not depend on the order of
/// unions (Tarjan 1975). Practically constant time for each call. Not safe for concurrent writes.
/// </summary>
public sealed class DisjointSets
{
    private readonly int[] parents;

    /// <param name="count">Elements, each a set of its own at first.</param>
    public DisjointSets(int count)
    {
        parents = new int[count];
        for (var i = 0; i < count; i++) parents[i] = i;
    }

    /// <summary>Least member of the set of an element.</summary>
    public int Find(int element)
    {
        while (parents[element] != element) element = parents[element] = parents[parents[element]];
        return element;
    }

    /// <summary>Joins two sets.</summary>
    public void Join(int left, int right)
    {
        (left, right) = (Find(left), Find(right));
        if (left < right) parents[right] = left;
        else parents[left] = right;
    }
}
