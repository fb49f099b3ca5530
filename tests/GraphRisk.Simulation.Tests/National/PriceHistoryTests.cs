using GraphRisk.Simulation.National;

namespace GraphRisk.Simulation.Tests.National;

public class PriceHistoryTests
{
    private static readonly MarketParameters Parameters = new(2000, 7);
    private static readonly NationalLayer Nation = new(Parameters);

    [Test]
    public void TheHistoryCoversTenQuartersOfTradingDays() => Assert.Multiple(() =>
    {
        Assert.That(Nation.Calendar.Months, Is.EqualTo(30));
        Assert.That(Nation.Calendar.Days, Is.InRange(580, 640));
        Assert.That(Nation.Calendar[0], Is.EqualTo(new DateOnly(2023, 7, 3)));
        Assert.That(Nation.Calendar.Last, Is.EqualTo(new DateOnly(2025, 12, 31)));
    });

    [Test]
    public void AMoveStaysWithinTheBoardsLimit()
    {
        foreach (var security in Nation.Securities)
            for (var day = 1; day < Nation.Calendar.Days; day++)
            {
                var before = Nation.Prices.Close(security.Index, day - 1);
                var move = Math.Abs(Nation.Prices.Close(security.Index, day) - before);
                Assert.That(move, Is.LessThanOrEqualTo((before * security.DailyLimit) + 0.0051), $"{security.Code} day {day}");
            }
    }

    [Test]
    public void ASuspendedSecurityKeepsItsClose()
    {
        var suspended = 0;
        foreach (var security in Nation.Securities)
            for (var day = 1; day < Nation.Calendar.Days; day++)
                if (Nation.Prices.Suspended(security.Index, day))
                {
                    suspended++;
                    Assert.That(Nation.Prices.Close(security.Index, day), Is.EqualTo(Nation.Prices.Close(security.Index, day - 1)));
                }

        Assert.That(suspended, Is.GreaterThan(100));
    }

    [Test]
    public void CrowdedSecuritiesFallFurtherInACrash()
    {
        var calendar = Nation.Calendar;
        double PriceImpact(Func<Security, bool> group) => Nation.Securities.Where(group).Average(s =>
            Enumerable.Range(0, calendar.Days).Min(day => Nation.Prices.PriceImpact(s.Index, day)));
        Assert.That(PriceImpact(s => s.Crowding > 0.05), Is.LessThan(PriceImpact(s => s.Crowding < 0.03) - 0.05));
    }

    [Test]
    public void AQuarterWithACrashStandsOutFromTheOthers()
    {
        var calendar = Nation.Calendar;
        double Worst(int quarter) => Enumerable.Range(calendar.FirstOf(quarter * 3) + 20, calendar.LastOf((quarter * 3) + 2) - calendar.FirstOf(quarter * 3) - 19)
            .Min(day => Nation.Securities.Average(s => Math.Log(Nation.Prices.Close(s.Index, day) / Nation.Prices.Close(s.Index, day - 20))));
        Assert.That(Enumerable.Range(0, 10).Where(q => q % 3 == 2).Max(Worst), Is.LessThan(-0.10));
    }
}
