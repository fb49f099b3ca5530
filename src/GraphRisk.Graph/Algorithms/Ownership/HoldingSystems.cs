using System.Collections.Concurrent;
using GraphRisk.Graph.Algorithms.Linear;
using GraphRisk.Graph.Algorithms.Structure;

namespace GraphRisk.Graph.Algorithms.Ownership;

/// <summary>
/// The linear system of each component of a graph of holdings, made at the first question that meets it and kept for all later ones, of
/// whichever semantics.
/// <para>
/// What outsiders have of a company, 1 less the parts that members of its component hold, is taken in decimals from the statements
/// and rounded once: near 0 it has all its digits (<see cref="EliminatedLeontief"/>). Where companies above one cost too many digits,
/// a component of a few is solved in fractions (<see cref="ExactLeontief"/>). Thread-safe.
/// </para>
/// <para>Where holdings are others' with changes in some companies, the systems of all components without these are those of the others.</para>
/// </summary>
internal sealed class HoldingSystems(HoldingGraph holdings, ShareBound bound, WeightedGraph graph, Components components, int coreLimit)
{
    // With three digits of a pivot lost there are twelve left.
    private const double SmallestPart = 1e-3;
    private const int MostInFractions = 32;

    private LeontiefSystem?[]? systems;
    private readonly ConcurrentDictionary<int, LeontiefSystem> own = new();
    private HoldingSystems? root;
    private HashSet<int> touched = [];

    /// <summary>The systems of holdings that differ from others in some companies.</summary>
    /// <param name="changed">The companies.</param>
    public HoldingSystems After(HoldingSystems others, IEnumerable<int> changed)
    {
        (root, touched) = (others, [.. changed.Select(components.Of)]);
        return this;
    }

    /// <summary>The system of a component; of two threads that make it at once one's is kept, and both are equal.</summary>
    public LeontiefSystem Of(int component, WorkMeter meter)
    {
        if (IsOthers(component)) return root!.Of(component, meter);
        if (root is not null) return own.TryGetValue(component, out var mine) ? mine : own.GetOrAdd(component, Make(components.Members(component), meter));
        var all = LazyInitializer.EnsureInitialized(ref systems, () => new LeontiefSystem?[components.Count]);
        return Volatile.Read(ref all[component]) is { } known ? known
            : Interlocked.CompareExchange(ref all[component], Make(components.Members(component), meter), null) ?? all[component]!;
    }

    private bool IsOthers(int component) => root is not null && component < root.Count && !touched.Contains(component);

    private int Count => components.Count;

    /// <summary>Whether the members of a component hold more than the whole of one of them.</summary>
    public bool IsAboveOne(int component)
    {
        var members = components.Members(component);
        foreach (var member in members)
            if (SlackOf(members, member) < 0) return true;
        return false;
    }

    private LeontiefSystem Make(ReadOnlySpan<int> members, WorkMeter meter)
    {
        var slack = new double[members.Length];
        for (var i = 0; i < members.Length; i++) slack[i] = (double)SlackOf(members, members[i]);
        if (members.Length == 1) return LeontiefSystem.OfSlack(slack[0]);
        var matrix = SparseMatrix.Among(graph, members);
        if (EliminatedLeontief.Of(matrix, slack, coreLimit, meter) is not { } eliminated) return new SweptLeontief(matrix, meter);
        return (eliminated.Cancellation >= SmallestPart && eliminated.Converges) || members.Length > MostInFractions || Array.TrueForAll(slack, part => part >= 0)
            ? eliminated
            : ExactLeontief.Of(Entries(members), meter);
    }

    private decimal SlackOf(ReadOnlySpan<int> members, int company)
    {
        var slack = 1m;
        foreach (var edge in holdings.EdgesInto(company))
            if (members.BinarySearch(holdings[edge].Holder) >= 0) slack -= holdings[edge].Equity.At(bound);
        return slack;
    }

    private Rational[,] Entries(ReadOnlySpan<int> members)
    {
        var entries = new Rational[members.Length, members.Length];
        for (var i = 0; i < members.Length; i++)
            for (var j = 0; j < members.Length; j++) entries[i, j] = Rational.Zero;
        for (var i = 0; i < members.Length; i++)
            foreach (var holding in holdings.HeldBy(members[i]))
                if (members.BinarySearch(holding.Company) is >= 0 and var company) entries[i, company] = Rational.Of(holding.Equity.At(bound));
        return entries;
    }
}
