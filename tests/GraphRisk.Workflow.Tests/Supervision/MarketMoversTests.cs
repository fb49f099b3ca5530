using GraphRisk.Graph.Algorithms;
using GraphRisk.Graph.Facts;
using GraphRisk.Market;
using GraphRisk.Scoring.Scores;
using GraphRisk.TestKit;
using GraphRisk.Workflow.Supervision.Movers;
using GraphRisk.Workflow.Supervision.Quality;

namespace GraphRisk.Workflow.Tests.Supervision;

/// <summary>Two days of the drawing: Li owed B1 400,000 and owes 1,000,000; Zhao came with 900,000; Wang has paid its 500,000; the stock fell from 20 to 10.</summary>
public sealed class MarketMoversTests
{
    private static readonly string Before = MarketDrawing.Text.Replace("debt=1000000", "debt=400000", StringComparison.Ordinal).Replace("close=10 ", "close=20 ", StringComparison.Ordinal);

    private static readonly string After = MarketDrawing.Text.Replace("status=OVERDUE debt=500000", "status=CLOSED debt=0", StringComparison.Ordinal)
        + "\n(Zhao)-[CONTRACTED]->(M3:MarginContract contractNumber=M3 status=OPEN debt=900000 cash=0 marketValue=1800000)-[GRANTED_BY]->(B2)";

    [Test]
    public void WhoCameOrWentMovesByAllOfIt()
    {
        var (then, now) = (GraphText.Draw(Before), GraphText.Draw(After));
        var movers = Movers(then, now, MoverSubject.Client, MoverFigure.Exposure);
        Assert.That(movers.Select(one => (one.Subject, one.Movement)), Is.EqualTo(new[]
        {
            (Id(now, "Zhao"), 900_000m), (Id(now, "Li"), 600_000m), (Id(now, "Wang"), -500_000m),
        }), "the company owes as much as it did");
        Assert.That((movers[0].Then, movers[2].Now), Is.EqualTo(((MoverFigures?)null, (MoverFigures?)null)));
        Assert.That((movers[1].Then!.Exposure, movers[1].Now!.Exposure), Is.EqualTo((7_400_000m, 8_000_000m)));
    }

    [Test]
    public void ARatioMovesOnlyWhereThereIsOneOnBothDays()
    {
        var (then, now) = (GraphText.Draw(Before), GraphText.Draw(After));
        var mover = Movers(then, now, MoverSubject.Client, MoverFigure.Ratio).Single();
        Assert.That(mover.Subject, Is.EqualTo(Id(now, "Li")), "Zhao had none");
        Assert.That((mover.Then!.Ratio, mover.Now!.Ratio), Is.EqualTo((15_300_000m / 7_400_000m, 15_300_000m / 8_000_000m)));
        Assert.That(mover.Movement, Is.Negative);
    }

    [Test]
    public void GradesMoveInStepsAndTheProbabilityDecidesBetweenEqualSteps()
    {
        var (then, now) = (GraphText.Draw(Before), GraphText.Draw(After));
        var movers = MarketMovers.Of(
            then.Snapshot, Figures(then, MoverSubject.Client, ("Li", 0.003, "A"), ("Co", 0.03, "B"), ("Wang", 0.5, "C")),
            now.Snapshot, Figures(now, MoverSubject.Client, ("Li", 0.03, "B"), ("Co", 0.04, "B"), ("Zhao", 0.9, "C")), MoverFigure.Grade, WorkMeter.Unlimited);
        Assert.That(movers.Select(one => (one.Subject, one.Movement)), Is.EqualTo(new[] { (Id(now, "Li"), 3m), (Id(now, "Co"), 0m) }), "from A over BBB and BB to B; who came or went has no grade to compare");
    }

    [Test]
    public void ABrokersFiguresAreThoseOfAllItsClients()
    {
        var (then, now) = (GraphText.Draw(Before), GraphText.Draw(After));
        var movers = Movers(then, now, MoverSubject.Broker, MoverFigure.Exposure);
        Assert.That(movers.Select(one => (one.Subject.Key, one.Movement)), Is.EqualTo(new[] { (Id(now, "B2").Key, 900_000m), (Id(now, "B1").Key, 100_000m) }), "B1 lent Li 600,000 more and was paid 500,000");
        Assert.That(movers[1].Now!.Concentration, Is.EqualTo(0.625m), "1 and 3 of 4 millions: 1/16 + 9/16");
        var graded = Figures(now, MoverSubject.Broker, ("Li", 0.01, "BB"), ("Co", 0.05, "CCC"))[now["B1"]];
        Assert.That(graded.ProbabilityOfDefault, Is.EqualTo(0.04).Within(1e-15), "0.01 on one million, 0.05 on three");
        Assert.That(graded.Grade, Is.EqualTo("B"));
    }

    [Test]
    public void ASecurityMovesByWhatIsTakenOfIt()
    {
        var (then, now) = (GraphText.Draw(Before), GraphText.Draw(After));
        var value = Movers(then, now, MoverSubject.Security, MoverFigure.Exposure).Single();
        Assert.That((value.Then!.Exposure, value.Now!.Exposure, value.Movement), Is.EqualTo((8_600_000m, 4_000_000m, -4_600_000m)), "430,000 at 20, then 400,000 at 10");
        Assert.That(Movers(then, now, MoverSubject.Security, MoverFigure.Concentration).Single().Movement, Is.EqualTo(-0.015m), "30,000 of two million shares were set free");
        Assert.That(MarketMovers.Has(MoverSubject.Security, MoverFigure.Grade), Is.False);
    }

    [Test]
    public void AClientsConcentrationIsTheLargestPartOfItsCollateral()
    {
        var drawn = MarketDrawing.Draw("""
            (S2:Security code=S2 kind=SHARE close=5)
            (P1)-[PLEDGED quantity=200000]->(S2)
            """);
        Assert.That(Figures(drawn, MoverSubject.Client)[drawn["Co"]].Concentration, Is.EqualTo(0.8m), "4,000,000 of 5,000,000");
        Assert.That(Figures(drawn, MoverSubject.Client)[drawn["Li"]].Concentration, Is.Null, "no account is told to secure its contracts");
    }

    [Test]
    public void WhereNothingMovedNobodyIsNamed()
    {
        var (then, now) = (GraphText.Draw(Before), GraphText.Draw(Before));
        foreach (var subject in Enum.GetValues<MoverSubject>())
            foreach (var figure in Enum.GetValues<MoverFigure>()) Assert.That(Movers(then, now, subject, figure), Is.Empty, $"{subject} {figure}");
    }

    private static NodeId Id(DrawnGraph drawn, string label) => drawn.Snapshot.Nodes.IdOf(drawn[label]);

    private static List<Mover> Movers(DrawnGraph then, DrawnGraph now, MoverSubject subject, MoverFigure figure) =>
        [.. MarketMovers.Of(then.Snapshot, Figures(then, subject), now.Snapshot, Figures(now, subject), figure, WorkMeter.Unlimited)];

    private static IReadOnlyDictionary<int, MoverFigures> Figures(DrawnGraph drawn, MoverSubject subject, params (string Label, double Risk, string Grade)[] scored)
    {
        var market = new MarketReading(drawn.Snapshot);
        var scores = scored.ToDictionary(one => drawn[one.Label], one => new ScoreLine(drawn[one.Label], true, one.Risk, 600, one.Grade, 0, 0, 0));
        return FiguresOfDay.Of(market, LentBook.Of(market.Contracts, WorkMeter.Unlimited), scores, subject, WorkMeter.Unlimited);
    }
}
