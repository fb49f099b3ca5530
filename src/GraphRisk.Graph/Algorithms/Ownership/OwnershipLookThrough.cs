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
/// (<see cref="Linear.DenseLeontief"/>, <see cref="SimplePathSums"/>). Where holdings are known by bounds, the same is done on
/// the lower and on the upper bounds: every sum grows with every share, so these bound the answer.
/// </para>
/// <para>
/// What cannot be computed is refused with a finding and is absent from the stakes; nothing is rescaled or estimated.
/// Prepared once a snapshot, thread-safe; components are factored when first met. A question costs the part of the graph
/// that reaches the company; for a component of n companies n³/3 once and n² a question.
/// </para>
/// </summary>
public sealed class OwnershipLookThrough
{
    private readonly HoldingGraph holdings;
    private readonly LookThroughParameters parameters;
    private readonly ConcurrentDictionary<(OwnershipSemantics, ShareBound), ChainSums> sums = new();
    private readonly ConcurrentDictionary<ShareBound, (WeightedGraph Graph, Components Components)> graphs = new();

    /// <param name="holdings">The holdings of a snapshot.</param>
    /// <param name="parameters">Budgets and limits.</param>
    public OwnershipLookThrough(HoldingGraph holdings, LookThroughParameters? parameters = null)
    {
        this.holdings = holdings;
        this.parameters = parameters ?? LookThroughParameters.Default;
    }

    /// <summary>The parties that own a company, directly and through others.</summary>
    /// <param name="company">Node of the company.</param>
    /// <param name="semantics">How chains add up.</param>
    /// <param name="threshold">Stakes below it are left out; compared as decimals of 12 digits.</param>
    public LookThroughAnswer OwnersOf(int company, OwnershipSemantics semantics, decimal threshold = 0) =>
        Ask(semantics, threshold, owners: true, [company]);

    /// <summary>The companies a party owns, directly and through others.</summary>
    /// <param name="holder">Node of the party.</param>
    /// <param name="semantics">How chains add up.</param>
    /// <param name="threshold">Stakes below it are left out; compared as decimals of 12 digits.</param>
    public LookThroughAnswer HoldingsOf(int holder, OwnershipSemantics semantics, decimal threshold = 0) =>
        Ask(semantics, threshold, owners: false, [holder]);

    /// <summary>All pairs of party and company at or above a threshold.</summary>
    /// <param name="semantics">How chains add up.</param>
    /// <param name="threshold">Stakes below it are left out; compared as decimals of 12 digits.</param>
    public LookThroughAnswer AllPairs(OwnershipSemantics semantics, decimal threshold) =>
        Ask(semantics, threshold, owners: true, Enumerable.Range(0, holdings.NodeCount).Where(node => holdings.In.Degree(node) > 0));

    private LookThroughAnswer Ask(OwnershipSemantics semantics, decimal threshold, bool owners, IEnumerable<int> starts)
    {
        var answer = new AnswerBuilder(holdings, semantics, threshold, owners);
        foreach (var start in starts)
        {
            var stated = Vector(semantics, ShareBound.Stated, start, owners);
            if (!holdings.HasIntervals)
            {
                answer.Add(stated, stated, stated);
                continue;
            }

            answer.Add(stated, Vector(semantics, ShareBound.Lower, start, owners), Vector(semantics, ShareBound.Upper, start, owners));
        }

        return answer.Build(parameters.ResidualLimit);
    }

    private BoundedVector Vector(OwnershipSemantics semantics, ShareBound bound, int start, bool owners)
    {
        var source = sums.GetOrAdd((semantics, bound), key => Make(key.Item1, key.Item2));
        return new BoundedVector(source, owners ? source.Owners(start) : source.Holdings(start));
    }

    private ChainSums Make(OwnershipSemantics semantics, ShareBound bound)
    {
        var (graph, components) = graphs.GetOrAdd(bound, key =>
        {
            var weights = holdings.Weights(key);
            return (weights, StronglyConnectedComponents.Find(weights.Out));
        });
        return semantics switch
        {
            OwnershipSemantics.Walk => new WalkSums(graph, components, parameters.DenseLimit),
            OwnershipSemantics.Corrected => new CorrectedSums(graph, components, parameters.DenseLimit),
            OwnershipSemantics.SimplePath => new SimplePathSums(graph, components, parameters.PathBudget),
            _ => throw new ArgumentOutOfRangeException(nameof(semantics), semantics, null),
        };
    }
}

/// <summary>A vector with the sums it came from.</summary>
internal readonly record struct BoundedVector(ChainSums Source, ChainVector Vector);
