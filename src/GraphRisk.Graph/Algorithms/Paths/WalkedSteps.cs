namespace GraphRisk.Graph.Algorithms.Paths;

/// <summary>
/// The steps that leave a node or lead into it, read off the rows one after another. Ends early where the allowance is spent.
/// </summary>
internal ref struct WalkedSteps
{
    private const int EdgesPerCharge = 256;

    private readonly EdgeWalk walk;
    private readonly int node;
    private readonly bool isInto;
    private readonly EdgeAllowance allowance;
    private ReadOnlySpan<int> row;
    private WalkedKind? kind;
    private int part;
    private int first;
    private int place;
    private int paid;
    private bool isOut;

    public WalkedSteps(EdgeWalk walk, int node, bool isInto, EdgeAllowance allowance)
    {
        this.walk = walk;
        this.node = node;
        this.isInto = isInto;
        this.allowance = allowance;
        allowance.TakeNode();
    }

    public PathStep Current { get; private set; }

    public readonly WalkedSteps GetEnumerator() => this;

    public bool MoveNext()
    {
        while (true)
        {
            while (place < row.Length)
            {
                if (place == paid && !Pay()) return false;
                var at = place++;
                if (Step(at)) return true;
            }

            if (!NextRow()) return false;
        }
    }

    private bool Pay()
    {
        paid += allowance.Take(Math.Min(EdgesPerCharge, row.Length - paid));
        return place < paid;
    }

    private bool Step(int at)
    {
        var far = row[at];
        var isForward = isOut != isInto;
        // A loop lies in both rows of its node.
        if (far == node && !isForward && walk.Direction == WalkDirection.Both) return false;
        var edge = isOut ? first + at : kind!.Table.InEdge(first + at);
        if (!kind!.Passes(edge, node, far)) return false;
        Current = isInto
            ? new PathStep(kind.Table.Type.Ordinal, edge, isForward, far, node)
            : new PathStep(kind.Table.Type.Ordinal, edge, isForward, node, far);
        return true;
    }

    /// <summary>Goes on to the next row: of each type the one walked along its relationships, then the one walked against them.</summary>
    private bool NextRow()
    {
        while (part < 2 * walk.Kinds.Length)
        {
            var isForward = part % 2 == 0;
            kind = walk.Kinds[part++ / 2];
            if (walk.Direction == (isForward ? WalkDirection.In : WalkDirection.Out)) continue;
            isOut = isForward != isInto;
            var rows = isOut ? kind.Table.Out : kind.Table.In;
            row = rows.Neighbours(node);
            if (row.IsEmpty) continue;
            (first, place, paid) = (rows.Range(node).Start, 0, 0);
            return true;
        }

        return false;
    }
}
