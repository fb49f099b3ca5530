using System.Globalization;

namespace GraphRisk.Scoring.Tests.Trees;

/// <summary>
/// The slow truth about contributions: parses LightGBM's model text by itself and applies Shapley's formula to every
/// subset of features. The worth of a subset is the trees' expectation when only its features are known: at a split
/// on an unknown feature both children are followed, weighted by their training rows. O(2^features x leaves).
/// </summary>
internal sealed class ShapleyOracle
{
    private readonly List<Tree> trees = [];

    internal ShapleyOracle(string modelText)
    {
        foreach (var block in modelText.Split("\nTree=").Skip(1))
        {
            var fields = block.Split("\n\n")[0].Split('\n').Where(line => line.Contains('=', StringComparison.Ordinal))
                .Select(line => line.Split('=', 2)).ToDictionary(pair => pair[0], pair => pair[1]);
            trees.Add(new Tree(
                Numbers(fields, "split_feature"), Numbers(fields, "threshold"), Numbers(fields, "decision_type"),
                Numbers(fields, "left_child"), Numbers(fields, "right_child"), Numbers(fields, "leaf_value"),
                Numbers(fields, "leaf_count"), Numbers(fields, "internal_count")));
        }
    }

    /// <summary>One contribution per feature, then the baseline.</summary>
    internal double[] Contributions(float[] row)
    {
        var n = row.Length;
        var worth = new double[1 << n];
        for (var known = 0; known < worth.Length; known++)
            worth[known] = trees.Sum(tree => tree.Expectation(row, known));
        var result = new double[n + 1];
        result[n] = worth[0];
        for (var feature = 0; feature < n; feature++)
        {
            for (var known = 0; known < worth.Length; known++)
            {
                if ((known >> feature & 1) == 1)
                    continue;
                var size = int.PopCount(known);
                var weight = Factorial(size) * Factorial(n - size - 1) / Factorial(n);
                result[feature] += weight * (worth[known | 1 << feature] - worth[known]);
            }
        }
        return result;
    }

    private static double Factorial(int n) => n <= 1 ? 1 : n * Factorial(n - 1);

    private static double[] Numbers(Dictionary<string, string> fields, string key) =>
        fields.TryGetValue(key, out var text) && text.Length > 0
            ? [.. text.Split(' ').Select(part => part == "inf" ? double.PositiveInfinity : double.Parse(part, CultureInfo.InvariantCulture))]
            : [];

    private sealed record Tree(
        double[] Feature, double[] Threshold, double[] Decision, double[] Left, double[] Right,
        double[] LeafValue, double[] LeafCount, double[] InternalCount)
    {
        public double Expectation(float[] row, int known) =>
            Feature.Length == 0 ? LeafValue[0] : Expectation(row, known, 0);

        private double Expectation(float[] row, int known, int node)
        {
            if (node < 0)
                return LeafValue[~node];
            var (left, right) = ((int)Left[node], (int)Right[node]);
            if ((known >> (int)Feature[node] & 1) == 1)
                return Expectation(row, known, GoesLeft(row, node) ? left : right);
            return (Count(left) * Expectation(row, known, left) + Count(right) * Expectation(row, known, right)) / Count(node);
        }

        private double Count(int node) => node < 0 ? LeafCount[~node] : InternalCount[node];

        private bool GoesLeft(float[] row, int node)
        {
            double value = row[(int)Feature[node]];
            var decision = (int)Decision[node];
            var missingIsNaN = decision >> 2 == 2;
            if (double.IsNaN(value))
            {
                if (missingIsNaN)
                    return (decision & 2) != 0;
                value = 0;
            }
            return value <= Threshold[node];
        }
    }
}
