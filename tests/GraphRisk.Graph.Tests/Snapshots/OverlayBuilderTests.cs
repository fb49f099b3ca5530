using GraphRisk.Graph.Entitlements;
using GraphRisk.Graph.Facts;
using GraphRisk.Graph.Schema;
using GraphRisk.Graph.Snapshots;
using GraphRisk.Graph.Store;
using GraphRisk.TestKit;

namespace GraphRisk.Graph.Tests.Snapshots;

/// <summary>A viewer's snapshot over the shared open one, held against the one built of the viewer's facts alone.</summary>
public sealed class OverlayBuilderTests
{
    private const int Histories = 1_000;

    private static readonly SchemaCatalog Catalog = SchemaCatalog.LoadEmbedded();
    private static readonly DateTimeOffset AsOf = Validity.CloseOf(new DateOnly(2024, 6, 30));

    [Test]
    public async Task AnOverlayIsTheSnapshotBuiltFromNothing()
    {
        int made = 0, joining = 0, fell = 0;
        for (var seed = 0; seed < Histories; seed++)
        {
            await using var store = new InMemoryGraphStore(Catalog);
            var random = new Random(seed);
            var changes = new RandomChanges(seed, parties: 2 + (seed % 4 * 3))
            {
                Sources = RandomChanges.SeveralBrokers, Judgements = seed % 3 * 6, WithForeignRecords = seed % 5 > 0, WithRetractions = seed % 2 == 0,
            };
            for (var i = 0; i < 6; i++) await store.AppendAsync(changes.Next(10 + random.Next(40)));
            var newest = await store.GetVersionAsync();
            for (var reading = 0; reading < 2; reading++)
            {
                var version = reading == 0 ? newest : await store.GetVersionAsync(newest.RecordedAt.AddHours(-random.Next(6)));
                var asOf = Validity.CloseOf(new DateOnly(2020 + random.Next(7), 1 + random.Next(12), 15));
                foreach (var entitlement in await ViewersAsync(store, version.Number, random))
                {
                    var overlay = await OverlayAsync(store, version, asOf, entitlement);
                    if (overlay is null)
                    {
                        fell++;
                        continue;
                    }

                    var built = await SnapshotBuilder.BuildAsync(store, version, asOf, entitlement);
                    Assert.That(SnapshotComparison.FirstDifference(built, overlay), Is.Null, $"seed {seed}, {entitlement} at {version.Number} as of {asOf:d}");
                    Assert.That(overlay.OwnNodes, Is.EqualTo(built.OwnNodes));
                    made++;
                    if (Enumerable.Range(0, overlay.Nodes.Count).Any(node => !overlay.Nodes.IsNode(node))) joining++;
                }
            }
        }

        TestContext.Out.WriteLine($"{made} overlays, {joining} of them join shared nodes, {fell} were left to a full build");
        Assert.That(joining, Is.GreaterThan(made / 50), "otherwise the test proves nothing");
        Assert.That(fell, Is.Zero);
    }

    [Test]
    public async Task OwnRecordsThatMatchTwoOpenOnesMakeThemOneUnderTheFirst()
    {
        await using var store = new InMemoryGraphStore(Catalog);
        NodeId first = new("Company", "registry:1"), between = new("Company", "registry:2"), second = new("Company", "news:1"), own = new("Company", "broker-B001:1");
        await store.AppendAsync(SetOf(
            "0", Named(first, "registry"), Named(between, "registry"), Named(second, "news"), Held(between, second, "news"),
            Named(own, "broker-B001"), Judged(first, own), Judged(second, own)));
        var version = await store.GetVersionAsync();
        var overlay = (await OverlayAsync(store, version, AsOf, Entitlement.OfBroker("B001")))!;
        Assert.That(overlay.Nodes.MembersOf(0), Is.EqualTo(new[] { first, second, own }));
        Assert.That(overlay.Nodes.OfType("Company").ToArray(), Is.EqualTo(new[] { 0, 1 }));
        Assert.That(overlay.Nodes.Find(second), Is.Zero);
        Assert.That(overlay.Relationship("HOLDS").Out.Neighbours(1).ToArray(), Is.EqualTo(new[] { 0 }));
        Assert.That(overlay.Relationship("HOLDS").Out.Neighbours(2).Length, Is.Zero);
        var other = (await OverlayAsync(store, version, AsOf, Entitlement.OfBroker("B002")))!;
        Assert.That(other.Nodes.MembersOf(2), Is.EqualTo(new[] { second }));
    }

    [Test]
    public async Task WhatIsSharedIsNotCopied()
    {
        await using var store = new InMemoryGraphStore(Catalog);
        NodeId open = new("Company", "registry:1"), own = new("Person", "broker-B001:1");
        await store.AppendAsync(SetOf("0", Named(open, "registry"), Held(open, open, "registry"), Named(own, "broker-B001")));
        var version = await store.GetVersionAsync();
        var shared = await SnapshotBuilder.BuildAsync(store, version, AsOf, Entitlement.OfOpen(Sensitivity.Internal));
        var overlay = (await OverlayBuilder.TryBuildAsync(store, shared, Entitlement.OfBroker("B001"), 100))!;
        var type = Catalog.Node("Company");
        Assert.That(overlay.Nodes.ColumnOf(type, type.GetField("name")), Is.SameAs(shared.Nodes.ColumnOf(type, type.GetField("name"))));
        Assert.That(overlay.Nodes.Members, Is.SameAs(shared.Nodes.Members));
        Assert.That(overlay.OwnBytes, Is.Positive.And.LessThan(50_000));
        Assert.That(() => SnapshotUpdaterTests.BytesOf(overlay), Throws.InvalidOperationException);
    }

    [Test]
    public async Task WhatTouchesTooMuchIsLeftToAFullBuild()
    {
        await using var store = new InMemoryGraphStore(Catalog);
        NodeId first = new("Company", "registry:1"), own = new("Company", "broker-B001:1");
        var hub = Enumerable.Range(0, 50).Select(i => (Fact)Held(new NodeId("Person", $"registry:{i}"), first, "registry"));
        await store.AppendAsync(SetOf("0", [Named(first, "registry"), .. hub, Named(own, "broker-B001"), Held(own, first, "broker-B001"), Judged(first, own)]));
        var version = await store.GetVersionAsync();
        var shared = await SnapshotBuilder.BuildAsync(store, version, AsOf, Entitlement.OfOpen(Sensitivity.Internal));
        Assert.That(await OverlayBuilder.TryBuildAsync(store, shared, Entitlement.OfBroker("B001"), 20), Is.Null);
        Assert.That(await OverlayBuilder.TryBuildAsync(store, shared, Entitlement.OfBroker("B001"), 500), Is.Not.Null);
    }

    private static async Task<Snapshot?> OverlayAsync(InMemoryGraphStore store, StoreVersion version, DateTimeOffset asOf, Entitlement entitlement) =>
        await OverlayBuilder.TryBuildAsync(store, await SnapshotBuilder.BuildAsync(store, version, asOf, entitlement.Open), entitlement, 100_000);

    /// <summary>Two brokers, and some of the parties that facts name as clients.</summary>
    private static async Task<List<Entitlement>> ViewersAsync(InMemoryGraphStore store, long version, Random random)
    {
        var parties = new SortedSet<NodeId>();
        await foreach (var recorded in store.ReadAsync(ReadScope.All(version)))
            foreach (var id in recorded.Fact.Ends)
                if (Catalog.Node(id.Type).IsParty) parties.Add(id);
        NodeId[] clients = [.. parties];
        random.Shuffle(clients);
        return [Entitlement.OfBroker("B001"), Entitlement.OfBroker("B002"), .. clients.Take(3).Select(Entitlement.OfClient)];
    }

    private static ChangeSet SetOf(string id, params Fact[] facts) => new(id, AsOf, "test", [.. facts.Select(Change.Assert)]);

    private static NodeFact Named(NodeId node, string source) => new(
        node, Properties.Of(("name", PropertyValue.Of("甲"))), Validity.Always, new Provenance(source, node.Key, 0.9m));

    private static RelationshipFact Held(NodeId from, NodeId to, string source) => new(
        "HOLDS", from, to, "", Properties.Of(("share", PropertyValue.Of(0.1m))), Validity.Always, new Provenance(source, "1", 0.9m));

    private static RelationshipFact Judged(NodeId from, NodeId to) => new(
        SchemaCatalog.SameAs, from, to, "",
        Properties.Of(("verdict", PropertyValue.OfEnum("MATCH")), ("judge", PropertyValue.Of("test"))),
        Validity.Always, new Provenance("resolution", "1", 1));
}
