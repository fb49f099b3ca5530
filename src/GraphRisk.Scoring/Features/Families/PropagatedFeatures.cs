using GraphRisk.Graph.Algorithms;
using GraphRisk.Market;
using GraphRisk.Market.Contagion;
using GraphRisk.Market.Networks;

namespace GraphRisk.Scoring.Features.Families;

/// <summary>
/// Signals of others carried over the links (<see cref="TroubleSignals"/>): over one step, a kind of tie at a time, exposures weighted by impact
/// and links by one; over two steps, the second along exposures, without what leads back. Each other party counts once a
/// circle of links. More of any is more trouble around.
/// </summary>
internal sealed class PropagatedFeatures : FeatureFamily<double[]>
{
    /// <summary>One operator: along which exposures, or over which circle of links, signals are carried one step.</summary>
    /// <param name="Name">As names of features begin.</param>
    /// <param name="Kinds">Exposures; none for links.</param>
    /// <param name="Circles">Circles of <see cref="LinkFeatures.Circles"/>; none for exposures.</param>
    internal sealed record Step(string Name, ExposureKind[] Kinds, int[] Circles);

    internal static IReadOnlyList<Step> Steps { get; } =
    [
        new("debtors", [ExposureKind.GuaranteedDebtor], []),
        new("guarantors", [ExposureKind.Guarantor], []),
        new("holdings", [ExposureKind.HeldCompany, ExposureKind.Holder], []),
        new("devices", [], [0]),
        new("offices", [], [1, 2]),
    ];

    /// <summary>By signal, how names of features end.</summary>
    internal static IReadOnlyList<string> Signals { get; } = ["distress", "failed_month", "failed_quarter", "failed_year", "called", "leverage"];

    private static readonly string[] Inputs =
    [
        "GUARANTEES.amount", "HOLDS.share", "SIGNED_IN", "OWNS_ACCOUNT", "OFFICER_OF", "RELATED_TO", "BOUND_BY", "CreditEvent.kind",
        "CreditEvent.occurredOn", "MarginContract.debt", "MarginContract.maintenanceRatio", "PledgeContract.performanceRatio", "POSITION.quantity",
        "Company.totalAssets",
    ];

    protected override IReadOnlyList<(Feature Feature, Func<double[], double> Value)> Table { get; } =
    [
        .. Steps.Select(step => step.Name).Append("beyond").SelectMany((step, s) => Signals.Select((signal, i) =>
            (NamedBy(step, signal), (Func<double[], double>)(sums => sums[(s * TroubleSignals.Count) + i])))),
    ];

    /// <summary>Name of the feature of an operator and a signal.</summary>
    internal static string NameOf(string step, string signal) => $"carried_{step}_{signal}";

    protected override Func<int, int, double[]> Gather(MarketReading market, Neighbourhoods around, WorkMeter meter)
    {
        var signals = market.Signals(meter);
        return (_, party) =>
        {
            var exposures = around.ExposuresOf(party);
            var links = around.LinksOf(party);
            var sums = new double[(Steps.Count + 1) * TroubleSignals.Count];
            var beyond = sums.AsSpan(Steps.Count * TroubleSignals.Count);
            for (var s = 0; s < Steps.Count; s++)
            {
                var into = sums.AsSpan(s * TroubleSignals.Count, TroubleSignals.Count);
                foreach (var (other, weight) in Along(Steps[s], market.Parties, exposures, links))
                {
                    signals.Add(other, weight, into);
                    meter.ChargeNode(market.Exposures(meter).Of(other).Length);
                    signals.AddBeyond(party, other, weight, beyond);
                }
            }
            return sums;
        };
    }

    /// <summary>Whom an operator reaches in one step, with what weight.</summary>
    internal static List<(int Other, double Weight)> Along(
        Step step, Parties parties, ReadOnlySpan<Exposure> exposures, IReadOnlyList<Graph.Algorithms.Linkage.Link> links)
    {
        var found = new List<(int, double)>();
        foreach (var exposure in exposures)
            if (step.Kinds.Contains(exposure.Kind)) found.Add((exposure.To, exposure.Impact));
        if (step.Circles.Length > 0)
            found.AddRange(LinkFeatures.Others(links, [.. step.Circles.SelectMany(circle => LinkFeatures.Circles[circle])]).Select(other => (parties.IndexOf(other), 1.0)));
        return found;
    }

    private static Feature NamedBy(string step, string signal) => new(NameOf(step, signal), FeatureGroup.Propagated, FeatureUnit.Level, 1, Inputs);
}
