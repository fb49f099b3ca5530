using System.Collections.Immutable;
using System.Numerics;

namespace GraphRisk.Graph.Algorithms.Ownership;

/// <summary>How often each voter decides.</summary>
/// <param name="ShapleyShubik">Part of the orders of arrival in which the voter turns losing into winning; sums to 1.</param>
/// <param name="Banzhaf">Part of all swings that are the voter's; sums to 1, or is 0 for all where nobody ever decides.</param>
public sealed record VotingPower(ImmutableArray<double> ShapleyShubik, ImmutableArray<double> Banzhaf);

/// <summary>
/// Power indices of weighted voting (Shapley and Shubik 1954; Banzhaf 1965): 49% beside 50% and 1% decides no more
/// than the 1% does.
/// <para>
/// Dynamic programming over coalitions by size and weight (Mann and Shapley 1962; Bilbao and others 2000): count[s, w] is the number of
/// coalitions of s voters with weight w below the quota. It is built once for all voters, and for each voter that voter
/// is taken out again: without[s, w] = count[s, w] - without[s - 1, w - weight]. A coalition is a swing of i where it
/// loses alone and wins with i. Counts are exact integers of any size; only the last division is a double. Time and
/// memory O(voters² × quota) and O(voters × quota).
/// </para>
/// </summary>
public static class PowerIndices
{
    /// <summary>Voters times quota beyond which a vote is refused; give the votes in coarser units.</summary>
    public const long LargestTable = 5_000_000;

    /// <summary>The power of each voter.</summary>
    /// <param name="weights">Votes of each in whole units, such as basis points; none negative.</param>
    /// <param name="quota">Votes that win, above 0.</param>
    /// <exception cref="ArgumentException">A weight is negative, the quota is not positive, or the table would be too large.</exception>
    public static VotingPower Find(IReadOnlyList<int> weights, int quota)
    {
        if (quota <= 0) throw new ArgumentException($"The quota is {quota}, not above 0.", nameof(quota));
        if (weights.Any(weight => weight < 0)) throw new ArgumentException("A weight is negative.", nameof(weights));
        if ((long)(weights.Count + 1) * quota > LargestTable)
            throw new ArgumentException($"{weights.Count} voters and a quota of {quota} exceed the table of {LargestTable}.", nameof(weights));
        var counts = Count(weights, quota);
        var orders = Factorials(weights.Count);
        var shapley = ImmutableArray.CreateBuilder<double>(weights.Count);
        var swings = new BigInteger[weights.Count];
        for (var voter = 0; voter < weights.Count; voter++)
        {
            var bySize = SwingsBySize(counts, weights[voter], weights.Count, quota);
            swings[voter] = Sum(bySize);
            var decisive = BigInteger.Zero;
            for (var size = 0; size < weights.Count; size++) decisive += bySize[size] * orders[size] * orders[weights.Count - 1 - size];
            shapley.Add(Ratio(decisive, orders[weights.Count]));
        }

        var all = Sum(swings);
        return new VotingPower(shapley.MoveToImmutable(), [.. swings.Select(count => Ratio(count, all))]);
    }

    private static BigInteger[][] Count(IReadOnlyList<int> weights, int quota)
    {
        var counts = Enumerable.Range(0, weights.Count + 1).Select(_ => new BigInteger[quota]).ToArray();
        counts[0][0] = BigInteger.One;
        for (var voter = 0; voter < weights.Count; voter++)
            for (var size = voter; size >= 0; size--)
                for (var weight = 0; weight + weights[voter] < quota; weight++)
                    if (!counts[size][weight].IsZero) counts[size + 1][weight + weights[voter]] += counts[size][weight];
        return counts;
    }

    private static BigInteger[] SwingsBySize(BigInteger[][] counts, int own, int voters, int quota)
    {
        var swings = new BigInteger[voters];
        var smaller = new BigInteger[quota];
        for (var size = 0; size < voters; size++)
        {
            var without = (BigInteger[])counts[size].Clone();
            if (size > 0)
                for (var weight = own; weight < quota; weight++) without[weight] -= smaller[weight - own];
            for (var weight = Math.Max(0, quota - own); weight < quota; weight++) swings[size] += without[weight];
            smaller = without;
        }

        return swings;
    }

    private static BigInteger[] Factorials(int most)
    {
        var factorials = new BigInteger[most + 1];
        factorials[0] = BigInteger.One;
        for (var i = 1; i <= most; i++) factorials[i] = factorials[i - 1] * i;
        return factorials;
    }

    private static BigInteger Sum(IEnumerable<BigInteger> values) => values.Aggregate(BigInteger.Zero, BigInteger.Add);

    /// <summary>The quotient as a double, exact to 1e-15 however large both are.</summary>
    private static double Ratio(BigInteger part, BigInteger whole) =>
        whole.IsZero ? 0 : (double)(part * BigInteger.Pow(10, 18) / whole) / 1e18;
}
