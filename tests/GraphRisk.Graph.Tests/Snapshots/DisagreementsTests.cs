using GraphRisk.Graph.Facts;
using GraphRisk.Graph.Schema;
using GraphRisk.Graph.Snapshots;
using GraphRisk.Graph.Store;
using GraphRisk.TestKit;

namespace GraphRisk.Graph.Tests.Snapshots;

/// <summary>Where equally reliable sources differ the losing value is told; where they do not contradict each other nothing is.</summary>
public sealed class DisagreementsTests
{
    private static readonly NodeId One = NodeId.Parse("Company/600519.SH");
    private static readonly DateOnly Day = new(2024, 6, 28);

    [Test]
    public void TheValueThatLostIsToldWithWhoSaysIt() => Assert.That(
        OfNode(Said("a", 0.9m, null, ("industry", "制造")), Said("b", 0.9m, new DateOnly(2020, 1, 1), ("industry", "贸易"))),
        Is.EqualTo("industry: 贸易 of b, against 制造 of a"));

    [Test]
    public void OfThreeSourcesEachThatDiffersIsTold() => Assert.That(
        OfNode(Said("a", 0.9m, null, ("industry", "制造"), ("region", "31")), Said("b", 0.9m, null, ("industry", "贸易"), ("region", "31")), Said("c", 0.9m, null, ("industry", "制造"))),
        Is.EqualTo("industry: 制造 of c, against 贸易 of b"));

    [TestCase("less reliable", 0.8, "贸易")]
    [TestCase("the same", 0.9, "制造")]
    [TestCase("the same, written otherwise", 0.9, " 制 造 ")]
    public void WhatDoesNotContradictIsNotTold(string why, decimal reliability, string industry) =>
        Assert.That(OfNode(Said("a", 0.9m, null, ("industry", "制造")), Said("b", reliability, null, ("industry", industry))), Is.Empty, why);

    [Test]
    public void WidthAndCaseContradictNothing() => Assert.That(
        OfNode(Said("a", 0.9m, null, ("address", "中山路8号B座")), Said("b", 0.9m, null, ("address", "中山路８号ｂ座"))), Is.Empty);

    [Test]
    public void ALaterStatementOfTheSameSourceIsNoContradiction() => Assert.That(
        OfNode(Said("a", 0.9m, null, ("industry", "制造")), Said("a/changes", 0.9m, new DateOnly(2020, 1, 1), ("industry", "贸易"))), Is.Empty);

    [Test]
    public void UnknownSaysNothingAndListsAreJoined() => Assert.That(
        OfNode(Said("a", 0.9m, null, ("kind", "COMPANY"), ("aliases", "A")), Said("b", 0.9m, null, ("kind", "UNKNOWN"), ("aliases", "B"))), Is.Empty);

    [Test]
    public void FiguresOfTwoPeriodsDoNotContradictEachOtherAndThoseOfOneDo()
    {
        Assert.That(OfNode(Said("a", 0.9m, new DateOnly(2023, 4, 1), ("accountsUntil", "2022-12-31"), ("totalAssets", "100")), Said("b", 0.9m, new DateOnly(2024, 4, 1), ("accountsUntil", "2023-12-31"), ("totalAssets", "150"))), Is.Empty);
        Assert.That(OfNode(Said("a", 0.9m, new DateOnly(2024, 4, 1), ("accountsUntil", "2023-12-31"), ("totalAssets", "100")), Said("b", 0.9m, new DateOnly(2024, 5, 1), ("accountsUntil", "2023-12-31"), ("totalAssets", "150"))),
            Is.EqualTo("totalAssets: 150 of b, against 100 of a"));
    }

    [Test]
    public void WhatHasEndedContradictsNothing() => Assert.That(
        OfNode(Said("a", 0.9m, null, ("industry", "制造")), Said("b", 0.9m, null, ("industry", "贸易")) with { Validity = Validity.Between(null, new DateOnly(2020, 1, 1)) }), Is.Empty);

    [Test]
    public void AHoldingStatedWithTwoNumbersIsTold() => Assert.That(
        OfHolding(Held("a", 0.9m, ("share", "0.3"), ("directness", "DIRECT")), Held("b", 0.9m, ("share", "0.4"), ("directness", "UNKNOWN"))), Is.EqualTo("share: 0.3 of a, against 0.4 of b"));

    [TestCase("0.25", "0.5", "")]
    [TestCase("0.5", "0.75", "share: 0.3 of a, against 0.5 to 0.75 of b")]
    public void ARangeContradictsANumberOutsideItAndNeverBeatsIt(string low, string high, string told) =>
        Assert.That(OfHolding(Held("a", 0.9m, ("share", "0.3")), Held("b", 0.9m, ("shareMin", low), ("shareMax", high))), Is.EqualTo(told));

    [Test]
    public void ASourceWithoutANumberNeitherBeatsNorContradictsOneWithANumber() =>
        Assert.That(OfHolding(Held("a", 0.5m, ("share", "0.3")), Held("b", 0.9m, ("shareClass", "A"))), Is.Empty);

    private static string OfNode(params NodeFact[] facts)
    {
        var snapshot = GraphText.SnapshotOf(facts, Validity.CloseOf(Day));
        return Told(Disagreements.OfNode(snapshot, snapshot.Nodes.Find(One), Recorded(facts)));
    }

    private static string OfHolding(params RelationshipFact[] facts)
    {
        var snapshot = GraphText.SnapshotOf(facts, Validity.CloseOf(Day));
        var holds = snapshot.Relationship("HOLDS");
        Assert.That(holds.Count, Is.EqualTo(1));
        Assert.That(facts.All(fact => !fact.Properties.TryGet("share", out _)) || holds.ColumnOf("share")?.Get(0) is not null, "a number is believed where one is stated");
        return Told(Disagreements.OfRelationship(holds.Type, snapshot.Stamp.AsOf, field => holds.ColumnOf(field.Name)?.Get(0), Recorded(facts)));
    }

    private static string Told(IEnumerable<Disagreement> found) => string.Join("; ", found.Select(one =>
        $"{one.Field.Name}: {Told(one.Believed)}, against {string.Join(" and ", one.Others.Select(Told))}"));

    private static string Told(StatedValue value) => $"{value.Text} of {value.Recorded.Fact.Provenance.Source}";

    private static List<RecordedFact> Recorded(IEnumerable<Fact> facts) => [.. facts.Select((fact, i) => new RecordedFact(fact, ChangeKind.Assert, 1, Validity.CloseOf(Day), i + 1, i + 1))];

    private static NodeFact Said(string source, decimal reliability, DateOnly? since, params (string Name, string Value)[] fields) =>
        new(One, Read(GraphText.Catalog.Node("Company"), fields), Validity.Between(since, null), new Provenance(source, "1", reliability));

    private static RelationshipFact Held(string source, decimal reliability, params (string Name, string Value)[] fields) => new(
        "HOLDS", NodeId.Parse("Person/p"), One, "", Read(GraphText.Catalog.Relationship("HOLDS"), fields), Validity.Always, new Provenance(source, "1", reliability));

    private static Properties Read(ElementType type, (string Name, string Value)[] fields) => Properties.Of(fields.Select(field => new Property(
        field.Name, type.GetField(field.Name).Kind == FieldKind.StringList ? PropertyValue.Of([field.Value]) : PropertyText.Parse(type.GetField(field.Name).Kind, field.Value))));
}
