using GraphRisk.Graph.Algorithms.Linear;

namespace GraphRisk.Graph.Algorithms.Ownership.Registers;

/// <summary>
/// What one holder after another owns of everything below it, as far as it can reach the threshold: a row of the look-through a holder,
/// by the condensation downwards.
/// <para>State: one value a node, cleared as it is passed on, and who came by it last; the components that wait for more, largest number first,
/// and the companies of one holder, whose value is complete when it comes.</para>
/// </summary>
internal sealed class RegisterRows
{
    // Well above what solving in doubles leaves, well below any difference that is stated: nearer to the threshold than this is settled elsewhere.
    private const double Margin = 1e-9;

    // What is passed over must fall short by more than all that rounding can add up to in a bound.
    private const double BoundMargin = 1e-8;

    private readonly RegisterShape shape;
    private readonly RegisterQuestion question;
    private readonly double residualLimit;
    private readonly WorkMeter meter;
    private readonly double threshold;
    private readonly double[] values;
    private readonly double[] largest;
    private readonly int[] metBy;
    private readonly int[] touchedBy;
    private readonly bool[] waits;
    private readonly PriorityQueue<int, int> waiting = new();
    private readonly Stack<(int Node, double Value)> complete = new();
    private readonly ExactPart exact;
    private readonly List<OwnershipPair> pairs = [];
    private double returns;
    private double found;
    private bool isUnsure;

    public RegisterRows(HoldingGraph holdings, RegisterShape shape, RegisterQuestion question, double residualLimit, WorkMeter meter)
    {
        (this.shape, this.question, this.residualLimit, this.meter) = (shape, question, residualLimit, meter);
        threshold = (double)question.Threshold;
        var count = shape.Graph.NodeCount;
        (values, largest, metBy, touchedBy, waits) = (new double[count], new double[count], new int[count], new int[count], new bool[shape.Components.Count]);
        Array.Fill(largest, double.PositiveInfinity);
        exact = new ExactPart(holdings, shape);
        IsAsked = new bool[count];
    }

    /// <summary>Companies that must be asked about one by one; what rows say of them does not count.</summary>
    public bool[] IsAsked { get; }

    /// <summary>Pairs found, by holder.</summary>
    public List<OwnershipPair> Pairs => pairs;

    /// <summary>Follows a holder; false where it can own enough of nothing. Those below it come first: what they own at most bounds what it can.</summary>
    public bool Follow(int holder)
    {
        if (!MayReach(holder)) return false;
        (returns, isUnsure, found) = (1, false, threshold);
        if (shape.Graph.In.Degree(holder) == 0) TouchAbove(holder);
        if (Has(holder, RegisterTraits.InCircle)) Add(holder, 1);
        else complete.Push((holder, 1));
        while (true)
        {
            if (complete.TryPop(out var next)) Settle(holder, next.Node, next.Value);
            else if (waiting.TryDequeue(out var component, out _)) Pass(component, holder);
            else break;
        }

        if (!isUnsure) largest[holder] = found;
        return true;
    }

    /// <summary>
    /// Whether a holder may come to the threshold anywhere: in a company it holds directly, by that part as often as it can return there; by every
    /// other part at most as much as its company has of anything else. Kept as what the holder has of anything at most.
    /// </summary>
    private bool MayReach(int holder)
    {
        var targets = shape.Graph.Out.Neighbours(holder);
        var weights = shape.Graph.OutWeightsOf(holder);
        if (Has(holder, RegisterTraits.Apart)) return false;
        var (through, direct) = (0.0, 0.0);
        for (var i = 0; i < targets.Length; i++)
        {
            if (Has(targets[i], RegisterTraits.Apart)) continue;
            var most = shape.Most(targets[i]);
            var beyond = Math.Min(most, largest[targets[i]]);
            through += weights[i] * beyond;
            if (most > beyond) direct = Math.Max(direct, weights[i] * (most - beyond));
        }

        largest[holder] = through + direct;
        return through + direct > 0 && through + direct >= threshold - BoundMargin;
    }

    /// <summary>Marks the hanging companies above what a holder that nobody holds has directly: they may not be left out for it.</summary>
    private void TouchAbove(int holder)
    {
        foreach (var company in shape.Graph.Out.Neighbours(holder))
        {
            var next = company;
            while (next >= 0 && Has(next, RegisterTraits.Hanging) && touchedBy[next] != holder + 1)
            {
                touchedBy[next] = holder + 1;
                next = HeldHolderOf(next);
            }
        }
    }

    private int HeldHolderOf(int company)
    {
        foreach (var holder in shape.Graph.In.Neighbours(company))
            if (shape.Graph.In.Degree(holder) > 0) return holder;
        return -1;
    }

    private void Add(int node, double value)
    {
        values[node] += value;
        var component = shape.Components.Of(node);
        if (waits[component]) return;
        waits[component] = true;
        waiting.Enqueue(component, -component);
    }

    private void Pass(int component, int holder)
    {
        waits[component] = false;
        var members = shape.Components.Members(component);
        if (Has(members[0], RegisterTraits.InCircle)) Close(component, members, holder);
        foreach (var member in members)
        {
            var value = values[member];
            values[member] = 0;
            if (value > 0) Settle(holder, member, value);
        }
    }

    private void Settle(int holder, int node, double value)
    {
        metBy[node] = holder + 1;
        if (node != holder) found = Math.Max(found, value);
        if (node != holder || question.SelfPairs) Tell(holder, node, value);
        PassOn(holder, node, value);
    }

    /// <summary>All walks inside a circle, and how far the equations are from being fulfilled.</summary>
    private void Close(int component, ReadOnlySpan<int> members, int holder)
    {
        var given = new double[members.Length];
        for (var i = 0; i < members.Length; i++) given[i] = values[members[i]];
        var solved = (double[])given.Clone();
        shape.Systems.Of(component, meter).SolveTransposed(solved, meter);
        for (var i = 0; i < members.Length; i++) values[members[i]] = solved[i];
        for (var i = 0; i < members.Length; i++)
        {
            var sources = shape.Graph.In.Neighbours(members[i]);
            var weights = shape.Graph.InWeightsOf(members[i]);
            var wanted = given[i];
            for (var k = 0; k < sources.Length; k++)
                if (shape.Components.Of(sources[k]) == component) wanted += weights[k] * values[sources[k]];
            isUnsure |= !(Math.Abs(solved[i] - wanted) <= residualLimit * Math.Max(1, solved[i]));
        }

        if (shape.Components.Of(holder) == component) returns = values[holder];
    }

    private void PassOn(int holder, int node, double value)
    {
        var targets = shape.Graph.Out.Neighbours(node);
        if (targets.IsEmpty) return;
        var weights = shape.Graph.OutWeightsOf(node);
        var circle = Has(node, RegisterTraits.InCircle) ? shape.Components.Of(node) : -1;
        meter.ChargeNode(targets.Length);
        for (var i = 0; i < targets.Length; i++)
        {
            var (target, part, traits) = (targets[i], value * weights[i], shape.Of(targets[i]));
            if ((traits & RegisterTraits.Apart) != 0) continue;
            if ((traits & RegisterTraits.Hanging) != 0 && part < threshold - Margin && touchedBy[target] != holder + 1) continue;
            if ((traits & (RegisterTraits.OneHolder | RegisterTraits.InCircle)) == RegisterTraits.OneHolder) complete.Push((target, part));
            else if (circle < 0 || shape.Components.Of(target) != circle) Add(target, part);
        }
    }

    private void Tell(int holder, int company, double value)
    {
        var isWalk = question.Semantics == OwnershipSemantics.Walk;
        if (company == holder && !isWalk) return;
        var share = isWalk ? company == holder ? value - 1 : value : value / returns;
        if (isUnsure) IsAsked[company] = true;
        if (IsAsked[company] || !(share > 0) || (threshold > 0 && share < threshold - Margin)) return;
        if (question.Semantics == OwnershipSemantics.SimplePath && Has(company, RegisterTraits.BelowCircle))
        {
            // The walks that do not return are more than the simple paths, so none is missed by asking only here.
            IsAsked[company] = true;
            return;
        }

        if (threshold > 0 && share <= threshold + Margin)
        {
            if (exact.Reaches(holder, company, question, party => metBy[party] == holder + 1) is not { } isEnough)
            {
                IsAsked[company] = true;
                return;
            }

            if (!isEnough) return;
        }

        pairs.Add(new OwnershipPair(holder, company, share, share, share));
    }

    private bool Has(int node, RegisterTraits trait) => (shape.Of(node) & trait) != 0;
}
