using GraphRisk.Graph.Algorithms;
using GraphRisk.Graph.Facts;
using GraphRisk.Graph.Snapshots;
using GraphRisk.Market;
using GraphRisk.Market.Lending;
using GraphRisk.Market.Publishing;
using GraphRisk.Scoring.Features;
using GraphRisk.Scoring.Scores;
using GraphRisk.Server.Tests.Served;
using GraphRisk.Workflow.Exposure;
using GraphRisk.Workflow.Market;

namespace GraphRisk.Server.Tests.Market;

/// <summary>Whatever asks what a client owes, or whether it is in default, gets one answer: over every client of the sample market.</summary>
public class OneReadingTests
{
    [Test]
    public async Task ScoringExposureMarketFactsAndPublicationGiveTheSameDebtForEveryClient()
    {
        var market = new MarketReading(await SnapshotAsync());
        var clients = market.Parties.Clients();
        var features = FeatureSet.Open(market);
        var column = FeatureSet.Features.Select(feature => feature.Name).ToList().IndexOf("debt");
        var scored = features.Compute(clients);
        var exposure = new LinkedExposure(market);
        var brokers = market.Snapshot.Nodes.OfType("Broker").ToArray();
        var published = PublicationBuilder.Of(market).Standings.ToLookup(standing => market.Snapshot.Nodes.Find(standing.Party));
        var (owing, inDisposal) = (0, 0);
        Assert.Multiple(() =>
        {
            for (var row = 0; row < clients.Length; row++)
            {
                var (client, debt) = (clients[row], market.Contracts.OfParty(clients[row]).Sum(contract => contract.Debt));
                owing += debt > 0 ? 1 : 0;
                inDisposal += market.Contracts.OfParty(client).Any(contract => contract.Status == ContractStatus.InDisposal && contract.Debt > 0) ? 1 : 0;
                Assert.That(Math.Exp(scored.Row(row)[column]) - 1, Is.EqualTo((double)debt).Within(1e-5 * (1 + (double)debt)), "scoring");
                Assert.That(features.HasDebt(client), Is.EqualTo(debt > 0), "scoring");
                Assert.That(brokers.Sum(broker => exposure.Of(broker, client)?.Own.Debt ?? 0m), Is.EqualTo(debt), "exposure");
                Assert.That(ClientFacts.Of(market, client).Debt, Is.EqualTo(debt), "market facts");
                Assert.That(published[client].Sum(standing => standing.Debt), Is.EqualTo(debt), "publication");
                Assert.That(market.Debts(WorkMeter.Unlimited)[market.Parties.IndexOf(client)], Is.EqualTo((double)debt), "contagion");
            }

            Assert.That(
                MarketTable.Of(market.Contracts, MarketDivision.Market, new Dictionary<int, ScoreLine>()).Single().Debt,
                Is.EqualTo(clients.Sum(client => market.Contracts.DebtOf(client))), "market");
        });
        Assert.That(owing, Is.GreaterThan(500));
        Assert.That(inDisposal, Is.GreaterThan(10), "what is owed under a disposal counts everywhere");
    }

    [Test]
    public async Task NobodyWithAContractInDisposalIsBetterThanD()
    {
        var served = await SampleMarket.Served;
        var market = new MarketReading(await SnapshotAsync());
        var lines = served.Dependencies.Model!.Open(market).ScoreAll().ToList();
        var disposed = lines.Where(line => market.Contracts.OfParty(line.Node).Any(contract => contract.Status == ContractStatus.InDisposal)).ToList();
        Assert.That(disposed, Has.Count.GreaterThan(10));
        Assert.That(disposed.Select(line => (line.Grade, line.ProbabilityOfDefault, line.Score)), Is.All.EqualTo(("D", 1.0, 300)));
        Assert.That(lines.Where(line => line.Grade == "D").Select(line => market.Defaults.IsInDefault(line.Node)), Is.All.True, "D is kept for those in default");
    }

    private static async Task<Snapshot> SnapshotAsync()
    {
        var served = await SampleMarket.Served;
        return await served.Dependencies.Snapshots.GetAsync(Validity.CloseOf(served.Dependencies.Today!.Value));
    }
}
