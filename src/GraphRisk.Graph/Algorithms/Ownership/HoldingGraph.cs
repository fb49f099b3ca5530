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

    private readonly HoldingChanges? changes;
    private readonly Lazy<Holding[]> all;
    private OwnershipLookThrough? lookThrough;

    private HoldingGraph(Csr forward, Csr backward, Holding[] holdings, int[] inEdges, ImmutableArray<OwnershipFinding> findings)
    {
        Out = forward;
        In = backward;
        this.holdings = holdings;
        this.inEdges = inEdges;
        all = new(holdings);
        Findings = findings;
        HasIntervals = Array.Exists(holdings, holding => !holding.Equity.IsExact);
    }

    private HoldingGraph(HoldingChanges changes, ImmutableArray<OwnershipFinding> findings)
    {
        this.changes = changes;
        (holdings, inEdges, Out, In, Findings) = (changes.Root.holdings, changes.Root.inEdges, changes.Out, changes.In, findings);
        HasIntervals = changes.Root.HasIntervals || Array.Exists(changes.More, holding => !holding.Equity.IsExact);
        all = new(() => [.. Enumerable.Range(0, NodeCount).SelectMany(node => HeldBy(node).ToArray())]);
    }

    /// <summary>The holdings that these differ from in some companies; themselves where they were built from nothing.</summary>
    internal HoldingGraph Root => changes?.Root ?? this;

    /// <summary>Nodes of the companies in which they differ, ascending.</summary>
    internal ImmutableArray<int> Changed => changes?.Companies ?? [];

    /// <summary>The look-through that is kept with them.</summary>
    internal OwnershipLookThrough LookThrough(Func<HoldingGraph, OwnershipLookThrough> make) => LazyInitializer.EnsureInitialized(ref lookThrough, () => make(this));

    /// <summary>How statements were read; null where they were given.</summary>
    internal HoldingReading? Reading { get; private init; }

    /// <summary>From holder to company; no two edges of a holder lead to one company.</summary>
    public Csr Out { get; }

    /// <summary>From company to holder.</summary>
    public Csr In { get; }

    /// <summary>Number of nodes of the snapshot, parties or not.</summary>
    public int NodeCount => Out.NodeCount;

    /// <summary>The holdings by holder, then by company.</summary>
    public ReadOnlySpan<Holding> Holdings => all.Value;

    /// <summary>Whether any equity is known by bounds only.</summary>
    public bool HasIntervals { get; }

    /// <summary>What is wrong with the statements themselves, by company: parts above the whole, shares without a number.</summary>
    public ImmutableArray<OwnershipFinding> Findings { get; }

    /// <summary>The parts a party holds.</summary>
    public ReadOnlySpan<Holding> HeldBy(int holder)
    {
        var (start, end) = Out.Range(holder);
        return changes is null || start < holdings.Length ? holdings.AsSpan(start..end) : changes.More.AsSpan((start - holdings.Length)..(end - holdings.Length));
    }

    /// <summary>Numbers of the holdings in a company, by holder ascending.</summary>
    public ReadOnlySpan<int> EdgesInto(int company)
    {
        var (start, end) = In.Range(company);
        return changes is null || start < inEdges.Length ? inEdges.AsSpan(start..end) : changes.MoreInEdges.AsSpan((start - inEdges.Length)..(end - inEdges.Length));
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
        ? Build(NodeCount, all.Value.Select(holding => Find(holding.Company, holding.Company) is { } own ? holding.Beside(own) : holding))
        : this;

    /// <summary>The same with the votes in place of the equity: what is asked of parts is then asked of votes.</summary>
    public HoldingGraph OfVotes() => Array.TrueForAll(all.Value, holding => holding.Equity == holding.Votes)
        ? this
        : Build(NodeCount, all.Value.Select(holding => holding with { Equity = holding.Votes }));

    /// <summary>One holding by a number that <see cref="EdgesInto"/> gives, or a range of <see cref="Out"/>; a holding may have two.</summary>
    public Holding this[int edge] => edge < holdings.Length ? holdings[edge] : changes!.More[edge - holdings.Length];

    /// <summary>The equity as weights, read at one end of the intervals; holdings of nothing are left out.</summary>
    public WeightedGraph Weights(ShareBound bound, WorkMeter? meter = null) => WeightedGraph.Build(
        NodeCount, (meter ?? WorkMeter.Unlimited).Along(all.Value).Select(holding => (holding.Holder, holding.Company, (double)holding.Equity.At(bound))));

    /// <summary>
    /// The holdings a snapshot shows. Where it was made of an earlier one by changes in a few companies, they are those of the earlier one with the holdings
    /// in these companies read anew (<see cref="HoldingChanges"/>).
    /// </summary>
    public static HoldingGraph Of(Snapshot snapshot, WorkMeter? meter = null) => snapshot.Holdings.Take(snapshot, meter ?? WorkMeter.Unlimited);

    /// <summary>The holdings a snapshot shows, read from nothing.</summary>
    public static HoldingGraph Of(Snapshot snapshot, HoldingParameters parameters, WorkMeter? meter = null)
    {
        var (holds, reading) = (snapshot.Relationship("HOLDS"), HoldingReading.Of(snapshot, parameters));
        return Build(
            snapshot.Nodes.Count, (meter ?? WorkMeter.Unlimited).Along(HoldingStatements.Read(snapshot, reading.Arrangements, reading.Nominations)), parameters,
            reading.Indirect, HoldingStatements.OfArrangements(holds, reading.Arrangements), reading);
    }

    /// <summary>The holdings given; parallel ones are added.</summary>
    public static HoldingGraph Build(int nodeCount, IEnumerable<Holding> statements) =>
        Build(nodeCount, statements, HoldingParameters.Default);

    /// <summary>The holdings given; parallel ones are added.</summary>
    public static HoldingGraph Build(
        int nodeCount, IEnumerable<Holding> statements, HoldingParameters parameters, IEnumerable<(int Holder, int Company)>? indirect = null,
        IEnumerable<OwnershipFinding>? arrangements = null) => Build(nodeCount, statements, parameters, indirect, arrangements, reading: null);

    /// <summary>The same with the holdings in some companies in place of what they were. Cost: the holdings in them, and of all who hold parts of them, then or now.</summary>
    /// <param name="nodeCount">Number of nodes; no fewer than there were.</param>
    /// <param name="statements">By company the holdings in it, parallel ones to be added; none for a company that nobody holds any more. Of a graph that differs from another already, all companies in which it shall.</param>
    public HoldingGraph With(int nodeCount, IReadOnlyDictionary<int, List<Holding>> statements) => With(nodeCount, statements, [], Root.Reading ?? HoldingReading.None);

    /// <summary>The same, with what is found anew of statements that a snapshot shows.</summary>
    internal HoldingGraph With(int nodeCount, IReadOnlyDictionary<int, List<Holding>> statements, IReadOnlyCollection<OwnershipFinding> arrangements, HoldingReading reading)
    {
        var rows = statements.ToDictionary(pair => pair.Key, pair => AddParallels(pair.Value));
        var checks = ImmutableArray.CreateBuilder<OwnershipFinding>();
        foreach (var company in rows.Keys.Order())
        {
            int[] edges = [.. Enumerable.Range(0, rows[company].Length)];
            HoldingCheck.FindIn(company, edges, rows[company], reading.Parameters, checks);
            Tighten(edges, rows[company]);
        }

        var changed = new HoldingChanges(Root, nodeCount, rows);
        return new HoldingGraph(changed, changed.FindingsWith(checks, arrangements, reading)) { Reading = reading };
    }

    private static HoldingGraph Build(
        int nodeCount, IEnumerable<Holding> statements, HoldingParameters parameters, IEnumerable<(int Holder, int Company)>? indirect, IEnumerable<OwnershipFinding>? arrangements, HoldingReading? reading)
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
        return new HoldingGraph(forward, backward, holdings, inEdges, findings) { Reading = reading };
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
            Tighten(inEdges[start..end], holdings);
        }
    }

    /// <summary>Tightens the holdings in one company.</summary>
    private static void Tighten(ReadOnlySpan<int> edges, Holding[] holdings)
    {
        var (equity, votes) = (new CertainSum(), new CertainSum());
        foreach (var edge in edges)
        {
            equity.Add(holdings[edge].Equity);
            votes.Add(holdings[edge].Votes);
        }

        foreach (var edge in edges)
        {
            var holding = holdings[edge];
            holdings[edge] = holding with { Equity = equity.Leaves(holding.Equity), Votes = votes.Leaves(holding.Votes) };
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
