using GraphRisk.Graph.Algorithms.Structure;

namespace GraphRisk.Graph.Algorithms.Contagion;

/// <summary>Who owes what to whom. Amounts in one currency, none negative.</summary>
public sealed class LiabilityNetwork
{
    private readonly double[] outside;
    private readonly double[] assets;
    private readonly double[] total;

    /// <param name="owed">An edge from i to j with the amount i owes j; parallel ones add up.</param>
    /// <param name="outside">What each owes to creditors outside the network, paid pari passu with the rest.</param>
    /// <param name="assets">What each has outside the network.</param>
    /// <exception cref="ArgumentException">The lengths differ, or an amount is negative or not a number.</exception>
    public LiabilityNetwork(WeightedGraph owed, ReadOnlySpan<double> outside, ReadOnlySpan<double> assets)
    {
        if (outside.Length != owed.NodeCount || assets.Length != owed.NodeCount)
            throw new ArgumentException($"There are {owed.NodeCount} debtors, {outside.Length} outside debts and {assets.Length} assets.", nameof(assets));
        foreach (var amount in outside) RequireAmount(amount, nameof(outside));
        foreach (var amount in assets) RequireAmount(amount, nameof(assets));
        Owed = owed;
        this.outside = outside.ToArray();
        this.assets = assets.ToArray();
        total = outside.ToArray();
        for (var debtor = 0; debtor < total.Length; debtor++)
            foreach (var amount in owed.OutWeightsOf(debtor)) total[debtor] += amount;
    }

    /// <summary>An edge from i to j with the amount i owes j.</summary>
    public WeightedGraph Owed { get; }

    /// <summary>Number of debtors.</summary>
    public int Count => total.Length;

    /// <summary>What each owes outside the network.</summary>
    public ReadOnlySpan<double> Outside => outside;

    /// <summary>What each has outside the network.</summary>
    public ReadOnlySpan<double> Assets => assets;

    /// <summary>What each owes in all.</summary>
    public ReadOnlySpan<double> Total => total;

    /// <summary>Assets and claims at their face, less all that is owed.</summary>
    public double NetWorth(int node)
    {
        var worth = assets[node] - total[node];
        foreach (var claim in Owed.InWeightsOf(node)) worth += claim;
        return worth;
    }

    private static void RequireAmount(double amount, string name)
    {
        if (!(amount >= 0 && double.IsFinite(amount))) throw new ArgumentException($"{amount} is not an amount.", name);
    }
}
