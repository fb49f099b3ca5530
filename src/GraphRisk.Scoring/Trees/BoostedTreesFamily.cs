using System.Globalization;
using GraphRisk.Scoring.Models;

namespace GraphRisk.Scoring.Trees;

/// <summary>
/// Gradient-boosted trees under the directions of the inputs (<see cref="TreeTrainer"/>). Choices are ways to grow times
/// numbers of rounds; fewer rounds are the beginning of the same boosting, so all of them are judged by one training.
/// </summary>
/// <param name="ways">Ways to grow; their own rounds and seed are not used.</param>
/// <param name="rounds">Numbers of rounds, ascending.</param>
public sealed class BoostedTreesFamily(IReadOnlyList<TreeParameters> ways, IReadOnlyList<int> rounds) : ModelFamily
{
    internal const string FamilyName = "lightgbm";

    /// <summary>For any table: bushier trees for interaction, smaller ones for small samples.</summary>
    public static BoostedTreesFamily Standard { get; } = new(
        [
            new TreeParameters { Leaves = 4, LearningRate = 0.04, MinimumRowsPerLeaf = 20, FeatureFraction = 0.4 },
            new TreeParameters { Leaves = 16, LearningRate = 0.03, MinimumRowsPerLeaf = 60, L2 = 10, FeatureFraction = 0.4 },
        ],
        [40, 70, 110, 160, 220, 300, 400]);

    public override string Name => FamilyName;

    public override int Choices => ways.Count * rounds.Count;

    public override string Describe(int choice)
    {
        var way = WayOf(choice, 0);
        return string.Create(CultureInfo.InvariantCulture, $"{way.Rounds} rounds, {way.Leaves} leaves, learning rate {way.LearningRate}");
    }

    public override IRiskModel Read(string text) => BoostedTrees.Read(text);

    private protected override IRiskModel Learn(TrainingSet set, int choice, int seed) => Grow(set, WayOf(choice, seed));

    private protected override double[][] LearnAll(TrainingSet set, FeatureMatrix rows, int seed)
    {
        var margins = new double[Choices][];
        for (var way = 0; way < ways.Count; way++)
        {
            using var model = Grow(set, WayOf((way + 1) * rounds.Count - 1, seed));
            var ordered = LevelOrder.Of(set).Apply(rows);
            for (var tried = 0; tried < rounds.Count; tried++)
                margins[way * rounds.Count + tried] = model.Trees.Margins(ordered, rounds[tried]);
        }
        return margins;
    }

    private TreeParameters WayOf(int choice, int seed) => ways[choice / rounds.Count] with { Rounds = rounds[choice % rounds.Count], Seed = seed };

    private static BoostedTrees Grow(TrainingSet set, TreeParameters parameters)
    {
        var levels = LevelOrder.Of(set);
        // LightGBM takes no names with blanks or brackets; the inputs' own stand in the head of the model's text.
        var trees = TreeTrainer.Train(
            levels.Apply(set.Matrix), [.. set.Bad.Select(bad => bad ? 1f : 0f)], [.. Enumerable.Range(0, set.Inputs.Count).Select(i => $"x{i}")],
            [.. set.Inputs.Select(input => input.Direction)], parameters);
        return new BoostedTrees(trees, set.Inputs, levels);
    }
}
