using GraphRisk.Graph.Algorithms;
using GraphRisk.Graph.Facts;
using GraphRisk.Server.Nodes;
using GraphRisk.Server.Resolution;
using GraphRisk.Server.Tests.Served;

namespace GraphRisk.Server.Tests.Resolution;

public sealed class DoubtsTests
{
    private const string One = "Person/registry:1";
    private const string Like = "Person/broker-B001:1";
    private const string Apart = "Person/broker-B001:2";
    private const string Settled = "Person/broker-B003:3";

    /// <summary>One is like a record nobody could decide on, apart from another, and a third was undecided until a person judged it.</summary>
    private static MarketSketch Sketch() => new MarketSketch()
        .Node(One, ("name", "赵六")).Node(Like, ("name", "赵六")).Node(Apart, ("name", "赵陆")).Node(Settled, ("name", "赵六"))
        .Edge("SAME_AS", One, Like, ("verdict", "UNDECIDED"), ("judge", "rules"), ("reasons", "the same name"))
        .Edge("SAME_AS", One, Apart, ("verdict", "NO_MATCH"), ("judge", "rules"), ("reasons", "two birth dates"))
        .Edge("SAME_AS", Settled, One, ("verdict", "UNDECIDED"), ("judge", "rules"), ("reasons", "the same name"))
        .Edge("SAME_AS", One, Settled, ("verdict", "NO_MATCH"), ("judge", "office-7"), ("reasons", "seen"));

    [TestCase(One, Like)]
    [TestCase(Like, One)]
    [TestCase(Apart, null)]
    [TestCase(Settled, null)]
    public async Task APairThatIsUndecidedIsInDoubtFromBothSidesAndOneWithAVerdictIsNot(string party, string? doubted)
    {
        await using var served = await ServedGraph.Of(Sketch());
        var view = await served.Session.ViewAsync(ServedGraph.Regulator, default);
        var nodes = view.Snapshot.Nodes;
        var found = await Doubts.OfAsync(served.Store, new NodeHandle(view, nodes.Find(NodeId.Parse(party))), WorkMeter.Unlimited, default);
        Assert.That(found.Select(doubt => nodes.IdOf(doubt.Other).ToString()), Is.EqualTo(doubted is null ? [] : new[] { doubted }));
    }
}
