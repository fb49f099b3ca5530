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
/// <param name="DefaultRounds">Who is in default after each round, ascending; each round holds the one before.</param>
/// <param name="Residual">Largest difference between a payment and what the rule says it is, relative to amounts above 1.</param>
public sealed record ClearingAnswer(ImmutableArray<double> Payments, ImmutableArray<ImmutableArray<int>> DefaultRounds, double Residual)
{
    /// <summary>Who is in default in the end, ascending.</summary>
    public ImmutableArray<int> Defaults => DefaultRounds.IsEmpty ? [] : DefaultRounds[^1];
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
/// A system with a set of debtors that owe only each other may be singular; it is then lowered from above until it
/// stands, which again gives the greatest solution. Cost: rounds × (edges + a solution over those in default).
/// </para>
/// </summary>
public static class ClearingVector
{
    private const double Tolerance = 1e-12;
    private const int DenseLimit = 1500;
    private const int MostSweeps = 100_000;

    /// <summary>The greatest clearing vector.</summary>
    public static ClearingAnswer Find(LiabilityNetwork network, BankruptcyCosts costs)
    {
        var payments = network.Total.ToArray();
        var rounds = ImmutableArray.CreateBuilder<ImmutableArray<int>>();
        var defaults = new bool[network.Count];
        while (AddDefaults(network, payments, defaults))
        {
            rounds.Add([.. Enumerable.Range(0, defaults.Length).Where(node => defaults[node])]);
            Settle(network, costs, rounds[^1], payments);
        }

        return new ClearingAnswer([.. payments], rounds.ToImmutable(), Residual(network, costs, defaults, payments));
    }

    private static bool AddDefaults(LiabilityNetwork network, double[] payments, bool[] defaults)
    {
        var grown = false;
        for (var node = 0; node < defaults.Length; node++)
        {
            var owed = network.Total[node];
            if (defaults[node] || !(network.Assets[node] + Received(network, payments, node) < owed - (Tolerance * Math.Max(1, owed)))) continue;
            defaults[node] = grown = true;
        }

        return grown;
    }

    /// <summary>Payments of those in default, the others paying in full: p = a + M p over the set.</summary>
    private static void Settle(LiabilityNetwork network, BankruptcyCosts costs, ImmutableArray<int> defaults, double[] payments)
    {
        var matrix = ClaimsAmong(network, costs, defaults);
        var given = new double[defaults.Length];
        foreach (var node in defaults) payments[node] = 0;
        for (var i = 0; i < given.Length; i++)
            given[i] = (costs.OnAssets * network.Assets[defaults[i]]) + (costs.OnClaims * Received(network, payments, defaults[i]));
        var solution = given.ToArray();
        var system = LeontiefSystem.Of(matrix, DenseLimit);
        if (system.Converges) system.Solve(solution);
        else LowerFrom(defaults.Select(node => network.Total[node]), matrix, given, solution);
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

    /// <summary>Repeats p = given + M p from above until nothing falls any more.</summary>
    private static void LowerFrom(IEnumerable<double> ceilings, SparseMatrix matrix, double[] given, double[] solution)
    {
        double[] current = [.. ceilings];
        for (var sweep = 0; sweep < MostSweeps; sweep++)
        {
            given.CopyTo(solution, 0);
            for (var e = 0; e < matrix.Weights.Length; e++) solution[matrix.Rows[e]] += matrix.Weights[e] * current[matrix.Columns[e]];
            var change = 0.0;
            for (var i = 0; i < solution.Length; i++)
            {
                solution[i] = Math.Min(solution[i], current[i]);
                change = Math.Max(change, (current[i] - solution[i]) / Math.Max(1, current[i]));
            }

            solution.CopyTo(current, 0);
            if (change <= 1e-15) return;
        }
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

    private static double Residual(LiabilityNetwork network, BankruptcyCosts costs, bool[] defaults, double[] payments)
    {
        var largest = 0.0;
        for (var node = 0; node < payments.Length; node++)
        {
            var received = Received(network, payments, node);
            var rule = defaults[node] ? (costs.OnAssets * network.Assets[node]) + (costs.OnClaims * received) : network.Total[node];
            largest = Math.Max(largest, Math.Abs(payments[node] - rule) / Math.Max(1, network.Total[node]));
        }

        return largest;
    }
}
