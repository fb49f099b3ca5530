using GraphRisk.Graph.Algorithms.Ownership;
using GraphRisk.Graph.Algorithms.Structure;

namespace GraphRisk.Market.Networks;

/// <summary>How one party's failure costs another.</summary>
public enum ExposureKind : byte
{
    /// <summary>The other owes a debt this party answers for.</summary>
    GuaranteedDebtor,

    /// <summary>The other answers for this party's debt.</summary>
    Guarantor,

    /// <summary>This party holds a part of the other.</summary>
    HeldCompany,

    /// <summary>The other holds a part of this party.</summary>
    Holder,
}

/// <summary>What a party may lose by the failure of another.</summary>
/// <param name="To">Number of the party whose failure costs.</param>
/// <param name="Impact">Part of what this party has that its failure costs, in (0, 1].</param>
/// <param name="Amount">The same in yuan: the guaranteed amount, or the part held of the published equity; NaN where not known.</param>
/// <param name="Kind">How.</param>
public readonly record struct Exposure(int To, float Impact, double Amount, ExposureKind Kind);

/// <summary>
/// Everything parties may lose by each other's failure, as compressed rows by the party that loses: the network that all
/// contagion measures run on.
/// <para>
/// A debtor's failure costs its guarantor the guaranteed amount: the impact is that amount to the guarantor's means
/// (<see cref="Means"/>). A guarantor's failure leaves the debtor without that cover: the amount to the debtor's debt. A
/// company's failure costs its holder the share held; a holder's failure costs the company the support of that share. Shares
/// are the certain ones (<see cref="HoldingGraph"/>: lower bounds, statements of indirect holdings left out). Impacts are
/// capped at 1; where the base is not known the impact is 1. A hub (<see cref="Parties.IsHub"/>) passes nothing on along
/// holdings, so that what a state or a bank holds does not hang together by it.
/// </para>
/// </summary>
public sealed class Exposures
{
    private readonly int[] offsets;
    private readonly Exposure[] exposures;
    private readonly Lazy<WeightedGraph> impacts;

    internal Exposures(Parties parties, Guarantees guarantees, HoldingGraph holdings, Means means, double[] debt, double[] equity)
    {
        var found = new List<(int Loser, Exposure Exposure)>();
        foreach (var guarantee in guarantees.All)
        {
            Add(found, guarantee.Guarantor, guarantee.Debtor, guarantee.Amount, means.Of(guarantee.Guarantor), guarantee.Amount, ExposureKind.GuaranteedDebtor);
            Add(found, guarantee.Debtor, guarantee.Guarantor, guarantee.Amount, debt[guarantee.Debtor], guarantee.Amount, ExposureKind.Guarantor);
        }

        foreach (var holding in holdings.Holdings)
        {
            var (holder, company) = (parties.IndexOf(holding.Holder), parties.IndexOf(holding.Company));
            if (holder == company || holder < 0 || company < 0 || parties.IsHub(holding.Holder)) continue;
            var share = (double)holding.Equity.Lower;
            Add(found, holder, company, share, 1, share * equity[company], ExposureKind.HeldCompany);
            Add(found, company, holder, share, 1, double.NaN, ExposureKind.Holder);
        }

        offsets = new int[parties.Count + 1];
        foreach (var (loser, _) in found) offsets[loser + 1]++;
        for (var party = 0; party < parties.Count; party++) offsets[party + 1] += offsets[party];
        exposures = new Exposure[found.Count];
        var next = offsets.AsSpan(0, parties.Count).ToArray();
        foreach (var (loser, exposure) in found) exposures[next[loser]++] = exposure;
        impacts = new Lazy<WeightedGraph>(BuildImpacts);
    }

    /// <summary>What a party may lose by others.</summary>
    public ReadOnlySpan<Exposure> Of(int party) => exposures.AsSpan(offsets[party]..offsets[party + 1]);

    /// <summary>The same as a graph: an edge from the party that fails to the one that loses, with the impact; parallel ones as they are.</summary>
    public WeightedGraph Impacts => impacts.Value;

    private WeightedGraph BuildImpacts()
    {
        var edges = new List<(int, int, double)>(exposures.Length);
        for (var party = 0; party < offsets.Length - 1; party++)
            foreach (var exposure in Of(party)) edges.Add((exposure.To, party, exposure.Impact));
        return WeightedGraph.Build(offsets.Length - 1, edges);
    }

    private static void Add(List<(int, Exposure)> found, int loser, int to, double part, double whole, double amount, ExposureKind kind)
    {
        var impact = whole > 0 ? Math.Min(1, part / whole) : 1;
        if (part > 0 && impact > 0) found.Add((loser, new Exposure(to, (float)impact, amount, kind)));
    }
}
