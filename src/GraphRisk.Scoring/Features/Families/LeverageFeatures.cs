using GraphRisk.Graph.Algorithms;
using GraphRisk.Market;
using GraphRisk.Market.Columns;
using GraphRisk.Market.Contagion;
using GraphRisk.Market.Lending;
using static GraphRisk.Scoring.Features.FeatureUnit;

namespace GraphRisk.Scoring.Features.Families;

/// <summary>
/// Debt under margin, pledge and repo contracts, the ratio of collateral to it, and how both moved. Without debt a ratio
/// is not unknown but boundless, and reads as infinity: the safe end, wherever a tree splits.
/// </summary>
internal sealed class LeverageFeatures : FeatureFamily<LeverageFeatures.Facts>
{
    internal readonly record struct Facts(DebtPosition Debts, double Securities);

    private static readonly string[] DebtInputs = ["MarginContract.debt", "PledgeContract.debt", "RepoContract.debt", "CONTRACTED"];
    private static readonly string[] Ratios =
        ["MarginContract.maintenanceRatio", "PledgeContract.performanceRatio", "RepoContract.performanceRatio", "CONTRACTED"];

    protected override IReadOnlyList<(Feature Feature, Func<Facts, double> Value)> Table { get; } =
    [
        (Define("ratio_worst", Percent, -1, Ratios),
            f => Unless(f, f.Debts.WorstRatio)),
        (Define("distance_to_call", Percent, -1,
            [.. Ratios, "MarginContract.callLine", "PledgeContract.warningLine"]), f => Unless(f, f.Debts.WorstToCall)),
        (Define("distance_to_close", Percent, -1,
            [.. Ratios, "MarginContract.liquidationLine", "PledgeContract.closingLine"]), f => Unless(f, f.Debts.WorstToClose)),
        (Define("ratio_change_quarter", PercentagePoints, -1, Ratios),
            f => f.Debts.WorstRatio - f.Debts.WorstRatioBefore),
        (Define("ratio_lowest_year", Percent, -1, Ratios),
            f => Unless(f, f.Debts.LowestRatioOfYear)),
        (Define("debt", LogYuan, 1, DebtInputs), f => Numbers.LogOnePlus(f.Debts.Debt)),
        (Define("debt_growth_quarter", LogChange, 1, DebtInputs),
            f => Numbers.Growth(f.Debts.DebtBefore, f.Debts.Debt)),
        (Define("debt_to_securities", Percent, 1, [.. DebtInputs, "POSITION.quantity", "Security.close"]),
            f => Numbers.Ratio(f.Debts.Debt, f.Securities)),
        (Define("credit_line_use", Percent, 1, ["MarginContract.debt", "MarginContract.creditLine"]),
            f => Numbers.Ratio(f.Debts.MarginDebt, f.Debts.CreditLine)),
        (Define("margin_share", Percent, 0, DebtInputs),
            f => Numbers.Ratio(f.Debts.MarginDebt, f.Debts.Debt)),
        (Define("open_contracts", Count, 0, ["CONTRACTED"]), f => f.Debts.Contracts),
        (Define("days_to_maturity", Days, -1,
            ["MarginContract.maturesOn", "PledgeContract.maturesOn", "RepoContract.maturesOn"]), f => Unless(f, f.Debts.DaysToMaturity)),
    ];

    /// <summary>The features of other facts than the market states, by name.</summary>
    internal static (string Name, float Value)[] ValuesOf(Facts facts) => [.. new LeverageFeatures().Table.Select(row => (row.Feature.Name, (float)row.Value(facts)))];

    protected override Func<int, int, Facts> Gather(MarketReading market, Neighbourhoods around, WorkMeter meter) =>
        Gathered(market, market.Means(meter));

    private static Func<int, int, Facts> Gathered(MarketReading market, Market.Networks.Means means) =>
        (node, party) => new Facts(DebtPosition.Of(market.Contracts, node), means.SecuritiesOf(party));

    private static double Unless(Facts facts, double value) => facts.Debts.Contracts == 0 ? double.PositiveInfinity : value;

    private static Feature Define(string name, FeatureUnit unit, int direction, string[] inputs) =>
        new(name, FeatureGroup.Leverage, unit, direction, inputs);
}
