using GraphRisk.Graph.Algorithms.Structure;

namespace GraphRisk.Graph.Algorithms.Contagion;

/// <summary>
/// Who owes what to whom: the one network that clearing, cascades and DebtRank are asked about. Amounts in one currency.
/// Immutable and thread-safe.
/// </summary>
public sealed class LiabilityNetwork
{
    private readonly double[] outside;
    private readonly double[] assets;
    private readonly double[] total;
    private readonly double[] equity;

    /// <param name="owed">An edge from i to j with the amount i owes j; parallel ones add up.</param>
    /// <param name="outside">What each owes to creditors outside the network, paid pari passu with the rest; not negative.</param>
    /// <param name="assets">What each has outside the network; not negative.</param>
    /// <param name="equity">What each can lose before it fails, negative for who has failed already; the net worth where absent.</param>
    /// <exception cref="ArgumentException">The lengths differ, or an amount is negative or not a number.</exception>
    public LiabilityNetwork(
        WeightedGraph owed, ReadOnlySpan<double> outside, ReadOnlySpan<double> assets, ReadOnlySpan<double> equity = default)
    {
        if (outside.Length != owed.NodeCount || assets.Length != owed.NodeCount)
            throw new ArgumentException($"There are {owed.NodeCount} debtors, {outside.Length} outside debts and {assets.Length} assets.", nameof(assets));
        if (!equity.IsEmpty && equity.Length != owed.NodeCount)
            throw new ArgumentException($"There are {owed.NodeCount} debtors and {equity.Length} equities.", nameof(equity));
        foreach (var amount in outside) RequireAmount(amount, nameof(outside));
        foreach (var amount in assets) RequireAmount(amount, nameof(assets));
        foreach (var amount in owed.OutWeights) RequireAmount(amount, nameof(owed));
        foreach (var amount in equity) RequireAmount(Math.Abs(amount), nameof(equity));
        Owed = owed;
        this.outside = outside.ToArray();
        this.assets = assets.ToArray();
        total = outside.ToArray();
        for (var debtor = 0; debtor < total.Length; debtor++)
            foreach (var amount in owed.OutWeightsOf(debtor)) total[debtor] += amount;
        this.equity = equity.IsEmpty ? new double[total.Length] : equity.ToArray();
        if (equity.IsEmpty)
            for (var node = 0; node < total.Length; node++) this.equity[node] = NetWorth(node);
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

    /// <summary>What each can lose before it fails: as given, else its net worth.</summary>
    public ReadOnlySpan<double> Equity => equity;

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
