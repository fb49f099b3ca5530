using GraphRisk.Matching.Clustering;
using GraphRisk.Matching.Model;
using GraphRisk.Matching.Records;

namespace GraphRisk.Matching.Linkage;

/// <summary>
/// Sources that hold no party twice: two records of such a source are never one. Read off the scores: among a source's own pairs hardly any
/// is a match, among its pairs with other sources many are.
/// </summary>
/// <param name="sourceOf">Source of each record.</param>
/// <param name="isFree">Whether a source is free of duplicates.</param>
internal sealed class SourceRule(IReadOnlyList<byte> sourceOf, bool[] isFree)
{
    /// <summary>Records a source needs to have matched elsewhere before its own pairs tell anything.</summary>
    private const double LeastAcross = 50;

    /// <summary>Matches within a source for each match with others, at most.</summary>
    private const double MostWithin = 0.02;

    /// <summary>No source is known to be free of duplicates.</summary>
    public static SourceRule None { get; } = new([], []);

    /// <summary>Whether any source is.</summary>
    public bool IsAny { get; } = isFree.Contains(true);

    /// <summary>Whether two records may be one.</summary>
    public bool IsOpen(int left, int right) => !IsAny || sourceOf[left] != sourceOf[right] || !isFree[sourceOf[left]];

    /// <summary>Number of pairs that may be one.</summary>
    public double PairsOf(RecordTable table)
    {
        var pairs = (double)table.Count * (table.Count - 1) / 2;
        for (var source = 0; source < isFree.Length; source++)
            if (isFree[source] && table.SourceOf.Count(each => each == source) is var own) pairs -= (double)own * (own - 1) / 2;
        return pairs;
    }

    /// <summary>The rule the scores of pairs speak for.</summary>
    public static SourceRule Of(RecordTable table, IReadOnlyList<Edge> edges)
    {
        var (within, across) = (new double[table.Sources.Length], new double[table.Sources.Length]);
        foreach (var edge in edges)
        {
            var probability = Bits.ToProbability(edge.Bits);
            if (probability < 0.5) continue;
            var (left, right) = (table.SourceOf[edge.Left], table.SourceOf[edge.Right]);
            if (left == right) within[left] += probability;
            else (across[left], across[right]) = (across[left] + probability, across[right] + probability);
        }

        return new SourceRule(table.SourceOf, [.. within.Select((own, source) => across[source] >= LeastAcross && own <= MostWithin * across[source])]);
    }
}
