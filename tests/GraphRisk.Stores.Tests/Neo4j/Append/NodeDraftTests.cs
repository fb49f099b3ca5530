using GraphRisk.Graph.Facts;
using GraphRisk.Stores.Neo4j;
using GraphRisk.Stores.Neo4j.Append;
using GraphRisk.Stores.Neo4j.Layout;

namespace GraphRisk.Stores.Tests.Neo4j.Append;

/// <summary>What a node shows of several facts about it, however they came.</summary>
public sealed class NodeDraftTests
{
    private static readonly NodeId Node = new("Company", "registry:1");

    [Test]
    public void ANodeShowsItsOwnFactAndOverItTheBetterOnes()
    {
        var drawing = New(Said(1, 0.8m, ("name", "甲"), ("address", "here")), Said(2, 0.5m, ("name", "bad")), Said(3, 0.9m, ("name", "乙"))).Draw([])!;
        Assert.That(drawing.Values, Is.EquivalentTo(new Dictionary<string, object?> { ["name"] = "乙", ["address"] = "here" }));
        Assert.That((drawing.IsOverlaid, drawing.Own!.Sequence), Is.EqualTo((true, 1L)));
    }

    [Test]
    public void AWeakerFactChangesNothingThatIsShown()
    {
        var draft = new NodeDraft(Node, new NodeDrawing(Node, Said(1, 0.8m, ("name", "甲"))));
        draft.Add(Said(2, 0.5m, ("name", "bad")));
        Assert.That(draft.Draw([]), Is.Null);
    }

    [Test]
    public void WhatIsTakenBackIsNoLongerShown()
    {
        var (own, better, weaker) = (Said(1, 0.8m, ("name", "甲")), Said(2, 0.95m, ("name", "乙"), ("phone", "1")), Said(3, 0.9m, ("name", "丙")));
        var before = new NodeDrawing(Node, own);
        before.Show((NodeFact)better.Fact);
        var draft = new NodeDraft(Node, before);
        draft.Remove(better.Id);
        Assert.That(draft.NeedsStatements, Is.True);
        Assert.That(draft.Draw([weaker, better])!.Values, Is.EquivalentTo(new Dictionary<string, object?> { ["name"] = "丙" }));
    }

    [Test]
    public void ACorrectedOwnFactLeavesTheBetterOnesShown()
    {
        var better = Said(2, 0.95m, ("name", "乙"));
        var before = new NodeDrawing(Node, Said(1, 0.8m, ("name", "甲"), ("phone", "1")));
        before.Show((NodeFact)better.Fact);
        var draft = new NodeDraft(Node, before);
        draft.PutOwn(Said(3, 0.8m, ("address", "there")));
        Assert.That(
            draft.Draw([better])!.Values, Is.EquivalentTo(new Dictionary<string, object?> { ["name"] = "乙", ["address"] = "there" }),
            "and nothing of what the correction no longer says");
    }

    [Test]
    public void ANodeWithoutAnyFactStandsEmpty()
    {
        var draft = new NodeDraft(Node, new NodeDrawing(Node, Said(1, 0.8m, ("name", "甲"))));
        draft.Empty();
        var drawing = draft.Draw([])!;
        Assert.That((drawing.Own, drawing.Values.Count, drawing.Shown), Is.EqualTo(((Recording?)null, 0, (long?)null)));
        Assert.That(draft.IsTaken, Is.True, "within the set the place is kept");
    }

    private static NodeDraft New(Recording own, params Recording[] further)
    {
        var draft = new NodeDraft(Node, null);
        draft.PutOwn(own);
        foreach (var statement in further) draft.Add(statement);
        return draft;
    }

    private static Recording Said(long sequence, decimal reliability, params (string Name, string Text)[] values)
    {
        var fact = new NodeFact(
            Node, Properties.Of(values.Select(value => new Property(value.Name, PropertyValue.Of(value.Text)))),
            Validity.Since(new DateOnly(2020, 1, 1)), new Provenance($"source {sequence}", "1", reliability));
        return new Recording(fact, fact.Id, sequence, sequence, 1);
    }
}
