using GraphRisk.Graph.Algorithms.Linear;
using GraphRisk.Graph.Algorithms.Structure;

namespace GraphRisk.Graph.Algorithms.Ownership.Registers;

/// <summary>What a register's shape says of a party.</summary>
[Flags]
internal enum RegisterTraits : byte
{
    None = 0,

    /// <summary>Stands below holdings known by bounds only, or below a circle without a finite sum: it is asked about by itself.</summary>
    Apart = 1,

    /// <summary>Stands in a circle; a party that holds itself is one.</summary>
    InCircle = 2,

    /// <summary>Stands in a circle or below one.</summary>
    BelowCircle = 4,

    /// <summary>Stands in no circle, at most one of its holders is held by anybody, no part in it or below it is above one, and the same is so of all below it.</summary>
    Hanging = 8,

    /// <summary>Has one holder.</summary>
    OneHolder = 16,

    /// <summary>The most that it can own of anything through a part in it is that part: the bound is 1.</summary>
    Plain = 32,
}

/// <summary>
/// A register condensed, with what is known of every party before any pair is looked at: how much of anything it can own at most, and
/// what below it may be left out.
/// <para>
/// In terms of walks: N(k, c), the sum over all walks from k to c, is N(k, k) times H(k, c), the sum over those that never return to
/// k. H(k, ·) is 1 at k and elsewhere H(k, c) = Σ share(j, c) H(k, j), so it lies below every β that is at least 1 and at least
/// Σ share(j, c) β(j) (maximum principle of nonnegative matrices; Berman and Plemmons 1979). β is 1 nearly everywhere: it rises above 1 only
/// below companies whose parts add to more than the whole. <see cref="Most"/> of k is N(k, k) times the largest β from k downwards.
/// </para>
/// <para>
/// Of a hanging company others than its direct holders have only what comes through its one holder that is held itself, and less
/// below it than there: what falls short at it falls short at all below.
/// </para>
/// <para>State: a byte of traits and two numbers a party; the numbers are read only where the traits do not say enough.</para>
/// </summary>
internal sealed class RegisterShape
{
    // Sums of shares in doubles end this near to 1 where they are 1.
    private const double Rounding = 1e-14;

    private readonly HoldingGraph holdings;
    private readonly WorkMeter meter;
    private readonly RegisterTraits[] traits;
    private readonly double[] beta;
    private readonly double[] most;

    public RegisterShape(HoldingGraph holdings, LookThroughParameters parameters, WorkMeter meter)
    {
        (this.holdings, this.meter) = (holdings, meter);
        Graph = holdings.Weights(ShareBound.Stated, meter);
        Components = StronglyConnectedComponents.Find(Graph.Out, meter);
        Systems = new HoldingSystems(holdings, ShareBound.Stated, Graph, Components, parameters.CoreLimit);
        var count = Graph.NodeCount;
        (traits, beta, most) = (new RegisterTraits[count], new double[count], new double[count]);
        Mark();
        for (var component = Components.Count - 1; component >= 0; component--) Descend(component);
        for (var component = 0; component < Components.Count; component++) Ascend(component);
    }

    public WeightedGraph Graph { get; }

    public Components Components { get; }

    public HoldingSystems Systems { get; }

    /// <summary>What is known of a party.</summary>
    public RegisterTraits Of(int node) => traits[node];

    /// <summary>No walk from a party, to itself without a step among them, adds to more than this at any company below it.</summary>
    public double Most(int node) => (traits[node] & RegisterTraits.Plain) != 0 ? 1 : most[node];

    /// <summary>What can be told of each party by itself: circles, single holders, holdings that are not known exactly.</summary>
    private void Mark()
    {
        for (var node = 0; node < traits.Length; node++)
        {
            var own = RegisterTraits.None;
            var holders = Graph.In.Neighbours(node);
            if (holders.Length == 1) own |= RegisterTraits.OneHolder;
            if (holders.BinarySearch(node) >= 0) own |= RegisterTraits.InCircle | RegisterTraits.BelowCircle;
            if (holdings.HasIntervals)
                foreach (var edge in holdings.EdgesInto(node))
                    if (!holdings[edge].Equity.IsExact) own |= RegisterTraits.Apart;
            traits[node] = own;
        }

        for (var component = 0; component < Components.Count; component++)
            if (Components.SizeOf(component) > 1)
                foreach (var member in Components.Members(component)) traits[member] |= RegisterTraits.InCircle | RegisterTraits.BelowCircle;
    }

    /// <summary>From the holders down: who is apart, who is below a circle, and β.</summary>
    private void Descend(int component)
    {
        var members = Components.Members(component);
        var isCircle = (traits[members[0]] & RegisterTraits.InCircle) != 0;
        var passed = RegisterTraits.None;
        foreach (var member in members)
        {
            var sources = Graph.In.Neighbours(member);
            var weights = Graph.InWeightsOf(member);
            if (sources.Length > 0) meter.ChargeNode(sources.Length);
            passed |= traits[member];
            for (var i = 0; i < sources.Length; i++)
            {
                if (isCircle && Components.Of(sources[i]) == component) continue;
                var above = traits[sources[i]];
                passed |= above;
                beta[member] += weights[i] * ((above & RegisterTraits.Plain) != 0 ? 1 : beta[sources[i]]);
            }
        }

        passed &= RegisterTraits.Apart | RegisterTraits.BelowCircle;
        if (isCircle && (passed & RegisterTraits.Apart) == 0 && !Systems.Of(component, meter).Converges) passed |= RegisterTraits.Apart;
        if (isCircle && (passed & RegisterTraits.Apart) == 0) Close(component, members);
        foreach (var member in members)
        {
            beta[member] = Math.Max(1, beta[member]);
            traits[member] |= passed | (beta[member] <= 1 + Rounding ? RegisterTraits.Plain : RegisterTraits.None);
        }
    }

    /// <summary>β inside a circle: from outside it is the solution itself; from inside 1, or less than a ratio of any solution of positive terms.</summary>
    private void Close(int component, ReadOnlySpan<int> members)
    {
        var system = Systems.Of(component, meter);
        var outside = new double[members.Length];
        for (var i = 0; i < members.Length; i++) outside[i] = beta[members[i]];
        system.SolveTransposed(outside, meter);
        var inside = 1.0;
        if (IsAboveOne(component, members))
        {
            var ones = new double[members.Length];
            Array.Fill(ones, 1);
            system.SolveTransposed(ones, meter);
            inside = ones.Max() / ones.Min();
        }

        for (var i = 0; i < members.Length; i++) beta[members[i]] = Math.Max(inside, outside[i]);
    }

    private bool IsAboveOne(int component, ReadOnlySpan<int> members)
    {
        foreach (var member in members)
        {
            var inside = 0m;
            foreach (var edge in holdings.EdgesInto(member))
                if (Components.Of(holdings[edge].Holder) == component) inside += holdings[edge].Equity.Share;
            if (inside > 1) return true;
        }

        return false;
    }

    /// <summary>From the held up: what hangs, the largest β from here down, and the bound. Until here <see cref="RegisterTraits.Plain"/> was of β alone.</summary>
    private void Ascend(int component)
    {
        var members = Components.Members(component);
        var first = traits[members[0]];
        if ((first & RegisterTraits.Apart) != 0) return;
        var isCircle = (first & RegisterTraits.InCircle) != 0;
        var largest = 1.0;
        foreach (var member in members)
        {
            var targets = Graph.Out.Neighbours(member);
            var weights = Graph.OutWeightsOf(member);
            if ((traits[member] & RegisterTraits.Plain) == 0) largest = Math.Max(largest, beta[member]);
            var hangs = !isCircle && ((first & RegisterTraits.OneHolder) != 0 || HasOneHeldHolder(member));
            for (var i = 0; i < targets.Length; i++)
            {
                var below = traits[targets[i]];
                if ((below & RegisterTraits.Apart) != 0 || (isCircle && Components.Of(targets[i]) == component)) continue;
                if ((below & RegisterTraits.Plain) == 0) largest = Math.Max(largest, beta[targets[i]]);
                hangs &= (below & RegisterTraits.Hanging) != 0 && weights[i] <= 1;
            }

            if (hangs) traits[member] |= RegisterTraits.Hanging;
        }

        if (!isCircle && largest == 1) return;
        var system = isCircle ? Systems.Of(component, meter) : null;
        for (var i = 0; i < members.Length; i++)
        {
            beta[members[i]] = largest;
            most[members[i]] = largest * (system switch { null => 1, SweptLeontief => double.PositiveInfinity, _ => system.Returns(i, meter) });
            traits[members[i]] &= ~RegisterTraits.Plain;
        }
    }

    private bool HasOneHeldHolder(int company)
    {
        var held = 0;
        foreach (var holder in Graph.In.Neighbours(company))
            if (Graph.In.Degree(holder) > 0 && ++held > 1) return false;
        return true;
    }
}
