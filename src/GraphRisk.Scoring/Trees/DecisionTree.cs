using System.Globalization;

namespace GraphRisk.Scoring.Trees;

/// <summary>
/// One tree of LightGBM's model text. Nodes are numbered from 0; a child below 0 is the leaf of its complement. A value goes
/// left that is at most the threshold.
/// </summary>
/// <param name="Features">Column that each node asks.</param>
/// <param name="Thresholds">Greatest single-precision value that goes left at each node.</param>
/// <param name="UnknownLeft">Whether NaN goes left at each node.</param>
/// <param name="Left">Where each node's left branch leads.</param>
/// <param name="Right">Where its right branch leads.</param>
/// <param name="LeafValues">What each leaf adds to the margin.</param>
/// <param name="LeafRows">Training rows that ended in each leaf.</param>
/// <param name="NodeRows">Training rows that passed each node.</param>
internal sealed record DecisionTree(
    int[] Features, float[] Thresholds, bool[] UnknownLeft, int[] Left, int[] Right, double[] LeafValues, int[] LeafRows, int[] NodeRows)
{
    /// <summary>Bits of a decision type: a category is asked, NaN goes left; above them what stands for a missing value.</summary>
    private const int Category = 1, DefaultLeft = 2, MissingShift = 2, MissingIsZero = 1, MissingIsNaN = 2;

    /// <summary>Training rows behind a node or leaf.</summary>
    public double RowsOf(int node) => node < 0 ? LeafRows[~node] : NodeRows[node];

    /// <summary>What the tree adds where nothing is known of a row, summed as LightGBM sums it.</summary>
    public double Expected()
    {
        if (LeafValues.Length == 1) return LeafValues[0];
        var expected = 0.0;
        for (var leaf = 0; leaf < LeafValues.Length; leaf++) expected += LeafRows[leaf] / (double)NodeRows[0] * LeafValues[leaf];
        return expected;
    }

    /// <summary>The trees of a model's text; null where one asks what is not told here: categories, zero for missing, lines in leaves.</summary>
    public static IReadOnlyList<DecisionTree>? ReadAll(string text)
    {
        var trees = new List<DecisionTree>();
        foreach (var block in text.Split("\nTree=").Skip(1))
        {
            if (Read(block.Split("\n\n", 2)[0]) is not { } tree) return null;
            trees.Add(tree);
        }

        return trees;
    }

    private static DecisionTree? Read(string block)
    {
        var fields = block.Split('\n').Select(line => line.Split('=', 2)).Where(pair => pair.Length == 2)
            .ToDictionary(pair => pair[0], pair => pair[1], StringComparer.Ordinal);
        var decisions = Integers(fields, "decision_type");
        if (fields.GetValueOrDefault("is_linear", "0") != "0" || Array.Exists(decisions, one => (one & Category) != 0 || one >> MissingShift == MissingIsZero)) return null;
        var thresholds = Numbers(fields, "threshold");
        return new DecisionTree(
            Integers(fields, "split_feature"), Array.ConvertAll(thresholds, Downwards),
            [.. decisions.Select((one, node) => one >> MissingShift == MissingIsNaN ? (one & DefaultLeft) != 0 : thresholds[node] >= 0)],
            Integers(fields, "left_child"), Integers(fields, "right_child"),
            Numbers(fields, "leaf_value"), Integers(fields, "leaf_count"), Integers(fields, "internal_count"));
    }

    /// <summary>The greatest single-precision number that is not above a threshold: values of that precision compare with both alike.</summary>
    private static float Downwards(double threshold) => (float)threshold is var nearest && nearest > threshold ? float.BitDecrement(nearest) : nearest;

    private static int[] Integers(Dictionary<string, string> fields, string name) =>
        [.. Words(fields, name).Select(word => int.Parse(word, CultureInfo.InvariantCulture))];

    private static double[] Numbers(Dictionary<string, string> fields, string name) => [.. Words(fields, name).Select(word => word switch
    {
        "inf" => double.PositiveInfinity,
        "-inf" => double.NegativeInfinity,
        _ => double.Parse(word, CultureInfo.InvariantCulture),
    })];

    private static string[] Words(Dictionary<string, string> fields, string name) =>
        fields.GetValueOrDefault(name, "").Split(' ', StringSplitOptions.RemoveEmptyEntries);
}
