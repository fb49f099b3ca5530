namespace GraphRisk.Graph.Algorithms.Contagion;

/// <summary>
/// Which nodes a shock reaches, kept up to date while roots and edges come and go. Each reached node that is no root has
/// a supporter with an edge to it; following supporters leads to a root. Nodes are reached breadth first, so that the trees
/// are flat and a cut leaves little below it.
/// </summary>
internal sealed class SupportForest
{
    private const int Unreached = -1;
    private const int Root = -2;

    private readonly ImpactRows rows;
    private readonly int[] supporter;
    private readonly Queue<int> open = new();

    public SupportForest(ImpactRows rows, bool[] isRoot)
    {
        this.rows = rows;
        supporter = Array.ConvertAll(isRoot, root => root ? Root : Unreached);
        for (var node = 0; node < supporter.Length; node++)
            if (isRoot[node]) open.Enqueue(node);
        Spread();
    }

    public bool IsReached(int node) => supporter[node] != Unreached;

    /// <summary>An edge leads from one node to another.</summary>
    public void Reach(int from, int to)
    {
        if (supporter[to] != Unreached || supporter[from] == Unreached) return;
        supporter[to] = from;
        open.Enqueue(to);
        Spread();
    }

    /// <summary>Makes a node a root or no root; the nodes that are no longer reached.</summary>
    public List<int> SetRoot(int node, bool isRoot)
    {
        var wasRoot = supporter[node] == Root;
        if (wasRoot == isRoot) return [];
        if (!isRoot) return Seek(node);
        var wasReached = IsReached(node);
        supporter[node] = Root;
        if (wasReached) return [];
        open.Enqueue(node);
        Spread();
        return [];
    }

    /// <summary>No edge leads from one node to another any more; the nodes that are no longer reached.</summary>
    public List<int> Cut(int from, int to) => supporter[to] == from ? Seek(to) : [];

    /// <summary>Seeks supporters for a node and all that it supports; those for which there is none.</summary>
    private List<int> Seek(int top)
    {
        var cut = Below(top);
        foreach (var node in cut) supporter[node] = Unreached;
        foreach (var node in cut)
        {
            if (supporter[node] != Unreached) continue;
            foreach (var (source, _) in rows.In(node))
            {
                if (supporter[source] == Unreached) continue;
                supporter[node] = source;
                open.Enqueue(node);
                break;
            }

            Spread();
        }

        cut.RemoveAll(IsReached);
        return cut;
    }

    private List<int> Below(int top)
    {
        List<int> found = [top];
        supporter[top] = Unreached;
        for (var at = 0; at < found.Count; at++)
            foreach (var (target, _) in rows.Out(found[at]))
                if (supporter[target] == found[at])
                {
                    supporter[target] = Unreached;
                    found.Add(target);
                }

        return found;
    }

    private void Spread()
    {
        while (open.TryDequeue(out var node))
            foreach (var (target, _) in rows.Out(node))
                if (supporter[target] == Unreached)
                {
                    supporter[target] = node;
                    open.Enqueue(target);
                }
    }
}
