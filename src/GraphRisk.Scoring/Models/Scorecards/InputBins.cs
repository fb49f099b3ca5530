using System.Globalization;

namespace GraphRisk.Scoring.Models.Scorecards;

/// <summary>The bins of one input with the weight of evidence of each: ln(bad : good) in the bin less that of all rows. Positive is riskier.</summary>
/// <param name="Edges">For a number: upper limit of each bin, inclusive, ascending, the last infinite. For a category empty.</param>
/// <param name="BinOfLevel">For a category: the bin of each code. For a number null.</param>
/// <param name="Woe">Weight of evidence of each bin.</param>
/// <param name="Rows">Training rows in each bin.</param>
/// <param name="BadRates">Share of bad ones among them.</param>
/// <param name="UnknownWoe">Weight of evidence of "not known"; 0 where no training row was unknown.</param>
/// <param name="UnknownRows">Training rows that were unknown.</param>
/// <param name="UnknownBadRate">Share of bad ones among them.</param>
internal sealed record InputBins(
    double[] Edges, int[]? BinOfLevel, double[] Woe, int[] Rows, double[] BadRates, double UnknownWoe, int UnknownRows, double UnknownBadRate)
{
    /// <summary>The bin of a value; that of "not known" comes after all others.</summary>
    internal int BinOf(float value)
    {
        if (float.IsNaN(value)) return Woe.Length;
        if (BinOfLevel is not null) return value >= 0 && value < BinOfLevel.Length ? BinOfLevel[(int)value] : Woe.Length;
        var position = Array.BinarySearch(Edges, value);
        return position >= 0 ? position : ~position;
    }

    /// <summary>The bins that training rows fell into, "not known" among them, from the safest to the riskiest.</summary>
    internal int[] ByRisk() =>
        [.. Enumerable.Range(0, Woe.Length + 1).Where(bin => bin < Woe.Length || UnknownRows > 0).OrderBy(WoeOf).ThenBy(bin => bin)];

    internal double WoeOf(int bin) => bin < Woe.Length ? Woe[bin] : UnknownWoe;

    /// <summary>What a bin holds, in words.</summary>
    internal string Describe(int bin, ModelInput input)
    {
        if (BinOfLevel is not null)
            return string.Join(" | ", Enumerable.Range(0, BinOfLevel.Length).Where(level => BinOfLevel[level] == bin).Select(level => input.Levels![level]));
        if (Edges.Length == 1) return "any";
        string Edge(int i) => Edges[i].ToString("G7", CultureInfo.InvariantCulture);
        if (bin == 0) return $"up to {Edge(0)}";
        return bin == Edges.Length - 1 ? $"above {Edge(bin - 1)}" : $"above {Edge(bin - 1)}, up to {Edge(bin)}";
    }
}
