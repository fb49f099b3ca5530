using System.Collections.Immutable;
using GraphRisk.Market.Stress;
using GraphRisk.Workflow.Concentration;
using GraphRisk.Workflow.Market;
using GraphRisk.Workflow.Supervision.Movers;
using GraphRisk.Workflow.Supervision.Quality;
using GraphRisk.Workflow.Warnings.Work;
using static GraphRisk.Workflow.Supervision.Reports.ReportFigure;

namespace GraphRisk.Workflow.Supervision.Reports;

/// <summary>The figures of a report as tables, all of them; page and files are made of these alone. Clients stand under the id of their record, by which who may know more finds them.</summary>
public static class MarketReportTables
{
    /// <summary>The sections with their tables, in the order of the page.</summary>
    public static ImmutableArray<(string Section, ImmutableArray<ReportTable> Tables)> Of(MarketReport report) =>
    [
        ("quality", [.. MarketReport.Told.Select(one => Quality(report, one.Of, one.By))]),
        ("movers", [.. report.Movers.Select(Movers)]),
        ("concentration", [Market(report.Concentration), Securities(report), Groups(report)]),
        .. report.Stress is { } stress ? [("stress", [.. MarketReport.Stressed.Select(by => Stress(stress, by))])] : Array.Empty<(string, ImmutableArray<ReportTable>)>(),
        ("warnings", [.. Enum.GetValues<WarningDivision>().Select(by => Warnings(report.Warnings[by], by))]),
    ];

    /// <summary>Newest day first.</summary>
    private static ReportTable Quality(MarketReport report, MarketDivision of, QualityDivision by) => ReportTable.Of(
        NameOf("quality", $"{of}", $"{by}"), report.Quality.Reverse().SelectMany(day => day.Tables[(of, by)].Select(row => (day.Day, Row: row))),
        ("day", Day, one => one.Day), ("division", Text, one => one.Row.Of), ("key", Text, one => one.Row.Key),
        ("clients", Count, one => one.Row.Clients), ("exposure", Money, one => one.Row.Exposure),
        ("clients_in_default", Count, one => one.Row.ClientsInDefault), ("exposure_in_default", Money, one => one.Row.ExposureInDefault), ("share_in_default", Share, one => one.Row.ShareInDefault),
        ("scored_exposure", Money, one => one.Row.ScoredExposure), ("expected_loss", Money, one => one.Row.ExpectedLoss), ("worst_grade", Text, one => one.Row.WorstGrade),
        ("weak_clients", Count, one => one.Row.WeakClients), ("weak_exposure", Money, one => one.Row.WeakExposure), ("share_weak", Share, one => one.Row.ShareWeak));

    private static ReportTable Movers(MoversBy movers) => ReportTable.Of(
        NameOf("movers", $"{movers.Subject}", $"{movers.Figure}"), movers.First,
        ("subject", Text, one => one.Subject.ToString()), ("movement", movers.Figure == MoverFigure.Exposure ? Money : Number, one => one.Movement),
        ("grade_then", Text, one => one.Then?.Grade), ("grade_now", Text, one => one.Now?.Grade),
        ("pd_then", Share, one => (decimal?)one.Then?.ProbabilityOfDefault), ("pd_now", Share, one => (decimal?)one.Now?.ProbabilityOfDefault),
        ("exposure_then", Money, one => one.Then?.Exposure), ("exposure_now", Money, one => one.Now?.Exposure),
        ("ratio_then", Number, one => one.Then?.Ratio), ("ratio_now", Number, one => one.Now?.Ratio),
        ("concentration_then", Share, one => one.Then?.Concentration), ("concentration_now", Share, one => one.Now?.Concentration));

    private static ReportTable Market(MarketConcentration found) => ReportTable.Of(
        "concentration-market", [found],
        ("debt", Money, one => one.Debt), ("collateral", Money, one => one.Collateral), ("among_brokers", Number, one => one.AmongBrokers), ("among_groups", Number, one => one.AmongGroups),
        ("among_securities", Number, one => one.AmongSecurities), ("groups", Count, one => one.Groups.Length), ("securities", Count, one => one.Securities.Length));

    private static ReportTable Securities(MarketReport report) => ReportTable.Of(
        "concentration-securities", report.Concentration.Securities.Take(MarketReport.MostNamed),
        ("security", Text, one => report.Named[one.Security].Key), ("quantity", Money, one => one.Quantity), ("value", Money, one => one.Value), ("share_of_collateral", Share, one => one.ShareOfCollateral),
        ("share_of_outstanding", Share, one => one.ShareOfOutstanding), ("share_of_free_float", Share, one => one.ShareOfFreeFloat),
        ("brokers", Count, one => one.Brokers), ("largest_broker", Text, one => report.Named[one.Largest].Key), ("largest_share", Share, one => one.LargestShare), ("herfindahl", Number, one => one.Herfindahl));

    private static ReportTable Groups(MarketReport report) => ReportTable.Of(
        "concentration-groups", report.Concentration.Groups.Take(MarketReport.MostNamed),
        ("leader", Text, one => report.Named[one.Leader].ToString()), ("members", Count, one => one.Members), ("debt", Money, one => one.Debt), ("share_of_market", Share, one => one.ShareOfMarket),
        ("brokers", Count, one => one.Brokers), ("largest_broker", Text, one => report.Named[one.Largest].Key), ("largest_share", Share, one => one.LargestShare), ("herfindahl", Number, one => one.Herfindahl),
        ("most_to_net_capital", Share, one => one.MostToNetCapital));

    private static ReportTable Stress(StressBeside stress, StressDivision by) => ReportTable.Of(
        NameOf("stress", $"{by}"), stress.Tables[by],
        ("key", Text, one => one.Supposed.Key), ("contracts", Count, one => one.Supposed.Before.Contracts), ("debt", Money, one => one.Supposed.Before.Debt), ("price_move", Share, one => one.Actual.PriceMove),
        ("most_calls", Count, one => one.Supposed.Rounds.Max(round => round.Calls)), ("calls_made", Count, one => one.Actual.Calls),
        ("defaults_supposed", Count, one => one.Supposed.After.Defaults), ("defaults_actual", Count, one => one.Actual.Defaults), ("defaults_since", Count, one => one.Actual.DefaultsSince),
        ("uncovered_supposed", Money, one => one.Supposed.After.Uncovered), ("uncovered_actual", Money, one => one.Actual.Uncovered), ("losses_supposed", Money, one => one.Supposed.After.Losses));

    private static ReportTable Warnings(ImmutableArray<WarningWorkRow> rows, WarningDivision by) => ReportTable.Of(
        NameOf("warnings", $"{by}"), rows,
        ("broker", Text, row => row.Broker), ("key", Text, row => row.Key), ("opened", Count, row => row.Opened), ("taken", Count, row => row.Taken), ("median_days_to_take", Number, row => row.MedianDaysToTake),
        ("resolved", Count, row => row.Resolved), ("false_alarms", Count, row => row.FalseAlarms), ("escalated", Count, row => row.Escalated), ("open", Count, row => row.Open), ("untaken", Count, row => row.Untaken),
        ("rounds", Count, row => row.Rounds), ("cut", Count, row => row.Cut));

    private static string NameOf(params string[] parts) => string.Join('-', parts.Select(part => part.ToLowerInvariant()));
}
