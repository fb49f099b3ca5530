using GraphRisk.Graph.Algorithms;
using GraphRisk.Graph.Algorithms.Linkage;
using GraphRisk.Market;
using GraphRisk.Market.Columns;
using GraphRisk.Market.Contagion;
using GraphRisk.Market.Credit;
using static GraphRisk.Scoring.Features.FeatureUnit;

namespace GraphRisk.Scoring.Features.Families;

/// <summary>Ties that carry no amount: devices and accounts used in common, offices and kinship, agreements to act in concert.</summary>
internal sealed class LinkFeatures : FeatureFamily<LinkFeatures.Facts>
{
    /// <param name="Count">Other parties tied.</param>
    /// <param name="Failed">Those that have failed.</param>
    /// <param name="Distress">The greatest distress of one of them.</param>
    /// <param name="DaysSinceFailure">Since the latest failure of one of them; NaN where there was none.</param>
    internal readonly record struct Circle(int Count, int Failed, double Distress, double DaysSinceFailure);

    internal readonly record struct Facts(Circle Devices, Circle Offices, Circle Agreements);

    /// <summary>Which kinds of link are told together.</summary>
    internal static IReadOnlyList<LinkKind[]> Circles { get; } =
    [
        [LinkKind.SharedDevice, LinkKind.SharedAccount],
        [LinkKind.LegalRepresentative, LinkKind.Officer, LinkKind.Related],
        [LinkKind.Agreement],
    ];

    private static readonly string[] DeviceInputs = ["SIGNED_IN", "OWNS_ACCOUNT"];
    private static readonly string[] OfficeInputs = ["OFFICER_OF", "RELATED_TO"];
    private static readonly string[] AgreementInputs = ["BOUND_BY"];

    protected override IReadOnlyList<(Feature Feature, Func<Facts, double> Value)> Table { get; } =
    [
        (Define("device_parties", Count, 1, DeviceInputs), f => f.Devices.Count),
        (Define("device_failed", Count, 1, DeviceInputs), f => f.Devices.Failed),
        (Define("device_distress", Level, 1, DeviceInputs), f => f.Devices.Distress),
        (Define("office_parties", Count, 0, OfficeInputs), f => f.Offices.Count),
        (Define("office_failed", Count, 1, OfficeInputs), f => f.Offices.Failed),
        (Define("office_distress", Level, 1, OfficeInputs), f => f.Offices.Distress),
        (Define("concert_parties", Count, 0, AgreementInputs), f => f.Agreements.Count),
        (Define("concert_failed", Count, 1, AgreementInputs), f => f.Agreements.Failed),
        (new Feature("days_since_link_failure", FeatureGroup.Links, Days, -1,
            [.. DeviceInputs, .. OfficeInputs, .. AgreementInputs, "CreditEvent.kind"]),
            f => Numbers.Least(f.Devices.DaysSinceFailure, Numbers.Least(f.Offices.DaysSinceFailure, f.Agreements.DaysSinceFailure))),
    ];

    protected override Func<int, int, Facts> Gather(MarketReading market, Neighbourhoods around, WorkMeter meter)
    {
        var distress = market.Distress(meter);
        return (_, party) =>
        {
            var linked = around.LinksOf(party);
            Circle Of(int circle) => Describe(market, distress, Others(linked, Circles[circle]));
            return new Facts(Of(0), Of(1), Of(2));
        };
    }

    /// <summary>The parties at the other end of links of some kinds, ascending, each once.</summary>
    internal static IEnumerable<int> Others(IEnumerable<Link> links, LinkKind[] kinds) =>
        links.Where(link => kinds.Contains(link.Kind)).Select(link => link.To).Distinct().Order();

    private static Circle Describe(MarketReading market, Distress distress, IEnumerable<int> others)
    {
        var found = new Circle(0, 0, 0, double.NaN);
        foreach (var other in others)
        {
            var party = market.Parties.IndexOf(other);
            found = new Circle(
                found.Count + 1, found.Failed + (distress.HasFailed(party) ? 1 : 0), Math.Max(found.Distress, distress.Of(party)),
                Numbers.Least(found.DaysSinceFailure, distress.DaysSinceFailure(party)));
        }

        return found;
    }

    private static Feature Define(string name, FeatureUnit unit, int direction, string[] inputs) =>
        new(name, FeatureGroup.Links, unit, direction,
            [.. inputs, "CreditEvent.kind", "MarginContract.maintenanceRatio", "PledgeContract.performanceRatio"]);
}
