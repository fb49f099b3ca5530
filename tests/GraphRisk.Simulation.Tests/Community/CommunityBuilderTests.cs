using GraphRisk.Simulation.Community;
using GraphRisk.Simulation.National;

namespace GraphRisk.Simulation.Tests.Community;

public class CommunityBuilderTests
{
    private static readonly MarketParameters Parameters = new(5000, 3);
    private static readonly NationalLayer Nation = new(Parameters);
    private static readonly MarketCommunity[] Communities =
        [.. Enumerable.Range(0, Parameters.CommunityCount).Select(i => CommunityBuilder.Build(Parameters, Nation, i))];

    [Test]
    public void TheCommunitiesTogetherHaveExactlyTheClientsAskedFor() =>
        Assert.That(Communities.Sum(c => c.Clients.Count()), Is.EqualTo(5000));

    [Test]
    public void NoPartyIsInTwoCommunities() =>
        Assert.That(Communities.SelectMany(c => c.Parties).Select(p => p.Serial), Is.Unique);

    [Test]
    public void AnUnlistedCompanysHoldersOwnExactlyTheWholeOnEveryDay()
    {
        foreach (var rows in Communities.SelectMany(c => c.Shareholdings).Where(s => s.Company.IssuerIndex is null).GroupBy(s => s.Company))
            foreach (var day in rows.Select(s => s.Valid.From).Append(Nation.Calendar.Last))
            {
                var valid = rows.Where(s => s.Valid.Contains(day)).ToArray();
                Assert.That(valid.Sum(s => s.Share), Is.EqualTo(Shareholding.Whole), rows.Key.DisplayName);
                Assert.That(valid.Sum(s => s.Votes), Is.EqualTo(Shareholding.Whole), rows.Key.DisplayName);
            }
    }

    [Test]
    public void NobodyHoldsMoreThanAListedCompanyHas()
    {
        foreach (var rows in Communities.SelectMany(c => c.Shareholdings).Where(s => s.Company.IssuerIndex is not null && s.Valid.Contains(Nation.Calendar.Last)).GroupBy(s => s.Company))
            Assert.That(rows.Sum(s => s.Share), Is.LessThan(Shareholding.Whole));
    }

    [Test]
    public void EachListedCompanyHasItsLargeHoldersInOneCommunity()
    {
        var issuers = Communities.SelectMany(c => c.Companies).Where(c => c.IssuerIndex is not null).Select(c => c.IssuerIndex);
        Assert.That(issuers, Is.Unique);
        Assert.That(issuers.Count(), Is.EqualTo(Nation.Securities.Count(s => !s.IsFund)));
    }

    [Test]
    public void ShareholdingsHaveChainsAndCycles()
    {
        var edges = Communities.SelectMany(c => c.Shareholdings).Where(s => s.Holder is Company).Select(s => (s.Holder.Serial, s.Company.Serial)).Distinct().ToLookup(e => e.Item1, e => e.Item2);
        Assert.That(edges.Count(e => Reaches(edges, e.Key, e.Key)), Is.GreaterThan(20), "companies on an ownership cycle");
        Assert.That(edges.Count(e => edges[e.Key].Any(b => edges[b].Any(c => edges[c].Any()))), Is.GreaterThan(20), "chains of four companies");
    }

    [Test]
    public void GuaranteesHaveCircles()
    {
        var edges = Communities.SelectMany(c => c.Guarantees).Select(g => (g.Guarantor.Serial, g.Debtor.Serial)).Distinct().ToLookup(e => e.Item1, e => e.Item2);
        Assert.That(edges.Count(e => Reaches(edges, e.Key, e.Key)), Is.GreaterThan(500));
        Assert.That(edges.All(e => !e.Contains(e.Key)), "nobody guarantees itself");
    }

    [Test]
    public void ACommunityIsTheSameWhicheverOthersWereMadeBefore()
    {
        var alone = CommunityBuilder.Build(Parameters, Nation, 2);
        Assert.That(alone.Parties.Select(p => p.DisplayName), Is.EqualTo(Communities[2].Parties.Select(p => p.DisplayName)));
        Assert.That(alone.Guarantees.Select(g => g.Amount), Is.EqualTo(Communities[2].Guarantees.Select(g => g.Amount)));
    }

    private static bool Reaches(ILookup<long, long> edges, long from, long to)
    {
        var seen = new HashSet<long>();
        var open = new Stack<long>(edges[from]);
        while (open.TryPop(out var node))
        {
            if (node == to) return true;
            if (seen.Add(node)) foreach (var next in edges[node]) open.Push(next);
        }

        return false;
    }
}
