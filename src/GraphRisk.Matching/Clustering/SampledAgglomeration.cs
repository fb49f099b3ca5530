namespace GraphRisk.Matching.Clustering;

/// <summary>
/// Takes a component apart that is too large for all its pairs to be scored: a well-known bank with hundreds of records, or a chain of
/// namesakes. Its pairs are gone through from the highest score down, and the two clusters a pair stands between are joined where pairs drawn
/// across them speak for it on the average: <see cref="CorrelationClustering"/>'s gain, estimated from a sample. A bridge
/// between two parties is one pair among many that speak against it, and falls; a party with a thousand records stays whole. What persons have put
/// together is joined first, and nothing is joined that holds two who can never be one.
/// Deterministic: pairs are taken in the order of scores, ties by rank, and the sample is spread evenly over the members in the order in which they joined.
/// Cost: a sort of the pairs, and <see cref="Sample"/> scores for each two clusters tried; they are tried again only when one has grown.
/// </summary>
internal sealed class SampledAgglomeration
{
    /// <summary>Pairs drawn across two clusters at most.</summary>
    private const int Sample = 24;

    private readonly ClusterProblem problem;
    private readonly Dictionary<int, List<int>> members = [];
    private readonly Dictionary<int, int> clusterOf = [];
    private readonly HashSet<(int, int, int, int)> refused = [];

    private SampledAgglomeration(ClusterProblem problem) => this.problem = problem;

    /// <summary>The clusters of a component of more than one record.</summary>
    /// <param name="problem">Scores, and who can never be one.</param>
    /// <param name="edges">The pairs that hold the component together; infinite where persons did.</param>
    /// <param name="cancellation">Ends it between pairs.</param>
    public static IEnumerable<IReadOnlyList<int>> Of(ClusterProblem problem, Edge[] edges, CancellationToken cancellation)
    {
        var agglomeration = new SampledAgglomeration(problem);
        foreach (var edge in edges.OrderByDescending(edge => edge.Bits).ThenBy(edge => FirstRank(problem, edge)).ThenBy(edge => LastRank(problem, edge)))
        {
            cancellation.ThrowIfCancellationRequested();
            agglomeration.Take(edge);
        }

        return agglomeration.members.Values;
    }

    private static int FirstRank(ClusterProblem problem, Edge edge) => Math.Min(problem.Ranks[edge.Left], problem.Ranks[edge.Right]);

    private static int LastRank(ClusterProblem problem, Edge edge) => Math.Max(problem.Ranks[edge.Left], problem.Ranks[edge.Right]);

    private void Take(Edge edge)
    {
        var (left, right) = (ClusterOf(edge.Left), ClusterOf(edge.Right));
        if (left == right) return;
        if (left > right) (left, right) = (right, left);
        var (ofLeft, ofRight) = (members[left], members[right]);
        if (!double.IsInfinity(edge.Bits) && (!refused.Add((left, ofLeft.Count, right, ofRight.Count)) || HoldsApart(ofLeft, ofRight) || Gain(ofLeft, ofRight) <= 0)) return;
        var (kept, taken) = ofLeft.Count >= ofRight.Count ? (left, right) : (right, left);
        foreach (var record in members[taken]) clusterOf[record] = kept;
        members[kept].AddRange(members[taken]);
        members.Remove(taken);
    }

    private int ClusterOf(int record)
    {
        if (clusterOf.TryGetValue(record, out var cluster)) return cluster;
        members.Add(record, [record]);
        return clusterOf[record] = record;
    }

    private bool HoldsApart(List<int> left, List<int> right)
    {
        if (problem.IsApart is not { } isApart) return false;
        foreach (var one in left)
            foreach (var other in right)
                if (isApart(one, other)) return true;
        return false;
    }

    /// <summary>Sum of the weights of pairs drawn across two clusters; of all of them where they are few.</summary>
    private double Gain(List<int> left, List<int> right)
    {
        var pairs = (long)left.Count * right.Count;
        var (drawn, sum) = ((int)Math.Min(Sample, pairs), 0.0);
        for (var i = 0; i < drawn; i++)
        {
            var at = i * pairs / drawn;
            // Each step goes on by the golden section too, so that no period of the steps meets the same few again and again.
            var across = pairs <= Sample ? at % right.Count : (at + (long)(i * 0.6180339887498949 * right.Count)) % right.Count;
            sum += CorrelationClustering.WeightOf(problem.Score(left[(int)(at / right.Count)], right[(int)across]) - problem.Threshold);
        }

        return sum;
    }
}
