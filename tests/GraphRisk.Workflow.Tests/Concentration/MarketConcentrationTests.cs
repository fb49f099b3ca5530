using GraphRisk.Graph.Algorithms;
using GraphRisk.Market;
using GraphRisk.Market.Securities;
using GraphRisk.Workflow.Concentration;
using GraphRisk.Workflow.Supervision.Quality;

namespace GraphRisk.Workflow.Tests.Concentration;

/// <summary>B1 has taken 430,000 shares of S and B2 570,000, of two million outstanding at 10; Li controls the company.</summary>
public sealed class MarketConcentrationTests
{
    private const string Register = """
        (P2)-[PLEDGED quantity=570000]->(S)
        (Issuer:Company name=上市公司)-[ISSUED]->(S)
        (Big:Person name=甲)-[HOLDS share=0.4]->(Issuer)
        (AtFive:Person name=乙)-[HOLDS share=0.05]->(Issuer)
        (Below:Person name=丙)-[HOLDS share=0.0499]->(Issuer)
        """;

    [Test]
    public void AStockTakenByTwoBrokersIsOneConcentration()
    {
        var (drawn, found) = Draw(Register);
        var one = found.Securities.Single();
        Assert.Multiple(() =>
        {
            Assert.That((one.Quantity, one.Value, one.Brokers, one.Largest, one.LargestShare), Is.EqualTo((1_000_000m, (decimal?)10_000_000m, 2, drawn["B2"], 0.57m)));
            Assert.That(one.Herfindahl, Is.EqualTo(0.5098m), "0.43² + 0.57²");
            Assert.That((one.ShareOfCollateral, one.ShareOfOutstanding), Is.EqualTo(((decimal?)1m, (decimal?)0.5m)));
            Assert.That(one.ShareOfFreeFloat, Is.EqualTo(1_000_000m / (2_000_000m * 0.55m)), "holdings of 5% and more are in firm hands");
        });
    }

    [Test]
    public void AGroupIsOneDebtorOfAllBrokers()
    {
        var (drawn, found) = Draw(Register);
        var group = found.Groups[0];
        Assert.Multiple(() =>
        {
            Assert.That((group.Leader, group.Members, group.Debt, group.ShareOfMarket), Is.EqualTo((drawn["Co"], 2, 20_000_000m, 20m / 20.5m)));
            Assert.That((group.Brokers, group.Largest, group.LargestShare, group.Herfindahl), Is.EqualTo((2, drawn["B2"], 0.8m, 0.68m)), "4 and 16 millions");
            Assert.That(group.MostToNetCapital, Is.EqualTo(0.32m), "16 of B2's 50 millions");
            Assert.That((found.Groups.Length, found.Groups[1].Leader, found.Groups[1].Members), Is.EqualTo((2, drawn["Wang"], 1)));
        });
    }

    [Test]
    public void TheMarketIsSharedOutAmongBrokersGroupsAndSecurities()
    {
        var (_, found) = Draw(Register);
        Assert.That(found.AmongBrokers, Is.EqualTo(decimal.Round(276.25m / 420.25m, 12)), "4.5² and 16² of 20.5²");
        Assert.That(found.AmongGroups, Is.EqualTo(decimal.Round(400.25m / 420.25m, 12)), "20² and 0.5²");
        Assert.That((found.AmongSecurities, found.Debt, found.Collateral), Is.EqualTo(((decimal?)1m, 20_500_000m, 10_000_000m)));
    }

    [Test]
    public void WithoutARegisterNothingIsSaidOfTheFreeFloat()
    {
        Assert.That(Draw("").Found.Securities.Single().ShareOfFreeFloat, Is.Null);
        var (drawn, _) = Draw(Register + "\n(Issuer)-[HOLDS share=0.02]->(Issuer)");
        Assert.That(FreeFloat.PartOf(new MarketReading(drawn.Snapshot), drawn["S"], WorkMeter.Unlimited), Is.EqualTo(0.53m), "shares of its own are in firm hands however few");
    }

    [TestCase("1", "1")]
    [TestCase("1 1 1 1", "0.25")]
    [TestCase("0 3 1", "0.625")]
    [TestCase("0 0", null)]
    public void TheIndexIsTheSumOfSquaredShares(string parts, string? index) =>
        Assert.That(Herfindahl.Of(parts.Split(' ').Select(decimal.Parse)), Is.EqualTo(index is null ? null : decimal.Parse(index)));

    private static (GraphRisk.TestKit.DrawnGraph Drawn, MarketConcentration Found) Draw(string more)
    {
        var drawn = MarketDrawing.Draw(more);
        var market = new MarketReading(drawn.Snapshot);
        return (drawn, MarketConcentration.Of(market, LentBook.Of(market.Contracts, WorkMeter.Unlimited), WorkMeter.Unlimited));
    }
}
