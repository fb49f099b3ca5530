using System.Collections.Immutable;
using GraphRisk.Graph.Algorithms;
using GraphRisk.Graph.Facts;
using GraphRisk.Market;
using GraphRisk.TestKit;
using GraphRisk.Workflow.Warnings.Figures;

namespace GraphRisk.Workflow.Tests.Warnings;

/// <summary>Figures of one day over a market drawn as text.</summary>
public sealed class WarningFigureTests
{
    /// <summary>
    /// Li owes B 1,000,000 on margin: 100,000 in cash and 100,000 shares of S at 12, stated when they were worth more; its line is 1,050,000, its call line 1.3. Zhao guarantees for Li and was in
    /// default ten days ago; Qian shares a device with Li and was sold out three days ago. Wu's pledge is all in one suspended share.
    /// </summary>
    private const string Market = """
        (B:Broker code=B)
        (S:Security code=S kind=SHARE close=12 sharesOutstanding=2000000)
        (T:Security code=T kind=SHARE close=10 sharesOutstanding=2000000 suspended=true)
        (Li:Person name=李雷)-[CLIENT_OF]->(B)
        (Wu:Person name=吴越)-[CLIENT_OF]->(B)
        (Idle:Person name=孙丽)-[CLIENT_OF]->(B)
        (Zhao:Person name=赵敏)-[GUARANTEES amount=500000]->(Li)
        (Qian:Person name=钱进)-[CLIENT_OF]->(B)
        (Li)-[CONTRACTED]->(M:MarginContract contractNumber=M status=OPEN debt=1000000 cash=100000 marketValue=1600000 callLine=1.3 liquidationLine=1.1 creditLine=1050000)-[GRANTED_BY]->(B)
        (M)-[SECURED_BY]->(A:Account number=A)-[POSITION quantity=100000]->(S)
        (Li)-[OWNS_ACCOUNT]->(A)
        (Qian)-[OWNS_ACCOUNT]->(A2:Account number=A2)
        (D:Device kind=PHONE)-[SIGNED_IN]->(A)
        (D)-[SIGNED_IN]->(A2)
        (E1:CreditEvent kind=DEFAULT occurredOn=2024-06-20)-[BEFELL]->(Zhao)
        (E2:CreditEvent kind=FORCED_LIQUIDATION occurredOn=2024-06-27)-[BEFELL]->(Qian)
        (Wu)-[CONTRACTED]->(P:PledgeContract contractNumber=P status=OPEN debt=1000000 warningLine=1.6 closingLine=1.4)-[GRANTED_BY]->(B)
        (P)-[PLEDGED quantity=160000]->(T)
        (L:Listing kind=DISHONEST_DEBTOR publishedOn=2024-06-01 expiresOn=2026-06-01)
        (Wu)-[LISTED_AS]->(L)
        """;

    private static readonly ImmutableArray<string> All = [.. WarningFigures.Table.Select(figure => figure.Name), "dishonest_entries"];

    [TestCase("Li", "ratio", 1.3)]
    [TestCase("Li", "to_call_line", 0.0)]
    [TestCase("Li", "to_warning_line", (1.3 / 1.5) - 1)]
    [TestCase("Li", "line_use", 1 / 1.05)]
    [TestCase("Li", "days_since_guarantor_failure", 10.0)]
    [TestCase("Li", "days_since_linked_forced_sale", 3.0)]
    [TestCase("Li", "sole_collateral_suspended", 0.0)]
    [TestCase("Li", "dishonest_entries", 0.0)]
    [TestCase("Li", "score", 612.0)]
    [TestCase("Li", "probability", 0.07)]
    [TestCase("Wu", "ratio", 1.6)]
    [TestCase("Wu", "to_warning_line", 0.0)]
    [TestCase("Wu", "sole_collateral_suspended", 1.0)]
    [TestCase("Wu", "suspended_part", 1.0)]
    [TestCase("Wu", "dishonest_entries", 1.0)]
    [TestCase("Wu", "line_use", double.NaN)]
    [TestCase("Wu", "score", double.NaN)]
    [TestCase("Wu", "days_since_linked_forced_sale", double.NaN)]
    public void AFigureIsReadOfTheDaysClose(string client, string figure, double expected)
    {
        var (graph, day) = Read();
        Assert.That(day.ValueOf(graph.Ids[client], figure), Is.EqualTo(expected).Within(1e-12));
    }

    [Test]
    public void WhoOwesTheBrokerNothingIsNotAmongThem()
    {
        var (graph, day) = Read();
        Assert.That(day.Clients.Select(one => one.Key), Is.EquivalentTo(new[] { graph.Ids["Li"], graph.Ids["Wu"] }));
    }

    [Test]
    public void WithoutAScoreItIsRankedByWhatItsCollateralTells()
    {
        var (graph, day) = Read();
        Assert.That((day.Of(graph.Ids["Li"])!.Value.Probability, day.Of(graph.Ids["Li"])!.Value.IsScored, day.Of(graph.Ids["Li"])!.Value.Exposure), Is.EqualTo((0.07, true, 1_000_000m)));
        Assert.That((day.Of(graph.Ids["Wu"])!.Value.Probability, day.Of(graph.Ids["Wu"])!.Value.IsScored), Is.EqualTo((1.0, false)), "an entry in force is a failure");
    }

    [Test]
    public void ExactlyOnTheLineIsNotBelowIt()
    {
        var (graph, day) = Read();
        Assert.That(day.ValueOf(graph.Ids["Li"], "to_call_line"), Is.Zero);
    }

    private static (DrawnGraph Graph, DayFigures Day) Read()
    {
        var graph = GraphText.Draw(Market);
        var market = new MarketReading(graph.Snapshot);
        return (graph, DayFigures.Read(market, graph["B"], All, client => client == graph["Li"] ? new ClientScore(612, 0.07) : null, WorkMeter.Unlimited));
    }
}
