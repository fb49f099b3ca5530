using GraphRisk.Market;
using GraphRisk.Market.Credit;
using GraphRisk.Market.Lending;
using GraphRisk.Workflow.Market;

namespace GraphRisk.Workflow.Tests.Market;

public sealed class ClientFactsTests
{
    private const string More = """
        (A1)-[POSITION quantity=10]->(S)
        (A3)-[POSITION quantity=25]->(S)
        (E1:CreditEvent kind=MARGIN_CALL occurredOn=2024-05-02)-[BEFELL]->(Li)
        (E2:CreditEvent kind=DEFAULT occurredOn=2024-06-01)-[BEFELL]->(Li)
        (E3:CreditEvent kind=CURED occurredOn=2024-07-01)-[BEFELL]->(Li)
        """;

    [Test]
    public void AClientsDebtsOverAllBrokersAreOneSum()
    {
        var drawn = MarketDrawing.Draw(More);
        var facts = ClientFacts.Of(new MarketReading(drawn.Snapshot), drawn["Li"]);
        Assert.That((facts.Debt, facts.Contracts, facts.MaintenanceRatio, facts.Securities), Is.EqualTo((8_000_000m, 2, 15_300_000m / 8_000_000m, 350m)));
        Assert.That(facts.Events.Select(happening => happening.Kind), Is.EqualTo(new[] { CreditEventKind.MarginCall, CreditEventKind.Default }), "what is yet to come is not known");
    }

    [Test]
    public void ADebtOfWhichNothingWasStatedYetIsNotNought()
    {
        var drawn = MarketDrawing.Draw("(Idle)-[CONTRACTED]->(N:MarginContract contractNumber=N)-[GRANTED_BY]->(B3)");
        var market = new MarketReading(drawn.Snapshot);
        Assert.That((ClientFacts.Of(market, drawn["Idle"]).Debt, ClientFacts.Of(market, drawn["Idle"]).Contracts), Is.EqualTo(((decimal?)null, 1)));
        Assert.That(ClientFacts.Of(market, drawn["Zhao"]).Debt, Is.Zero, "no contract, no debt");
    }

    [Test]
    public void SecuritiesElsewhereLeaveOutTheBrokersOwnAccounts()
    {
        var drawn = MarketDrawing.Draw(More);
        var market = new MarketReading(drawn.Snapshot);
        Assert.That(ClientFacts.SecuritiesElsewhere(market, drawn["Li"], drawn["B1"]), Is.EqualTo(250m));
        Assert.That(ClientFacts.SecuritiesElsewhere(market, drawn["Li"], drawn["B3"]), Is.EqualTo(350m));
    }
}
