using System.Collections.Immutable;
using System.Runtime.InteropServices;
using GraphRisk.Graph.Algorithms.Structure;
using GraphRisk.Graph.Snapshots;

namespace GraphRisk.Graph.Algorithms.Ownership;

/// <summary>
/// Who holds what part of which company: the HOLDS relationships with parallel statements of a pair added (classes of
/// shares, several lots), one edge a pair. Everything on ownership and control reads this. Immutable and thread-safe.
/// <para>
/// Statements marked indirect are left out: they repeat what a chain of direct ones says, and counting both would count
/// the same shares twice. An upper bound is lowered to what the other holders' lower bounds leave of the company, and the best guess with it. What
/// does not add up is kept as stated and reported (<see cref="Findings"/>), never rescaled.
/// </para>
/// </summary>
public sealed class HoldingGraph
{
    private readonly Holding[] holdings;
    private readonly int[] inEdges;

    private HoldingGraph(Csr forward, Csr backward, Holding[] holdings, int[] inEdges, ImmutableArray<OwnershipFinding> findings)
    {
        Out = forward;
        In = backward;
        this.holdings = holdings;
        this.inEdges = inEdges;
        Findings = findings;
        HasIntervals = Array.Exists(holdings, holding => !holding.Equity.IsExact);
    }

    /// <summary>From holder to company; no two edges of a holder lead to one company.</summary>
    public Csr Out { get; }

    /// <summary>From company to holder.</summary>
    public Csr In { get; }

    /// <summary>Number of nodes of the snapshot, parties or not.</summary>
    public int NodeCount => Out.NodeCount;

    /// <summary>The holdings in the order of <see cref="Out"/>: by holder, then by company.</summary>
    public ReadOnlySpan<Holding> Holdings => holdings;

    /// <summary>For each place of <see cref="In"/> the number of the holding.</summary>
    public ReadOnlySpan<int> InEdges => inEdges;

    /// <summary>Whether any equity is known by bounds only.</summary>
    public bool HasIntervals { get; }

    /// <summary>What is wrong with the statements themselves, by company: parts above the whole, shares without a number.</summary>
    public ImmutableArray<OwnershipFinding> Findings { get; }

    /// <summary>The parts a party holds.</summary>
    public ReadOnlySpan<Holding> HeldBy(int holder)
    {
        var (start, end) = Out.Range(holder);
        return holdings.AsSpan(start..end);
    }

    /// <summary>Numbers of the holdings in a company, by holder ascending.</summary>
    public ReadOnlySpan<int> EdgesInto(int company)
    {
        var (start, end) = In.Range(company);
        return inEdges.AsSpan(start..end);
    }

    /// <summary>One party's holding in one company; null where there is none.</summary>
    public Holding? Find(int holder, int company)
    {
        var at = Out.Neighbours(holder).BinarySearch(company);
        return at < 0 ? null : HeldBy(holder)[at];
    }

    /// <summary>
    /// The same with the shares companies hold of themselves cancelled: everybody else's part is of what is left. A company that holds all
    /// of itself is left as it is.
    /// </summary>
    public HoldingGraph WithoutTreasury() => Enumerable.Range(0, NodeCount).Any(company => Find(company, company) is not null)
        ? Build(NodeCount, holdings.Select(holding => Find(holding.Company, holding.Company) is { } own ? holding.Beside(own) : holding))
        : this;

    /// <summary>The same with the votes in place of the equity: what is asked of parts is then asked of votes.</summary>
    public HoldingGraph OfVotes() => Array.TrueForAll(holdings, holding => holding.Equity == holding.Votes)
        ? this
        : Build(NodeCount, holdings.Select(holding => holding with { Equity = holding.Votes }));

    /// <summary>One holding by number.</summary>
    public Holding this[int edge] => holdings[edge];

    /// <summary>The equity as weights, read at one end of the intervals; holdings of nothing are left out.</summary>
    public WeightedGraph Weights(ShareBound bound, WorkMeter? meter = null) => WeightedGraph.Build(
        NodeCount, (meter ?? WorkMeter.Unlimited).Along(holdings).Select(holding => (holding.Holder, holding.Company, (double)holding.Equity.At(bound))));

    /// <summary>The holdings a snapshot shows.</summary>
    public static HoldingGraph Of(Snapshot snapshot, WorkMeter? meter = null) => Of(snapshot, HoldingParameters.Default, meter);

    /// <summary>The holdings a snapshot shows.</summary>
    public static HoldingGraph Of(Snapshot snapshot, HoldingParameters parameters, WorkMeter? meter = null)
    {
        var (holds, arrangements) = (snapshot.Relationship("HOLDS"), new Arrangements(snapshot));
        return Build(
            snapshot.Nodes.Count, (meter ?? WorkMeter.Unlimited).Along(HoldingStatements.Read(snapshot, arrangements)), parameters,
            HoldingStatements.Indirect(holds), HoldingStatements.OfArrangements(holds, arrangements));
    }

    /// <summary>The holdings given; parallel ones are added.</summary>
    public static HoldingGraph Build(int nodeCount, IEnumerable<Holding> statements) =>
        Build(nodeCount, statements, HoldingParameters.Default);

    /// <summary>The holdings given; parallel ones are added.</summary>
    public static HoldingGraph Build(
        int nodeCount, IEnumerable<Holding> statements, HoldingParameters parameters, IEnumerable<(int Holder, int Company)>? indirect = null,
        IEnumerable<OwnershipFinding>? arrangements = null)
    {
        var holdings = AddParallels(statements);
        var from = Array.ConvertAll(holdings, holding => holding.Holder);
        var to = Array.ConvertAll(holdings, holding => holding.Company);
        var forward = Csr.Build(nodeCount, from, to, out _);
        var backward = Csr.Build(nodeCount, to, from, out var inEdges);
        var findings = HoldingCheck.Find(backward, inEdges, holdings, parameters);
        if (indirect is not null) findings = [.. findings, .. HoldingCheck.FindUnexplained(backward, indirect)];
        if (arrangements is not null) findings = [.. findings, .. arrangements];
        TightenUpperBounds(backward, inEdges, holdings);
        return new HoldingGraph(forward, backward, holdings, inEdges, findings);
    }

    /// <summary>One holding a pair, by holder, then company: already the order of the rows.</summary>
    private static Holding[] AddParallels(IEnumerable<Holding> statements)
    {
        var sums = new Dictionary<(int, int), Holding>();
        foreach (var part in statements)
        {
            ref var sum = ref CollectionsMarshal.GetValueRefOrAddDefault(sums, (part.Holder, part.Company), out var exists);
            sum = exists ? sum with { Equity = sum.Equity + part.Equity, Votes = sum.Votes + part.Votes } : part;
        }

        Holding[] holdings = [.. sums.Values];
        Array.Sort(holdings, static (left, right) =>
            left.Holder != right.Holder ? left.Holder.CompareTo(right.Holder) : left.Company.CompareTo(right.Company));
        return holdings;
    }

    private static void TightenUpperBounds(Csr backward, ReadOnlySpan<int> inEdges, Holding[] holdings)
    {
        for (var company = 0; company < backward.NodeCount; company++)
        {
            var (start, end) = backward.Range(company);
            var (equity, votes) = (new CertainSum(), new CertainSum());
            foreach (var edge in inEdges[start..end])
            {
                equity.Add(holdings[edge].Equity);
                votes.Add(holdings[edge].Votes);
            }

            foreach (var edge in inEdges[start..end])
            {
                var holding = holdings[edge];
                holdings[edge] = holding with { Equity = equity.Leaves(holding.Equity), Votes = votes.Leaves(holding.Votes) };
            }
        }
    }

    /// <summary>The lower ends of a company's holdings in sum.</summary>
    private struct CertainSum
    {
        private decimal sum;
        private int open;

        public void Add(ShareInterval part)
        {
            sum += part.Lower;
            if (part.LowerOpen) open++;
        }

        /// <summary>A part of the sum, no more than the others leave of the whole: less than that where one of them has more than its lower end.</summary>
        public readonly ShareInterval Leaves(ShareInterval part) => part.AtMost(1 - (sum - part.Lower), open > (part.LowerOpen ? 1 : 0));
    }
}
