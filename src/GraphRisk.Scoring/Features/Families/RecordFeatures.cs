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
        (Define("dishonest_entries", "Entries as dishonest debtor in force", Count, Listings), r => r.DishonestEntries),
        (Define("other_entries", "Enforcement and other entries in force", Count, Listings), r => r.OtherEntries),
        (Define("penalties", "Penalties within three years", Count, Penalties), r => r.Penalties),
        (Define("open_investigations", "Investigations open", Count, Penalties), r => r.OpenInvestigations),
        (Define("court_cases", "Court cases as debtor within three years", Count, ["PARTY_TO.role", "CourtCase.filedOn"]), r => r.CasesAgainst),
    ];

    protected override Func<int, int, PublicRecord> Gather(MarketReading market, Neighbourhoods around, WorkMeter meter) => (node, _) => market.Records.Of(node);

    private static Feature Define(string name, string title, FeatureUnit unit, string[] inputs) =>
        new(name, title, FeatureGroup.Record, unit, 1, "never missing: nothing published counts as 0", inputs);
}
