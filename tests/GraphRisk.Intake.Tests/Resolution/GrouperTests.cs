using GraphRisk.Intake.Resolution.Grouping;
using GraphRisk.Intake.Resolution.Ledger;

namespace GraphRisk.Intake.Tests.Resolution;

/// <summary>Grouping against its definition, on random problems.</summary>
public sealed class GrouperTests
{
    [Test]
    public void GroupsHoldNoContradictionAndEveryMatchSetAsideWouldBringOne()
    {
        for (var seed = 0; seed < 1000; seed++)
        {
            var problem = Draw(new Random(seed), out var contradicting);
            var aside = Grouper.SetAside(problem);
            var groups = GroupsOf(problem, at => !aside.ContainsKey(at));
            foreach (var (left, right) in contradicting)
                Assert.That(groups[left], Is.Not.EqualTo(groups[right]), $"seed {seed}: {left} and {right} contradict each other");
            foreach (var pair in problem.Reviewed)
                Assert.That(groups[pair.Left] == groups[pair.Right], Is.EqualTo(pair.Verdict == Verdict.Match), $"seed {seed}");
            Assert.That(groups.CountBy(group => group).Max(group => group.Value), Is.LessThanOrEqualTo(problem.MostMembers), $"seed {seed}");
            foreach (var at in aside.Keys)
                Assert.That(
                    IsNeeded(problem, contradicting, aside, other => other == at) || IsAmbiguous(problem, contradicting, aside, at),
                    Is.True, $"seed {seed}: match {at} could have counted");
        }
    }

    [Test]
    public void TheStrongerMatchIsKept()
    {
        var problem = new GroupingProblem(
            [new MatchEdge(0, 1, 5), new MatchEdge(1, 2, 9)], [new ReviewedPair(0, 2, Verdict.NoMatch)], (_, _) => null, place => $"r{place}");
        Assert.That(Grouper.SetAside(problem), Is.EquivalentTo(new Dictionary<int, string> { [0] = "a person judged r0 and r2 different" }));
    }

    [Test]
    public void OfTwoEquallyGoodMatchesThatContradictEachOtherNoneCounts()
    {
        var problem = new GroupingProblem(
            [new MatchEdge(0, 1, 5), new MatchEdge(1, 2, 5)], [], (one, other) => (one, other) is (0, 2) ? "two numbers" : null, place => $"r{place}");
        Assert.That(Grouper.SetAside(problem).Keys, Is.EqualTo(new[] { 0, 1 }));
        Assert.That(Grouper.SetAside(problem with { Matches = [new MatchEdge(0, 1, 7), new MatchEdge(1, 2, 4.01m)] }).Keys, Is.EqualTo(new[] { 0, 1 }), "within the margin");
        Assert.That(Grouper.SetAside(problem with { Matches = [new MatchEdge(0, 1, 7), new MatchEdge(1, 2, 4)] }).Keys, Is.EqualTo(new[] { 1 }));
    }

    /// <summary>With the other matches of its score it would bring a contradiction.</summary>
    private static bool IsAmbiguous(GroupingProblem problem, HashSet<(int, int)> contradicting, SortedDictionary<int, string> aside, int at) =>
        aside[at].StartsWith("matches two about equally well", StringComparison.Ordinal)
        && IsNeeded(problem, contradicting, aside, other => Math.Abs(problem.Matches[other].Bits - problem.Matches[at].Bits) < Grouper.Margin);

    /// <summary>If these matches counted besides those that do, a rule would be broken.</summary>
    private static bool IsNeeded(
        GroupingProblem problem, HashSet<(int, int)> contradicting, SortedDictionary<int, string> aside, Func<int, bool> alsoCounts)
    {
        var groups = GroupsOf(problem, other => alsoCounts(other) || !aside.ContainsKey(other));
        return contradicting.Any(pair => groups[pair.Item1] == groups[pair.Item2])
            || problem.Reviewed.Any(pair => pair.Verdict == Verdict.NoMatch && groups[pair.Left] == groups[pair.Right])
            || groups.CountBy(group => group).Max(group => group.Value) > problem.MostMembers;
    }

    private static int[] GroupsOf(GroupingProblem problem, Func<int, bool> counts)
    {
        var groups = Enumerable.Range(0, 10).ToArray();
        foreach (var pair in problem.Reviewed.Where(pair => pair.Verdict == Verdict.Match)) Join(pair.Left, pair.Right);
        for (var at = 0; at < problem.Matches.Count; at++)
            if (counts(at)) Join(problem.Matches[at].Left, problem.Matches[at].Right);
        return groups;

        void Join(int left, int right)
        {
            var (kept, taken) = (groups[left], groups[right]);
            for (var i = 0; i < groups.Length; i++)
                if (groups[i] == taken) groups[i] = kept;
        }
    }

    private static GroupingProblem Draw(Random random, out HashSet<(int, int)> contradicting)
    {
        var found = new HashSet<(int, int)>();
        var matches = new List<MatchEdge>();
        var reviewed = new List<ReviewedPair>();
        for (var left = 0; left < 10; left++)
            for (var right = left + 1; right < 10; right++)
                switch (random.Next(12))
                {
                    case 0 or 1: matches.Add(new MatchEdge(left, right, random.Next(5, 30))); break;
                    case 2: found.Add((left, right)); break;
                    case 3 when random.Next(3) == 0: reviewed.Add(new ReviewedPair(left, right, Verdict.NoMatch)); break;
                }

        contradicting = found;
        return new GroupingProblem(
            matches, reviewed, (one, other) => found.Contains((Math.Min(one, other), Math.Max(one, other))) ? "contradiction" : null,
            place => $"r{place}") { MostMembers = 6 };
    }
}
