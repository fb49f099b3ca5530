using GraphRisk.Simulation.National;

namespace GraphRisk.Simulation.Tests.National;

public class LargeAccountSalesTests
{
    private static readonly Security[] Securities = SecurityList.Draw(new MarketParameters(2000, 7));
    private readonly bool[] none = new bool[Securities.Length];
    private readonly double[] returns = new double[Securities.Length];

    [Test]
    public void RisingPricesPressOnNobody()
    {
        var sales = Sales();
        for (var day = 0; day < 100; day++) Assert.That(Live(sales, 0.002, none), Is.All.Zero);
    }

    [Test]
    public void OneSecuritysFallPressesOnOthersThatTheSameAccountsHold()
    {
        var sales = Sales();
        var fallen = Securities.MaxBy(s => s.Crowding)!.Index;
        for (var day = 0; day < 12; day++)
        {
            Array.Clear(returns);
            returns[fallen] = -0.1;
            sales.Mark(returns, none);
        }

        Live(sales, 0, none);
        var pressed = Enumerable.Range(0, Securities.Length).Count(i => i != fallen && sales.PriceImpact(i) < 0);
        Assert.That(pressed, Is.InRange(2, Securities.Length / 2));
    }

    [Test]
    public void ADayTakesNoMoreThanItsPartOfTheTurnover()
    {
        var parameters = LargeAccountParameters.Default;
        var sales = Sales();
        for (var day = 0; day < 8; day++) Live(sales, -0.08, none);
        for (var day = 0; day < 30; day++)
            foreach (var (security, change) in Live(sales, 0, none).Index())
                Assert.That(change, Is.GreaterThanOrEqualTo((-parameters.Impact * Securities[security].Volatility * Math.Sqrt(parameters.Participation)) - 1e-12));
    }

    [Test]
    public void WhatIsSuspendedIsNotOrderedToBeSold()
    {
        var sales = Sales();
        var halted = new bool[Securities.Length];
        halted[3] = true;
        for (var day = 0; day < 8; day++)
        {
            Array.Fill(returns, -0.08);
            returns[3] = 0;
            sales.Mark(returns, halted);
        }

        var first = Live(sales, 0, none);
        Assert.That(first[3], Is.Zero);
        Assert.That(first.Count(change => change < 0), Is.GreaterThan(Securities.Length / 2));
    }

    private static LargeAccountSales Sales() => new(LargeAccountParameters.Default, 7, Securities);

    private double[] Live(LargeAccountSales sales, double move, bool[] suspended)
    {
        var changes = Enumerable.Range(0, Securities.Length).Select(sales.Trade).ToArray();
        Array.Fill(returns, move);
        sales.Mark(returns, suspended);
        return changes;
    }
}
