namespace GraphRisk.Matching.Clustering;

/// <summary>Which records are to be put together.</summary>
/// <param name="Ranks">Place of each record in an order that does not depend on that of delivery; decides ties.</param>
/// <param name="Edges">Pairs that were scored, by left and right.</param>
/// <param name="Threshold">Bits from which a pair speaks for being one.</param>
/// <param name="Score">Score in bits of any two records; minus infinity where they contradict each other in what parts namesakes.</param>
/// <param name="IsApart">Whether two records can never be one; null where that holds for none.</param>
internal sealed record ClusterProblem(
    int[] Ranks, IReadOnlyList<Edge> Edges, double Threshold, Func<int, int, double> Score, Func<int, int, bool>? IsApart)
{
    /// <summary>Pairs that are one whatever their score.</summary>
    public IReadOnlyList<(int Left, int Right)> Together { get; init; } = [];
}

/// <summary>A scored pair of records.</summary>
internal readonly record struct Edge(int Left, int Right, double Bits);
