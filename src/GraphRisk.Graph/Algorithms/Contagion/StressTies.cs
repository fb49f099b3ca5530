using GraphRisk.Graph.Algorithms.Ownership;
using GraphRisk.Graph.Snapshots;

namespace GraphRisk.Graph.Algorithms.Contagion;

/// <summary>The ties along which stress spreads, each from the one that passes it on to the one that takes it.</summary>
internal sealed class StressTies(Snapshot snapshot, HoldingGraph holdings, StressParameters parameters)
{
    private const decimal Majority = 0.5m;

    public IEnumerable<(int From, int To, double Weight)> Guarantees()
    {
        var guarantees = snapshot.Relationship("GUARANTEES");
        for (var guarantor = 0; guarantor < guarantees.Out.NodeCount; guarantor++)
        {
            var (start, end) = guarantees.Out.Range(guarantor);
            if (start == end) continue;
            var means = MeansOf(guarantor);
            for (var edge = start; edge < end; edge++)
                if (guarantees.Out.Target(edge) is var debtor && debtor != guarantor)
                    yield return (debtor, guarantor, parameters.Guarantee * BurdenOf(guarantees, edge, means));
        }
    }

    public IEnumerable<(int From, int To, double Weight)> Holdings()
    {
        for (var edge = 0; edge < holdings.Holdings.Length; edge++)
            if (holdings[edge] is var holding && holding.Holder != holding.Company)
                yield return (holding.Company, holding.Holder, parameters.Holding * Math.Min(1, (double)holding.Equity.Share));
    }

    public IEnumerable<(int From, int To, double Weight)> Controllers()
    {
        for (var edge = 0; edge < holdings.Holdings.Length; edge++)
            if (holdings[edge] is var holding && holding.Holder != holding.Company && holding.Votes.Lower > Majority)
                yield return (holding.Holder, holding.Company, parameters.Controller);
    }

    /// <summary>The part of its means a guarantor would lose, at most 1.</summary>
    private double BurdenOf(RelationshipTable guarantees, int edge, decimal? means)
    {
        var amount = guarantees.GetDecimal(edge, "amount");
        if (means is not { } known || (amount is null && known > 0)) return parameters.UnknownMeans * (double)(guarantees.GetDecimal(edge, "coverage") ?? 1);
        return known <= 0 ? 1 : (double)Math.Min(1, amount!.Value / known);
    }

    /// <summary>Equity at the last accounts, or else the registered capital; null where neither is known.</summary>
    private decimal? MeansOf(int party)
    {
        var day = snapshot.Stamp.AsOfDay;
        return snapshot.Nodes.GetSeries(party, "totalAssets").At(day) - snapshot.Nodes.GetSeries(party, "totalLiabilities").At(day)
            ?? snapshot.Nodes.GetDecimal(party, "registeredCapital");
    }
}
