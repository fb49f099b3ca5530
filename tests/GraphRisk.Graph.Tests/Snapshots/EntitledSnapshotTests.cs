using GraphRisk.Graph.Entitlements;
using GraphRisk.Graph.Facts;
using GraphRisk.Graph.Schema;
using GraphRisk.Graph.Snapshots;
using GraphRisk.TestKit;

namespace GraphRisk.Graph.Tests.Snapshots;

/// <summary>How a provider makes and keeps brokers' and clients' snapshots.</summary>
public sealed class EntitledSnapshotTests
{
    private static readonly SchemaCatalog Catalog = SchemaCatalog.LoadEmbedded();
    private static readonly DateTimeOffset AsOf = Validity.CloseOf(new DateOnly(2024, 6, 30));
    private static readonly Entitlement Broker = Entitlement.OfBroker("B001");
    private static readonly NodeId Ann = new("Person", "broker-B001:ann");
    private static readonly NodeId Owned = new("Company", "registry:1");

    private InMemoryGraphStore store = null!;
    private int sets;

    [SetUp]
    public async Task FillStore()
    {
        store = new InMemoryGraphStore(Catalog);
        await AppendAsync(
            Named(Owned, "registry"), Named(Ann, "broker-B001"), Named(new NodeId("Person", "broker-B002:bob"), "broker-B002"),
            Related("OWNS_ACCOUNT", Ann, new NodeId("Account", "broker-B001:1"), "broker-B001"));
    }

    [TearDown]
    public async Task CloseStore() => await store.DisposeAsync();

    [Test]
    public async Task ViewersOfALevelShareWhatIsOpen()
    {
        var provider = new SnapshotProvider(store);
        var one = await provider.GetAsync(AsOf, null, Broker);
        var two = await provider.GetAsync(AsOf, null, Entitlement.OfBroker("B002"));
        var open = await provider.GetAsync(AsOf, null, Entitlement.OfOpen(Sensitivity.Internal));
        Assert.That(one.Nodes.Members, Is.SameAs(open.Nodes.Members));
        Assert.That(two.Nodes.Members, Is.SameAs(open.Nodes.Members));
        Assert.That(one.Nodes.Find(Ann), Is.EqualTo(1));
        Assert.That(two.Nodes.Find(Ann), Is.EqualTo(-1));
    }

    [Test]
    [CancelAfter(60_000)]
    public async Task ViewersWhoAskAtOnceHoldNoTurnThatWhatTheyShareWaitsFor(CancellationToken cancellation)
    {
        var provider = new SnapshotProvider(store, new SnapshotProviderOptions { BuildsAtOnce = 1 });
        Entitlement[] viewers = [.. Enumerable.Range(0, 8).Select(i => Entitlement.OfBroker($"B00{i}")), Entitlement.OfClient(Ann)];
        var snapshots = await Task.WhenAll(viewers.Select(viewer => provider.GetAsync(AsOf, null, viewer, cancellation).AsTask()));
        Assert.That(snapshots.Take(8).Select(snapshot => snapshot.Nodes.Members).Distinct().Count(), Is.EqualTo(1));
    }

    [Test]
    public async Task AWriteThatAViewerDoesNotSeeLeavesItsSnapshotAsItIs()
    {
        var provider = new SnapshotProvider(store);
        var (broker, client) = (await provider.GetAsync(AsOf, null, Broker), await provider.GetAsync(AsOf, null, Entitlement.OfClient(Ann)));
        await AppendAsync(Named(new NodeId("Person", "broker-B002:eve"), "broker-B002"));
        var later = await provider.GetAsync(AsOf, null, Broker);
        Assert.That(later.Nodes, Is.SameAs(broker.Nodes));
        Assert.That(later.Stamp.Version, Is.EqualTo(2));
        Assert.That(later.Covers(Named(Ann, "broker-B001")), Is.True);
        Assert.That((await provider.GetAsync(AsOf, null, Entitlement.OfClient(Ann))).Nodes, Is.SameAs(client.Nodes));
        Assert.That((await provider.GetAsync(AsOf, broker.Stamp.KnownAt.AddHours(-1), Broker)).Nodes.Count, Is.Zero);
    }

    [TestCase("its own fact")]
    [TestCase("an open fact")]
    [TestCase("a judgement")]
    public async Task AWriteThatMayChangeWhatAViewerSeesMakesItsSnapshotAnew(string what)
    {
        var provider = new SnapshotProvider(store);
        var before = await provider.GetAsync(AsOf, null, Broker);
        await AppendAsync(what switch
        {
            "its own fact" => Named(new NodeId("Person", "broker-B001:cid"), "broker-B001"),
            "an open fact" => Named(new NodeId("Company", "registry:2"), "registry"),
            _ => Judged(Ann, new NodeId("Person", "broker-B002:bob")),
        });
        await AssertAsBuiltAsync(provider, Broker);
        Assert.That((await provider.GetAsync(AsOf, null, Broker)).Nodes, Is.Not.SameAs(before.Nodes));
    }

    [Test]
    public async Task WhatComesToBelongToAClientLaterIsSeen()
    {
        var (provider, client) = (new SnapshotProvider(store), Entitlement.OfClient(Ann));
        await provider.GetAsync(AsOf, null, client);
        var (account, device) = (new NodeId("Account", "broker-B002:9"), new NodeId("Device", "d"));
        await AppendAsync(Related("OWNS_ACCOUNT", Ann, account, "broker-B002"));
        await AssertAsBuiltAsync(provider, client);
        await AppendAsync(Related("SIGNED_IN", device, account, "broker-B002"));
        await AssertAsBuiltAsync(provider, client);
        Assert.That((await provider.GetAsync(AsOf, null, client)).Nodes.Find(device), Is.GreaterThan(0));
        await store.AppendAsync(new ChangeSet("gone", AsOf, "test", [Change.Retract(Related("OWNS_ACCOUNT", Ann, account, "broker-B002"))]));
        await AssertAsBuiltAsync(provider, client);
        Assert.That((await provider.GetAsync(AsOf, null, client)).Nodes.Find(device), Is.EqualTo(-1));
    }

    [Test]
    public async Task HistoriesSeenThroughAProviderAreThoseBuiltFromNothing()
    {
        for (var seed = 0; seed < 40; seed++)
        {
            await using var history = new InMemoryGraphStore(Catalog);
            var changes = new RandomChanges(seed, parties: 4) { Sources = RandomChanges.SeveralBrokers, WithForeignRecords = seed % 2 == 0 };
            for (var i = 0; i < 4; i++) await history.AppendAsync(changes.Next(40));
            var provider = new SnapshotProvider(history);
            Entitlement[] viewers = [Broker, Entitlement.OfBroker("B002"), Entitlement.OfClient(new NodeId("Person", "broker-B001:P01")), Entitlement.Public];
            for (var step = 0; step < 6; step++)
            {
                foreach (var viewer in viewers)
                {
                    var built = await SnapshotBuilder.BuildAsync(history, await history.GetVersionAsync(), AsOf, viewer);
                    var taken = await provider.GetAsync(AsOf, null, viewer);
                    Assert.That(taken.Stamp, Is.EqualTo(built.Stamp));
                    Assert.That(SnapshotComparison.FirstDifference(built, taken), Is.Null, $"seed {seed}, step {step}, {viewer}");
                }

                await history.AppendAsync(changes.Next(1 + (step % 3)));
            }
        }
    }

    [Test]
    public async Task DaysThatArePassedTogetherAreThoseBuiltOneByOne()
    {
        for (var seed = 0; seed < 20; seed++)
        {
            await using var history = new InMemoryGraphStore(Catalog);
            var changes = new RandomChanges(seed, parties: 4) { Sources = RandomChanges.SeveralBrokers, WithForeignRecords = seed % 2 == 0 };
            for (var i = 0; i < 4; i++) await history.AppendAsync(changes.Next(40));
            var (provider, version) = (new SnapshotProvider(history), await history.GetVersionAsync());
            var days = Enumerable.Range(0, 6).Select(month => AsOf.AddMonths(-2 * month)).ToList();
            await provider.GetAsync(days[1]);
            foreach (var viewer in (Entitlement[])[Entitlement.Whole, Entitlement.Public, Broker, Entitlement.OfClient(new NodeId("Person", "broker-B001:P01"))])
            {
                var passed = await provider.PassAllAsync(days, null, viewer);
                for (var day = 0; day < days.Count; day++)
                {
                    var built = await SnapshotBuilder.BuildAsync(history, version, days[day], viewer);
                    Assert.That(passed[day].Stamp, Is.EqualTo(built.Stamp));
                    Assert.That(SnapshotComparison.FirstDifference(built, passed[day]), Is.Null, $"seed {seed}, {viewer}, {days[day]:yyyy-MM-dd}");
                }
            }
        }
    }

    [Test]
    public async Task WhatIsTooMuchForAnOverlayIsBuiltFromNothing()
    {
        await AppendAsync([.. Enumerable.Range(0, 60).Select(i => (Fact)Related("HOLDS", new NodeId("Person", $"registry:{i}"), Owned, "registry"))]);
        await AppendAsync(Related("HOLDS", new NodeId("Person", "registry:5"), Owned, "broker-B001"));
        var provider = new SnapshotProvider(store, new SnapshotProviderOptions { OverlayWork = 0 });
        var whole = await provider.GetAsync(AsOf, null, Broker);
        Assert.That(whole.Nodes.Members, Is.Not.SameAs((await provider.GetAsync(AsOf, null, Broker.Open)).Nodes.Members));
        Assert.That(whole.OwnBytes, Is.GreaterThan(1_000), "it counts with all it has");
        await AssertAsBuiltAsync(provider, Broker);
    }

    [Test]
    public async Task ViewersSnapshotsAreForgottenByNumberAndByBytes()
    {
        var few = new SnapshotProvider(store, new SnapshotProviderOptions { EntitledCapacity = 1 });
        var small = new SnapshotProvider(store, new SnapshotProviderOptions { EntitledBytes = 1 });
        foreach (var provider in (SnapshotProvider[])[few, small])
        {
            var first = await provider.GetAsync(AsOf, null, Broker);
            Assert.That(await provider.GetAsync(AsOf, null, Broker), Is.SameAs(first), "the last one is kept whatever it takes");
            await provider.GetAsync(AsOf, null, Entitlement.OfBroker("B002"));
            Assert.That(await provider.GetAsync(AsOf, null, Broker), Is.Not.SameAs(first));
        }
    }

    [Test]
    public async Task WhatIsOpenIsKeptInTheFolderUnderItsOwnName()
    {
        using var folder = new TemporaryFolder();
        var options = new SnapshotProviderOptions { Folder = folder.PathOf("kept"), Report = message => Assert.Fail(message) };
        var first = new SnapshotProvider(store, options);
        await first.GetAsync(AsOf);
        await first.GetAsync(AsOf, null, Broker);
        await first.GetAsync(AsOf, null, Entitlement.OfClient(Ann));
        await first.SaveAsync();
        var files = Directory.GetFiles(options.Folder!).Select(Path.GetFileName).Order(StringComparer.Ordinal).ToArray();
        var name = $"{AsOf.ToUnixTimeMilliseconds()}_1.snapshot";
        Assert.That(files, Is.EquivalentTo(new[] { name, $"open1_{name}", $"open2_{name}" }));
        var again = new SnapshotProvider(store, options);
        await AssertAsBuiltAsync(again, Broker);
        Assert.That((await again.GetAsync(AsOf)).Nodes.Count, Is.EqualTo(4));
    }

    [Test]
    public async Task AFileOfTheWholeUnderTheNameOfWhatIsOpenIsRefused()
    {
        using var folder = new TemporaryFolder();
        var reports = new List<string>();
        var options = new SnapshotProviderOptions { Folder = folder.PathOf("kept"), Report = reports.Add };
        var first = new SnapshotProvider(store, options);
        await first.GetAsync(AsOf);
        await first.SaveAsync();
        var name = $"{AsOf.ToUnixTimeMilliseconds()}_1.snapshot";
        File.Copy(Path.Combine(options.Folder!, name), Path.Combine(options.Folder!, $"open2_{name}"));
        var second = new SnapshotProvider(store, options);
        var open = await second.GetAsync(AsOf, null, Broker.Open);
        await second.SaveAsync();
        Assert.That(open.Nodes.Find(Ann), Is.EqualTo(-1));
        Assert.That(reports, Has.Some.Contains("shows something else than its name says"));
    }

    private async Task AssertAsBuiltAsync(SnapshotProvider provider, Entitlement entitlement)
    {
        var built = await SnapshotBuilder.BuildAsync(store, await store.GetVersionAsync(), AsOf, entitlement);
        Assert.That(SnapshotComparison.FirstDifference(built, await provider.GetAsync(AsOf, null, entitlement)), Is.Null);
    }

    private async Task AppendAsync(params Fact[] facts) =>
        await store.AppendAsync(new ChangeSet($"{sets++}", AsOf, "test", [.. facts.Select(Change.Assert)]));

    private static NodeFact Named(NodeId node, string source) => new(
        node, Properties.Of(("name", PropertyValue.Of("甲"))), Validity.Always, new Provenance(source, node.Key, 0.9m));

    private static RelationshipFact Related(string type, NodeId from, NodeId to, string source) => new(
        type, from, to, "", Properties.None, Validity.Always, new Provenance(source, "1", 0.9m));

    private static RelationshipFact Judged(NodeId from, NodeId to) => new(
        SchemaCatalog.SameAs, from, to, "",
        Properties.Of(("verdict", PropertyValue.OfEnum("MATCH")), ("judge", PropertyValue.Of("test"))),
        Validity.Always, new Provenance("resolution", "1", 1));
}
