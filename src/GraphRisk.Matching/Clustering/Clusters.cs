namespace GraphRisk.Matching.Clustering;

/// <summary>
/// Records joined by pairs at or above the threshold: connected components by union-find, each then repaired. Two records need none.
/// A component of some size is taken apart by <see cref="CorrelationClustering"/> on all its pairs, a larger one by
/// <see cref="SampledAgglomeration"/>. Depends on the component alone, so components are settled several at a time. Cost: a sort of the pairs, and of each
/// component the square of its records in scores, of a large one some dozens a pair.
/// </summary>
internal sealed class Clusters
{
    private const int Largest = 160, Piece = 256;

    private readonly int[] clusterOf;
    private readonly ClusterProblem problem;
    private readonly HashSet<(int Left, int Right)> together;

    private Clusters(ClusterProblem problem)
    {
        (this.problem, clusterOf) = (problem, [.. Enumerable.Range(0, problem.Ranks.Length)]);
        together = [.. problem.Together, .. problem.Together.Select(pair => (pair.Right, pair.Left))];
    }

    /// <summary>Cluster of each record, numbered from 0 in the order of their first records.</summary>
    public static int[] Of(ClusterProblem problem, CancellationToken cancellation)
    {
        var clusters = new Clusters(problem);
        clusters.SettleAll(cancellation);
        return Numbered(clusters.clusterOf);
    }

    private void SettleAll(CancellationToken cancellation)
    {
        var sets = new DisjointSets(clusterOf.Length);
        foreach (var edge in problem.Edges)
            if (edge.Bits >= problem.Threshold) sets.Join(edge.Left, edge.Right);
        foreach (var (left, right) in problem.Together) sets.Join(left, right);
        var sizes = new int[clusterOf.Length];
        for (var record = 0; record < sizes.Length; record++) sizes[sets.Find(record)]++;
        var (roots, edges) = (new List<int>(), new List<Edge>());
        foreach (var edge in problem.Edges)
        {
            if (edge.Bits < problem.Threshold) continue;
            var root = sets.Find(edge.Left);
            if (sizes[root] == 2) JoinTwo(edge.Left, edge.Right);
            else Add(root, edge);
        }

        foreach (var (left, right) in problem.Together)
            if (sizes[sets.Find(left)] == 2) JoinTwo(left, right);
            else Add(sets.Find(left), new Edge(left, right, double.PositiveInfinity));
        var (keys, sorted) = (roots.ToArray(), edges.ToArray());
        Array.Sort(keys, sorted);
        var starts = StartsOf(keys);
        Parallel.For(0, (starts.Count - 1 + Piece - 1) / Piece, new ParallelOptions { CancellationToken = cancellation }, piece =>
        {
            for (var i = piece * Piece; i < Math.Min(starts.Count - 1, (piece + 1) * Piece); i++) Settle(sorted.AsSpan(starts[i], starts[i + 1] - starts[i]).ToArray(), cancellation);
        });

        void Add(int root, Edge edge)
        {
            roots.Add(root);
            edges.Add(edge);
        }
    }

    /// <summary>Where each run of equal keys starts, and one past the last.</summary>
    private static List<int> StartsOf(int[] keys)
    {
        var starts = new List<int>();
        for (var i = 0; i < keys.Length; i++)
            if (i == 0 || keys[i] != keys[i - 1]) starts.Add(i);
        starts.Add(keys.Length);
        return starts;
    }

    private void JoinTwo(int left, int right)
    {
        if (left > right) (left, right) = (right, left);
        if (problem.IsApart?.Invoke(left, right) != true) clusterOf[right] = left;
    }

    /// <summary>Settles one component, given by the pairs that hold it together.</summary>
    private void Settle(Edge[] edges, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        var members = edges.SelectMany(edge => new[] { edge.Left, edge.Right }).Distinct().OrderBy(record => problem.Ranks[record]).ToArray();
        if (members.Length > Largest)
        {
            foreach (var cluster in SampledAgglomeration.Of(problem, edges, cancellation))
                foreach (var record in cluster) clusterOf[record] = cluster[0];
            return;
        }

        var labels = CorrelationClustering.Of(WeightsOf(members));
        for (var i = 0; i < members.Length; i++) clusterOf[members[i]] = members[Array.IndexOf(labels, labels[i])];
    }

    private double[,] WeightsOf(int[] members)
    {
        var weights = new double[members.Length, members.Length];
        for (var i = 0; i < members.Length; i++)
            for (var j = 0; j < i; j++)
            {
                var weight = problem.IsApart?.Invoke(members[i], members[j]) == true ? CorrelationClustering.WeightApart
                    : together.Contains((members[i], members[j])) ? CorrelationClustering.WeightTogether
                    : CorrelationClustering.WeightOf(problem.Score(members[i], members[j]) - problem.Threshold);
                weights[i, j] = weights[j, i] = weight;
            }

        return weights;
    }

    private static int[] Numbered(int[] roots)
    {
        var numbers = new int[roots.Length];
        Array.Fill(numbers, -1);
        var (numbered, count) = (new int[roots.Length], 0);
        for (var record = 0; record < roots.Length; record++)
        {
            if (numbers[roots[record]] < 0) numbers[roots[record]] = count++;
            numbered[record] = numbers[roots[record]];
        }

        return numbered;
    }
}
