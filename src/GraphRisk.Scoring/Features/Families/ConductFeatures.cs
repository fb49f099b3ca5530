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
        (Define("margin_calls_year", "Margin calls within a year", Count, 1, "never missing"), f => f.Events.MarginCallsOfYear),
        (Define("days_since_call", "Days since the last margin call", Days, -1, "never called"), f => f.Events.DaysSinceCall),
        (Define("overdue_contracts", "Contracts overdue", Count, 1, "never missing", "MarginContract.status", "PledgeContract.status", "RepoContract.status"),
            f => f.OverdueContracts),
        (Define("overdues_year", "Overdue payments within a year", Count, 1, "never missing"), f => f.Events.OverduesOfYear),
        (Define("days_since_overdue", "Days since the last overdue payment", Days, -1, "never overdue"), f => f.Events.DaysSinceOverdue),
        (Define("defaults_before", "Earlier defaults and forced liquidations", Count, 1, "never missing"), f => f.Events.Defaults),
        (Define("days_since_default", "Days since the last default", Days, -1, "no default so far"), f => f.Events.DaysSinceDefault),
    ];

    protected override Func<int, int, Facts> Gather(MarketReading market, Neighbourhoods around, WorkMeter meter) =>
        (node, _) => new Facts(
            market.Events.HistoryOf(node), market.Contracts.OfParty(node).Count(contract => contract.Status == ContractStatus.Overdue));

    private static Feature Define(string name, string title, FeatureUnit unit, int direction, string missing, params string[] more) =>
        new(name, title, FeatureGroup.Conduct, unit, direction, missing, ["CreditEvent.kind", "CreditEvent.occurredOn", "BEFELL", .. more]);
}
