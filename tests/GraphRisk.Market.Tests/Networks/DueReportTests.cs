using GraphRisk.Graph.Algorithms.Ownership.History;
using GraphRisk.Graph.Algorithms.Ownership.Rules;
using GraphRisk.Market.Calendar;
using GraphRisk.Market.Networks;

namespace GraphRisk.Market.Tests.Networks;

/// <summary>Which report was due for a crossing, and when.</summary>
public sealed class DueReportTests
{
    private static readonly RuleVersion Wording = RuleBook.Shipped.Find("cn-disclosure")!.Versions[0];

    // 2024-09-30 was a Monday, the National Day holidays ended on October 7, and Saturday the 12th was worked.
    [TestCase("five-percent", "2024-09-30", "2024-10-10")]
    [TestCase("five-percent", "2024-10-10", "2024-10-14")]
    [TestCase("one-percent", "2024-09-30", "2024-10-08")]
    [TestCase("one-percent", "2024-10-11", "2024-10-12")]
    public void ItIsDueWithinWorkingDays(string limb, string day, string due)
    {
        var report = DueReport.Of(Crossing(limb, DateOnly.Parse(day, System.Globalization.CultureInfo.InvariantCulture)), WorkingCalendar.China)!;
        Assert.That((report.DueOn, report.Unknown), Is.EqualTo(((DateOnly?)DateOnly.Parse(due, System.Globalization.CultureInfo.InvariantCulture), (string?)null)));
    }

    [Test]
    public void AYearWithoutCalendarLeavesTheDayUnknownAndSaysSo()
    {
        var report = DueReport.Of(Crossing("five-percent", new DateOnly(2021, 5, 6)), WorkingCalendar.China)!;
        Assert.That((report.DueOn, report.WithinWorkingDays), Is.EqualTo(((DateOnly?)null, 3)));
        Assert.That(report.Unknown, Does.Contain("2021"));
    }

    [Test]
    public void BeforeTheWordingWasInForceNoneWasDue() =>
        Assert.That(DueReport.Of(Crossing("five-percent", new DateOnly(2019, 5, 6)), WorkingCalendar.China), Is.Null);

    [Test]
    public void OfACompanyTheRuleIsNotOfNoneIsDue() =>
        Assert.That(DueReport.Of(Crossing("five-percent", new DateOnly(2025, 5, 6)) with { IsOf = false }, WorkingCalendar.China), Is.Null);

    private static StepCrossing Crossing(string limb, DateOnly day) =>
        new(day, Wording, Wording[limb], new StepHolder(-1, 0), [0], null, new PartFigure(0.05m, 0.05m, 0.05m), StepDirection.Up, [0.05m], RuleHolding.Certain, IsOf: true);
}
