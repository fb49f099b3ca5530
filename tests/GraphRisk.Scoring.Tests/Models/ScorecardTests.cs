using GraphRisk.Scoring.Calibration;
using GraphRisk.Scoring.Models;
using GraphRisk.Scoring.Models.Scorecards;

namespace GraphRisk.Scoring.Tests.Models;

public class ScorecardTests
{
    private static readonly ScorecardScaling Scaling = new();

    [Test]
    public void PointsOfItsBinsAddUpToTheScoreOfTheMargin()
    {
        var set = RandomLoans.Draw(seed: 8, rows: 1000);
        var card = (Scorecard)new ScorecardFamily().Train(set, 1, seed: 1);
        var table = card.Points(Scaling);
        var contributions = card.Contributions(set.Matrix);
        for (var input = 0; input < set.Inputs.Count; input++)
        {
            var name = set.Inputs[input].Name;
            var offered = table.Lines.Where(line => line.Input == name).Select(line => line.Points).DefaultIfEmpty(0).ToArray();
            var spread = Enumerable.Range(0, set.Rows).Select(row => Scaling.PointsOfContribution(contributions.Of(row)[input])).ToArray();
            Assert.That(offered.Max() - offered.Min(), Is.GreaterThanOrEqualTo(spread.Max() - spread.Min() - 1e-9), name);
        }
        // A row by hand: what everybody begins with, and the line of each of its bins.
        var coal = set.Matrix.Row(0).ToArray();
        coal[3] = 0;
        var matrix = new Scoring.Trees.FeatureMatrix(1, 5);
        coal.CopyTo(matrix.RowForWriting(0));
        var trade = table.Lines.Where(line => line.Input == "trade" && line.Bin.Contains("mine", StringComparison.Ordinal)).Sum(line => line.Points);
        coal[3] = float.NaN;
        var unknown = new Scoring.Trees.FeatureMatrix(1, 5);
        coal.CopyTo(unknown.RowForWriting(0));
        var gap = Scaling.Points(card.Margins(matrix)[0]) - Scaling.Points(card.Margins(unknown)[0]);
        Assert.That(gap, Is.EqualTo(trade - table.Lines.Single(line => line.Input == "trade" && line.Bin == "not known").Points).Within(1e-9));
    }

    [Test]
    public void BinsOfADirectedInputFallInPointsAsTheyRiseInRisk()
    {
        var card = (Scorecard)new ScorecardFamily().Train(RandomLoans.Draw(seed: 9, rows: 2000), 0, seed: 1);
        var debt = card.Points(Scaling).Lines.Where(line => line.Input == "debt" && line.Bin != "not known").Select(line => line.Points).ToArray();
        Assert.That(debt, Has.Length.GreaterThan(2));
        Assert.That(debt, Is.Ordered.Descending);
    }

    [Test]
    public void NoiseGetsOneBin()
    {
        var bins = Binning.Cut(RandomLoans.Draw(seed: 10, rows: 2000), column: 4, leastChiSquared: 10.8);
        Assert.That(bins.Woe, Has.Length.EqualTo(1));
    }

    [Test]
    public void EveryRowFallsIntoOneBin()
    {
        for (var seed = 0; seed < 30; seed++)
        {
            var set = RandomLoans.Draw(seed, rows: 300);
            for (var column = 0; column < set.Inputs.Count; column++)
            {
                var bins = Binning.Cut(set, column, 3.84);
                Assert.That(bins.Rows.Sum() + bins.UnknownRows, Is.EqualTo(set.Rows));
                Assert.That(
                    bins.Rows.Zip(bins.BadRates, (rows, rate) => rows * rate).Sum() + bins.UnknownRows * bins.UnknownBadRate,
                    Is.EqualTo(set.Bad.Count(bad => bad)).Within(1e-9));
            }
        }
    }
}
