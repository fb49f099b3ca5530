using GraphRisk.Scoring.Models;

namespace GraphRisk.Scoring.Trees;

/// <summary>
/// LightGBM's trees as a model of the line. A category's codes are put into the order of its levels' bad rates among the
/// training rows, so that one split parts the worse levels from the better ones.
/// Contributions are exact (TreeSHAP, see <see cref="TreeModel"/>); what NaN means was learned at every split.
/// </summary>
public sealed class BoostedTrees : IRiskModel
{
    /// <summary>Steps of one row's contributions in one tree: some 0.7 microseconds, a step being what a second has 80 million of.</summary>
    private const int StepsOfTree = 60;

    private readonly LevelOrder levels;

    internal BoostedTrees(TreeModel trees, IReadOnlyList<ModelInput> inputs, LevelOrder levels)
    {
        if (trees.FeatureCount != inputs.Count)
            throw new ModelException($"the trees read {trees.FeatureCount} columns, {inputs.Count} are named");
        (Trees, Inputs, this.levels) = (trees, inputs, levels);
    }

    public string Family => BoostedTreesFamily.FamilyName;

    public IReadOnlyList<ModelInput> Inputs { get; }

    public ModelTraits Traits { get; } = new(
        UnknownTreatment.LearnedAndToldTogether, InfiniteTreatment.BeyondEveryBorder, IsMonotone: true,
        new ContributionMethod("TreeSHAP, path-dependent", IsExact: true));

    public long StepsOfRow => (long)Trees.Rounds * StepsOfTree;

    public long StepsOfMargin => Trees.Rounds;

    /// <summary>A line of inputs, then LightGBM's text.</summary>
    public string Text => ModelText.Write(new Head([.. Inputs], levels.Ranks)) + "\n" + Trees.Text;

    internal TreeModel Trees { get; }

    public double[] Margins(FeatureMatrix matrix, int threads = 1) => Trees.Margins(levels.Apply(matrix), threads: threads);

    public Contributions Contributions(FeatureMatrix matrix, int threads = 1) =>
        new(Inputs.Count, Trees.Contributions(levels.Apply(matrix), threads));

    public void Dispose() => Trees.Dispose();

    /// <exception cref="ModelException">The text is no model of this family.</exception>
    internal static BoostedTrees Read(string text)
    {
        var end = text.IndexOf('\n', StringComparison.Ordinal);
        var head = ModelText.Read<Head>(end < 0 ? text : text[..end]);
        try
        {
            return new BoostedTrees(TreeModel.Load(text[(end + 1)..]), head.Inputs, new LevelOrder(head.Ranks));
        }
        catch (LightGbmException error)
        {
            throw new ModelException($"the trees cannot be read: {error.Message}", error);
        }
    }

    private sealed record Head(ModelInput[] Inputs, float[]?[] Ranks);
}
