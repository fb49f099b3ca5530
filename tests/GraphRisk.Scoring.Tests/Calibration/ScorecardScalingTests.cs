using System.Text.Json;
using GraphRisk.Scoring.Calibration;
using GraphRisk.TestKit;

namespace GraphRisk.Scoring.Tests.Calibration;

public class ScorecardScalingTests
{
    [Test]
    public void TheSharedCasePasses()
    {
        using var cases = JsonDocument.Parse(File.ReadAllText(SharedData.Require("cases/contagion.json")));
        foreach (var item in cases.RootElement.GetProperty("scorecardScaling").EnumerateArray())
        {
            var scaling = new ScorecardScaling(Number(item, "score"), Number(item, "odds"), Number(item, "pdo"));
            Assert.That(scaling.Factor, Is.EqualTo(Number(item, "factor")).Within(1e-9));
            Assert.That(scaling.Offset, Is.EqualTo(Number(item, "offset")).Within(1e-9));
            Assert.That(scaling.Points(-Math.Log(100)), Is.EqualTo(Number(item, "scoreAtOdds100")).Within(1e-9));
        }
    }

    [Test]
    public void TheScoreShownStaysBetween300And850()
    {
        var scaling = new ScorecardScaling();
        Assert.That(scaling.Score(1000), Is.EqualTo(300));
        Assert.That(scaling.Score(-1000), Is.EqualTo(850));
        Assert.That(scaling.Score(double.PositiveInfinity), Is.EqualTo(300));
    }

    [Test]
    public void ContributionsInPointsAddUpToThePoints()
    {
        var scaling = new ScorecardScaling();
        double[] contributions = [-3.2, 0.4, 1.1];
        Assert.That(scaling.Offset + contributions.Sum(scaling.PointsOfContribution), Is.EqualTo(scaling.Points(contributions.Sum())).Within(1e-9));
    }

    [Test]
    public void EveryProbabilityHasAGradeAndMoreRiskNeverABetterOne()
    {
        var table = GradeTable.Standard;
        Assert.That(table.Middle.Name, Is.EqualTo("BB"));
        var grades = Enumerable.Range(0, 1001).Select(i => table.Grades.ToList().IndexOf(table.Of(i / 1000.0)));
        Assert.That(grades, Is.Ordered);
        Assert.That(table.Of(1).Name, Is.EqualTo("D"));
        Assert.That(table.Of(0.05).Name, Is.EqualTo("CCC"), "the upper limit is exclusive");
    }

    [Test]
    public void ATableWithAHoleIsRefused()
    {
        Assert.That(() => new GradeTable([new Grade("A", 0.5, ""), new Grade("B", 0.4, "")]), Throws.ArgumentException);
        Assert.That(() => new GradeTable([new Grade("A", 0.5, "")]), Throws.ArgumentException);
    }

    private static double Number(JsonElement item, string name) => item.GetProperty(name).GetDouble();
}
