using GraphRisk.Graph.Algorithms.Linear;
using GraphRisk.Graph.Algorithms.Structure;

namespace GraphRisk.Graph.Algorithms.Ownership.Registers;

/// <summary>
/// A register condensed, with what is known of every node before any pair is looked at: how much of anything it can own at most, and
/// what below it may be left out.
/// <para>
/// In terms of walks: N(k, c), the sum over all walks from k to c, is N(k, k) times H(k, c), the sum over those that never return to
/// k. H(k, ·) is 1 at k and elsewhere H(k, c) = Σ share(j, c) H(k, j), so it lies below every β that is at least 1 and at least
/// Σ share(j, c) β(j) (maximum principle of nonnegative matrices; Berman and Plemmons 1979). β is 1 nearly everywhere: it rises above 1 only
/// below companies whose parts add to more than the whole. <see cref="Most"/> of k is N(k, k) times the largest β from k downwards.
/// </para>
/// <para>
/// A company is <see cref="Hanging"/> when it stands in no circle, at most one of its holders is held by anybody, and the same is so of all
/// below it: what others than its direct holders have of it comes through that one holder.
/// </para>
/// </summary>
internal sealed class RegisterShape
{
    private readonly HoldingGraph holdings;
    private readonly WorkMeter meter;
    private readonly double[] beta;
    private readonly double[] most;
    private readonly double[] hanging;
    private readonly bool[] apart;
    private readonly bool[] circular;

    public RegisterShape(HoldingGraph holdings, LookThroughParameters parameters, WorkMeter meter)
    {
        (this.holdings, this.meter) = (holdings, meter);
        Graph = holdings.Weights(ShareBound.Stated, meter);
        Components = StronglyConnectedComponents.Find(Graph.Out, meter);
        Systems = new HoldingSystems(holdings, ShareBound.Stated, Graph, Components, parameters.CoreLimit);
        var count = Graph.NodeCount;
        (beta, most, hanging, apart, circular) = (new double[count], new double[count], new double[count], new bool[count], new bool[count]);
        for (var component = Components.Count - 1; component >= 0; component--) Descend(component);
        for (var component = 0; component < Components.Count; component++) Ascend(component);
    }

    public WeightedGraph Graph { get; }

    public Components Components { get; }

    public HoldingSystems Systems { get; }

    /// <summary>No walk from the node, to itself without a step among them, adds to more than this at any company below it.</summary>
    public double Most(int node) => most[node];

    /// <summary>Largest product of shares from a hanging company to itself or one below it, at least 1; 0 where the company does not hang.</summary>
    public double Hanging(int node) => hanging[node];

    /// <summary>Whether a company stands below holdings known by bounds only or below a circle without a finite sum: it is asked about by itself.</summary>
    public bool IsApart(int node) => apart[node];

    /// <summary>Whether a company stands in a circle or below one; a party that holds itself is one.</summary>
    public bool IsBelowACircle(int node) => circular[node];

    /// <summary>Whether a component is more than a node that holds nothing of itself.</summary>
    public bool IsCircle(int component) => Components.SizeOf(component) > 1 || HoldsItself(Components.Members(component)[0]);

    private bool HoldsItself(int node) => Graph.Out.Neighbours(node).BinarySearch(node) >= 0;

    /// <summary>From the holders down: who is apart, who is below a circle, and β.</summary>
    private void Descend(int component)
    {
        var members = Components.Members(component);
        var isCircle = IsCircle(component);
        var (isApart, isBelow) = (false, isCircle);
        foreach (var member in members)
        {
            meter.ChargeNode(Graph.In.Degree(member));
            foreach (var edge in holdings.EdgesInto(member)) isApart |= !holdings[edge].Equity.IsExact;
            var sources = Graph.In.Neighbours(member);
            var weights = Graph.InWeightsOf(member);
            for (var i = 0; i < sources.Length; i++)
            {
                if (Components.Of(sources[i]) == component) continue;
                isApart |= apart[sources[i]];
                isBelow |= circular[sources[i]];
                beta[member] += weights[i] * beta[sources[i]];
            }
        }

        isApart = isApart || (isCircle && !Systems.Of(component, meter).Converges);
        foreach (var member in members) (apart[member], circular[member]) = (isApart, isBelow);
        if (isCircle && !isApart) Close(component, members);
        foreach (var member in members) beta[member] = Math.Max(1, beta[member]);
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

    /// <summary>From the held up: what hangs, and the largest β from here down.</summary>
    private void Ascend(int component)
    {
        var members = Components.Members(component);
        var isCircle = IsCircle(component);
        var largest = 1.0;
        foreach (var member in members)
        {
            largest = Math.Max(largest, beta[member]);
            var targets = Graph.Out.Neighbours(member);
            var weights = Graph.OutWeightsOf(member);
            var product = !isCircle && HasOneHeldHolder(member) ? 1.0 : 0;
            for (var i = 0; i < targets.Length; i++)
            {
                if (apart[targets[i]] || Components.Of(targets[i]) == component) continue;
                largest = Math.Max(largest, beta[targets[i]]);
                product = product == 0 || hanging[targets[i]] == 0 ? 0 : Math.Max(product, weights[i] * hanging[targets[i]]);
            }

            hanging[member] = product;
        }

        if (apart[members[0]]) return;
        var system = isCircle ? Systems.Of(component, meter) : null;
        for (var i = 0; i < members.Length; i++)
        {
            beta[members[i]] = largest;
            most[members[i]] = largest * (system switch { null => 1, SweptLeontief => double.PositiveInfinity, _ => system.Returns(i, meter) });
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
