using GraphRisk.Graph.Algorithms;
using GraphRisk.Market;
using GraphRisk.Market.Contagion;
using GraphRisk.Market.Credit;
using GraphRisk.Market.Lending;
using static GraphRisk.Scoring.Features.FeatureUnit;

namespace GraphRisk.Scoring.Features.Families;

/// <summary>Margin calls, overdue payments and earlier defaults of the client itself.</summary>
internal sealed class ConductFeatures : FeatureFamily<ConductFeatures.Facts>
{
    internal readonly record struct Facts(EventHistory Events, int OverdueContracts);

    protected override IReadOnlyList<(Feature Feature, Func<Facts, double> Value)> Table { get; } =
    [
        (Define("margin_calls_year", Count, 1), f => f.Events.MarginCallsOfYear),
        (Define("days_since_call", Days, -1), f => f.Events.DaysSinceCall),
        (Define("overdue_contracts", Count, 1, "MarginContract.status", "PledgeContract.status", "RepoContract.status"),
            f => f.OverdueContracts),
        (Define("overdues_year", Count, 1), f => f.Events.OverduesOfYear),
        (Define("days_since_overdue", Days, -1), f => f.Events.DaysSinceOverdue),
        (Define("defaults_before", Count, 1), f => f.Events.Defaults),
        (Define("days_since_default", Days, -1), f => f.Events.DaysSinceDefault),
    ];

    protected override Func<int, int, Facts> Gather(MarketReading market, Neighbourhoods around, WorkMeter meter) =>
        (node, _) => new Facts(
            market.Events.HistoryOf(node), market.Contracts.OfParty(node).Count(contract => contract.Status == ContractStatus.Overdue));

    private static Feature Define(string name, FeatureUnit unit, int direction, params string[] more) =>
        new(name, FeatureGroup.Conduct, unit, direction, ["CreditEvent.kind", "CreditEvent.occurredOn", "BEFELL", .. more]);
}
