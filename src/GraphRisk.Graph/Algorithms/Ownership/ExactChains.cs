using GraphRisk.Graph.Algorithms.Linear;
using GraphRisk.Graph.Algorithms.Structure;
using GraphRisk.Graph.Snapshots;

namespace GraphRisk.Graph.Algorithms.Ownership;

/// <summary>A sum in fractions.</summary>
/// <param name="Sum">The sum.</param>
/// <param name="Bound">Of which ends.</param>
/// <param name="IsOpen">The true sum lies beside it, above a lower end and below an upper one, since a holding on the way does.</param>
internal readonly record struct ExactSum(Rational Sum, ShareBound Bound, bool IsOpen)
{
    /// <summary>Whether it reaches a threshold.</summary>
    public bool Reaches(decimal threshold, ThresholdOperator comparison)
    {
        var beyond = Sum.CompareTo(Rational.Of(threshold));
        return Sum.Sign > 0 && (beyond > 0 || (beyond == 0 && LegalThreshold.Reaches(threshold, threshold, comparison, Bound, IsOpen)));
    }
}

/// <summary>
/// The sum of all chains from one holder to one company in fractions, for what lies so near to a threshold that a double cannot decide.
/// <para>
/// Only what lies between the two is looked at. Components are taken from the company upwards, as in <see cref="ChainSums"/>; inside one
/// the equations are eliminated in fractions, simple paths are listed. What is too large for that has no exact sum: null, and the
/// caller says so. Cost: a search to either side up to <see cref="MostReached"/>, then n³ operations on growing numbers for each component.
/// </para>
/// </summary>
internal sealed class ExactChains
{
    private const int MostReached = 2000;
    private const int MostBetween = 400;
    private const int MostInCircle = 32;
    private const int MostPaths = 100_000;
    private const int BitsPerStep = 512;

    private readonly HoldingGraph holdings;
    private readonly LookThroughQuestion question;
    private readonly ShareBound bound;
    private readonly WorkMeter meter;
    private readonly int holder;
    private readonly int company;
    private readonly int[] between;
    private bool isOpen;

    private ExactChains(HoldingGraph holdings, LookThroughQuestion question, ShareBound bound, int holder, int company, WorkMeter meter)
    {
        (this.holdings, this.question, this.bound, this.holder, this.company, this.meter) = (holdings, question, bound, holder, company, meter);
        between = Between();
    }

    /// <summary>Whether walks may come back to the holder.</summary>
    private bool Returns => question.Semantics == OwnershipSemantics.Walk;

    /// <summary>The sum; null where it has no end or would take too long.</summary>
    public static ExactSum? Sum(HoldingGraph holdings, LookThroughQuestion question, ShareBound bound, int holder, int company, WorkMeter meter)
    {
        var chains = new ExactChains(holdings, question, bound, holder, company, meter);
        if (chains.between.Length is 0 or > MostBetween) return null;
        return (question.Semantics == OwnershipSemantics.SimplePath ? chains.SimplePaths() : chains.Walks()) is { } sum ? new ExactSum(sum, bound, chains.isOpen) : null;
    }

    /// <summary>What reaches the company and is reached by the holder, ascending; none where the search would be long.</summary>
    private int[] Between()
    {
        var (first, other) = (Search(company, backward: true, null), (HashSet<int>?)null);
        if (first is not null) other = Search(holder, backward: false, first);
        else if ((first = Search(holder, backward: false, null)) is not null) other = Search(company, backward: true, first);
        return other is null ? [] : [.. other.Order()];
    }

    private HashSet<int>? Search(int start, bool backward, HashSet<int>? within)
    {
        var seen = new HashSet<int> { start };
        var work = new Queue<int>(seen);
        while (work.TryDequeue(out var node))
        {
            if (backward && node == holder && !Returns) continue;
            var rows = backward ? holdings.In : holdings.Out;
            meter.ChargeNode(rows.Degree(node));
            foreach (var next in rows.Neighbours(node))
                if ((within is null || within.Contains(next)) && (backward || next != holder || Returns)
                    && Part(backward ? next : node, backward ? node : next).Sign > 0 && seen.Add(next)) work.Enqueue(next);
            if (within is null && seen.Count > MostReached) return null;
        }

        return seen;
    }

    /// <summary>One party's part of a company, as the question reads it.</summary>
    private Rational Part(int from, int to)
    {
        if (from == to && question.Treasury == TreasuryShares.Cancelled && Stated(to, to) < 1) return Rational.Zero;
        var part = Rational.Of(Stated(from, to));
        return question.Treasury == TreasuryShares.Counted || part.Sign == 0 || Stated(to, to) is not (> 0 and < 1) ? part : part / (Rational.One - Rational.Of(Stated(to, to)));
    }

    private decimal Stated(int from, int to) => holdings.Find(from, to)?.Equity.At(bound) ?? 0;

    private Rational? Walks()
    {
        var sums = new Dictionary<int, Rational>();
        var (from, to) = Edges();
        var among = Csr.Build(between.Length, from, to, out _);
        isOpen = bound != ShareBound.Stated && HasOpenOnTheWay(among, from, to);
        var components = StronglyConnectedComponents.Find(among, meter);
        for (var component = 0; component < components.Count; component++)
        {
            int[] members = Array.ConvertAll(components.Members(component).ToArray(), at => between[at]);
            if (members.Length > MostInCircle || !Close(members, sums)) return null;
        }

        var sum = sums.GetValueOrDefault(holder, Rational.Zero);
        return holder == company ? sum - Rational.One : sum;
    }

    /// <summary>Whether a holding on some walk between the two lies beside its end: every sum grows with every part in it.</summary>
    private bool HasOpenOnTheWay(Csr among, int[] from, int[] to)
    {
        var (first, last) = (Array.BinarySearch(between, holder), Array.BinarySearch(between, company));
        if (first < 0 || last < 0) return false;
        var below = BreadthFirst.Reach(among, first, meter: meter).Append(first).ToHashSet();
        var above = BreadthFirst.Reach(Csr.Build(between.Length, to, from, out _), last, meter: meter).Append(last).ToHashSet();
        return Enumerable.Range(0, from.Length).Any(edge => below.Contains(from[edge]) && above.Contains(to[edge]) && IsOpen(between[from[edge]], between[to[edge]]));
    }

    /// <summary>Whether the end of a part is excluded; where own shares are cancelled, by what the company has of itself too.</summary>
    private bool IsOpen(int from, int to) => holdings.Find(from, to)?.Equity.IsOpen(bound) == true
        || (bound == ShareBound.Upper && question.Treasury == TreasuryShares.Cancelled && from != to && holdings.Find(to, to)?.Equity.UpperOpen == true);

    private (int[] From, int[] To) Edges()
    {
        List<int> from = [], to = [];
        for (var i = 0; i < between.Length; i++)
        {
            foreach (var next in holdings.Out.Neighbours(between[i]))
            {
                var j = Array.BinarySearch(between, next);
                if (j < 0 || (next == holder && !Returns) || Part(between[i], next).Sign == 0) continue;
                from.Add(i);
                to.Add(j);
            }
        }

        return ([.. from], [.. to]);
    }

    /// <summary>Eliminates the equations of a component down the diagonal; false where a pivot is not above 0.</summary>
    private bool Close(int[] members, Dictionary<int, Rational> sums)
    {
        var size = members.Length;
        var rows = new Rational[size, size + 1];
        for (var i = 0; i < size; i++)
        {
            for (var j = 0; j < size; j++)
                rows[i, j] = (i == j ? Rational.One : Rational.Zero) - (members[j] == holder && !Returns ? Rational.Zero : Part(members[i], members[j]));
            rows[i, size] = members[i] == company ? Rational.One : Rational.Zero;
            foreach (var next in holdings.Out.Neighbours(members[i]))
                if (sums.TryGetValue(next, out var passed) && (next != holder || Returns)) rows[i, size] += Part(members[i], next) * passed;
        }

        for (var k = 0; k < size; k++)
        {
            var pivot = rows[k, k];
            if (pivot.Sign <= 0) return false;
            meter.Charge(1 + ((long)size * size * pivot.Size / BitsPerStep));
            for (var j = k; j <= size; j++) rows[k, j] /= pivot;
            for (var i = 0; i < size; i++)
            {
                if (i == k || rows[i, k] is not { Sign: not 0 } factor) continue;
                for (var j = k; j <= size; j++) rows[i, j] -= factor * rows[k, j];
            }
        }

        for (var i = 0; i < size; i++) sums.Add(members[i], rows[i, size]);
        return true;
    }

    private Rational? SimplePaths()
    {
        var (sum, steps) = (Rational.Zero, 0);
        var path = new Stack<(int Node, int Next, Rational Product, bool IsOpen)>([(holder, 0, Rational.One, false)]);
        var onPath = new HashSet<int> { holder };
        while (path.TryPop(out var end))
        {
            var targets = holdings.Out.Neighbours(end.Node);
            if (end.Node == company || end.Next == targets.Length)
            {
                onPath.Remove(end.Node);
                continue;
            }

            path.Push(end with { Next = end.Next + 1 });
            var next = targets[end.Next];
            if (onPath.Contains(next) || Array.BinarySearch(between, next) < 0) continue;
            var product = end.Product * Part(end.Node, next);
            if (product.Sign == 0) continue;
            if (++steps > MostPaths) return null;
            meter.Charge(1 + (product.Size / BitsPerStep));
            var isBeside = end.IsOpen || IsOpen(end.Node, next);
            if (next == company) (sum, isOpen) = (sum + product, isOpen || isBeside);
            onPath.Add(next);
            path.Push((next, 0, product, isBeside));
        }

        return sum;
    }
}
