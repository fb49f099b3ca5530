namespace GraphRisk.Server.Guard;

/// <summary>
/// How many comparisons validation makes to decide that overlapping fields can be merged.
///
/// The rule OverlappingFieldsCanBeMerged compares every two fields with the same response path, and every two
/// fragments spread into the same set, so n copies of one field cost n(n-1)/2. This walk counts those pairs: it
/// writes the fragments out, gives each response path a number the first time it is met, and adds to the total
/// how often the path was met before. Inline fragments count as if they all applied together, which can only
/// overstate.
///
/// It requires that <see cref="FragmentCosts"/> found no cycle and that fields and spreads after expansion are
/// within their limits: its time and memory are proportional to those, and it stops once over the limit.
/// </summary>
internal sealed class MergePairs
{
    private readonly QueryShape shape;
    private readonly int[] fragments;
    private readonly long limit;
    private readonly Dictionary<(int Parent, int Name), int> paths = [];
    private readonly List<(int Fields, int Spreads)> met = [];
    private long pairs;

    private MergePairs(QueryShape shape, long limit)
    {
        this.shape = shape;
        this.limit = limit;
        fragments = shape.FragmentsByName();
    }

    /// <summary>Whether the units that nothing spreads, taken together, need more than <paramref name="limit"/> pairs.</summary>
    public static bool Exceed(long limit, QueryShape shape, ReadOnlySpan<bool> isRoot)
    {
        var walk = new MergePairs(shape, limit);
        for (var unit = 0; unit < isRoot.Length; unit++)
        {
            if (isRoot[unit]) walk.Count(unit);
        }
        return walk.pairs > limit;
    }

    private void Count(int root)
    {
        var steps = shape.Steps;
        var units = shape.Units;
        var parents = new Stack<int>();
        var returns = new Stack<(int At, int End)>();
        var path = NewPath();
        var (at, end) = (units[root].First, units[root].End);
        while (pairs <= limit)
        {
            if (at == end)
            {
                if (!returns.TryPop(out var caller)) return;
                (at, end) = caller;
                continue;
            }
            var step = steps[at++];
            switch (step.Kind)
            {
                case StepKind.Leaf:
                    MeetField(path, step.Name);
                    break;
                case StepKind.Open:
                    parents.Push(path);
                    path = MeetField(path, step.Name);
                    break;
                case StepKind.OpenInline:
                    parents.Push(path);
                    break;
                case StepKind.Close:
                    path = parents.Pop();
                    break;
                case StepKind.Spread:
                    MeetSpread(path);
                    if (fragments[step.Name] < 0) break;
                    returns.Push((at, end));
                    var fragment = units[fragments[step.Name]];
                    (at, end) = (fragment.First, fragment.End);
                    break;
            }
        }
    }

    private int MeetField(int parent, int name)
    {
        if (!paths.TryGetValue((parent, name), out var path)) paths[(parent, name)] = path = NewPath();
        pairs += met[path].Fields;
        met[path] = met[path] with { Fields = met[path].Fields + 1 };
        return path;
    }

    private void MeetSpread(int path)
    {
        pairs += met[path].Spreads;
        met[path] = met[path] with { Spreads = met[path].Spreads + 1 };
    }

    private int NewPath()
    {
        met.Add((0, 0));
        return met.Count - 1;
    }
}
