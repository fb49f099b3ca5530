using GraphRisk.Simulation.Randomness;

namespace GraphRisk.Simulation.National;

/// <summary>
/// The market's and the industries' daily returns, with episodes of crash.
/// </summary>
/// <remarks>
/// Every third quarter, beginning with the third, holds a crash of about four weeks that takes 15 to 28% off the market;
/// in every quarter two industries go through a slump of their own of 10 to 25%. Both are drawn from the seed.
/// </remarks>
public sealed class MarketFactor
{
    private const int CrashDays = 20;
    private readonly double[] market;
    private readonly double[][] industries;
    private readonly bool[] crash;

    public MarketFactor(MarketParameters parameters, TradingCalendar calendar, int industries)
    {
        var draws = new Draws(parameters.Seed, DrawStream.MarketFactor, 0);
        market = Noise(draws, calendar.Days, 0.0006, 0.009);
        crash = new bool[calendar.Days];
        this.industries = [.. Enumerable.Range(0, industries).Select(_ => Noise(draws, calendar.Days, 0, 0.007))];
        for (var quarter = 0; quarter < calendar.Quarters; quarter++)
        {
            var first = calendar.FirstOf(quarter * 3);
            var length = calendar.LastOf((quarter * 3) + 2) - first + 1;
            if (quarter % 3 == 2)
            {
                var from = first + draws.Below(length - 24);
                Slide(market, from, CrashDays, draws.Between(0.15, 0.28));
                crash.AsSpan(from, CrashDays).Fill(true);
            }

            for (var i = 0; i < 2; i++)
                Slide(this.industries[draws.Below(industries)], first + draws.Below(length - 24), 20, draws.Between(0.10, 0.25));
        }
    }

    public double Market(int day) => market[day];

    /// <summary>One of the days of a market crash.</summary>
    public bool InCrash(int day) => crash[day];

    public double Industry(int industry, int day) => industries[industry][day];

    private static double[] Noise(Draws draws, int days, double drift, double volatility)
    {
        var series = new double[days];
        for (var t = 0; t < days; t++) series[t] = drift + (volatility * draws.Normal());
        return series;
    }

    private static void Slide(double[] series, int from, int days, double depth)
    {
        for (var t = from; t < Math.Min(from + days, series.Length); t++) series[t] -= depth / days;
    }
}
