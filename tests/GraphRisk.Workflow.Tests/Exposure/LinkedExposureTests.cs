using GraphRisk.Graph.Algorithms.Linkage;
using GraphRisk.Market.Lending;

namespace GraphRisk.Workflow.Tests.Exposure;

public sealed class LinkedExposureTests
{
    [Test]
    public void ABrokerSeesWhatItLentToTheClientAndToThoseLinkedToIt()
    {
        var graph = MarketDrawing.Draw();
        var answer = MarketDrawing.Exposure(graph).Of(graph["B1"], graph["Li"])!;
        Assert.Multiple(() =>
        {
            Assert.That(graph.Labels(answer.Linked.Select(linked => linked.Exposure.Party)), Is.EqualTo("Co Wang"));
            Assert.That((answer.Own.Debt, answer.Own.Collateral), Is.EqualTo((1_000_000m, 1_300_000m)));
            Assert.That(answer.Linked[0].Exposure.DebtOf(ContractKind.Pledge), Is.EqualTo(3_000_000m));
            Assert.That(answer.Linked[1].Exposure.Uncovered, Is.EqualTo(500_000m - 301_000m));
            Assert.That((answer.TotalDebt, answer.TotalCollateral, answer.TotalUncovered), Is.EqualTo((4_500_000m, 5_601_000m, 199_000m)));
            Assert.That(answer.ShareOfNetCapital, Is.EqualTo(0.045m));
            Assert.That(answer.IsComplete, Is.True);
        });
    }

    [Test]
    public void EveryLinkedPartyComesWithThePathThatLinksIt()
    {
        var graph = MarketDrawing.Draw();
        var answer = MarketDrawing.Exposure(graph).Of(graph["B1"], graph["Li"])!;
        Assert.Multiple(() =>
        {
            Assert.That(answer.Linked[0].Path.Single().Kind, Is.EqualTo(LinkKind.Control));
            var device = answer.Linked[1].Path.Single();
            Assert.That((device.Kind, graph.LabelOf(device.Via)), Is.EqualTo((LinkKind.SharedDevice, "D1")));
        });
    }

    [Test]
    public void WhatOnlyAnotherBrokerKnowsStaysWithIt()
    {
        var graph = MarketDrawing.Draw();
        var exposure = MarketDrawing.Exposure(graph);
        var first = exposure.Of(graph["B1"], graph["Li"])!;
        var second = exposure.Of(graph["B2"], graph["Li"])!;
        Assert.Multiple(() =>
        {
            Assert.That(graph.Labels(first.Linked.Select(linked => linked.Exposure.Party)), Does.Not.Contain("Zhao"), "the device they share is known at B2 alone");
            Assert.That(graph.Labels(second.Linked.Select(linked => linked.Exposure.Party)), Is.EqualTo("Co Zhao"));
            Assert.That(second.TotalDebt, Is.EqualTo(16_000_000m));
            Assert.That(
                first.Linked.Select(linked => linked.Exposure).Append(first.Own).SelectMany(party => party.Contracts).Select(contract => graph.Snapshot.Nodes.IdOf(contract.Node).Key),
                Is.EquivalentTo(new[] { "M1", "P1", "R1" }));
        });
    }

    [Test]
    public void WhoMayBeTheClientBringsWhatItOwesAndWhatThoseLinkedToItOwe()
    {
        var graph = MarketDrawing.Draw("""
            (May:Person name=李雷)-[CLIENT_OF]->(B1)
            (May)-[CONTRACTED]->(M5:MarginContract contractNumber=M5 status=OPEN debt=400000)-[GRANTED_BY]->(B1)
            (May)-[HOLDS share=0.6]->(Co2:Company name=华安有限公司)-[CLIENT_OF]->(B1)
            (Co2)-[CONTRACTED]->(P5:PledgeContract contractNumber=P5 status=OPEN debt=2000000 performanceRatio=2)-[GRANTED_BY]->(B1)
            (Other:Person name=王方)-[CLIENT_OF]->(B1)
            (Other)-[CONTRACTED]->(M6:MarginContract contractNumber=M6 status=OPEN debt=100000)-[GRANTED_BY]->(B1)
            """);
        var exposure = MarketDrawing.Exposure(graph);
        var answer = exposure.Of(graph["B1"], graph["Li"])!;
        var doubtful = exposure.DoubtfulOf(answer,
            [new(graph["Li"], graph["May"], 0.4), new(graph["Wang"], graph["Other"], 0.5), new(graph["Li"], graph["Other"], 0.5), new(graph["Zhao"], graph["Idle"], 0.9), new(graph["Li"], graph["Wang"], 0.7)]);
        Assert.Multiple(() =>
        {
            Assert.That(graph.Labels(doubtful.Parties.Select(one => one.Exposure.Party)), Is.EqualTo("Co2 May Other"), "Wang counts already, and nobody asked about Zhao");
            Assert.That(doubtful.Parties.Select(one => one.ExpectedDebt), Is.EqualTo(new[] { 800_000m, 160_000m, 75_000m }), "Other may be either of two: 0.75");
            Assert.That((doubtful.PossibleDebt, doubtful.ExpectedDebt), Is.EqualTo((2_500_000m, 1_035_000m)));
            Assert.That(answer.TotalDebt, Is.EqualTo(4_500_000m), "the certain sum stays what it is");
        });
    }

    [Test]
    public void ABrokerMayNotAskForSomebodyElsesClient()
    {
        var graph = MarketDrawing.Draw();
        Assert.That(MarketDrawing.Exposure(graph).Of(graph["B2"], graph["Wang"]), Is.Null);
    }

    [Test]
    public void ATerminalOfTheBranchLinksNobody()
    {
        var crowd = string.Join('\n', Enumerable.Range(0, 25).Select(i =>
            $"(X{i}:Person name=X{i})-[OWNS_ACCOUNT]->(AX{i}:Account number=AX{i})-[KEPT_AT]->(B1)\n(X{i})-[CLIENT_OF]->(B1)\n(D1)-[SIGNED_IN]->(AX{i})"));
        var graph = MarketDrawing.Draw(crowd);
        var answer = MarketDrawing.Exposure(graph).Of(graph["B1"], graph["Li"])!;
        Assert.That(graph.Labels(answer.Linked.Select(linked => linked.Exposure.Party)), Is.EqualTo("Co"));
    }
}
