using GraphRisk.Matching.Clustering;

namespace GraphRisk.Intake.Resolution.Grouping;

/// <summary>
/// Divides a problem into the connected components of its matches and persons' matches, so that millions of small ones are solved one at a time.
/// </summary>
internal sealed class MatchComponents
{
    private readonly int[] records;
    private readonly DisjointSets sets;

    private MatchComponents(GroupingProblem problem)
    {
        records = EndsOf(problem);
        sets = new DisjointSets(records.Length);
        foreach (var match in problem.Matches) Join(match.Left, match.Right);
        foreach (var pair in problem.Reviewed)
            if (pair.Verdict == Ledger.Verdict.Match) Join(pair.Left, pair.Right);
    }

    /// <summary>
    /// Each component with matches: their positions ascending, and the reviewed pairs within it by ordinals. A pair that
    /// reaches into two components joins neither and is in none.
    /// </summary>
    public static IEnumerable<(List<int> Matches, List<ReviewedPair> Reviewed)> Of(GroupingProblem problem)
    {
        var components = new MatchComponents(problem);
        var reviewed = problem.Reviewed
            .Where(pair => components.RootOf(pair.Left) == components.RootOf(pair.Right))
            .OrderBy(pair => pair.Left).ThenBy(pair => pair.Right).ToLookup(pair => components.RootOf(pair.Left));
        var roots = new int[problem.Matches.Count];
        var order = new int[problem.Matches.Count];
        for (var at = 0; at < order.Length; at++) (roots[at], order[at]) = (components.RootOf(problem.Matches[at].Left), at);
        Array.Sort(roots, order);
        for (int start = 0, end; start < order.Length; start = end)
        {
            end = start + 1;
            while (end < order.Length && roots[end] == roots[start]) end++;
            yield return ([.. order[start..end].Order()], [.. reviewed[roots[start]]]);
        }
    }

    /// <summary>All records named, ascending, each once.</summary>
    private static int[] EndsOf(GroupingProblem problem)
    {
        var ends = new int[2 * (problem.Matches.Count + problem.Reviewed.Count)];
        var count = 0;
        foreach (var match in problem.Matches) (ends[count++], ends[count++]) = (match.Left, match.Right);
        foreach (var pair in problem.Reviewed) (ends[count++], ends[count++]) = (pair.Left, pair.Right);
        Array.Sort(ends);
        var distinct = 0;
        for (var i = 0; i < ends.Length; i++)
            if (i == 0 || ends[i] != ends[i - 1]) ends[distinct++] = ends[i];
        return ends[..distinct];
    }

    private void Join(int left, int right) => sets.Join(PlaceOf(left), PlaceOf(right));

    private int RootOf(int record) => sets.Find(PlaceOf(record));

    private int PlaceOf(int record) => Array.BinarySearch(records, record);
}
