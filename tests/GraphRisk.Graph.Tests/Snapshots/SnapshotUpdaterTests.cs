using GraphRisk.Graph.Entitlements;
using GraphRisk.Graph.Facts;
using GraphRisk.Graph.Schema;
using GraphRisk.Graph.Snapshots;
using GraphRisk.Graph.Store;
using GraphRisk.TestKit;

namespace GraphRisk.Graph.Tests.Snapshots;

public sealed class SnapshotUpdaterTests
{
    private static readonly SchemaCatalog Catalog = SchemaCatalog.LoadEmbedded();
    private static readonly DateTimeOffset AsOf = Validity.CloseOf(new DateOnly(2024, 6, 30));

    private static readonly Entitlement[] Shared = [Entitlement.Whole, Entitlement.OfOpen(Sensitivity.Internal), Entitlement.Public];

    [TestCaseSource(nameof(Shared))]
    public async Task AnUpdatedSnapshotHasTheBytesOfOneBuiltFromNothing(Entitlement entitlement)
    {
        int updated = 0, steps = 0;
        for (var seed = 0; seed < 60; seed++)
        {
            await using var store = new InMemoryGraphStore(Catalog);
            var random = new Random(seed);
            var changes = new RandomChanges(seed, parties: 6 + (seed % 3 * 20))
            {
                Sources = seed % 5 == 0 ? RandomChanges.SeveralBrokers : new RandomChanges(0).Sources, WithForeignRecords = seed % 10 == 0,
                WithJudgements = seed % 4 == 0, WithRetractions = seed % 2 == 0,
            };
            for (var i = 0; i < 5; i++) await store.AppendAsync(changes.Next(40));
            var known = await BuildAsync(store, entitlement);
            for (var step = 0; step < 10; step++)
            {
                for (var sets = random.Next(3); sets >= 0; sets--) await store.AppendAsync(changes.Next(1 + random.Next(6)));
                var rebuilt = await BuildAsync(store, entitlement);
                var update = await SnapshotUpdater.TryUpdateAsync(known, store, await store.GetVersionAsync());
                steps++;
                if (update is not null)
                {
                    updated++;
                    Assert.That(BytesOf(update).SequenceEqual(BytesOf(rebuilt)), Is.True, $"seed {seed}, step {step}");
                    Assert.That(update.Entitlement, Is.EqualTo(entitlement));
                }

                known = update ?? rebuilt;
            }
        }

        Assert.That(updated, Is.GreaterThan(steps / 4), $"of {steps} steps; otherwise the test proves nothing");
    }

    [Test]
    public async Task JudgementsMadeBeforeTheirRecordsAreKnownStillJoinThem()
    {
        await using var store = new InMemoryGraphStore(Catalog);
        var (first, second) = (new NodeId("Person", "a:1"), new NodeId("Person", "b:1"));
        await store.AppendAsync(SetOf("0", Named(first), Judged(first, second)));
        var known = await BuildAsync(store);
        await store.AppendAsync(SetOf("1", Named(second)));
        Assert.That(await SnapshotUpdater.TryUpdateAsync(known, store, await store.GetVersionAsync()), Is.Null);
        Assert.That((await BuildAsync(store)).Nodes.MembersOf(0), Is.EqualTo(new[] { first, second }));
    }

    [Test]
    public async Task AJudgementThatJoinsNobodyLeavesTheGraphAsItIs()
    {
        await using var store = new InMemoryGraphStore(Catalog);
        var (first, second) = (new NodeId("Person", "a:1"), new NodeId("Person", "b:1"));
        await store.AppendAsync(SetOf("0", Named(first), Named(second)));
        var known = await BuildAsync(store);
        await store.AppendAsync(SetOf("1", Judged(first, second, "NO_MATCH")));
        var update = await SnapshotUpdater.TryUpdateAsync(known, store, await store.GetVersionAsync());
        Assert.That(update!.Nodes.Count, Is.EqualTo(2));
        var rebuilt = await BuildAsync(store);
        Assert.That(BytesOf(update).SequenceEqual(BytesOf(rebuilt)), Is.True);
    }

    [Test]
    public async Task ARecordOfAnotherTypeInAClusterIsStillReadWhenItsClusterChanges()
    {
        await using var store = new InMemoryGraphStore(Catalog);
        var (person, company) = (new NodeId("Person", "a:1"), new NodeId("Company", "b:1"));
        await store.AppendAsync(SetOf("0", Named(person), Named(company), Judged(person, company)));
        var known = await BuildAsync(store);
        var phone = Named(company) with { Properties = Properties.Of(("name", PropertyValue.Of("x")), ("phone", PropertyValue.Of("021"))) };
        await store.AppendAsync(SetOf("1", phone));
        var update = await SnapshotUpdater.TryUpdateAsync(known, store, await store.GetVersionAsync());
        Assert.That(update!.Nodes.GetString(0, "phone"), Is.EqualTo("021"));
        Assert.That(BytesOf(update), Is.EqualTo(BytesOf(await BuildAsync(store))));
    }

    [Test]
    public async Task TypesThatDidNotChangeAreShared()
    {
        await using var store = new InMemoryGraphStore(Catalog);
        var (person, company) = (new NodeId("Person", "a:1"), new NodeId("Company", "a:2"));
        await store.AppendAsync(SetOf("0", Named(person), Named(company)));
        var known = await BuildAsync(store);
        await store.AppendAsync(SetOf("1", Named(person) with { Properties = Properties.Of(("name", PropertyValue.Of("乙"))) }));
        var update = await SnapshotUpdater.TryUpdateAsync(known, store, await store.GetVersionAsync());
        var type = Catalog.Node("Company");
        Assert.That(update!.Nodes.ColumnOf(type, type.GetField("name")), Is.SameAs(known.Nodes.ColumnOf(type, type.GetField("name"))));
        Assert.That(update.Relationship("HOLDS"), Is.SameAs(known.Relationship("HOLDS")));
        Assert.That(update.Nodes.GetString(0, "name"), Is.EqualTo("乙"));
    }

    internal static byte[] BytesOf(Snapshot snapshot)
    {
        using var stream = new MemoryStream();
        SnapshotFile.Write(snapshot, stream);
        return stream.ToArray();
    }

    private static async Task<Snapshot> BuildAsync(InMemoryGraphStore store, Entitlement? entitlement = null) =>
        await SnapshotBuilder.BuildAsync(store, await store.GetVersionAsync(), AsOf, entitlement ?? Entitlement.Whole);

    private static ChangeSet SetOf(string id, params Fact[] facts) => new(id, AsOf, "test", [.. facts.Select(Change.Assert)]);

    private static NodeFact Named(NodeId node) => new(
        node, Properties.Of(("name", PropertyValue.Of("甲"))), Validity.Always, new Provenance("a", node.Key, 0.9m));

    private static RelationshipFact Judged(NodeId from, NodeId to, string verdict = "MATCH") => new(
        SchemaCatalog.SameAs, from, to, "",
        Properties.Of(("verdict", PropertyValue.OfEnum(verdict)), ("judge", PropertyValue.Of("test"))),
        Validity.Always, new Provenance("resolution", "1", 1));
}
