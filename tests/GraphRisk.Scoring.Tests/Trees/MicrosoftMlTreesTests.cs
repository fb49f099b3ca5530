using GraphRisk.Scoring.Trees;

namespace GraphRisk.Scoring.Tests.Trees;

public class MicrosoftMlTreesTests
{
    [Test]
    public void WithoutConstraintsAndSamplingMicrosoftMlFindsTheSameTrees()
    {
        var parameters = new TreeParameters { Rounds = 30, FeatureFraction = 1, RowFraction = 1, MinimumRowsPerLeaf = 20 };
        var (matrix, outcomes) = RandomObservations.Draw(seed: 21, rows: 2000, columns: 6);
        for (var row = 0; row < matrix.Rows; row++)
        {
            foreach (ref var value in matrix.RowForWriting(row))
                value = float.IsNaN(value) ? 0.123f : value; // the two bin missing values differently
        }
        using var direct = TreeTrainer.Train(matrix, outcomes, RandomObservations.Names(6), new int[6], parameters);
        var challenger = MicrosoftMlTrees.Train(matrix, outcomes, parameters);
        var expected = direct.Margins(matrix);
        var actual = challenger.Margins(matrix);
        Assert.That(Enumerable.Range(0, matrix.Rows).Max(i => Math.Abs(expected[i] - actual[i])), Is.LessThan(1e-4));
    }
}
