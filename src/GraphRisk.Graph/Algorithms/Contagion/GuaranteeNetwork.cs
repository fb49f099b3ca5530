using GraphRisk.Graph.Algorithms.Structure;

namespace GraphRisk.Graph.Algorithms.Contagion;

/// <summary>What one guarantee says.</summary>
/// <param name="Debtor">Whose debt it is.</param>
/// <param name="Guarantor">Who answers for it.</param>
/// <param name="Coverage">The part that is covered, 0 to 1; all of it where null.</param>
/// <param name="Amount">The most that is called under it, in money; goes before the part. Null where none is stated.</param>
/// <param name="IsWhole">Where the debtor has further guarantors its guarantor answers for what they cannot pay, too: no shares are agreed.</param>
public readonly record struct GuaranteeTerms(int Debtor, int Guarantor, double? Coverage, double? Amount, bool IsWhole = false);

/// <summary>
/// Who answers for whose debt, and how far. A part covers that part of whatever the debtor lacks; an amount covers all of it up to the amount. Where one
/// guarantee of a debtor states an amount all of its count by amounts, a part as that part of the debt; no amount counts for more than the
/// debt. What several cover together is called from each in proportion. Immutable.
/// </summary>
public sealed class GuaranteeNetwork
{
    private readonly double[] most;

    private GuaranteeNetwork(WeightedGraph coverage, WeightedGraph whole, double[] most) => (Coverage, Whole, this.most) = (coverage, whole, most);

    /// <summary>An edge from debtor to guarantor for each guarantee, with the part of what is called for the debtor that it covers.</summary>
    public WeightedGraph Coverage { get; }

    /// <summary>Those of the edges whose guarantor answers for the whole.</summary>
    public WeightedGraph Whole { get; }

    /// <summary>The most that is called for each debtor, in money; infinite where no amount limits it.</summary>
    public ReadOnlySpan<double> Most => most;

    /// <summary>The network of some guarantees.</summary>
    /// <param name="guarantees">The guarantees; one for oneself is none.</param>
    /// <param name="debts">What each owes, guarantees apart, not negative.</param>
    public static GuaranteeNetwork Of(IEnumerable<GuaranteeTerms> guarantees, ReadOnlySpan<double> debts)
    {
        var all = guarantees.Where(one => one.Debtor != one.Guarantor).ToList();
        var most = new double[debts.Length];
        Array.Fill(most, double.PositiveInfinity);
        foreach (var one in all)
            if (one.Amount is not null) most[one.Debtor] = 0;
        foreach (var one in all)
            if (most[one.Debtor] < double.PositiveInfinity) most[one.Debtor] += AmountOf(one, debts[one.Debtor]);
        var (coverage, whole) = (new List<(int From, int To, double Weight)>(all.Count), new List<(int From, int To, double Weight)>());
        foreach (var one in all)
        {
            var part = double.IsInfinity(most[one.Debtor]) ? one.Coverage ?? 1 : most[one.Debtor] > 0 ? AmountOf(one, debts[one.Debtor]) / most[one.Debtor] : 0;
            coverage.Add((one.Debtor, one.Guarantor, part));
            if (one.IsWhole) whole.Add(coverage[^1]);
        }

        return new GuaranteeNetwork(WeightedGraph.Build(debts.Length, coverage), WeightedGraph.Build(debts.Length, whole), most);
    }

    private static double AmountOf(in GuaranteeTerms one, double debt) => Math.Min(debt, one.Amount ?? (one.Coverage ?? 1) * debt);
}
