using GraphRisk.Scoring.Models;
using GraphRisk.Scoring.Models.Scorecards;
using GraphRisk.Scoring.Training;
using GraphRisk.Scoring.Trees;

namespace GraphRisk.Scoring.Tests.Training;

public sealed class CalibrationWindowTests
{
    private static readonly DateOnly Test = new(2025, 9, 30);

    /// <summary>Rates that fall by half in the last quarters: a window there promises what comes, folds over all would promise too much.</summary>
    [Test]
    public void TheLastQuartersCalibrateAndTheNewestRowsTeachToo()
    {
        var (train, plan) = Draw(quarters: 8, rows: 2_000);
        var window = CalibrationWindow.Of(train, plan)!;
        Assert.That(window.First, Is.EqualTo(plan.Train[5]), "three of eight");
        Assert.That(window.Rows.Select(row => train.Rows[row].AsOf).Distinct(), Is.EqualTo(plan.Train.Skip(5)));
        Assert.That(window.Earlier.Select(row => train.Rows[row].AsOf).Distinct(), Is.EqualTo(plan.Train.Take(5)), "whose outcomes are over when it begins");
        var set = new TrainingSet(train.Matrix, train.Bad, [new ModelInput("x", 0)]);
        var fitted = FittedModel.ByLaterRows(new ScorecardFamily(), set, window.Earlier, window.Rows, 1);
        using var model = fitted.Model;
        Assert.That(fitted.Unseen.Bad, Is.EqualTo(window.Rows.Select(row => train.Bad[row])));
        var promised = fitted.Probabilities(train.Matrix.SelectRows(window.Rows)).Average();
        var came = window.Rows.Average(row => train.Bad[row] ? 1.0 : 0);
        Assert.That(promised, Is.EqualTo(came).Within(0.15 * came));
        Assert.That(train.Bad.Average(bad => bad ? 1.0 : 0), Is.GreaterThan(1.3 * came));
    }

    [TestCase(5, 2_000, TestName = "FiveQuartersAreTooFewForAWindow")]
    [TestCase(8, 100, TestName = "FewDefaultsAreTooFewForAWindow")]
    public void ElseThereIsNone(int quarters, int rows)
    {
        var (train, plan) = Draw(quarters, rows);
        Assert.That(CalibrationWindow.Of(train, plan), Is.Null);
    }

    /// <summary>Rows of as many quarters; the rate is 10% and a half of it in the last three.</summary>
    private static (Part Train, TrainingPlan Plan) Draw(int quarters, int rows)
    {
        var random = new Random(6);
        DateOnly[] days = [.. Enumerable.Range(1, quarters).Select(i => Scoring.Labels.Quarters.Shift(Test, i - 1 - quarters))];
        var observed = days.SelectMany((day, quarter) => Enumerable.Range(0, rows).Select(client =>
        {
            var x = random.NextDouble();
            return (X: x, Row: new Observation((ulong)client, day, false, random.NextDouble() < x * (quarter >= quarters - 3 ? 0.1 : 0.2)));
        })).ToArray();
        var matrix = new FeatureMatrix(observed.Length, 1);
        for (var row = 0; row < observed.Length; row++) matrix[row, 0] = (float)observed[row].X;
        return (new Part(matrix, [.. observed.Select(one => one.Row)]), new TrainingPlan(days, [Test], 1));
    }
}
