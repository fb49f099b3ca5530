using GraphRisk.Simulation.Community;
using GraphRisk.Simulation.Names;
using GraphRisk.Simulation.Randomness;

namespace GraphRisk.Simulation.Tests.Community;

public class ControlTruthTests
{
    private static readonly DateOnly Today = new(2025, 1, 1);

    [Test]
    public void AHolderAboveHalfControlsTheSubsidiaryAndWhatItControls()
    {
        var community = Graph(3, (0, 1, 510_000), (1, 2, 600_000));
        Assert.That(Pairs(community), Is.EquivalentTo(new[] { (0, 1, 1), (0, 2, 2), (1, 2, 1) }));
    }

    [Test]
    public void ExactlyHalfIsNoMajority() => Assert.That(Pairs(Graph(2, (0, 1, 500_000))), Is.Empty);

    [Test]
    public void VotesOfControlledCompaniesAddUp()
    {
        var community = Graph(4, (0, 1, 600_000), (0, 2, 600_000), (1, 3, 300_000), (2, 3, 300_000));
        Assert.That(Pairs(community), Does.Contain((0, 3, 2)));
    }

    [Test]
    public void CompaniesThatHoldOneAnotherControlOneAnotherButNotThemselves()
    {
        var community = Graph(2, (0, 1, 600_000), (1, 0, 600_000));
        Assert.That(Pairs(community), Is.EquivalentTo(new[] { (0, 1, 1), (1, 0, 1) }));
    }

    [Test]
    public void AHoldingThatHasEndedHasNoVotes()
    {
        var community = Graph(2);
        community.Shareholdings.Add(new Shareholding(community.Companies[0], community.Companies[1], 900_000, 900_000, new Period(new(2020, 1, 1), Today)));
        Assert.That(Pairs(community), Is.Empty);
    }

    [Test]
    public void TheFixpointIsTheOracles([Range(0, 9)] int batch)
    {
        for (var i = 0; i < 100; i++)
        {
            var draws = new Draws((ulong)batch, DrawStream.CommunityShape, i);
            var size = draws.Between(2, 9);
            var edges = Enumerable.Range(0, draws.Between(0, 3 * size)).Select(_ => (draws.Below(size), draws.Below(size), draws.Between(1, 8) * 100_000));
            var community = Graph(size, [.. edges.DistinctBy(e => (e.Item1, e.Item2))]);
            Assert.That(Pairs(community).Select(p => (p.Item1, p.Item2)), Is.EquivalentTo(Oracle(community, size)), $"batch {batch} graph {i}");
        }
    }

    /// <summary>Starts from nothing and adds any company with a majority until none is left to add.</summary>
    private static IEnumerable<(int, int)> Oracle(MarketCommunity community, int size)
    {
        for (var holder = 0; holder < size; holder++)
        {
            var controlled = new HashSet<int>();
            bool grown;
            do
            {
                grown = false;
                for (var company = 0; company < size; company++)
                {
                    var votes = community.Shareholdings.Where(s => Index(s.Company) == company && (Index(s.Holder) == holder || controlled.Contains(Index(s.Holder)))).Sum(s => s.Votes);
                    if (company != holder && votes > 500_000 && controlled.Add(company)) grown = true;
                }
            }
            while (grown);
            foreach (var company in controlled) yield return (holder, company);
        }
    }

    private static int Index(Party party) => (int)party.Serial;

    private static IEnumerable<(int, int, int)> Pairs(MarketCommunity community) =>
        ControlTruth.Of(community, Today).Select(c => (Index(c.Controller), Index(c.Company), c.Depth));

    private static MarketCommunity Graph(int companies, params (int Holder, int Company, int Votes)[] edges)
    {
        var community = new MarketCommunity(0);
        for (var i = 0; i < companies; i++) community.Companies.Add(Parties.Company(i));
        foreach (var (holder, company, votes) in edges)
            community.Shareholdings.Add(new Shareholding(community.Companies[holder], community.Companies[company], votes, votes, new Period(new(2020, 1, 1), null)));
        return community;
    }
}
