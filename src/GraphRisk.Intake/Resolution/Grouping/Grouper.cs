using GraphRisk.Intake.Resolution.Ledger;

namespace GraphRisk.Intake.Resolution.Grouping;

/// <summary>
/// Which matches may count together. Pairs are judged one by one, but a chain of good matches can join records that
/// contradict each other, or that a person has told apart. Each connected component of matches is therefore built up like
/// a spanning forest (Kruskal 1956): a person's matches first, then the rules' from the most bits down, ties by
/// ordinals; a match that would join two groups that must stay apart, or make a group too large, is set aside for review.
/// Where a group matches two others that contradict each other, and neither better than the other by a margin, both matches are set aside: nothing says
/// which of two namesakes is meant.
/// What stands within a component depends on the component alone, so working on the touched components ends as working
/// on all. Cost: O(m log m) for m
/// matches, for each join the product of the two groups' sizes, and the square of the equal matches a group has.
/// </summary>
public sealed class Grouper
{
    /// <summary>Bits by which one match must be better than another for it to be clear which of two is meant: three make it eight times as likely.</summary>
    internal const decimal Margin = 3;

    private readonly GroupingProblem problem;
    private readonly Dictionary<int, Group> groups = [];

    private Grouper(GroupingProblem problem) => this.problem = problem;

    /// <summary>The matches to set aside, by position in the problem's list, with the reason; all others stand.</summary>
    public static SortedDictionary<int, string> SetAside(GroupingProblem problem)
    {
        var aside = new SortedDictionary<int, string>();
        foreach (var (matches, reviewed) in MatchComponents.Of(problem))
            if (matches.Count > 1 || reviewed.Count > 0) new Grouper(problem).Run(matches, reviewed, aside);
        return aside;
    }

    private void Run(List<int> matches, List<ReviewedPair> reviewed, SortedDictionary<int, string> aside)
    {
        foreach (var pair in reviewed.Where(pair => pair.Verdict == Verdict.Match)) JoinByPerson(pair);
        foreach (var pair in reviewed.Where(pair => pair.Verdict == Verdict.NoMatch)) MarkApart(pair);
        var ordered = matches
            .OrderByDescending(at => problem.Matches[at].Bits).ThenBy(at => problem.Matches[at].Left).ThenBy(at => problem.Matches[at].Right).ToArray();
        for (int start = 0, end, near = 0; start < ordered.Length; start = end)
        {
            var bits = problem.Matches[ordered[start]].Bits;
            for (end = start; end < ordered.Length && problem.Matches[ordered[end]].Bits == bits; end++) { }
            for (near = Math.Max(near, end); near < ordered.Length && problem.Matches[ordered[near]].Bits > bits - Margin; near++) { }
            SetAmbiguousAside(ordered.AsSpan(start, end - start), ordered.AsSpan(end, near - end), aside);
            for (var i = start; i < end; i++)
            {
                var at = ordered[i];
                var (left, right) = EndsOf(at);
                if (left == right || aside.ContainsKey(at)) continue;
                if (Obstacle(left, right) is { } reason) aside.Add(at, reason);
                else Join(left, right);
            }
        }
    }

    private (Group Left, Group Right) EndsOf(int at) => (GroupOf(problem.Matches[at].Left), GroupOf(problem.Matches[at].Right));

    /// <summary>
    /// Sets aside matches by which a group leads to two that contradict each other: those of one strength that do, and with them what is
    /// weaker by less than the margin.
    /// </summary>
    private void SetAmbiguousAside(ReadOnlySpan<int> level, ReadOnlySpan<int> weaker, SortedDictionary<int, string> aside)
    {
        var leads = new Dictionary<Group, List<(int At, Group To, bool IsWeaker)>>();
        foreach (var at in level) AddLeads(at, isWeaker: false);
        foreach (var at in weaker) AddLeads(at, isWeaker: true);
        var contradictions = new Dictionary<(Group, Group), string?>();
        foreach (var ways in leads.Values)
            for (var i = 1; i < ways.Count; i++)
                for (var j = 0; j < i && !ways[j].IsWeaker; j++)
                    if (ways[i].To != ways[j].To && ContradictionOf(ways[j].To, ways[i].To) is { } contradiction)
                    {
                        aside.TryAdd(ways[j].At, $"matches two about equally well that contradict each other: {contradiction}");
                        aside.TryAdd(ways[i].At, $"matches two about equally well that contradict each other: {contradiction}");
                    }

        void AddLeads(int at, bool isWeaker)
        {
            var (left, right) = EndsOf(at);
            if (left == right || aside.ContainsKey(at)) return;
            Lead(left, at, right, isWeaker);
            Lead(right, at, left, isWeaker);
        }

        void Lead(Group from, int at, Group to, bool isWeaker)
        {
            if (!leads.TryGetValue(from, out var ways)) leads.Add(from, ways = []);
            ways.Add((at, to, isWeaker));
        }

        string? ContradictionOf(Group one, Group other)
        {
            var key = one.First < other.First ? (one, other) : (other, one);
            if (!contradictions.TryGetValue(key, out var found)) contradictions.Add(key, found = FindContradiction(key.Item1, key.Item2));
            return found;
        }
    }

    private string? Obstacle(Group left, Group right)
    {
        if (left.Members.Count + right.Members.Count > problem.MostMembers)
            return $"the group would have {left.Members.Count + right.Members.Count} records";
        foreach (var (own, other) in left.Apart)
            if (right.Members.Contains(other))
                return $"a person judged {problem.NameOf(Math.Min(own, other))} and {problem.NameOf(Math.Max(own, other))} different";
        return left.Members.Count * right.Members.Count == 1 ? null : FindContradiction(left, right);
    }

    /// <summary>Two single records were compared as a pair; only larger groups can hold a contradiction the pair did not.</summary>
    private string? FindContradiction(Group left, Group right)
    {
        // A group a person put together may contradict itself; that is the person's judgement, not an obstacle.
        if (left.ByPerson || right.ByPerson) return null;
        foreach (var one in left.Members)
            foreach (var other in right.Members)
                if (problem.Contradiction(one, other) is { } contradiction)
                    return $"{problem.NameOf(one)} and {problem.NameOf(other)}: {contradiction}";
        return null;
    }

    private void JoinByPerson(ReviewedPair pair)
    {
        var group = Join(GroupOf(pair.Left), GroupOf(pair.Right));
        group.ByPerson = true;
    }

    private void MarkApart(ReviewedPair pair)
    {
        GroupOf(pair.Left).Apart.Add((pair.Left, pair.Right));
        GroupOf(pair.Right).Apart.Add((pair.Right, pair.Left));
    }

    private Group GroupOf(int record)
    {
        if (!groups.TryGetValue(record, out var group)) groups.Add(record, group = new Group(record));
        return group;
    }

    private Group Join(Group left, Group right)
    {
        if (left == right) return left;
        var (kept, taken) = left.Members.Count >= right.Members.Count ? (left, right) : (right, left);
        foreach (var member in taken.Members)
        {
            kept.Members.Add(member);
            groups[member] = kept;
        }

        kept.Apart.AddRange(taken.Apart);
        kept.ByPerson |= taken.ByPerson;
        return kept;
    }

    private sealed class Group(int first)
    {
        /// <summary>The record the group began with; tells groups apart.</summary>
        public int First => first;

        public SortedSet<int> Members { get; } = [first];

        /// <summary>Records of this group with those a person told them from.</summary>
        public List<(int Own, int Other)> Apart { get; } = [];

        public bool ByPerson { get; set; }
    }
}
