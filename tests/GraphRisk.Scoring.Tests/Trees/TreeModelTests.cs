using GraphRisk.Scoring.Trees;

namespace GraphRisk.Scoring.Tests.Trees;

public class TreeModelTests
{
    private static readonly TreeParameters Small =
        new() { Rounds = 4, Leaves = 6, MinimumRowsPerLeaf = 3, LearningRate = 0.3, Seed = 1 };

    [Test]
    public void ContributionsEqualShapleysFormulaOverAllSubsetsOnAThousandRandomModels()
    {
        var worst = 0.0;
        for (var seed = 0; seed < 1000; seed++)
        {
            var columns = 3 + seed % 4;
            var (matrix, outcomes) = RandomObservations.Draw(seed, rows: 80, columns);
            using var model = Train(matrix, outcomes, Small with { Seed = seed });
            var contributions = model.Contributions(matrix);
            var oracle = new ShapleyOracle(model.Text);
            for (var row = 0; row < 3; row++)
            {
                var expected = oracle.Contributions(matrix.Row(row).ToArray());
                for (var i = 0; i <= columns; i++)
                    worst = Math.Max(worst, Math.Abs(expected[i] - contributions[row * (columns + 1) + i]));
            }
        }
        Assert.That(worst, Is.LessThan(1e-9));
    }

    [Test]
    public void ContributionsAndBaselineSumToTheMargin()
    {
        var (matrix, outcomes) = RandomObservations.Draw(seed: 5, rows: 2000, columns: 12);
        using var model = Train(matrix, outcomes, new TreeParameters { Rounds = 80 });
        var margins = model.Margins(matrix);
        var contributions = model.Contributions(matrix);
        Assert.Multiple(() =>
        {
            for (var row = 0; row < matrix.Rows; row++)
                Assert.That(contributions.AsSpan(row * 13, 13).ToArray().Sum(), Is.EqualTo(margins[row]).Within(1e-9));
        });
    }

    [Test]
    public void TheSameTrainingGivesTheSameText()
    {
        var (matrix, outcomes) = RandomObservations.Draw(seed: 6, rows: 1000, columns: 8);
        using var first = Train(matrix, outcomes, new TreeParameters());
        using var second = Train(matrix, outcomes, new TreeParameters());
        Assert.That(second.Text, Is.EqualTo(first.Text));
    }

    [Test]
    public void AModelReadBackFromItsTextAnswersTheSameBits()
    {
        var (matrix, outcomes) = RandomObservations.Draw(seed: 7, rows: 500, columns: 5);
        using var model = Train(matrix, outcomes, Small);
        using var loaded = TreeModel.Load(model.Text);
        Assert.That(loaded.Margins(matrix), Is.EqualTo(model.Margins(matrix)));
    }

    [Test]
    public void TheNumberOfThreadsDoesNotChangeTheAnswer()
    {
        var (matrix, outcomes) = RandomObservations.Draw(seed: 8, rows: 3000, columns: 5);
        using var model = Train(matrix, outcomes, Small);
        Assert.That(model.Contributions(matrix, threads: 2), Is.EqualTo(model.Contributions(matrix, threads: 1)));
    }

    [Test]
    public void AConstrainedFeatureNeverMovesTheMarginAgainstItsDirection()
    {
        var (matrix, outcomes) = RandomObservations.Draw(seed: 9, rows: 2000, columns: 4);
        // The data say +, -, and nothing; the constraints forbid what the data say of the first two.
        using var model = TreeTrainer.Train(matrix, outcomes, RandomObservations.Names(4), [-1, 1, 1, 0], new TreeParameters { Rounds = 60 });
        int[] direction = [-1, 1, 1];
        for (var row = 0; row < 200; row++)
        {
            for (var column = 0; column < direction.Length; column++)
            {
                var sweep = new FeatureMatrix(41, 4);
                for (var step = 0; step < 41; step++)
                {
                    matrix.Row(row).CopyTo(sweep.RowForWriting(step));
                    sweep[step, column] = (step - 20) / 40f;
                }
                var margins = model.Margins(sweep);
                for (var step = 1; step < 41; step++)
                    Assert.That((margins[step] - margins[step - 1]) * direction[column], Is.GreaterThanOrEqualTo(-1e-12));
            }
        }
    }

    [Test]
    public void FewerRoundsAreThePrefixOfTheBoosting()
    {
        var (matrix, outcomes) = RandomObservations.Draw(seed: 10, rows: 500, columns: 4);
        using var model = Train(matrix, outcomes, Small);
        using var shorter = Train(matrix, outcomes, Small with { Rounds = 2 });
        Assert.That(model.Margins(matrix, rounds: 2), Is.EqualTo(shorter.Margins(matrix)));
    }

    [Test]
    public void AMatrixOfTheWrongWidthIsRefused()
    {
        var (matrix, outcomes) = RandomObservations.Draw(seed: 11, rows: 100, columns: 4);
        using var model = Train(matrix, outcomes, Small);
        Assert.That(() => model.Margins(new FeatureMatrix(1, 3)), Throws.ArgumentException);
    }

    [Test]
    public void ATextThatIsNoModelIsRefusedInLightGbmsWords()
    {
        Assert.That(() => TreeModel.Load("tree\nversion=v4\n"), Throws.TypeOf<LightGbmException>());
        Assert.That(() => TreeModel.Load("hello"), Throws.TypeOf<LightGbmException>());
    }

    [Test]
    public void OneOutcomeAloneTeachesNothing()
    {
        var matrix = new FeatureMatrix(10, 2);
        Assert.That(() => Train(matrix, new float[10], Small), Throws.ArgumentException);
    }

    private static TreeModel Train(FeatureMatrix matrix, float[] outcomes, TreeParameters parameters) =>
        TreeTrainer.Train(matrix, outcomes, RandomObservations.Names(matrix.Columns), new int[matrix.Columns], parameters);
}
