using System.Collections.Immutable;
using GraphRisk.Graph.Algorithms;
using GraphRisk.Graph.Facts;
using GraphRisk.Market;
using GraphRisk.TestKit;
using GraphRisk.Workflow.Warnings;
using GraphRisk.Workflow.Warnings.Figures;
using GraphRisk.Workflow.Warnings.Rules;

namespace GraphRisk.Workflow.Tests.Warnings;

/// <summary>The round of a day: who is named, in which order, who is cut, who is not named again.</summary>
public sealed class WarningRoundTests
{
    internal static readonly DateOnly Day = new(2024, 6, 28);
    internal static readonly NodeId Broker = new("Broker", "B");

    private static readonly WarningRules Below = Rules(WarningRuleTests.Rule("LEVEL", "ratio", "AT_OR_BELOW", 1.5, null));

    [Test]
    public void TheyAreRankedByExpectedLossAndCutAtWhatTheDeskCanWork()
    {
        var day = DayOf(("Small", 100_000m, 1.4m, 0.5), ("Large", 4_000_000m, 1.4m, 0.5), ("Safe", 9_000_000m, 2.4m, 0.5), ("Unlikely", 4_000_000m, 1.4m, 0.01));
        var found = Round(Below, 2, day);
        Assert.That(found.Named.Select(one => (one.Client.Key, one.ExpectedLoss)), Is.EqualTo(new[] { ("Large", 500_000m), ("Small", 12_500m) }), "0.25 is lost in a default");
        Assert.That(found.Cut.Select(one => one.Client.Key), Is.EqualTo(new[] { "Unlikely" }));
    }

    [Test]
    public void ASignWithinTheCoolDownIsNotRepeatedAndOneAfterItIs()
    {
        var day = DayOf(("Li", 100_000m, 1.4m, 0.5));
        Assert.That(Round(Below, 5, day, Day.AddDays(-4)).Named, Is.Empty);
        Assert.That(Round(Below, 5, day, Day.AddDays(-5)).Named, Has.Length.EqualTo(1));
    }

    [Test]
    public void WhoIsInDefaultIsWarnedOfNoMore()
    {
        var graph = GraphText.Draw("(B:Broker code=B)\n(Li:Person)-[CONTRACTED]->(M:MarginContract contractNumber=M status=DEFAULT_DISPOSAL debt=100000 cash=110000 marketValue=0)-[GRANTED_BY]->(B)", Day);
        var day = DayFigures.Read(new MarketReading(graph.Snapshot), graph["B"], ["ratio"], _ => null, WorkMeter.Unlimited);
        Assert.That(day.Of(graph.Ids["Li"]), Is.Not.Null);
        Assert.That(Round(Below, 5, day).Named, Is.Empty);
    }

    [Test]
    public void SeveralRulesOfOneClientAreOneWarningOfTheMostUrgent()
    {
        var first = WarningRuleTests.Rule("LEVEL", "ratio", "BELOW", 2, null) with { Name = "first", Severity = WarningSeverity.Notice, Team = "ONE" };
        var second = first with { Name = "second", Severity = WarningSeverity.Critical, Team = "TWO" };
        var found = Round(Rules(first, second), 5, DayOf(("Li", 100_000m, 1.4m, 0.5))).Named.Single();
        Assert.That((found.Rules.Length, found.Severity, found.Leading.Team), Is.EqualTo((2, WarningSeverity.Critical, "TWO")));
    }

    [Test]
    public void ARuleThatLooksBackBeforeTheFirstTradingDayMeetsNobody()
    {
        var held = Rules(WarningRuleTests.Rule("HELD", "ratio", "BELOW", 2, 3));
        var day = DayOf(("Li", 100_000m, 1.4m, 0.5));
        Assert.That(new WarningRound(held, Broker, 5).Of(_ => day, back => back < 3 ? Day.AddDays(-back) : null, (_, _) => null).Named, Is.Empty);
        Assert.That(new WarningRound(held, Broker, 5).Of(_ => day, back => Day.AddDays(-back), (_, _) => null).Named, Has.Length.EqualTo(1));
    }

    internal static WarningRules Rules(params WarningRule[] rows) => new("0123456789ab", [.. rows]);

    internal static BrokerWarnings Round(WarningRules rules, int capacity, DayFigures day, DateOnly? lastSign = null) =>
        new WarningRound(rules, Broker, capacity).Of(back => back == 0 ? day : null, back => Day.AddDays(-back), (_, _) => lastSign);

    /// <summary>A day on which clients owe B so much, at such a ratio of cash, with such a probability of default.</summary>
    internal static DayFigures DayOf(params (string Client, decimal Debt, decimal Ratio, double Probability)[] clients)
    {
        var graph = GraphText.Draw("(B:Broker code=B)\n" + string.Join('\n', clients.Select(one => FormattableString.Invariant(
            $"({one.Client}:Person)-[CONTRACTED]->(M{one.Client}:MarginContract contractNumber=M{one.Client} status=OPEN debt={one.Debt} cash={one.Debt * one.Ratio} marketValue=0)-[GRANTED_BY]->(B)"))), Day);
        var scores = clients.ToDictionary(one => graph[one.Client], one => new ClientScore(600, one.Probability));
        return DayFigures.Read(new MarketReading(graph.Snapshot), graph["B"], ["ratio"], client => scores[client], WorkMeter.Unlimited);
    }
}
