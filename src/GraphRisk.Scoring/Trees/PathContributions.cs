namespace GraphRisk.Scoring.Trees;

/// <summary>
/// TreeSHAP, path-dependent (Lundberg, Erion, Lee 2018, algorithm 2), of one tree for one set of decisions: bit k says that the
/// row goes left at node k. What the row's values are does not matter beyond that. The answer is not the sum for each feature
/// but its terms, one for every leaf that has the feature above it, in the order in which LightGBM adds them, so that adding
/// them up gives LightGBM's own bits. That order begins at every node with the branch the row takes.
/// <para>
/// State: the path of distinct features above a node, each with the part of the training rows that takes the branch (zero), whether the
/// row takes it (one), and the weight of all subsets of one size. Each depth has a stretch of its own in one array.
/// Cost: O(leaves x depth^2). Not thread-safe; one for each tree that is being laid out.
/// </para>
/// </summary>
internal sealed class PathContributions
{
    private readonly DecisionTree tree;
    private readonly Action<int, double> take;
    private readonly Element[] path;
    private int decisions;

    /// <param name="tree">The tree.</param>
    /// <param name="take">Hears of a feature and one of its terms.</param>
    public PathContributions(DecisionTree tree, Action<int, double> take)
    {
        (this.tree, this.take) = (tree, take);
        var longest = tree.Features.Length + 2;
        path = new Element[longest * (longest + 1) / 2];
    }

    private record struct Element(int Feature, double Zero, double One, double Weight);

    /// <summary>Tells all terms under the decisions.</summary>
    public void Tell(int decisions)
    {
        this.decisions = decisions;
        Walk(0, 0, 0, 1, 1, -1);
    }

    private void Walk(int node, int parent, int depth, double zero, double one, int feature)
    {
        var start = parent + depth;
        path.AsSpan(parent, depth).CopyTo(path.AsSpan(start));
        var here = path.AsSpan(start);
        Extend(here, depth, zero, one, feature);
        if (node < 0)
        {
            for (var i = 1; i <= depth; i++)
                take(here[i].Feature, WeightWithout(here, depth, i) * (here[i].One - here[i].Zero) * tree.LeafValues[~node]);
            return;
        }

        var asked = tree.Features[node];
        var goesLeft = (decisions >> node & 1) == 1;
        var (hot, cold) = goesLeft ? (tree.Left[node], tree.Right[node]) : (tree.Right[node], tree.Left[node]);
        var rows = tree.RowsOf(node);
        var (hotPart, coldPart) = (tree.RowsOf(hot) / rows, tree.RowsOf(cold) / rows);
        var (zeroBefore, oneBefore) = (1.0, 1.0);
        for (var i = 0; i <= depth; i++)
        {
            if (here[i].Feature != asked) continue;
            (zeroBefore, oneBefore) = (here[i].Zero, here[i].One);
            Unwind(here, depth--, i);
            break;
        }

        Walk(hot, start, depth + 1, hotPart * zeroBefore, oneBefore, asked);
        Walk(cold, start, depth + 1, coldPart * zeroBefore, 0, asked);
    }

    private static void Extend(Span<Element> path, int depth, double zero, double one, int feature)
    {
        path[depth] = new Element(feature, zero, one, depth == 0 ? 1 : 0);
        for (var i = depth - 1; i >= 0; i--)
        {
            path[i + 1].Weight += one * path[i].Weight * (i + 1) / (depth + 1);
            path[i].Weight = zero * path[i].Weight * (depth - i) / (depth + 1);
        }
    }

    /// <summary>Takes a feature out of the path again.</summary>
    private static void Unwind(Span<Element> path, int depth, int index)
    {
        var (one, zero, next) = (path[index].One, path[index].Zero, path[depth].Weight);
        for (var i = depth - 1; i >= 0; i--)
        {
            if (one != 0)
            {
                var before = path[i].Weight;
                path[i].Weight = next * (depth + 1) / ((i + 1) * one);
                next = before - path[i].Weight * zero * (depth - i) / (depth + 1);
            }
            else
            {
                path[i].Weight = path[i].Weight * (depth + 1) / (zero * (depth - i));
            }
        }

        for (var i = index; i < depth; i++) path[i] = path[i + 1] with { Weight = path[i].Weight };
    }

    /// <summary>The weight of the path without a feature.</summary>
    private static double WeightWithout(ReadOnlySpan<Element> path, int depth, int index)
    {
        var (one, zero, next, total) = (path[index].One, path[index].Zero, path[depth].Weight, 0.0);
        for (var i = depth - 1; i >= 0; i--)
        {
            if (one != 0)
            {
                var part = next * (depth + 1) / ((i + 1) * one);
                total += part;
                next = path[i].Weight - part * zero * ((depth - i) / (double)(depth + 1));
            }
            else
            {
                total += path[i].Weight / zero / ((depth - i) / (double)(depth + 1));
            }
        }

        return total;
    }
}
