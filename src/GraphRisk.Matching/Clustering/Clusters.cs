namespace GraphRisk.Matching.Clustering;

/// <summary>
/// Records joined by pairs at or above the threshold: connected components by union-find, each then repaired. Two records need none.
/// A component of some size is taken apart by <see cref="CorrelationClustering"/> on all its pairs. A larger one is first
/// cut where it is weakest: the threshold is raised bit by bit until its parts are small enough, so bridges and sparse parts go
/// before dense ones; parts are put together again where their sum says so only within what one matrix holds. Depends on the
/// component alone.
/// </summary>
internal sealed class Clusters
{
    private const int Largest = 160;
    private const double Raise = 1;

    private readonly int[] clusterOf;
    private readonly ClusterProblem problem;

    private Clusters(ClusterProblem problem) => (this.problem, clusterOf) = (problem, [.. Enumerable.Range(0, problem.Ranks.Length)]);

    /// <summary>Cluster of each record, numbered from 0 in the order of their first records.</summary>
    public static int[] Of(ClusterProblem problem, CancellationToken cancellation)
    {
        var clusters = new Clusters(problem);
        var edges = problem.Edges.Where(edge => edge.Bits >= problem.Threshold).ToArray();
        foreach (var component in ComponentsOf(edges, problem.Together))
        {
            cancellation.ThrowIfCancellationRequested();
            clusters.Settle(component, problem.Threshold);
        }

        return Numbered(clusters.clusterOf);
    }

    private void Settle(Component component, double threshold)
    {
        var members = component.Members;
        if (members.Length == 2 && component.Edges.Count > 0 && problem.Together.Count == 0)
        {
            if (!problem.IsApart(members[0], members[1])) clusterOf[members[1]] = clusterOf[members[0]];
            return;
        }

        if (members.Length > Largest && component.Edges.Count > 0)
        {
            var least = component.Edges.Min(edge => edge.Bits);
            var raised = Math.Max(threshold, least) + Raise;
            foreach (var part in ComponentsOf(component.Edges.Where(edge => edge.Bits >= raised), component.Together)) Settle(part, raised);
            return;
        }

        Array.Sort(members, (left, right) => problem.Ranks[left].CompareTo(problem.Ranks[right]));
        var labels = CorrelationClustering.Of(WeightsOf(members, component.Together));
        for (var i = 0; i < members.Length; i++)
        {
            var first = Array.IndexOf(labels, labels[i]);
            clusterOf[members[i]] = members[first];
        }
    }

    private double[,] WeightsOf(int[] members, List<(int Left, int Right)> together)
    {
        var weights = new double[members.Length, members.Length];
        for (var i = 0; i < members.Length; i++)
            for (var j = 0; j < i; j++)
            {
                var weight = problem.IsApart(members[i], members[j]) ? CorrelationClustering.WeightApart
                    : together.Contains((members[i], members[j])) || together.Contains((members[j], members[i])) ? CorrelationClustering.WeightTogether
                    : CorrelationClustering.WeightOf(problem.Score(members[i], members[j]) - problem.Threshold);
                weights[i, j] = weights[j, i] = weight;
            }

        return weights;
    }

    /// <summary>Connected components of more than one record, with their edges.</summary>
    private static List<Component> ComponentsOf(IEnumerable<Edge> edges, IReadOnlyList<(int Left, int Right)> together)
    {
        var all = edges.ToArray();
        var numbers = new Dictionary<int, int>();
        var records = new List<int>();
        foreach (var edge in all) (_, _) = (NumberOf(edge.Left), NumberOf(edge.Right));
        foreach (var (left, right) in together) (_, _) = (NumberOf(left), NumberOf(right));
        var sets = new DisjointSets(records.Count);
        foreach (var edge in all) sets.Join(numbers[edge.Left], numbers[edge.Right]);
        foreach (var (left, right) in together) sets.Join(numbers[left], numbers[right]);
        var members = new Dictionary<int, List<int>>();
        for (var i = 0; i < records.Count; i++) ListOf(sets.Find(i)).Add(records[i]);
        var components = members.ToDictionary(each => each.Key, each => new Component([.. each.Value], [], []));
        foreach (var edge in all) components[sets.Find(numbers[edge.Left])].Edges.Add(edge);
        foreach (var pair in together) components[sets.Find(numbers[pair.Left])].Together.Add(pair);
        return [.. components.Values];

        int NumberOf(int record)
        {
            if (numbers.TryGetValue(record, out var number)) return number;
            numbers.Add(record, number = records.Count);
            records.Add(record);
            return number;
        }

        List<int> ListOf(int root) => members.TryGetValue(root, out var list) ? list : members[root] = [];
    }

    private static int[] Numbered(int[] roots)
    {
        var numbers = new Dictionary<int, int>();
        var numbered = new int[roots.Length];
        for (var record = 0; record < roots.Length; record++)
        {
            if (!numbers.TryGetValue(roots[record], out var number)) numbers.Add(roots[record], number = numbers.Count);
            numbered[record] = number;
        }

        return numbered;
    }

    private sealed record Component(int[] Members, List<Edge> Edges, List<(int Left, int Right)> Together);
}
