namespace GraphRisk.Simulation.Tests.Credit;

/// <summary>A default is worked off, and its end is seen in the broker's files.</summary>
[TestFixture(ContagionProcess.Intensity)]
[TestFixture(ContagionProcess.Clearing)]
public class DisposalTests(ContagionProcess contagion)
{
    private GeneratedMarket market = null!;
    private StatedContract[] contracts = [];
    private ILookup<string, (string Kind, DateOnly Day, double Amount)> events = null!;

    [OneTimeSetUp]
    public void Generate()
    {
        market = new GeneratedMarket(new MarketParameters(4000, 5) { Contagion = contagion });
        contracts = StatedContract.Of(market);
        events = market.BrokerRows("events").ToLookup(e => e.Cells[2], e => (Code(e.Cells[3]), GeneratedMarket.Date(e.Cells[4]), GeneratedMarket.Number(e.Cells[5])));
    }

    [OneTimeTearDown]
    public void Remove() => market.Dispose();

    [Test]
    public void AClosedContractOwesNothing()
    {
        var closed = contracts.Where(c => c.Last.Status == "CLOSED").ToArray();
        Assert.That(closed.Select(c => c.Kind).Distinct(), Is.EquivalentTo(new[] { "margin", "pledge", "repo" }));
        foreach (var c in closed) Assert.That(c.Last.Debt, Is.Zero, c.Number);
    }

    [Test]
    public void NothingFollowsAClosing()
    {
        foreach (var c in contracts) Assert.That(c.Statements.Count(s => s.Status == "CLOSED"), Is.EqualTo(c.Last.Status == "CLOSED" ? 1 : 0), c.Number);
    }

    [Test]
    public void ADayHasOneStatementOfAContract()
    {
        foreach (var c in contracts) Assert.That(c.Statements.Select(s => s.Day), Is.Unique, c.Number);
    }

    [Test]
    public void MostDisposalsEndWithinAYearOrTwoAndSomeDoNot()
    {
        var begun = contracts.Where(c => DefaultedOn(c) is { } day && day < new DateOnly(2024, 7, 1)).ToArray();
        var ended = begun.Count(c => c.Last.Status == "CLOSED") / (double)begun.Length;
        Assert.That(begun, Has.Length.GreaterThan(100));
        Assert.That(ended, Is.InRange(0.6, 0.95));
    }

    [Test]
    public void DebtInDisposalNeverGrowsAndEndsInCuredOrIsGivenUp()
    {
        var (settled, writtenOff) = (0, 0);
        foreach (var c in contracts)
        {
            if (DefaultedOn(c) is not { } defaulted) continue;
            var after = c.Statements.Where(s => s.Day >= defaulted).ToArray();
            Assert.That(after[0].Day, Is.EqualTo(defaulted), "a default is stated on its day");
            Assert.That(after.Select(s => s.Debt), Is.Ordered.Descending, c.Number);
            if (c.Last.Status != "CLOSED") continue;
            var cured = events[c.Number].Where(e => e.Kind == "CURED" && e.Day >= defaulted).ToArray();
            if (cured.Length == 0) writtenOff++;
            else settled++;
            if (cured.Length > 0) Assert.That(cured.Select(e => e.Day), Is.EqualTo(new[] { c.Last.Day }), c.Number);
        }

        Assert.That(settled, Is.GreaterThan(50));
        Assert.That(writtenOff, Is.GreaterThan(10));
    }

    [Test]
    public void AClientBorrowsAgainOnlyMonthsAfterItsDefaultWasSettled()
    {
        var returned = 0;
        foreach (var client in contracts.GroupBy(c => c.ClientNo))
            foreach (var c in client)
            {
                if (DefaultedOn(c) is not { } defaulted) continue;
                foreach (var later in client.Where(l => l.OpenedOn > defaulted))
                {
                    returned++;
                    Assert.That(c.Last.Status, Is.EqualTo("CLOSED"), later.Number);
                    Assert.That(events[c.Number].Any(e => e.Kind == "CURED" && e.Day == c.Last.Day), later.Number);
                    Assert.That(later.OpenedOn, Is.GreaterThan(c.Last.Day.AddMonths(4)), later.Number);
                }
            }

        Assert.That(returned, Is.GreaterThan(5));
    }

    [Test]
    public void ALiquidationLeavesADebtOrCashAndOnlyWhatWasSuspended()
    {
        var suspended = market.Rows("exchange/prices.csv").Where(r => r[3] == "1").Select(r => (r[0], GeneratedMarket.Date(r[1]))).ToHashSet();
        var positions = market.BrokerRows("positions").ToLookup(p => p.Cells[0], p => (Security: p.Cells[1], Quantity: GeneratedMarket.Number(p.Cells[2]), Day: GeneratedMarket.Date(p.Cells[3])));
        var seen = 0;
        foreach (var c in contracts.Where(c => c.Kind == "margin"))
        {
            if (events[c.Number].Where(e => e.Kind == "FORCED_LIQUIDATION").Select(e => (DateOnly?)e.Day).FirstOrDefault() is not { } day) continue;
            seen++;
            var stated = c.On(day)!;
            Assert.That((stated.Day, stated.Status), Is.EqualTo((day, "DISPOSAL")));
            Assert.That(Math.Min(stated.Debt, stated.Cash), Is.Zero, "cash has paid first");
            var held = positions[c.Account].Where(p => p.Day <= day).GroupBy(p => p.Security).Select(g => g.MaxBy(p => p.Day)).Where(p => p.Quantity > 0).ToArray();
            Assert.That(held.All(p => suspended.Contains((p.Security, day))), c.Number);
            if (held.Length == 0) Assert.That(stated.Collateral, Is.Zero);
        }

        Assert.That(seen, Is.GreaterThan(50));
    }

    private DateOnly? DefaultedOn(StatedContract contract) =>
        events[contract.Number].Where(e => e.Kind is "DEFAULT" or "FORCED_LIQUIDATION").Select(e => (DateOnly?)e.Day).FirstOrDefault();

    private static string Code(string code) => code switch
    {
        "强制平仓" => "FORCED_LIQUIDATION",
        "违约" => "DEFAULT",
        "清偿" => "CURED",
        _ => code,
    };
}
