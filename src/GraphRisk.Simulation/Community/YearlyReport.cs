using GraphRisk.Simulation.Randomness;

namespace GraphRisk.Simulation.Community;

/// <summary>
/// Draws a company's yearly accounts: liabilities and return move from year to year around a level that
/// frailty shifts, so that published weakness tells a part, and only a part, of the own distress.
/// </summary>
public static class YearlyReport
{
    public static IReadOnlyList<YearlyAccounts> Draw(Draws draws, MarketParameters parameters, double capital, double frailty)
    {
        var leverage = 0.58 + (0.05 * frailty) + (0.15 * draws.Normal());
        var profitability = 0.03 - (0.015 * frailty) + (0.04 * draws.Normal());
        var assets = capital * draws.Between(1.5, 4);
        var last = parameters.Start.AddMonths(parameters.Quarters * 3);
        var reports = new List<YearlyAccounts>();
        for (var year = parameters.Start.Year - 1; ; year++)
        {
            var published = new DateOnly(year + 1, 4, 30).AddDays(-draws.Below(60));
            if (published >= last) return reports;
            leverage = Math.Clamp(leverage + (0.05 * draws.Normal()), 0.08, 0.98);
            profitability += 0.02 * draws.Normal();
            assets *= 1 + (0.08 * draws.Normal());
            reports.Add(new YearlyAccounts(
                new DateOnly(year, 12, 31),
                published,
                assets,
                assets * leverage,
                assets * draws.Between(0.3, 1.4),
                assets * profitability,
                assets * (profitability + (0.03 * draws.Normal()))));
        }
    }
}
