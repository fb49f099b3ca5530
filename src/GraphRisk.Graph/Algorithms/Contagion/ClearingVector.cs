using System.Collections.Immutable;
using GraphRisk.Graph.Algorithms.Linear;

namespace GraphRisk.Graph.Algorithms.Contagion;

/// <summary>What creditors recover from a debtor in default.</summary>
/// <param name="OnAssets">Part of its outside assets that is left, 0 to 1.</param>
/// <param name="OnClaims">Part of what others pay it that is left, 0 to 1.</param>
public readonly record struct BankruptcyCosts(double OnAssets, double OnClaims)
{
    /// <summary>Nothing is lost: the model of Eisenberg and Noe.</summary>
    public static BankruptcyCosts None { get; } = new(1, 1);
}

/// <summary>What everybody pays.</summary>
/// <param name="Payments">Paid by each, to all its creditors together.</param>
/// <param name="DefaultRounds">Round in which each is found in default, from 0 on; -1 for those that pay in full.</param>
/// <param name="Rounds">Rounds in which somebody was found in default.</param>
/// <param name="Losses">What each loses on its claims.</param>
/// <param name="OutsideLosses">What the outside creditors of each lose on it.</param>
/// <param name="BankruptcyCosts">What a default destroys: assets and receipts of the debtor that reach no creditor.</param>
/// <param name="Residual">Largest difference between a payment and what the rule says it is, relative to amounts above 1.</param>
/// <param name="Attribution">Which debtor's default cost whom how much: the terms of <paramref name="Losses"/>.</param>
public sealed record ClearingAnswer(
    ImmutableArray<double> Payments, ImmutableArray<int> DefaultRounds, int Rounds, ImmutableArray<double> Losses,
    ImmutableArray<double> OutsideLosses, ImmutableArray<double> BankruptcyCosts, double Residual, LossAttribution Attribution)
{
    /// <summary>Who is in default in the end, ascending.</summary>
    public IEnumerable<int> Defaults => DefaultsAfter(Rounds);

    /// <summary>Who is in default after a round, ascending.</summary>
    public IEnumerable<int> DefaultsAfter(int round) =>
        Enumerable.Range(0, DefaultRounds.Length).Where(node => DefaultRounds[node] >= 0 && DefaultRounds[node] <= round);
}

/// <summary>
/// The greatest clearing vector of a network of debts: everybody pays in full, or all it has, pro rata (Eisenberg and
/// Noe 2001); with costs of bankruptcy, a debtor in default pays what is left of its assets and claims (Rogers and
/// Veraart 2013).
/// <para>
/// Fictitious defaults: at first all pay in full; who then cannot is in default; with that set fixed the payments solve
/// a linear system; more may now be unable, and so on. Sets only grow and payments only fall, so after at most as many
/// rounds as debtors the greatest solution stands. The least and the greatest differ where a cycle owes itself: two
/// firms that owe each other 1 and have nothing clear at 1.
/// </para>
/// <para>
/// What a debtor does not pay, its creditors lose, inside and outside, in proportion to their claims: the losses of all
/// add up to what is not paid. That is what the debtor was short of by itself, what others did not pay it, and what its
/// bankruptcy cost.
/// </para>
/// <para>
/// A system with a set of debtors that owe only each other may be singular; it is then lowered from above until it
/// stands, which again gives the greatest solution. Cost: rounds × (edges + a solution over those in default).
/// </para>
/// </summary>
public static class ClearingVector
{
    private const double Tolerance = 1e-12;
    private const int DenseLimit = 1500;

    /// <summary>The greatest clearing vector.</summary>
    /// <param name="network">Debts and assets.</param>
    /// <param name="costs">What is left of a debtor in default.</param>
    /// <param name="meter">Pays for it.</param>
    public static ClearingAnswer Find(LiabilityNetwork network, BankruptcyCosts costs, WorkMeter? meter = null)
    {
        var pays = meter ?? WorkMeter.Unlimited;
        var payments = network.Total.ToArray();
        var rounds = new int[network.Count];
        Array.Fill(rounds, -1);
        var round = 0;
        while (AddDefaults(network, payments, rounds, round, pays))
        {
            round++;
            Settle(network, costs, [.. Enumerable.Range(0, rounds.Length).Where(node => rounds[node] >= 0)], payments, pays);
        }

        return Describe(network, costs, payments, rounds, round);
    }

    private static bool AddDefaults(LiabilityNetwork network, double[] payments, int[] rounds, int round, WorkMeter meter)
    {
        var grown = false;
        for (var node = 0; node < rounds.Length; node++)
        {
            if (rounds[node] >= 0) continue;
            meter.ChargeNode(network.Owed.In.Degree(node));
            var owed = network.Total[node];
            if (!(network.Assets[node] + Received(network, payments, node) < owed - (Tolerance * Math.Max(1, owed)))) continue;
            rounds[node] = round;
            grown = true;
        }

        return grown;
    }

    /// <summary>Payments of those in default, the others paying in full: p = a + M p over the set.</summary>
    private static void Settle(LiabilityNetwork network, BankruptcyCosts costs, ImmutableArray<int> defaults, double[] payments, WorkMeter meter)
    {
        meter.Charge(WorkUnit.Nodes, defaults.Length);
        var matrix = ClaimsAmong(network, costs, defaults);
        var given = new double[defaults.Length];
        foreach (var node in defaults) payments[node] = 0;
        for (var i = 0; i < given.Length; i++)
            given[i] = (costs.OnAssets * network.Assets[defaults[i]]) + (costs.OnClaims * Received(network, payments, defaults[i]));
        var solution = given.ToArray();
        var system = LeontiefSystem.Of(matrix, DenseLimit, meter);
        if (system.Converges) system.Solve(solution, meter);
        else solution = DescendingSolution.Find([.. defaults.Select(node => network.Total[node])], matrix, given, meter);
        for (var i = 0; i < solution.Length; i++) payments[defaults[i]] = Math.Clamp(solution[i], 0, network.Total[defaults[i]]);
    }

    private static SparseMatrix ClaimsAmong(LiabilityNetwork network, BankruptcyCosts costs, ImmutableArray<int> defaults)
    {
        // An entry (creditor, debtor) says which part of the debtor's payment reaches the creditor and is left of it.
        var owed = SparseMatrix.Among(network.Owed, defaults.AsSpan());
        var parts = new double[owed.Weights.Length];
        for (var e = 0; e < parts.Length; e++) parts[e] = costs.OnClaims * owed.Weights[e] / network.Total[defaults[owed.Rows[e]]];
        return new SparseMatrix(owed.Size, owed.Columns, owed.Rows, parts);
    }

    private static double Received(LiabilityNetwork network, double[] payments, int node)
    {
        var debtors = network.Owed.In.Neighbours(node);
        var amounts = network.Owed.InWeightsOf(node);
        var received = 0.0;
        for (var i = 0; i < debtors.Length; i++)
            received += amounts[i] == 0 ? 0 : payments[debtors[i]] * amounts[i] / network.Total[debtors[i]];
        return received;
    }

    private static ClearingAnswer Describe(LiabilityNetwork network, BankruptcyCosts costs, double[] payments, int[] rounds, int round)
    {
        var count = payments.Length;
        var (lossRate, losses, outside, destroyed, residual) = (new double[count], new double[count], new double[count], new double[count], 0.0);
        for (var node = 0; node < count; node++)
            lossRate[node] = network.Total[node] > 0 ? Math.Max(0, 1 - (payments[node] / network.Total[node])) : 0;
        var attribution = new LossAttribution(network.Owed, lossRate);
        for (var node = 0; node < count; node++)
        {
            var received = Received(network, payments, node);
            var (isInDefault, owed) = (rounds[node] >= 0, network.Total[node]);
            losses[node] = attribution.WholeOf(node);
            outside[node] = lossRate[node] * network.Outside[node];
            destroyed[node] = isInDefault ? network.Assets[node] + received - payments[node] : 0;
            var rule = isInDefault ? (costs.OnAssets * network.Assets[node]) + (costs.OnClaims * received) : owed;
            residual = Math.Max(residual, Math.Abs(payments[node] - rule) / Math.Max(1, owed));
        }

        return new ClearingAnswer([.. payments], [.. rounds], round, [.. losses], [.. outside], [.. destroyed], residual, attribution);
    }
}
