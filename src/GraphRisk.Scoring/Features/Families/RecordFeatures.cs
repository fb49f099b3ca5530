using GraphRisk.Graph.Algorithms;
using GraphRisk.Market;
using GraphRisk.Market.Contagion;
using GraphRisk.Market.Credit;
using static GraphRisk.Scoring.Features.FeatureUnit;

namespace GraphRisk.Scoring.Features.Families;

/// <summary>Lists, penalties and court cases within their terms; what expired or was removed does not count.</summary>
internal sealed class RecordFeatures : FeatureFamily<PublicRecord>
{
    private static readonly string[] Listings = ["LISTED_AS", "Listing.kind", "Listing.expiresOn", "Listing.removedOn"];
    private static readonly string[] Penalties = ["PENALISED", "Penalty.state", "Penalty.decidedOn"];

    protected override IReadOnlyList<(Feature Feature, Func<PublicRecord, double> Value)> Table { get; } =
    [
        (Define("dishonest_entries", Count, Listings), r => r.DishonestEntries),
        (Define("other_entries", Count, Listings), r => r.OtherEntries),
        (Define("penalties", Count, Penalties), r => r.Penalties),
        (Define("open_investigations", Count, Penalties), r => r.OpenInvestigations),
        (Define("court_cases", Count, ["PARTY_TO.role", "CourtCase.filedOn"]), r => r.CasesAgainst),
    ];

    protected override Func<int, int, PublicRecord> Gather(MarketReading market, Neighbourhoods around, WorkMeter meter) => (node, _) => market.Records.Of(node);

    private static Feature Define(string name, FeatureUnit unit, string[] inputs) =>
        new(name, FeatureGroup.Record, unit, 1, inputs);
}
