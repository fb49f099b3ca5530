using System.Collections.Concurrent;
using System.Collections.Immutable;
using GraphRisk.Graph.Algorithms.Structure;

namespace GraphRisk.Graph.Algorithms.Ownership;

/// <summary>
/// Look-through ownership: who owns a company in the end, and what a party owns, through any chain and any cycle.
/// <para>
/// The three ways of adding chains are <see cref="OwnershipSemantics"/>; each answer names its own. All are exact: the
/// graph is condensed to its strongly connected components (<see cref="StronglyConnectedComponents"/>), the components
/// are taken in order, and inside each the chains are summed by elimination or enumeration
/// (<see cref="Linear.EliminatedLeontief"/>, <see cref="SimplePathSums"/>). Where holdings are known by bounds, the same is done on
/// the lower and on the upper bounds: every sum grows with every share, so these bound the answer.
/// </para>
/// <para>
/// What cannot be computed is refused with a finding and is absent from the stakes; nothing is rescaled or estimated.
/// Prepared once a snapshot, thread-safe; components are factored when first met. A question costs the part of the graph
/// that reaches the company; a component's factors are made once, and a question costs their entries.
/// </para>
/// <para>
/// Over holdings that differ from others in some companies only what these reach is condensed anew (<see cref="ChangedCondensation"/>), and the factors of all other components are
/// the others'. Each answer is the same as of holdings built from nothing. Where own shares are cancelled all is condensed.
/// </para>
/// </summary>
public sealed class OwnershipLookThrough
{
    private readonly HoldingGraph holdings;
    private readonly LookThroughParameters parameters;
    private readonly ConcurrentDictionary<(OwnershipSemantics, ShareBound, TreasuryShares), SharedWork<ChainSums>> sums = new();
    private readonly ConcurrentDictionary<(ShareBound, TreasuryShares), SharedWork<Condensed>> graphs = new();
    private readonly Lazy<HoldingGraph> withoutTreasury;
    private readonly OwnershipLookThrough? root;

    /// <param name="holdings">The holdings of a snapshot.</param>
    /// <param name="parameters">Budgets and limits.</param>
    public OwnershipLookThrough(HoldingGraph holdings, LookThroughParameters? parameters = null)
    {
        this.holdings = holdings;
        this.parameters = parameters ?? LookThroughParameters.Default;
        withoutTreasury = new Lazy<HoldingGraph>(holdings.WithoutTreasury);
    }

    private OwnershipLookThrough(HoldingGraph holdings, OwnershipLookThrough root)
        : this(holdings, root.parameters) => this.root = root;

    /// <summary>The look-through that is kept with holdings, of which those that differ from others in some companies have what is prepared of the others.</summary>
    public static OwnershipLookThrough Of(HoldingGraph holdings) => holdings.LookThrough(
        all => ReferenceEquals(all.Root, all) ? new OwnershipLookThrough(all) : new OwnershipLookThrough(all, Of(all.Root)));

    /// <summary>The parties that own a company, directly and through others.</summary>
    /// <param name="company">Node of the company.</param>
    /// <param name="semantics">How chains add up.</param>
    /// <param name="threshold">Stakes below it are left out; compared exactly.</param>
    /// <param name="meter">Pays for it.</param>
    public LookThroughAnswer OwnersOf(int company, OwnershipSemantics semantics, decimal threshold = 0, WorkMeter? meter = null) =>
        OwnersOf(company, new LookThroughQuestion(semantics) { Threshold = threshold }, meter);

    /// <summary>The companies a party owns, directly and through others.</summary>
    /// <param name="holder">Node of the party.</param>
    /// <param name="semantics">How chains add up.</param>
    /// <param name="threshold">Stakes below it are left out; compared exactly.</param>
    /// <param name="meter">Pays for it.</param>
    public LookThroughAnswer HoldingsOf(int holder, OwnershipSemantics semantics, decimal threshold = 0, WorkMeter? meter = null) =>
        HoldingsOf(holder, new LookThroughQuestion(semantics) { Threshold = threshold }, meter);

    /// <summary>All pairs of party and company at or above a threshold.</summary>
    /// <param name="semantics">How chains add up.</param>
    /// <param name="threshold">Stakes below it are left out; compared exactly.</param>
    /// <param name="meter">Pays for it.</param>
    public LookThroughAnswer AllPairs(OwnershipSemantics semantics, decimal threshold, WorkMeter? meter = null) =>
        AllPairs(new LookThroughQuestion(semantics) { Threshold = threshold }, meter);

    /// <summary>The parties that own a company, directly and through others.</summary>
    public LookThroughAnswer OwnersOf(int company, LookThroughQuestion question, WorkMeter? meter = null) => Ask(question, owners: true, [company], meter);

    /// <summary>The companies a party owns, directly and through others.</summary>
    public LookThroughAnswer HoldingsOf(int holder, LookThroughQuestion question, WorkMeter? meter = null) => Ask(question, owners: false, [holder], meter);

    /// <summary>All pairs of party and company that reach the threshold.</summary>
    public LookThroughAnswer AllPairs(LookThroughQuestion question, WorkMeter? meter = null) =>
        Ask(question, owners: true, Enumerable.Range(0, holdings.NodeCount).Where(node => holdings.In.Degree(node) > 0), meter);

    private LookThroughAnswer Ask(LookThroughQuestion question, bool owners, IEnumerable<int> starts, WorkMeter? asked)
    {
        var meter = asked ?? WorkMeter.Unlimited;
        var answer = new AnswerBuilder(holdings, question, owners, meter);
        var (first, count) = (-1, 0);
        foreach (var start in starts)
        {
            first = count++ == 0 ? start : -1;
            var stated = Vector(question, ShareBound.Stated, start, owners, meter);
            if (!holdings.HasIntervals)
            {
                answer.Add(stated, stated, stated);
                continue;
            }

            answer.Add(stated, Vector(question, ShareBound.Lower, start, owners, meter), Vector(question, ShareBound.Upper, start, owners, meter));
        }

        return answer.Build(parameters.ResidualLimit, owners && first >= 0 ? UnstatedPart.Of(holdings, first) : null);
    }

    private BoundedVector Vector(LookThroughQuestion question, ShareBound bound, int start, bool owners, WorkMeter meter)
    {
        var source = Sums(question.Semantics, bound, question.Treasury, meter);
        return new BoundedVector(source, owners ? source.Owners(start, meter) : source.Holdings(start, meter));
    }

    private ChainSums Make(OwnershipSemantics semantics, ShareBound bound, TreasuryShares treasury, WorkMeter meter)
    {
        var (read, graph, components, systems) = CondensedAt(bound, treasury, meter);
        ChainSums made = semantics switch
        {
            OwnershipSemantics.Walk => new WalkSums(graph, components, systems),
            OwnershipSemantics.Corrected => new CorrectedSums(read, bound, graph, components, systems),
            OwnershipSemantics.SimplePath => new SimplePathSums(graph, components, systems, parameters),
            _ => throw new ArgumentOutOfRangeException(nameof(semantics), semantics, null),
        };
        return root is not null && treasury == TreasuryShares.Counted ? made.Beside(root.Sums(semantics, bound, treasury, meter)) : made;
    }

    private ChainSums Sums(OwnershipSemantics semantics, ShareBound bound, TreasuryShares treasury, WorkMeter meter) =>
        sums.GetOrAdd((semantics, bound, treasury), key => new SharedWork<ChainSums>(paid => Make(key.Item1, key.Item2, key.Item3, paid))).Take(meter);

    private Condensed CondensedAt(ShareBound bound, TreasuryShares treasury, WorkMeter meter) =>
        graphs.GetOrAdd((bound, treasury), key => new SharedWork<Condensed>(paid =>
        {
            if (root is not null && treasury == TreasuryShares.Counted)
            {
                var others = root.CondensedAt(bound, treasury, paid);
                var changed = new ChangedCondensation(holdings, bound, others.Graph, others.Components, paid);
                return new Condensed(
                    holdings, changed.Graph, changed.Components,
                    new HoldingSystems(holdings, bound, changed.Graph, changed.Components, parameters.CoreLimit).After(others.Systems, holdings.Changed));
            }

            var counted = treasury == TreasuryShares.Cancelled ? withoutTreasury.Value : holdings;
            var weights = counted.Weights(bound, paid);
            var found = StronglyConnectedComponents.Find(weights.Out, paid);
            return new Condensed(counted, weights, found, new HoldingSystems(counted, bound, weights, found, parameters.CoreLimit));
        })).Take(meter);

    private sealed record Condensed(HoldingGraph Holdings, WeightedGraph Graph, Components Components, HoldingSystems Systems);
}

/// <summary>A vector with the sums it came from.</summary>
internal readonly record struct BoundedVector(ChainSums Source, ChainVector Vector);
