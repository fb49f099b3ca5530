using GraphRisk.Scoring.Models;

namespace GraphRisk.Scoring.Trees;

/// <summary>
/// Puts the codes of categories into an order that trees can cut: by the bad rate of each level among the training rows,
/// drawn towards the overall rate where a level has few of them (Fisher 1958 shows that the best cut in two of a category
/// is one of those in this order). Numbers are left as they are.
/// </summary>
/// <param name="Ranks">Per input null for a number, else the rank of each code.</param>
internal sealed record LevelOrder(float[]?[] Ranks)
{
    /// <summary>Rows of the overall rate that every level starts with.</summary>
    private const double PriorRows = 10;

    internal static LevelOrder Of(TrainingSet set) =>
        new([.. set.Inputs.Select((input, column) => input.IsCategory ? RanksOf(set, column, input.Levels!.Count) : null)]);

    /// <summary>The matrix with ranks for codes; itself where it has numbers only. A code that was never seen is not known.</summary>
    internal FeatureMatrix Apply(FeatureMatrix matrix)
    {
        if (Ranks.All(ranks => ranks is null) || matrix.Columns != Ranks.Length) return matrix;
        var ordered = new FeatureMatrix(matrix.Rows, matrix.Columns);
        for (var row = 0; row < matrix.Rows; row++)
        {
            var to = ordered.RowForWriting(row);
            matrix.Row(row).CopyTo(to);
            for (var column = 0; column < to.Length; column++)
            {
                if (Ranks[column] is { } ranks)
                    to[column] = to[column] >= 0 && to[column] < ranks.Length ? ranks[(int)to[column]] : float.NaN;
            }
        }
        return ordered;
    }

    private static float[] RanksOf(TrainingSet set, int column, int levels)
    {
        var overall = (double)set.Bad.Count(bad => bad) / set.Rows;
        var (bads, rows) = (new double[levels], new double[levels]);
        for (var row = 0; row < set.Rows; row++)
        {
            var code = set.Matrix[row, column];
            if (float.IsNaN(code)) continue;
            rows[(int)code]++;
            if (set.Bad[row]) bads[(int)code]++;
        }
        var order = Enumerable.Range(0, levels).OrderBy(code => (bads[code] + PriorRows * overall) / (rows[code] + PriorRows)).ThenBy(code => code).ToArray();
        var ranks = new float[levels];
        for (var rank = 0; rank < levels; rank++) ranks[order[rank]] = rank;
        return ranks;
    }
}
