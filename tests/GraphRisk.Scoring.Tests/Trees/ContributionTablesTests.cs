using GraphRisk.Scoring.Trees;

namespace GraphRisk.Scoring.Tests.Trees;

public class ContributionTablesTests
{
    /// <summary>Fewer rows than this go through LightGBM itself: the oracle.</summary>
    private const int Few = 100;

    [Test]
    public void ManyRowsHaveTheBitsOfLightGbmOnFiveHundredRandomModels()
    {
        for (var seed = 0; seed < 500; seed++)
        {
            var columns = 2 + (seed % 7);
            var (matrix, outcomes) = RandomObservations.Draw(seed, rows: 300, columns);
            using var model = Train(matrix, outcomes, new TreeParameters
            {
                Rounds = 5, Leaves = 2 + (seed % 9), MinimumRowsPerLeaf = 2, LearningRate = 0.3, Seed = seed, Bins = 255, FeatureFraction = 1,
            });
            Strange(matrix, new Random(seed));
            AssertSameBits(model, matrix, $"seed {seed}");
        }
    }

    [Test]
    public void ValuesAtAThresholdGoTheSameWay()
    {
        var (matrix, outcomes) = RandomObservations.Draw(seed: 1, rows: 400, columns: 3);
        using var model = Train(matrix, outcomes, new TreeParameters { Rounds = 20, Leaves = 8, MinimumRowsPerLeaf = 5 });
        float[] thresholds = [.. DecisionTree.ReadAll(model.Text)!.SelectMany(tree => tree.Thresholds)];
        var at = new FeatureMatrix(thresholds.Length * 3, 3);
        for (var row = 0; row < at.Rows; row++)
        {
            var threshold = thresholds[row / 3];
            at.RowForWriting(row).Fill((row % 3) switch { 0 => threshold, 1 => float.BitIncrement(threshold), _ => float.BitDecrement(threshold) });
        }

        AssertSameBits(model, at, "at thresholds");
    }

    [Test]
    public void ModelsOfLargeTreesAreLeftToLightGbm()
    {
        var (matrix, outcomes) = RandomObservations.Draw(seed: 2, rows: 2000, columns: 4);
        using var model = Train(matrix, outcomes, new TreeParameters { Rounds = 3, Leaves = 24, MinimumRowsPerLeaf = 5 });
        Assert.That(ContributionTables.Of(model.Text, 4), Is.Null);
        AssertSameBits(model, matrix, "large trees");
    }

    [Test]
    public void TheNumberOfThreadsDoesNotChangeTheAnswer()
    {
        var (matrix, outcomes) = RandomObservations.Draw(seed: 3, rows: 3000, columns: 5);
        using var model = Train(matrix, outcomes, new TreeParameters { Rounds = 20, Leaves = 8 });
        Assert.That(model.Contributions(matrix, threads: 3), Is.EqualTo(model.Contributions(matrix, threads: 1)));
    }

    private static void AssertSameBits(TreeModel model, FeatureMatrix matrix, string of)
    {
        var many = model.Contributions(matrix);
        var width = matrix.Columns + 1;
        for (var first = 0; first < matrix.Rows; first += Few)
        {
            int[] rows = [.. Enumerable.Range(first, Math.Min(Few, matrix.Rows - first))];
            var few = model.Contributions(matrix.SelectRows(rows));
            for (var i = 0; i < few.Length; i++)
                if (BitConverter.DoubleToInt64Bits(few[i]) != BitConverter.DoubleToInt64Bits(many[(first * width) + i]))
                    Assert.Fail($"{of}, row {first + (i / width)}, column {i % width}: {few[i]:R} and {many[(first * width) + i]:R}");
        }
    }

    /// <summary>Zeros, what is nearly zero, infinities.</summary>
    private static void Strange(FeatureMatrix matrix, Random random)
    {
        float[] values = [0, -0f, 1e-36f, -1e-36f, 1e-34f, float.PositiveInfinity, float.NegativeInfinity, float.NaN];
        for (var row = 0; row < matrix.Rows; row += 3) matrix[row, random.Next(matrix.Columns)] = values[random.Next(values.Length)];
    }

    private static TreeModel Train(FeatureMatrix matrix, float[] outcomes, TreeParameters parameters) =>
        TreeTrainer.Train(matrix, outcomes, RandomObservations.Names(matrix.Columns), new int[matrix.Columns], parameters);
}
