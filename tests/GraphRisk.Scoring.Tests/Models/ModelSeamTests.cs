using GraphRisk.Scoring.Metrics;
using GraphRisk.Scoring.Models;
using GraphRisk.Scoring.Trees;

namespace GraphRisk.Scoring.Tests.Models;

/// <summary>What every family of models must hold; one fixture, every family.</summary>
[TestFixtureSource(nameof(Families))]
public sealed class ModelSeamTests(string familyName)
{
    private static readonly string[] Families = [.. ModelFamilies.All.Select(family => family.Name)];
    private readonly ModelFamily family = ModelFamilies.Named(familyName);
    private TrainingSet set = null!;
    private IRiskModel model = null!;

    [OneTimeSetUp]
    public void Train()
    {
        set = RandomLoans.Draw(seed: 3, rows: 1500);
        model = family.Train(set, family.Choices - 1, seed: 5);
    }

    [OneTimeTearDown]
    public void Free() => model.Dispose();

    [Test]
    public void ContributionsAndBaselineAddUpToTheMargin()
    {
        var margins = model.Margins(set.Matrix);
        var contributions = model.Contributions(set.Matrix, threads: 2);
        var worst = Enumerable.Range(0, set.Rows).Max(row => Math.Abs(contributions.Margin(row) - margins[row]));
        Assert.That(worst, Is.LessThan(1e-9));
        Assert.That(Enumerable.Range(0, set.Rows).Select(contributions.Baseline).Distinct().Count(), Is.EqualTo(1));
    }

    [Test]
    public void ItRanksRowsItHasNotSeen()
    {
        var unseen = RandomLoans.Draw(seed: 4, rows: 1500);
        Assert.That(AreaUnderCurve.Compute(model.Margins(unseen.Matrix), unseen.Bad), Is.GreaterThan(0.75));
    }

    [Test]
    public void TheTextReadBackAnswersTheSameBitsAndIsTheSameText()
    {
        using var read = family.Read(model.Text);
        Assert.That(read.Margins(set.Matrix), Is.EqualTo(model.Margins(set.Matrix)));
        Assert.That(read.Text, Is.EqualTo(model.Text));
        Assert.That(read.Inputs.Select(input => (input.Name, input.Direction)), Is.EqualTo(set.Inputs.Select(input => (input.Name, input.Direction))));
        var some = set.Matrix.SelectRows([0, 1, 2]);
        Assert.That(Flat(read.Contributions(some)), Is.EqualTo(Flat(model.Contributions(some))));
        Assert.That(() => family.Read("no model"), Throws.TypeOf<ModelException>());
    }

    [Test]
    public void TheSameTrainingGivesTheSameText()
    {
        using var again = family.Train(set, family.Choices - 1, seed: 5);
        Assert.That(again.Text, Is.EqualTo(model.Text));
    }

    [Test]
    public void AnUnknownValueIsWorthNoReasonOfItsOwn()
    {
        var contributions = model.Contributions(set.Matrix);
        var unknowns = 0;
        for (var row = 0; row < set.Rows; row++)
        {
            var cells = set.Matrix.Row(row);
            var together = contributions.NotKnown(row, cells);
            if (model.Traits.Unknown == UnknownTreatment.Average) Assert.That(together, Is.Zero);
            var known = 0.0;
            for (var i = 0; i < cells.Length; i++)
            {
                if (float.IsNaN(cells[i])) unknowns++;
                else known += contributions.Of(row)[i];
            }
            Assert.That(contributions.Baseline(row) + known + together, Is.EqualTo(contributions.Margin(row)).Within(1e-9));
        }
        Assert.That(unknowns, Is.GreaterThan(100));
    }

    [Test]
    public void DirectionsAreNeverViolatedOnADenseGridWhereTheModelSaysSo()
    {
        Assert.That(model.Traits.IsMonotone, Is.EqualTo(familyName != "svc-rbf"));
        if (model.Traits.IsMonotone)
            Assert.That(Grid().Min(line => line.Min()), Is.GreaterThanOrEqualTo(-1e-12));
    }

    [Test]
    public void SampledContributionsStateTheirErrorAndExactOnesNone()
    {
        var contributions = model.Contributions(set.Matrix.SelectRows([.. Enumerable.Range(0, 50)]));
        var errors = Enumerable.Range(0, 50).SelectMany(row => Enumerable.Range(0, set.Inputs.Count).Select(i => contributions.StandardError(row, i))).ToArray();
        if (model.Traits.Contributions.IsExact) Assert.That(errors, Is.All.Zero);
        else Assert.That(errors.Max(), Is.Positive);
    }

    [Test]
    public void AMatrixOfTheWrongWidthIsRefused() => Assert.That(() => model.Margins(new FeatureMatrix(1, 2)), Throws.ArgumentException);

    /// <summary>Steps of the margin, turned so that none may be negative, along 201 values of each directed input, infinities at the ends, from 60 rows and for 15 values of another.</summary>
    private IEnumerable<double[]> Grid()
    {
        for (var row = 0; row < 60; row++)
        {
            for (var input = 0; input < set.Inputs.Count; input++)
            {
                var direction = set.Inputs[input].Direction;
                if (direction == 0) continue;
                for (var other = 0; other < 15; other++)
                {
                    var sweep = new FeatureMatrix(201, set.Inputs.Count);
                    for (var step = 0; step < 201; step++)
                    {
                        var cells = sweep.RowForWriting(step);
                        set.Matrix.Row(row).CopyTo(cells);
                        cells[(input + 1) % 3] = other / 5f - 1.5f;
                        cells[input] = step == 0 ? float.NegativeInfinity : step == 200 ? float.PositiveInfinity : step / 40f - 2.5f;
                    }
                    var margins = model.Margins(sweep);
                    yield return [.. Enumerable.Range(1, 200).Select(step => direction * (margins[step] - margins[step - 1]))];
                }
            }
        }
    }

    private static double[] Flat(Contributions contributions) =>
        [.. Enumerable.Range(0, contributions.Rows).SelectMany(row => contributions.Of(row).ToArray().Append(contributions.Baseline(row)))];
}
