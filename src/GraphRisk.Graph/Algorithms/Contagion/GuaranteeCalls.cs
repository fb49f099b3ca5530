using System.Collections.Immutable;
using GraphRisk.Graph.Algorithms.Structure;

namespace GraphRisk.Graph.Algorithms.Contagion;

/// <summary>What is called under guarantees.</summary>
/// <param name="Calls">Called from each as guarantor, in money.</param>
/// <param name="Shortfalls">What each lacks to pay its debt and the calls on it.</param>
/// <param name="Residual">The part of each shortfall that no guarantee takes over.</param>
/// <param name="Rounds">Rounds run.</param>
/// <param name="Converged">False where the rounds were used up while calls still grew.</param>
public sealed record GuaranteeCallsAnswer(
    ImmutableArray<double> Calls, ImmutableArray<double> Shortfalls, ImmutableArray<double> Residual, int Rounds, bool Converged);

/// <summary>
/// Calls along chains and circles of guarantees.
/// <para>
/// Who cannot pay its debt and the calls on it from its assets has a shortfall; its guarantors are called for it, each
/// for the part it covers; where the parts exceed the whole they are cut pro rata, so that nothing is called twice. A
/// guarantee covers a debt: no more is called for a debtor than its own debt. What a guarantor then lacks is called from
/// its guarantors in turn. In a circle this goes round until a guarantor can pay or the guarantees are exhausted.
/// </para>
/// <para>
/// The answer is the least fixpoint: calls begin at zero, grow, and are bounded. State: calls and shortfalls; the
/// worklist holds the debtors whose shortfall grew. Cost: rounds × the guarantees of those. A circle that adds very
/// little on each lap may use up the rounds, and the answer says so.
/// </para>
/// </summary>
public static class GuaranteeCalls
{
    private const int MostRounds = 100_000;
    private const double Tolerance = 1e-13;

    /// <summary>The calls that follow from assets and debts.</summary>
    /// <param name="coverage">An edge from guarantor to debtor with the part of the debt that is covered, 0 to 1.</param>
    /// <param name="assets">What each can pay with.</param>
    /// <param name="debt">What each owes, guarantees apart.</param>
    public static GuaranteeCallsAnswer Find(WeightedGraph coverage, ReadOnlySpan<double> assets, ReadOnlySpan<double> debt)
    {
        var calls = new double[assets.Length];
        var passed = new double[assets.Length];
        var open = new SortedSet<int>(Enumerable.Range(0, assets.Length));
        var rounds = 0;
        for (; open.Count > 0 && rounds < MostRounds; rounds++)
        {
            var next = new SortedSet<int>();
            foreach (var debtor in open)
            {
                var taken = Math.Min(Shortfall(assets[debtor], debt[debtor], calls[debtor]), debt[debtor]);
                if (!(taken - passed[debtor] > Tolerance * Math.Max(1, taken))) continue;
                Call(coverage, debtor, taken - passed[debtor], calls, next);
                passed[debtor] = taken;
            }

            open = next;
        }

        return Describe(coverage, assets, debt, calls, passed) with { Rounds = rounds, Converged = open.Count == 0 };
    }

    private static double Shortfall(double assets, double debt, double calls) => Math.Max(0, debt + calls - assets);

    private static void Call(WeightedGraph coverage, int debtor, double more, double[] calls, SortedSet<int> next)
    {
        var guarantors = coverage.In.Neighbours(debtor);
        var parts = coverage.InWeightsOf(debtor);
        var whole = Math.Max(1, Covered(coverage, debtor));
        for (var i = 0; i < guarantors.Length; i++)
        {
            calls[guarantors[i]] += more * parts[i] / whole;
            next.Add(guarantors[i]);
        }
    }

    private static double Covered(WeightedGraph coverage, int debtor)
    {
        var sum = 0.0;
        foreach (var part in coverage.InWeightsOf(debtor)) sum += part;
        return sum;
    }

    private static GuaranteeCallsAnswer Describe(
        WeightedGraph coverage, ReadOnlySpan<double> assets, ReadOnlySpan<double> debt, double[] calls, double[] passed)
    {
        var shortfalls = ImmutableArray.CreateBuilder<double>(calls.Length);
        var residual = ImmutableArray.CreateBuilder<double>(calls.Length);
        for (var node = 0; node < calls.Length; node++)
        {
            shortfalls.Add(Shortfall(assets[node], debt[node], calls[node]));
            residual.Add(Math.Max(0, shortfalls[node] - (passed[node] * Math.Min(1, Covered(coverage, node)))));
        }

        return new GuaranteeCallsAnswer([.. calls], shortfalls.MoveToImmutable(), residual.MoveToImmutable(), 0, true);
    }
}
