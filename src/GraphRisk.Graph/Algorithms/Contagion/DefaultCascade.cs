using System.Collections.Immutable;

namespace GraphRisk.Graph.Algorithms.Contagion;

/// <summary>
/// Sequential default (Furfine 2003): whoever loses more on claims against those in default than its net worth is in
/// default in the next round.
/// <para>
/// A claim on a defaulter is lost but for the recovery rate, at once and for good; nothing is cleared (compare
/// <see cref="ClearingVector"/>). The comparison is strict: a loss of exactly the net worth is survived. The first round
/// holds those whose net worth is negative before any loss. State: the loss of each so far. Time O(nodes + edges).
/// </para>
/// </summary>
public static class DefaultCascade
{
    /// <summary>Who is in default after each round, ascending; each round holds the one before, and the last adds nobody more.</summary>
    /// <param name="network">Debts and assets.</param>
    /// <param name="recovery">Part of a claim on a defaulter that is recovered, 0 to 1.</param>
    public static ImmutableArray<ImmutableArray<int>> Rounds(LiabilityNetwork network, double recovery)
    {
        var worth = new double[network.Count];
        for (var node = 0; node < worth.Length; node++) worth[node] = network.NetWorth(node);
        return Rounds(network, worth, recovery);
    }

    /// <summary>The same with net worths given.</summary>
    public static ImmutableArray<ImmutableArray<int>> Rounds(LiabilityNetwork network, ReadOnlySpan<double> netWorth, double recovery)
    {
        var losses = new double[network.Count];
        var all = new SortedSet<int>();
        var rounds = ImmutableArray.CreateBuilder<ImmutableArray<int>>();
        var touched = new SortedSet<int>(Enumerable.Range(0, network.Count));
        while (true)
        {
            var fallen = new List<int>();
            foreach (var node in touched)
                if (!all.Contains(node) && netWorth[node] < losses[node]) fallen.Add(node);
            if (fallen.Count == 0) return rounds.ToImmutable();
            all.UnionWith(fallen);
            rounds.Add([.. all]);
            touched = Spread(network, fallen, 1 - recovery, losses);
        }
    }

    /// <summary>Charges the creditors of those newly in default; who was charged.</summary>
    private static SortedSet<int> Spread(LiabilityNetwork network, List<int> fallen, double lossRate, double[] losses)
    {
        var touched = new SortedSet<int>();
        foreach (var debtor in fallen)
        {
            var creditors = network.Owed.Out.Neighbours(debtor);
            var amounts = network.Owed.OutWeightsOf(debtor);
            for (var i = 0; i < creditors.Length; i++)
            {
                losses[creditors[i]] += lossRate * amounts[i];
                touched.Add(creditors[i]);
            }
        }

        return touched;
    }
}
