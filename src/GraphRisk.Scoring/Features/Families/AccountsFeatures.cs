using GraphRisk.Graph.Algorithms;
using GraphRisk.Market;
using GraphRisk.Market.Columns;
using GraphRisk.Market.Contagion;
using GraphRisk.Market.Credit;
using static GraphRisk.Scoring.Features.FeatureUnit;

namespace GraphRisk.Scoring.Features.Families;

/// <summary>A company's published accounts, known from the day of their publication.</summary>
internal sealed class AccountsFeatures : FeatureFamily<AccountsFeatures.Facts>
{
    internal readonly record struct Facts(PublishedAccounts Accounts, double Debt);

    protected override IReadOnlyList<(Feature Feature, Func<Facts, double> Value)> Table { get; } =
    [
        (Define("total_assets", LogYuan, 0, "Company.totalAssets"), f => Numbers.LogOnePlus(f.Accounts.Assets)),
        (Define("liabilities_to_assets", Percent, 1, "Company.totalLiabilities", "Company.totalAssets"),
            f => Numbers.Ratio(f.Accounts.Liabilities, f.Accounts.Assets)),
        (Define("profit_to_assets", Percent, -1, "Company.netProfit", "Company.totalAssets"),
            f => Numbers.Ratio(f.Accounts.Profit, f.Accounts.Assets)),
        (Define("profit_to_revenue", Percent, -1, "Company.netProfit", "Company.revenue"),
            f => Numbers.Ratio(f.Accounts.Profit, f.Accounts.Revenue)),
        (Define("revenue_growth", LogChange, -1, "Company.revenue"),
            f => Numbers.Growth(f.Accounts.RevenueBefore, f.Accounts.Revenue)),
        (Define("financing_to_assets", Percent, 1, "Company.totalAssets", "MarginContract.debt", "PledgeContract.debt", "RepoContract.debt"),
            f => Numbers.Ratio(f.Debt, f.Accounts.Assets)),
    ];

    protected override Func<int, int, Facts> Gather(MarketReading market, Neighbourhoods around, WorkMeter meter)
    {
        var debts = market.Debts(meter);
        return (_, party) => new Facts(
            market.Parties.IsCompany(party) ? market.Statements.Of(market.Parties.RowOf(party)) : PublishedAccounts.None, debts[party]);
    }

    private static Feature Define(string name, FeatureUnit unit, int direction, params string[] inputs) =>
        new(name, FeatureGroup.Accounts, unit, direction, inputs);
}
