using GraphRisk.Scoring.Features.Books;
using GraphRisk.Scoring.Features.Reading;
using static GraphRisk.Scoring.Features.FeatureUnit;

namespace GraphRisk.Scoring.Features.Families;

/// <summary>
/// Debt under margin, pledge and repo contracts, the ratio of collateral to it, and how both moved. Without debt a ratio
/// is not unknown but boundless, and reads as infinity: the safe end, wherever a tree splits.
/// </summary>
internal sealed class LeverageFeatures : FeatureFamily<LeverageFeatures.Facts>
{
    internal readonly record struct Facts(ContractPosition Contracts, double Securities);

    private static readonly string[] Debts = ["MarginContract.debt", "PledgeContract.debt", "RepoContract.debt", "CONTRACTED"];
    private static readonly string[] Ratios =
        ["MarginContract.maintenanceRatio", "PledgeContract.performanceRatio", "RepoContract.performanceRatio", "CONTRACTED"];

    protected override IReadOnlyList<(Feature Feature, Func<Facts, double> Value)> Table { get; } =
    [
        (Define("ratio_worst", "Lowest collateral ratio", Percent, -1, "no statement of the ratio", Ratios),
            f => Unless(f, f.Contracts.WorstRatio)),
        (Define("distance_to_call", "Distance to the call line", Percent, -1, "no contract states lines",
            [.. Ratios, "MarginContract.callLine", "PledgeContract.warningLine"]), f => Unless(f, f.Contracts.WorstToCall)),
        (Define("distance_to_close", "Distance to the liquidation line", Percent, -1, "no contract states lines",
            [.. Ratios, "MarginContract.liquidationLine", "PledgeContract.closingLine"]), f => Unless(f, f.Contracts.WorstToClose)),
        (Define("ratio_change_quarter", "Change of the collateral ratio in a quarter", Percent, -1, "no statement a quarter ago", Ratios),
            f => f.Contracts.WorstRatio - f.Contracts.WorstRatioBefore),
        (Define("ratio_lowest_year", "Lowest collateral ratio of a year", Percent, -1, "no statement within a year", Ratios),
            f => Unless(f, f.Contracts.LowestRatioOfYear)),
        (Define("debt", "Debt", LogYuan, 0, "never missing: 0 without debt", Debts), f => Numbers.LogOnePlus(f.Contracts.Debt)),
        (Define("debt_growth_quarter", "Growth of debt in a quarter", LogChange, 0, "no debt now or then", Debts),
            f => Numbers.Growth(f.Contracts.DebtBefore, f.Contracts.Debt)),
        (Define("debt_to_securities", "Debt to securities held", Percent, 1, "no securities", [.. Debts, "POSITION.quantity", "Security.close"]),
            f => Numbers.Ratio(f.Contracts.Debt, f.Securities)),
        (Define("credit_line_use", "Use of the margin credit line", Percent, 1, "no margin credit line", ["MarginContract.debt", "MarginContract.creditLine"]),
            f => Numbers.Ratio(f.Contracts.MarginDebt, f.Contracts.CreditLine)),
        (Define("margin_share", "Margin trading's share of the debt", Percent, 0, "no debt", Debts),
            f => Numbers.Ratio(f.Contracts.MarginDebt, f.Contracts.Debt)),
        (Define("open_contracts", "Open contracts", Count, 0, "never missing", ["CONTRACTED"]), f => f.Contracts.Open),
        (Define("days_to_maturity", "Days to the nearest maturity", Days, 0, "no open contract with a maturity",
            ["MarginContract.maturesOn", "PledgeContract.maturesOn", "RepoContract.maturesOn"]), f => Unless(f, f.Contracts.DaysToMaturity)),
    ];

    protected override Func<int, int, Facts> Gather(MarketBooks books) =>
        (node, party) => new Facts(books.Contracts.Read(node), books.Means.Securities[party]);

    private static double Unless(Facts facts, double value) => facts.Contracts.Open == 0 ? double.PositiveInfinity : value;

    private static Feature Define(string name, string title, FeatureUnit unit, int direction, string missing, string[] inputs) =>
        new(name, title, FeatureGroup.Leverage, unit, direction, missing, inputs);
}
