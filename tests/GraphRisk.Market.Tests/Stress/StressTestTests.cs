using GraphRisk.Market.Stress;
using GraphRisk.TestKit;

namespace GraphRisk.Market.Tests.Stress;

public class StressTestTests
{
    /// <summary>
    /// Ann owes 100 on margin against 15 shares at 10; Bob 100 against 20 pledged shares, lines 160% and 140%; Cid 100 at
    /// another broker against 10 shares and 10 in cash. Dan guarantees 6 for Cid and has one share of T at 5, pledged nowhere.
    /// </summary>
    private const string Drawn = """
        (B1:Broker code=B1 netCapital=50 jurisdiction=31)
        (B2:Broker code=B2 netCapital=50 jurisdiction=11)
        (S:Security code=S close=10 sharesOutstanding=1000)
        (T:Security code=T close=5 sharesOutstanding=1000)
        (Ann:Person name=Ann)-[CONTRACTED]->(M1:MarginContract status=OPEN debt=100 cash=0 marketValue=150 callLine=1.3 liquidationLine=1.1)-[GRANTED_BY]->(B1)
        (M1)-[SECURED_BY]->(A1:Account number=A1)-[POSITION quantity=15]->(S)
        (Ann)-[OWNS_ACCOUNT]->(A1)
        (Bob:Company name=Bob industry=steel)-[CONTRACTED]->(P1:PledgeContract status=OPEN debt=100 warningLine=1.6 closingLine=1.4)-[GRANTED_BY]->(B1)
        (P1)-[PLEDGED quantity=20]->(S)
        (Cid:Person name=Cid)-[CONTRACTED]->(M2:MarginContract status=OPEN debt=100 cash=10 marketValue=100 callLine=1.3 liquidationLine=1.1)-[GRANTED_BY]->(B2)
        (M2)-[SECURED_BY]->(A2:Account number=A2)-[POSITION quantity=10]->(S)
        (Cid)-[OWNS_ACCOUNT]->(A2)
        (Dan:Person name=Dan)-[GUARANTEES amount=6]->(Cid)
        (Dan)-[OWNS_ACCOUNT]->(A3:Account number=A3)-[POSITION quantity=1]->(T)
        """;

    private static Scenario Fall { get; } = new() { Name = "fall", Prices = [new PriceShock(ShockScope.Market, null, -0.2m)] };

    [Test]
    public void AFallByAFifthComesOutAsOnPaper()
    {
        var answer = Run(Drawn, Fall);

        // Ann: 15 × 8 = 120 is 120% of 100, below 130%. To 140%: top up 140 - 120 = 20, or sell x with 120 - x = 1.4 (100 - x): x = 20 / 0.4 = 50.
        // Bob: 20 × 8 = 160 is 160%, on his line. To 170%: top up 10, or sell (170 - 160) / 0.7 = 14.285714.
        // So B1 is called twice, for 30 together, sells 64.285714, and is left with debts 50 + 85.714286 against 70 + 145.714286. Nobody fails.
        var b1 = StressTable.Of(answer, StressDivision.Broker).Single(row => row.Key == "B1");
        Assert.That((b1.Before.Debt, b1.Before.Collateral, b1.Before.Calls), Is.EqualTo((200m, 350m, 0)));
        var shocked = b1.Rounds[1];
        Assert.That((shocked.Collateral, shocked.Calls, shocked.TopUp), Is.EqualTo((280m, 2, 30m)));
        Assert.That((shocked.DebtBelowCallLine, shocked.DebtBelowClosingLine), Is.EqualTo((200m, 0m)));
        Assert.That((b1.After.ForcedSales, b1.After.Debt, b1.After.Collateral), Is.EqualTo((64.285714m, 135.714286m, 215.714286m)));
        Assert.That((b1.After.Calls, b1.After.Defaults, b1.After.Losses), Is.EqualTo((0, 0, 0m)));

        // Cid: 10 × 8 + 10 = 90 of 100: all is sold, shares for 80 and the cash; 10 stay open. Dan is called for the 6 he guaranteed
        // and pays his share of T, 4. He lacks 2, and 4 were never guaranteed: B2 loses 6, 12% of its net capital.
        var b2 = StressTable.Of(answer, StressDivision.Broker).Single(row => row.Key == "B2");
        Assert.That((b2.Before.Calls, b2.Before.DebtBelowClosingLine), Is.EqualTo((1, 100m)), "110% is on the line of 110%");
        Assert.That((b2.Rounds[2].ForcedSales, b2.Rounds[2].Debt, b2.Rounds[2].Losses), Is.EqualTo((80m, 10m, 10m)), "before anybody is called");
        Assert.That((b2.After.Losses, b2.After.Defaults, b2.LossesToNetCapital), Is.EqualTo((6m, 1, 0.12m)));

        // Shares: 45 fell by 2 each, 90. Ann bears 30, Bob 40, Cid the 10 he had above his debt, Dan 4, B2 6.
        Assert.That(answer.Balance.PriceLosses, Is.EqualTo(90).Within(1e-9));
        Assert.That((answer.Balance.ClientCollateral, answer.Balance.PaidByParties, answer.Balance.BrokerLosses), Is.EqualTo((80.0, 4.0, 6.0)).Within(1e-9));
        Assert.That(answer.Rounds.Select(round => round.Phase), Is.EqualTo(new[] { StressPhase.Before, StressPhase.Shock, StressPhase.Sales, StressPhase.Calls }));
    }

    [TestCase("连带责任", 0, 10)]
    [TestCase("一般保证", 0, 10)]
    [TestCase("按份保证", 1, 9)]
    public void WhatOneGuarantorCannotPayTheOtherPaysUnlessSharesAreAgreed(string kind, int lost, int paid)
    {
        // Of the 10 that stay open of Cid's debt Dan and Eve, who guarantee all of it, are called for 5 each. Dan has 4; Eve, who has 40, answers for his 1 where no shares are agreed.
        var answer = Run(Drawn.Replace("GUARANTEES amount=6", $"GUARANTEES amount=10 kind={kind}", StringComparison.Ordinal)
            + $"\n(Eve:Person name=Eve)-[GUARANTEES amount=10 kind={kind}]->(Cid)\n(Eve)-[OWNS_ACCOUNT]->(A4:Account number=A4)-[POSITION quantity=10]->(T)", Fall);
        Assert.That((answer.Balance.BrokerLosses, answer.Balance.PaidByParties), Is.EqualTo(((double)lost, (double)paid)).Within(1e-9));
        Assert.That(StressTable.Of(answer, StressDivision.Broker).Single(row => row.Key == "B2").After.Losses, Is.EqualTo((decimal)lost));
    }

    [Test]
    public void RowsAreByBrokerJurisdictionIndustryClientAndMarket()
    {
        var answer = Run(Drawn, Fall);
        string KeysOf(StressDivision by) => string.Join(' ', StressTable.Of(answer, by).Select(row => row.Key.Length == 0 ? "-" : row.Key));
        Assert.That(KeysOf(StressDivision.Broker), Is.EqualTo("B1 B2"));
        Assert.That(KeysOf(StressDivision.Jurisdiction), Is.EqualTo("11 31"));
        Assert.That(KeysOf(StressDivision.Industry), Is.EqualTo("- steel"));
        Assert.That(KeysOf(StressDivision.Client), Is.EqualTo("Company/Bob Person/Ann Person/Cid"));
        Assert.That(KeysOf(StressDivision.Market), Is.EqualTo("MARKET"));
    }

    [Test]
    public void FromTheClosingLineOnlyThoseAtItAreSoldOutOf()
    {
        var b1 = StressTable.Of(Run(Drawn, Fall with { SellFrom = SaleLine.Closing }), StressDivision.Broker)[0];
        Assert.That((b1.After.Calls, b1.After.ForcedSales), Is.EqualTo((2, 0m)));
    }

    [Test]
    public void ASuspendedSecurityStaysUnsoldAtItsMark()
    {
        var rows = StressTable.Of(Run(Drawn, Fall with { Suspended = ["S"] }), StressDivision.Market);
        // 45 shares at 8 are in accounts that must sell; only Cid's cash of 10 is taken, so 80 stand against 90.
        Assert.That((rows[0].After.ForcedSales, rows[0].After.Unsold), Is.EqualTo((0m, 360m)));
        Assert.That((rows[0].After.Debt, rows[0].After.Losses), Is.EqualTo((290m, 6m)));
    }

    [Test]
    public void SalesMoveThePriceByWhatIsSoldOverTheDepth()
    {
        // Depth: half of 1000 × 10 = 5000. The first round sells 50 + 14.2857 + 80 = 144.2857: the price falls by 2.8857%.
        var answer = Run(Drawn, Fall with { Depth = new MarketDepth(0.5m) });
        var left = 70 + (160 - (10 / 0.7));
        Assert.That(answer.Rounds[2].Collateral.Sum(), Is.EqualTo(left * (1 - ((50 + (10 / 0.7) + 80) / 5000))).Within(1e-6));
        var swinging = Run(Drawn, Fall with { Depth = new MarketDepth(0.5m, Liquidity: 0.5m, Volatility: 2) });
        Assert.That(swinging.Rounds[2].Collateral.Sum(), Is.EqualTo(left * (1 - ((50 + (10 / 0.7) + 80) / 1250))).Within(1e-6));
    }

    [Test]
    public void ANamedClientsContractsAreClosedThoughCovered()
    {
        var ann = StressTable.Of(Run(Drawn, new Scenario { Name = "ann", DefaultedClients = ["Person/Ann"] }), StressDivision.Client).Single(row => row.Key == "Person/Ann");
        Assert.That((ann.After.ForcedSales, ann.After.Debt, ann.After.Losses), Is.EqualTo((100m, 0m, 0m)).Using<decimal>((a, b) => Math.Abs(a - b) < 0.001m ? 0 : 1));
        Assert.That(ann.After.Defaults, Is.EqualTo(1));
    }

    [Test]
    public void AFailedBrokerCallsInAllItLent()
    {
        var rows = StressTable.Of(Run(Drawn, new Scenario { Name = "b1", DefaultedBrokers = ["B1"] }), StressDivision.Broker);
        Assert.That((double)rows[0].After.Debt, Is.EqualTo(0).Within(1e-3));
        Assert.That((rows[0].After.Defaults, rows[0].After.Losses), Is.EqualTo((0, 0m)), "its clients can pay");
    }

    [Test]
    public void TheMostSpecificShockCounts()
    {
        var shocks = Fall with { Prices = [new(ShockScope.Security, "T", 0), new(ShockScope.Market, null, -0.2m), new(ShockScope.Security, "S", -0.5m)] };
        var step = ScenarioSteps.Of(shocks, new MarketReading(GraphText.Draw(Drawn).Snapshot)).Single();
        Assert.That(step.Moves, Is.EqualTo(new[] { -0.5, 0.0 }));
    }

    private static StressAnswer Run(string text, Scenario scenario) => StressTest.Run(scenario, new MarketReading(GraphText.Draw(text).Snapshot));
}
