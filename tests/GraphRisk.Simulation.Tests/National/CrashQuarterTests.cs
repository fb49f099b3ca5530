namespace GraphRisk.Simulation.Tests.National;

/// <summary>A market crash: prices fall, shares are suspended, calls come, and what is suspended is not sold.</summary>
[TestFixture(ContagionProcess.Intensity)]
[TestFixture(ContagionProcess.Clearing)]
public class CrashQuarterTests(ContagionProcess contagion)
{
    private static readonly string[] Forced = ["FORCED_LIQUIDATION", "强制平仓"];
    private GeneratedMarket market = null!;
    private HashSet<(string Security, DateOnly Day)> suspended = [];

    [OneTimeSetUp]
    public void Generate()
    {
        market = new GeneratedMarket(new MarketParameters(6000, 9) { Contagion = contagion });
        suspended = [.. market.Rows("exchange/prices.csv").Where(r => r[3] == "1").Select(r => (r[0], GeneratedMarket.Date(r[1])))];
    }

    [OneTimeTearDown]
    public void Remove() => market.Dispose();

    [Test]
    public void InACrashManySharesAreSuspendedForDaysToWeeks()
    {
        var days = suspended.GroupBy(s => s.Day).ToDictionary(g => g.Key, g => g.Count());
        double Most(int year, int quarter) => days.Where(d => d.Key.Year == year && (d.Key.Month + 2) / 3 == quarter).Max(d => d.Value);
        Assert.That(Most(2024, 1), Is.GreaterThan(3 * Most(2023, 3)));
        Assert.That(Most(2024, 1), Is.GreaterThan(0.1 * market.Rows("exchange/securities.csv").Count()));
    }

    [Test]
    public void InACrashMoreIsForcedThanInTheQuarterBefore()
    {
        var quarters = market.Rows("truth/exposures.csv").ToDictionary(r => r[0], r => GeneratedMarket.Number(r[2]));
        Assert.That(quarters["2024Q1"], Is.GreaterThan(2 * quarters["2023Q4"]));
    }

    [Test]
    public void ASuspendedSecurityIsNeverSoldOrBought()
    {
        foreach (var lot in market.BrokerRows("positions").GroupBy(p => (p.Cells[0], p.Cells[1])))
            foreach (var row in lot.OrderBy(p => GeneratedMarket.Date(p.Cells[3])).Skip(1))
                Assert.That(suspended, Does.Not.Contain((row.Cells[1], GeneratedMarket.Date(row.Cells[3]))), string.Join(',', row.Cells));
    }

    [Test]
    public void WhatWasSuspendedAtALiquidationIsSoldAfterResumption()
    {
        var accounts = market.BrokerRows("margin").ToDictionary(c => c.Cells[0], c => c.Cells[1]);
        var positions = market.BrokerRows("positions").ToLookup(p => p.Cells[0], p => (Security: p.Cells[1], Quantity: GeneratedMarket.Number(p.Cells[2]), Day: GeneratedMarket.Date(p.Cells[3])));
        var sold = 0;
        foreach (var (_, e) in market.BrokerRows("events").Where(e => Forced.Contains(e.Cells[3]) && accounts.ContainsKey(e.Cells[2])))
        {
            var day = GeneratedMarket.Date(e[4]);
            foreach (var lot in positions[accounts[e[2]]].GroupBy(p => p.Security).Where(g => suspended.Contains((g.Key, day))))
                sold += lot.Count(p => p.Day > day && p.Quantity == 0);
        }

        Assert.That(sold, Is.GreaterThan(0));
    }
}
