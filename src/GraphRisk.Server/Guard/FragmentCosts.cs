namespace GraphRisk.Server.Guard;

/// <summary>What a unit costs with every fragment it spreads written out in its place.</summary>
/// <param name="Depth">Fields on the longest path; an inline fragment adds none.</param>
internal readonly record struct UnitCost(long Fields, long Aliases, long Spreads, int Depth)
{
    // Above any limit and far from overflow, however often it is doubled.
    private const long Ceiling = 1L << 40;

    public UnitCost Plus(UnitCost inner, int depthHere) => new(
        Math.Min(Fields + inner.Fields, Ceiling),
        Math.Min(Aliases + inner.Aliases, Ceiling),
        Math.Min(Spreads + inner.Spreads, Ceiling),
        Math.Max(Depth, Math.Min(depthHere + inner.Depth, int.MaxValue / 2)));
}

/// <summary>
/// The size of a query after fragment expansion, without expanding it.
///
/// Units (operations and fragments) and their spreads form a directed graph. A query that is valid has no cycle
/// in it, so the cost of a unit is its own fields plus the costs of the fragments it spreads, each computed once
/// and looked up afterwards: n fragments, each spread twice by its predecessor, cost 2^n fields and n steps here.
/// The depth-first search keeps its own stack; a spread that meets a unit still on that stack closes a cycle.
/// A spread of an unknown fragment costs itself; validation names it.
///
/// Time and memory: O(steps). Counts saturate instead of overflowing.
/// </summary>
internal static class FragmentCosts
{
    /// <summary>
    /// The costs per unit and the units that no other unit spreads (the operations and the unused fragments),
    /// or the refusal of a cycle or of two fragments of one name.
    /// </summary>
    public static (UnitCost[] Costs, bool[] IsRoot, QueryRefusal? Refusal) Sum(QueryShape shape, ReadOnlySpan<byte> query)
    {
        var units = shape.Units;
        var fragments = shape.FragmentsByName();
        var costs = new UnitCost[units.Length];
        var isRoot = new bool[units.Length];
        Array.Fill(isRoot, true);
        var state = new Visit[units.Length];
        var stack = new Stack<int>();
        for (var start = 0; start < units.Length; start++)
        {
            if (units[start].Kind == UnitKind.Fragment && fragments[units[start].Name] != start)
                return (costs, isRoot, Duplicate.At(query, units[start].Position));
            if (state[start] == Visit.New) stack.Push(start);
            while (stack.TryPeek(out var unit))
            {
                if (state[unit] != Visit.New)
                {
                    stack.Pop();
                    if (state[unit] == Visit.Open) costs[unit] = CostOf(shape, units[unit], fragments, costs);
                    state[unit] = Visit.Done;
                    continue;
                }
                state[unit] = Visit.Open;
                foreach (var step in shape.Steps[units[unit].First..units[unit].End])
                {
                    if (step.Kind != StepKind.Spread || fragments[step.Name] is not (>= 0 and var spread)) continue;
                    isRoot[spread] = false;
                    if (state[spread] == Visit.Open) return (costs, isRoot, Cycle.At(query, units[spread].Position));
                    if (state[spread] == Visit.New) stack.Push(spread);
                }
            }
        }
        return (costs, isRoot, null);
    }

    private enum Visit : byte
    {
        New,
        Open,
        Done,
    }

    private static QueryRefusal Cycle { get; } =
        new(GuardCodes.FragmentCycle, "This fragment spreads itself, directly or through others.");

    private static QueryRefusal Duplicate { get; } =
        new(GuardCodes.DuplicateFragment, "A later fragment has the same name as this one.");

    private static UnitCost CostOf(QueryShape shape, Unit unit, int[] fragments, UnitCost[] costs)
    {
        var cost = default(UnitCost);
        var depth = 0;
        var opened = new Stack<StepKind>();
        foreach (var step in shape.Steps[unit.First..unit.End])
        {
            switch (step.Kind)
            {
                case StepKind.Leaf:
                    cost = cost.Plus(Field(step), depth);
                    break;
                case StepKind.Open:
                    cost = cost.Plus(Field(step), depth++);
                    opened.Push(step.Kind);
                    break;
                case StepKind.OpenInline:
                    opened.Push(step.Kind);
                    break;
                case StepKind.Close:
                    if (opened.Pop() == StepKind.Open) depth--;
                    break;
                case StepKind.Spread:
                    var inner = fragments[step.Name] is >= 0 and var spread ? costs[spread] : default;
                    cost = cost.Plus(inner with { Spreads = inner.Spreads + 1 }, depth);
                    break;
            }
        }
        return cost;
    }

    private static UnitCost Field(Step step) => new(1, step.Aliased ? 1 : 0, 0, 1);
}
