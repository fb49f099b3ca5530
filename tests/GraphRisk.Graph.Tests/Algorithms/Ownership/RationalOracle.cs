using System.Numerics;

namespace GraphRisk.Graph.Tests.Algorithms.Ownership;

/// <summary>
/// Ownership and control of a few parties in exact fractions, each by its own definition and by nothing that the algorithms use: whole
/// numbers over one denominator, elimination with exchange of rows and without a division that leaves a rest (Bareiss 1968).
/// </summary>
internal sealed class RationalOracle
{
    private readonly int nodes;
    private readonly BigInteger[,] parts;
    private readonly BigInteger unit;

    public RationalOracle(int nodes, IEnumerable<(int From, int To, decimal Share)> edges)
    {
        this.nodes = nodes;
        parts = new BigInteger[nodes, nodes];
        unit = BigInteger.Pow(10, 14);
        foreach (var (from, to, share) in edges) parts[from, to] += Whole(share);
    }

    /// <summary>All walks from one to another; null where their sum has no end.</summary>
    public Fraction? Walk(int holder, int company) => Sum(holder, company, barred: -1);

    /// <summary>All walks that never come back to the holder; null where their sum has no end.</summary>
    public Fraction? Corrected(int holder, int company) => holder == company ? Fraction.Zero : Sum(holder, company, barred: holder);

    /// <summary>All chains that visit nobody twice, one by one.</summary>
    public Fraction[] SimplePaths(int holder)
    {
        var sums = new Fraction[nodes];
        Array.Fill(sums, Fraction.Zero);
        Extend(holder, 1 << holder, 1, 0);
        return sums;

        void Extend(int at, int visited, BigInteger product, int length)
        {
            for (var next = 0; next < nodes; next++)
            {
                if (parts[at, next].IsZero || (visited & (1 << next)) != 0) continue;
                var longer = product * parts[at, next];
                sums[next] += new Fraction(longer, BigInteger.Pow(unit, length + 1));
                Extend(next, visited | (1 << next), longer, length + 1);
            }
        }
    }

    /// <summary>Whom a party controls: rounds over all companies until nothing changes.</summary>
    public SortedSet<int> Controlled(int party, decimal majority, bool inclusive, bool withoutTreasury)
    {
        var group = new SortedSet<int> { party };
        while (Enumerable.Range(0, nodes).Where(company => !group.Contains(company) && Commands(company)).ToList() is { Count: > 0 } more) group.UnionWith(more);
        group.Remove(party);
        return group;

        bool Commands(int company)
        {
            var (own, all) = (BigInteger.Zero, unit);
            foreach (var holder in group) own += parts[holder, company];
            if (withoutTreasury && parts[company, company] < unit) all -= parts[company, company];
            var compared = (own * unit).CompareTo(Whole(majority) * all);
            return inclusive ? compared >= 0 : compared > 0;
        }
    }

    private BigInteger Whole(decimal share)
    {
        var exact = Fraction.Of(share);
        return exact.Top * unit / exact.Bottom;
    }

    /// <summary>Walks of at least one step over the nodes between the two; where one is barred, nothing leads into it.</summary>
    private Fraction? Sum(int holder, int company, int barred)
    {
        BigInteger Part(int from, int to) => to == barred ? BigInteger.Zero : parts[from, to];
        int[] between = [.. Reach(holder, Part).Intersect(Reach(company, (from, to) => Part(to, from))).Order()];
        if (!between.Contains(holder) || !between.Contains(company)) return Fraction.Zero;
        // There is an end exactly where some x ≥ 0 has x = 1 + A x: A x is then below x everywhere (Collatz 1942).
        if (Solve(between, Part, company) is not { } found || found.Any(pair => pair.Bounding.Top.Sign < 0)) return null;
        var sum = found[Array.IndexOf(between, holder)].Sum;
        return holder == company ? sum - Fraction.One : sum;
    }

    private HashSet<int> Reach(int start, Func<int, int, BigInteger> part)
    {
        var seen = new HashSet<int> { start };
        var work = new Queue<int>(seen);
        while (work.TryDequeue(out var at))
            for (var next = 0; next < nodes; next++)
                if (!part(at, next).IsZero && seen.Add(next)) work.Enqueue(next);
        return seen;
    }

    /// <summary>x = e + A x among some nodes, once for the e that is 1 at the company and once for the e that is 1 everywhere.</summary>
    private (Fraction Sum, Fraction Bounding)[]? Solve(int[] among, Func<int, int, BigInteger> part, int company)
    {
        var rows = new BigInteger[among.Length, among.Length + 2];
        for (var i = 0; i < among.Length; i++)
        {
            for (var j = 0; j < among.Length; j++) rows[i, j] = (i == j ? unit : BigInteger.Zero) - part(among[i], among[j]);
            rows[i, among.Length] = among[i] == company ? unit : BigInteger.Zero;
            rows[i, among.Length + 1] = unit;
        }

        return Eliminate(rows, among.Length);
    }

    /// <summary>Gauss and Jordan on whole numbers; null where there is no one solution.</summary>
    private static (Fraction, Fraction)[]? Eliminate(BigInteger[,] rows, int size)
    {
        var before = BigInteger.One;
        for (var k = 0; k < size; k++)
        {
            var chosen = Enumerable.Range(k, size - k).FirstOrDefault(row => !rows[row, k].IsZero, -1);
            if (chosen < 0) return null;
            for (var j = k; j < size + 2; j++) (rows[k, j], rows[chosen, j]) = (rows[chosen, j], rows[k, j]);
            var pivot = rows[k, k];
            for (var i = 0; i < size; i++)
            {
                if (i == k) continue;
                var factor = rows[i, k];
                for (var j = k + 1; j < size + 2; j++) rows[i, j] = ((pivot * rows[i, j]) - (factor * rows[k, j])) / before;
            }

            for (var i = 0; i < k; i++) rows[i, i] = pivot;
            before = pivot;
        }

        return [.. Enumerable.Range(0, size).Select(i => (Of(rows[i, size]), Of(rows[i, size + 1])))];

        Fraction Of(BigInteger top) => new(top * before.Sign, BigInteger.Abs(before));
    }
}
