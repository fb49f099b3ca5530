using GraphRisk.Graph.Facts;
using GraphRisk.Graph.Schema;
using GraphRisk.Graph.Snapshots;

namespace GraphRisk.Graph.Tests.Snapshots;

public sealed class SnapshotBuilderTests
{
    private static readonly SchemaCatalog Catalog = SchemaCatalog.LoadEmbedded();
    private static readonly DateTimeOffset AsOf = Validity.CloseOf(new DateOnly(2024, 6, 30));
    private static readonly NodeId Holder = new("Person", "registry:p1");
    private static readonly NodeId Owned = new("Company", "registry:c1");

    [Test]
    public void OfOneSourcesStatementsTheLatestThatHasBegunHolds()
    {
        var snapshot = Build(
            Holding("registry", 0.3m, new DateOnly(2019, 1, 1)),
            Holding("registry", 0.2m, new DateOnly(2023, 1, 1)),
            Holding("registry", 0.9m, new DateOnly(2025, 1, 1)));
        Assert.That(Shares(snapshot), Is.EqualTo(new[] { 0.2m }));
    }

    [Test]
    public void TwoSourcesOnOneHoldingDoNotAddUpTheMoreReliableIsBelieved()
    {
        var snapshot = Build(
            Holding("news", 0.5m, new DateOnly(2024, 1, 1), reliability: 0.4m),
            Holding("registry", 0.3m, new DateOnly(2019, 1, 1), reliability: 0.9m));
        Assert.That(Shares(snapshot), Is.EqualTo(new[] { 0.3m }));
    }

    [Test]
    public void AHoldingThatEndedIsGoneFromTheDayItEnded()
    {
        var snapshot = Build(Holding("registry", 0.3m, new DateOnly(2019, 1, 1), until: new DateOnly(2024, 6, 30)));
        Assert.That(Shares(snapshot), Is.Empty);
    }

    [Test]
    public void AFieldKeepsTheValueOfTheMostReliableThenLatestStatement()
    {
        var snapshot = Build(
            Described("registry", "甲公司", new DateOnly(2019, 1, 1), 0.9m),
            Described("registry", "乙公司", new DateOnly(2023, 1, 1), 0.9m),
            Described("news", "丙公司", new DateOnly(2024, 1, 1), 0.4m));
        Assert.That(snapshot.Nodes.GetString(snapshot.Nodes.Find(Owned), "name"), Is.EqualTo("乙公司"));
    }

    [Test]
    public void ANodeThatOnlyARelationshipNamesIsKept()
    {
        var snapshot = Build(Holding("registry", 0.3m, new DateOnly(2019, 1, 1)));
        Assert.That(snapshot.Nodes.IdOf(snapshot.Nodes.Find(Holder)), Is.EqualTo(Holder));
    }

    private static decimal[] Shares(Snapshot snapshot)
    {
        var holds = snapshot.Relationship("HOLDS");
        var (start, end) = holds.Out.Range(snapshot.Nodes.Find(Holder));
        return [.. Enumerable.Range(start, end - start).Select(edge => holds.GetDecimal(edge, "share")!.Value)];
    }

    private static Snapshot Build(params Fact[] facts)
    {
        var builder = new SnapshotBuilder(Catalog, new SnapshotStamp(1, AsOf, AsOf, Catalog.Hash), Clusters.None);
        foreach (var fact in facts) builder.Add(fact);
        return builder.Build();
    }

    private static RelationshipFact Holding(
        string source, decimal share, DateOnly since, DateOnly? until = null, decimal reliability = 0.9m) => new(
        "HOLDS", Holder, Owned, "", Properties.Of(("share", PropertyValue.Of(share))),
        Validity.Between(since, until), new Provenance(source, "r1", reliability));

    private static NodeFact Described(string source, string name, DateOnly since, decimal reliability) => new(
        Owned, Properties.Of(("name", PropertyValue.Of(name))), Validity.Since(since), new Provenance(source, "r1", reliability));
}
