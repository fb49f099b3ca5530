using GraphRisk.Graph.Algorithms;
using GraphRisk.Market;
using GraphRisk.TestKit;
using GraphRisk.Workflow.Exposure;
using GraphRisk.Workflow.Recovery;

namespace GraphRisk.Workflow.Tests.Recovery;

public sealed class AssetSearchTests
{
    [TestCase(11)]
    [TestCase(12)]
    public async Task OfAThousandPlantedCasesEverythingIsFoundAndNothingElse(int seed)
    {
        const int cases = 1000;
        var planted = PlantedAssets.Of(seed, cases);
        var graph = planted.Draw();
        var market = new MarketReading(graph.Snapshot);
        var undecided = planted.Undecided;
        var (met, told, truth) = (0, 0, 0);
        foreach (var (client, expected) in planted.Truth)
        {
            var found = await new AssetSearch(market, WorkMeter.Unlimited).FindAsync(
                graph[client], -1, party => new([.. undecided[graph.LabelOf(party)].Select(other => new DoubtfulIdentity(party, graph[other], 0.5))]), _ => true);
            var shown = found.Assets.Select(asset => Shown(graph, asset)).ToList();
            (met, told, truth) = (met + expected.Intersect(shown).Count(), told + shown.Count, truth + expected.Count);
            Assert.That(shown, Is.EquivalentTo(expected), client);
            foreach (var asset in found.Assets.Where(asset => asset.Value is not null)) Assert.That(asset.Encumbered + asset.Suspended + asset.Free, Is.EqualTo(asset.Value));
            foreach (var holder in found.Holders) AssertChain(graph[client], holder);
        }

        TestContext.Out.WriteLine($"recall {(double)met / truth:0.0000}, precision {(double)met / told:0.0000} over {truth} assets of {cases} clients");
        Assert.That(((double)met / truth, (double)met / told, truth), Is.EqualTo((1.0, 1.0, told)));
        Assert.That(truth, Is.GreaterThan(3 * cases));
    }

    [Test]
    public async Task TheChainCitesTheVotesAndTheNomineeInWhoseNameTheyStand()
    {
        var graph = GraphText.Draw("""
            (Li:Person name=李雷)-[RELATED_TO kind=nominator]->(Mr:Person name=代名)
            (Mr)-[HOLDS share=0.4 nominee=true]->(Co:Company name=华信有限公司)
            (Li)-[HOLDS share=0.2]->(Co)
            (Co)-[HOLDS share=0.51]->(Sub:Company name=东方有限公司)-[OWNS_ACCOUNT]->(A:Account number=1)
            """);
        var found = await Search(graph, "Li");
        var holder = found.Assets.Single().Holder;
        Assert.Multiple(() =>
        {
            Assert.That(holder.Chain.Select(step => (graph.LabelOf(step.From), graph.LabelOf(step.To), step.Votes)), Is.EqualTo(new[] { ("Li", "Co", (decimal?)0.6m), ("Co", "Sub", 0.51m) }));
            Assert.That(holder.Chain[0].Evidence.Select(edge => edge.Relationship), Is.EqualTo(new[] { "HOLDS", "RELATED_TO", "HOLDS" }));
            Assert.That(graph.Labels(found.Holders.Select(one => one.Party)), Is.EqualTo("Li Co Sub"));
        });
    }

    [Test]
    public async Task WhatTheCreditorHasAlreadyIsLeftOutAndItsPledgeStillEncumbers()
    {
        var graph = GraphText.Draw("""
            (B:Broker code=B); (S:Security code=S close=10)
            (Li:Person name=李雷)-[CONTRACTED]->(K:PledgeContract status=OPEN debt=100)-[GRANTED_BY]->(B)
            (K)-[PLEDGED quantity=30]->(S); (Li)-[OWNS_ACCOUNT]->(A:Account number=1)-[POSITION quantity=50]->(S)
            """);
        var found = await Search(graph, "Li", "K");
        Assert.That(found.Assets.Select(asset => asset.Kind), Is.EqualTo(new[] { AssetKind.Account, AssetKind.Position }));
        Assert.That((found.Assets[1].Encumbered, found.CertainFree), Is.EqualTo((300m, 200m)));
        Assert.That((await Search(graph, "Li")).CertainFree, Is.EqualTo(400m), "with the excess of 200");
    }

    [Test]
    public async Task WhatSecuresTheContractAloneIsTheCreditorsAlready()
    {
        var graph = GraphText.Draw("""
            (B:Broker code=B); (S:Security code=S close=10); (R:Security code=R close=10)
            (Li:Person name=李雷)-[CONTRACTED]->(K:PledgeContract status=OPEN debt=100)-[GRANTED_BY]->(B)
            (Li)-[CONTRACTED]->(L:PledgeContract status=OPEN debt=100)-[GRANTED_BY]->(B)
            (K)-[PLEDGED quantity=50]->(S); (L)-[PLEDGED quantity=50]->(R); (Li)-[OWNS_ACCOUNT]->(A:Account number=1)-[POSITION quantity=50]->(S); (A)-[POSITION quantity=50]->(R)
            """);
        var found = (await Search(graph, "Li", "K")).Assets;
        Assert.That(found.Where(asset => asset.Kind == AssetKind.Position).Select(asset => asset.Security), Is.EqualTo(new[] { graph["R"] }));
        Assert.That((await Search(graph, "Li")).Assets.Count(asset => asset.Kind == AssetKind.Position), Is.EqualTo(2));
    }

    /// <summary>Li pledges 200 that lie in account 3, and 50 of which 40 lie in an account of Co, which it controls; accounts 1 and 2 secure nothing.</summary>
    [Test]
    public async Task APledgeEncumbersOnceInTheAccountsThatSecureIt()
    {
        var graph = GraphText.Draw("""
            (B:Broker code=B); (S:Security code=S close=10)
            (Li:Person name=李雷)-[CONTRACTED]->(K:PledgeContract status=OPEN debt=100)-[GRANTED_BY]->(B); (K)-[PLEDGED quantity=200]->(S)
            (Li)-[CONTRACTED]->(L:PledgeContract status=OPEN debt=100)-[GRANTED_BY]->(B); (L)-[PLEDGED quantity=50]->(S)
            (Li)-[OWNS_ACCOUNT]->(A1:Account number=1)-[KEPT_AT]->(B); (A1)-[POSITION quantity=300]->(S)
            (Li)-[OWNS_ACCOUNT]->(A2:Account number=2)-[KEPT_AT]->(B); (A2)-[POSITION quantity=300]->(S)
            (Li)-[OWNS_ACCOUNT]->(A3:Account number=3)-[KEPT_AT]->(B); (A3)-[POSITION quantity=260]->(S)
            (Li)-[HOLDS share=0.9]->(Co:Company name=华信有限公司)-[OWNS_ACCOUNT]->(A4:Account number=4)-[POSITION quantity=40]->(S)
            (K)-[SECURED_BY]->(A3); (L)-[SECURED_BY]->(A4)
            """);
        var found = await Search(graph, "Li");
        var positions = found.Assets.Where(asset => asset.Kind == AssetKind.Position)
            .Select(asset => (graph.LabelOf(asset.Account), string.Join(' ', asset.Encumbrances.Select(right => $"{right.Quantity} {graph.LabelOf(right.Contract)}")), asset.Free));
        Assert.That(positions, Is.EquivalentTo(new[] { ("A1", "", 3000m), ("A2", "", 3000m), ("A3", "200 K", 600m), ("A4", "40 L", (decimal?)0m) }));
        Assert.That(found.Assets.Where(asset => asset.Kind == AssetKind.Account).SelectMany(asset => asset.Encumbrances), Is.Empty, "what else is in them is free");
        Assert.That(
            found.Assets.Where(asset => asset.Kind == AssetKind.Position).SelectMany(asset => asset.Encumbrances).GroupBy(right => right.Contract).Select(group => (graph.LabelOf(group.Key), group.Sum(right => right.Quantity))),
            Is.EquivalentTo(new[] { ("K", (decimal?)200m), ("L", 40m) }), "no more than is pledged");
    }

    [Test]
    public async Task WhoIsNotToBeReadOfIsNotTold()
    {
        var graph = GraphText.Draw("""
            (Li:Person name=李雷)-[HOLDS share=0.9]->(Co:Company name=华信有限公司)-[OWNS_ACCOUNT]->(A:Account number=1)
            (Li)-[OWNS_ACCOUNT]->(A)
            """);
        var found = await new AssetSearch(new MarketReading(graph.Snapshot), WorkMeter.Unlimited).FindAsync(graph["Li"], -1, _ => new([]), party => party == graph["Co"]);
        Assert.That(graph.Labels(found.Holders.Select(one => one.Party)), Is.EqualTo("Co"));
        Assert.That((await Search(graph, "Li")).Assets.Single().Holder.Chain, Is.Empty, "an account of both is told of the surer");
    }

    [Test]
    public void ASpentBudgetEndsTheSearch()
    {
        var graph = PlantedAssets.Of(3, 50).Draw();
        using var ended = new CancellationTokenSource();
        ended.Cancel();
        Assert.That(() => Search(graph, "P1", meter: WorkMeter.EndedBy(ended.Token)), Throws.InstanceOf<OperationCanceledException>());
    }

    private static async Task<AssetsFound> Search(DrawnGraph graph, string client, string? besides = null, WorkMeter? meter = null) =>
        await new AssetSearch(new MarketReading(graph.Snapshot), meter ?? WorkMeter.Unlimited).FindAsync(graph[client], besides is null ? -1 : graph[besides], _ => new([]), _ => true);

    private static void AssertChain(int client, AssetHolder holder)
    {
        var at = client;
        foreach (var step in holder.Chain)
        {
            Assert.That(step.From, Is.EqualTo(at));
            if (step.Kind == HolderStepKind.Control) Assert.That((step.Votes > 0.5m, step.Evidence.IsEmpty), Is.EqualTo((true, false)));
            at = step.To;
        }

        Assert.That(at, Is.EqualTo(holder.Party));
    }

    private static PlantedAsset Shown(DrawnGraph graph, Asset asset) => new(
        $"{asset.Kind} {string.Join('/', new[] { asset.Account, asset.Contract, asset.Security }.Where(node => node >= 0).Select(graph.LabelOf))}", asset.Holder.Certainty.ToString(),
        string.Join("; ", asset.Encumbrances.Select(right => string.Join(' ', new[] { $"{right.Kind}", $"{right.Quantity}", Label(graph, right.Contract), Label(graph, right.Creditor) }.Where(word => word.Length > 0)))),
        asset.Free);

    private static string Label(DrawnGraph graph, int node) => node < 0 ? "" : graph.LabelOf(node);
}
