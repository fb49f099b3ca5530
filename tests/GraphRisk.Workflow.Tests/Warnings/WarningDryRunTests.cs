using GraphRisk.Graph.Facts;
using GraphRisk.Market;
using GraphRisk.Market.Securities;
using GraphRisk.TestKit;
using GraphRisk.Workflow.Warnings;
using GraphRisk.Workflow.Warnings.DryRun;
using GraphRisk.Workflow.Warnings.Figures;

namespace GraphRisk.Workflow.Tests.Warnings;

/// <summary>A dry run over ten trading days, worked by hand.</summary>
public sealed class WarningDryRunTests
{
    private static readonly DateOnly First = new(2024, 6, 3);
    private static readonly NodeId Broker = new("Broker", "B");

    /// <summary>
    /// Trading days 3 to 7 and 10 to 14 June. Low is below 1.5 on every day and defaults on the 12th, nine calendar and seven trading days after the first; High never is and defaults on the 13th;
    /// Calm is below and never defaults. With a horizon of 7 trading days the warnings of the 3rd and, after five days of cool-down, of the 10th (no trading day on the 8th) are known where the data reach the 20th.
    /// </summary>
    [Test]
    public void WarningsAreHeldAgainstWhatBecameOfTheClients()
    {
        var report = Run(1.5);
        Assert.That((report.From, report.To, report.Cut), Is.EqualTo((First, new DateOnly(2024, 6, 14), 0)));
        Assert.That(report.Score.Named, Is.EqualTo(4), "Low and Calm on the 3rd and on the 10th");
        Assert.That((report.Score.Known, report.Score.True), Is.EqualTo((3, 2)), "Low's come true after 7 and 2 trading days; Calm's of the 10th is not known yet");
        Assert.That(report.Score.Foretold, Is.EqualTo(1), "both by one default");
        Assert.That((report.Score.Defaults, report.Score.Warned), Is.EqualTo((2, 1)), "Low in time, High not at all");
        Assert.That(report.Rules.Single(), Is.EqualTo(new RuleOutcome("a-rule", 4, 3, 2, 7, 2)));
        Assert.That(report.LastWeek.Select(one => one.Warning.Client.Key), Is.EquivalentTo(new[] { "Low", "Calm" }));
    }

    [Test]
    public void TheRatioRuleBesideIsTheBestOfThoseAtLeastAsPrecise()
    {
        var report = Run(1.5);
        Assert.That(report.Ratio, Is.Not.Null);
        Assert.That(report.Ratio!.Score.Precision, Is.GreaterThanOrEqualTo(report.Score.Precision!.Value));
        Assert.That(report.MostPreciseRatio!.Score.Precision, Is.GreaterThanOrEqualTo(report.Ratio.Score.Precision!.Value));
    }

    [Test]
    public void ARuleThatMeetsNobodyHasNoPrecisionAndWarnsOfNothing()
    {
        var report = Run(1.0);
        Assert.That((report.Score.Named, report.Score.Precision, report.Score.Recall), Is.EqualTo((0, (double?)null, (double?)0)));
    }

    private static DryRunReport Run(double limit)
    {
        var days = string.Join('\n', TradingDaysOf().Select(day => FormattableString.Invariant($"(S:Security code=S close=10)")).Distinct());
        var graph = GraphText.Draw(
            days + """

            (B:Broker code=B)
            (Low:Person)-[CONTRACTED]->(ML:MarginContract contractNumber=ML status=OPEN debt=100 cash=140 marketValue=0)-[GRANTED_BY]->(B)
            (High:Person)-[CONTRACTED]->(MH:MarginContract contractNumber=MH status=OPEN debt=100 cash=300 marketValue=0)-[GRANTED_BY]->(B)
            (Calm:Person)-[CONTRACTED]->(MC:MarginContract contractNumber=MC status=OPEN debt=100 cash=145 marketValue=0)-[GRANTED_BY]->(B)
            """, First);
        var figures = TradingDaysOf().ToDictionary(day => day, day => DayFiguresOn(graph, day));
        var later = GraphText.Draw(
            """
            (B:Broker code=B)
            (Low:Person)-[CONTRACTED]->(ML:MarginContract contractNumber=ML status=OPEN debt=100 cash=140 marketValue=0)-[GRANTED_BY]->(B)
            (High:Person)-[CONTRACTED]->(MH:MarginContract contractNumber=MH status=OPEN debt=100 cash=300 marketValue=0)-[GRANTED_BY]->(B)
            (Calm:Person)-[CONTRACTED]->(MC:MarginContract contractNumber=MC status=OPEN debt=100 cash=145 marketValue=0)-[GRANTED_BY]->(B)
            (E1:CreditEvent kind=DEFAULT occurredOn=2024-06-12)-[BEFELL]->(Low)
            (E1)-[CONCERNS]->(ML)
            (E2:CreditEvent kind=DEFAULT occurredOn=2024-06-13)-[BEFELL]->(High)
            (E2)-[CONCERNS]->(MH)
            """);
        var calendar = TradingDays.Of(PricesUntil(new DateOnly(2024, 6, 18)));
        var rules = WarningRoundTests.Rules(WarningRuleTests.Rule("LEVEL", "ratio", "BELOW", limit, null));
        return new WarningDryRun(
            new Dictionary<NodeId, IReadOnlyDictionary<DateOnly, DayFigures>> { [Broker] = figures }, calendar, new DateOnly(2024, 6, 18), Outcomes.Of(new MarketReading(later.Snapshot)),
            new WarningPolicy { Horizon = 7, Lead = 5 }).Run(rules, First, new DateOnly(2024, 6, 14));
    }

    private static IEnumerable<DateOnly> TradingDaysOf() => Enumerable.Range(0, 12).Select(day => First.AddDays(day)).Where(day => day.DayOfWeek is not (DayOfWeek.Saturday or DayOfWeek.Sunday));

    private static DayFigures DayFiguresOn(DrawnGraph graph, DateOnly day) =>
        DayFigures.Read(new MarketReading(GraphText.SnapshotOf(graph.Facts, Validity.CloseOf(day))), graph["B"], ["ratio"], _ => null, Graph.Algorithms.WorkMeter.Unlimited);

    private static Graph.Snapshots.Snapshot PricesUntil(DateOnly last)
    {
        var facts = new List<Fact>();
        for (var day = First; day <= last; day = day.AddDays(1))
            if (day.DayOfWeek is not (DayOfWeek.Saturday or DayOfWeek.Sunday))
                facts.Add(new NodeFact(new NodeId("Security", "S"), Properties.Of(("close", PropertyValue.Of(10m))), Validity.Since(day), new Provenance("exchange", FormattableString.Invariant($"S {day:O}"), 1m)));
        return GraphText.SnapshotOf(facts, Validity.CloseOf(last));
    }
}
