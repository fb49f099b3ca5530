using System.Text;
using GraphRisk.Graph.Facts;
using GraphRisk.Graph.Schema;
using GraphRisk.Graph.Store;
using GraphRisk.Stores.Copy;
using GraphRisk.Stores.Erasure;
using GraphRisk.Stores.Export;
using GraphRisk.Stores.Sqlite;
using GraphRisk.TestKit;

namespace GraphRisk.Stores.Tests.Erasure;

/// <summary>Clients taken out of random histories with corrections, retractions and sets that change nothing.</summary>
public sealed class StoreErasureTests
{
    private static readonly SchemaCatalog Catalog = SchemaCatalog.LoadEmbedded();
    private static readonly DateTimeOffset At = new(2026, 3, 1, 0, 0, 0, TimeSpan.Zero);
    private TemporaryFolder folder = null!;

    [SetUp]
    public void Make() => folder = new TemporaryFolder();

    [TearDown]
    public void Delete() => folder.Dispose();

    [Test]
    public async Task WhatIsLeftIsTheRestAtEveryVersionAndTheLogHasNoGap()
    {
        for (var seed = 0; seed < 4; seed++)
        {
            await using var store = await FilledAsync($"source-{seed}", seed);
            var parties = (await store.ReadChangesAsync(0).ToListAsync()).Select(recorded => recorded.Fact).OfType<NodeFact>().Where(fact => Catalog.Node(fact.Node.Type).IsParty).Select(fact => fact.Node).Distinct().Order().ToList();
            NodeId[] erased = [parties[seed], parties[^(seed + 1)]];
            var plan = await StoreErasure.PlanAsync(store, erased);
            var path = folder.PathOf($"erased-{seed}.db");
            var told = await StoreErasure.RewriteAsync(store, plan, path, At);
            await using var left = Open(path);
            Assert.That((told.Tombstones, told.Struck), Is.EqualTo((plan.Tombstones, plan.Struck)));
            Assert.That(told.Tombstones, Is.Positive);
            Assert.That(await left.CheckAsync(), Is.Empty);
            Assert.That((told.HashBefore, told.HashAfter), Is.EqualTo((await ContentHash.ComputeAsync(store), await ContentHash.ComputeAsync(left))));
            Assert.That(told.HashAfter, Is.Not.EqualTo(told.HashBefore));
            Assert.That((await StoreErasure.NotedAsync(left)).Single(), Is.EqualTo(new NotedErasure(1, At, told.Version, told.HashBefore, told.HashAfter)));
            Assert.That((await left.ReadSetsAsync(0).ToListAsync()).Select(set => set.Version), Is.EqualTo((await store.ReadSetsAsync(0).ToListAsync()).Select(set => set.Version)));
            Assert.That((await left.ReadChangesAsync(0).ToListAsync()).Select(recorded => (recorded.Sequence, recorded.FirstSequence, recorded.Version, recorded.Kind)),
                Is.EqualTo((await store.ReadChangesAsync(0).ToListAsync()).Select(recorded => (recorded.Sequence, recorded.FirstSequence, recorded.Version, recorded.Kind))));
            foreach (var version in new[] { 1, told.Version / 2, told.Version })
            {
                foreach (var scope in new[] { ReadScope.All(version), new ReadScope(version, new DateTimeOffset(2024, 1, 2, 0, 0, 0, TimeSpan.Zero)) })
                {
                    var rest = (await store.ReadAsync(scope).ToListAsync()).Where(recorded => !EndsOf(recorded.Fact).Any(plan.Nodes.Contains)).Select(recorded => recorded.Sequence);
                    Assert.That((await left.ReadAsync(scope).ToListAsync()).Select(recorded => recorded.Sequence), Is.EqualTo(rest), $"seed {seed}, version {version}");
                }
            }

            foreach (var node in plan.Nodes) Assert.That(await left.FindAsync(node, told.Version, withRelationships: true), Is.Empty);
            Assert.That(await left.GetMarkAsync(told.Version), Is.Not.EqualTo(await store.GetMarkAsync(told.Version)), "what was derived does not answer for it");
            await HoldsNothingAsync(path, left, plan);
        }
    }

    [Test]
    public async Task WhatIsLeftIsCopiedExportedBackedUpAndErasedFromAgain()
    {
        await using var store = await FilledAsync("source", 9);
        var parties = (await store.ReadChangesAsync(0).ToListAsync()).Select(recorded => recorded.Fact).OfType<NodeFact>().Where(fact => fact.Node.Type == "Person").Select(fact => fact.Node).Distinct().Order().ToList();
        await StoreErasure.RewriteAsync(store, await StoreErasure.PlanAsync(store, [parties[0]]), folder.PathOf("once.db"), At);
        await using var once = Open(folder.PathOf("once.db"));
        var again = await StoreErasure.RewriteAsync(once, await StoreErasure.PlanAsync(once, [parties[1]]), folder.PathOf("twice.db"), At.AddDays(1));
        await using var twice = Open(folder.PathOf("twice.db"));
        Assert.That((again.Number, (await StoreErasure.NotedAsync(twice)).Count), Is.EqualTo((2, 2)));
        Assert.That(await twice.CheckAsync(), Is.Empty);
        Assert.That((await twice.ReadChangesAsync(0).ToListAsync()).Select(recorded => recorded.Fact.Id).Distinct().Count(), Is.EqualTo((await store.ReadChangesAsync(0).ToListAsync()).Select(recorded => recorded.Fact.Id).Distinct().Count()));

        var hash = await ContentHash.ComputeAsync(twice);
        await using (var copy = Open(folder.PathOf("copy.db"), mayMake: true)) Assert.That((await StoreCopy.RunAsync(twice, copy)).ContentHash, Is.EqualTo(hash));
        using var memory = new MemoryStream();
        var version = await twice.GetVersionAsync();
        await StoreArchive.WriteAsync(twice, null, version, memory);
        await StoreArchive.RestoreAsync(folder.PathOf("restored.db"), Catalog, [() => new MemoryStream(memory.ToArray())], version.Number);
        await using (var restored = Open(folder.PathOf("restored.db")))
            Assert.That((await ContentHash.ComputeAsync(restored), (await StoreErasure.NotedAsync(restored)).Count), Is.EqualTo((hash, 2)));
        await using var imported = await ThroughExportAsync(twice, "imported.db");
        Assert.That(await ContentHash.ComputeAsync(imported), Is.EqualTo(hash));
    }

    [Test]
    public async Task AnExportedHistoryComesBackTheSame()
    {
        for (var seed = 20; seed < 23; seed++)
        {
            await using var store = await FilledAsync($"exported-{seed}", seed);
            await using var back = await ThroughExportAsync(store, $"imported-{seed}.db");
            Assert.That(await back.ReadChangesAsync(0).ToListAsync(), Is.EqualTo(await store.ReadChangesAsync(0).ToListAsync()));
            Assert.That(await back.ReadSetsAsync(0).ToListAsync(), Is.EqualTo(await store.ReadSetsAsync(0).ToListAsync()));
            Assert.That(await ((IIdleSets)back).ReadIdleSetsAsync().ToListAsync(), Is.EqualTo(await ((IIdleSets)store).ReadIdleSetsAsync().ToListAsync()).And.Not.Empty);
        }
    }

    [Test]
    public async Task ASharedAccountStaysAndANameInCommonIsNotStruckOut()
    {
        await using var store = Open(folder.PathOf("shared.db"), mayMake: true);
        var (wei, na) = (new NodeId("Person", "broker-B001:1000001"), new NodeId("Person", "broker-B001:1000002"));
        var (own, joint) = (new NodeId("Account", "broker-B001:A700001"), new NodeId("Account", "broker-B001:A700002"));
        Fact[] facts =
        [
            Node(wei, ("name", "王伟伟"), ("phone", "13912345678"), ("residentId", "11010519491231002X")), Node(na, ("name", "王伟伟"), ("phone", "13900000000")),
            Node(own), Node(joint), Tie("OWNS_ACCOUNT", wei, own), Tie("OWNS_ACCOUNT", wei, joint), Tie("OWNS_ACCOUNT", na, joint),
            Node(new NodeId("Document", "court:D1"), ("title", "王伟伟 11010519491231002X"), ("text", "电话13912345678的王伟伟。")),
        ];
        await store.AppendAsync(new ChangeSet("Person/broker-B001:1000001 wrote", At, "broker-B001:1000001", [.. facts.Select(Change.Assert)]));
        await store.AppendAsync(new ChangeSet("idle of 11010519491231002X", At, "", []));
        var plan = await StoreErasure.PlanAsync(store, [wei]);
        Assert.Multiple(() =>
        {
            Assert.That(plan.Nodes, Is.EquivalentTo(new[] { wei, own }));
            Assert.That(plan.Shared, Is.EqualTo(new[] { joint }));
            Assert.That(plan.Sought.Texts, Does.Contain("13912345678").And.Contain("11010519491231002X").And.Not.Contain("王伟伟"));
            Assert.That(plan.Ambiguous, Does.Contain("王伟伟"));
        });
        await StoreErasure.RewriteAsync(store, plan, folder.PathOf("left.db"), At);
        await using var left = Open(folder.PathOf("left.db"));
        var document = (NodeFact)(await left.FindAsync(new NodeId("Document", "court:D1"), 1)).Single().Fact;
        Assert.That(document.Properties.Single(property => property.Name == "text").Value.AsString(), Does.StartWith("电话██████████").And.EndWith("的王伟伟。").And.Length.EqualTo("电话13912345678的王伟伟。".Length));
        Assert.That((await left.FindAsync(joint, 1, withRelationships: true)).Select(recorded => recorded.Fact).OfType<RelationshipFact>().Select(tie => tie.From), Is.EqualTo(new[] { na }));
        Assert.That((await left.ReadSetsAsync(0).SingleAsync()).Id, Is.EqualTo("erased:1-set-1"));
        await HoldsNothingAsync(folder.PathOf("left.db"), left, plan);

        static NodeFact Node(NodeId id, params (string Name, string Value)[] fields) => new(
            id, Properties.Of(fields.Select(field => new Property(field.Name, PropertyValue.Of(field.Value)))), Validity.Since(new DateOnly(2024, 1, 1)), new Provenance("broker-B001", id.Key[(id.Key.IndexOf(':') + 1)..], 0.8m));
        static RelationshipFact Tie(string name, NodeId from, NodeId to) => new(name, from, to, "", Properties.None, Validity.Always, new Provenance("broker-B001", "1000001", 0.8m));
    }

    [Test]
    public async Task AStoreThatSomebodyHasOpenIsNotWrittenAnew()
    {
        await using (var store = await FilledAsync("open", 3))
            Assert.That(() => StoreErasure.RequireAlone(folder.PathOf("open"), Catalog), Throws.InstanceOf<StoreUnavailableException>().With.Message.Contains("stop it first"));
        Assert.That(() => StoreErasure.RequireAlone(folder.PathOf("open"), Catalog), Throws.Nothing);
        await using var again = Open(folder.PathOf("open"));
        Assert.That(await again.CheckAsync(), Is.Empty);
    }

    [TestCase("张三丰", "当事人张三丰，男", true)]
    [TestCase("张三丰", "张三", false)]
    [TestCase("13912345678", "tel:13912345678", true)]
    public void TextsAreFoundInEveryEncoding(string sought, string text, bool isThere)
    {
        var texts = new SoughtTexts([sought]);
        var escaped = string.Concat(text.Select(letter => letter < 128 ? letter.ToString() : $"\\u{(int)letter:X4}"));
        foreach (var bytes in new[] { Encoding.UTF8.GetBytes(text), Encoding.Unicode.GetBytes(text), Encoding.BigEndianUnicode.GetBytes(text), CodePagesEncodingProvider.Instance.GetEncoding("gb18030")!.GetBytes(text), Encoding.ASCII.GetBytes(escaped) })
        {
            Assert.That(texts.IsInAnyEncoding(bytes), Is.EqualTo(isThere));

            // Over the border of two pieces of a stream.
            using var stream = new MemoryStream([.. new byte[(1 << 20) - 3], .. bytes, .. new byte[100]]);
            Assert.That(texts.IsInAnyEncoding(stream, CancellationToken.None), Is.EqualTo(isThere));
        }

        Assert.That(texts.StrikeOut(text).Contains(sought, StringComparison.Ordinal), Is.False);
        Assert.That(new SoughtTexts(["李", "1234"]).Texts, Is.Empty, "too short to be looked for");
    }

    [TestCase("number 0060000001.", "number █████████1.")]
    [TestCase("10060000001 00600000012 A0060000001", "10060000001 00600000012 A0060000001")]
    [TestCase(@"{""a"":""x\n0060000001""}", @"{""a"":""x\n█████████1""}")]
    [TestCase(@"\u4e000060000001", @"\u4e00█████████1")]
    [TestCase("0060000001,10060000001,0060000001", "█████████1,10060000001,█████████1")]
    public void ANumberWithinALongerOneIsAnotherNumber(string text, string struck)
    {
        var texts = new SoughtTexts(["0060000001"]);
        Assert.That(texts.StrikeOut(text), Is.EqualTo(struck));
        Assert.That((texts.In(text).Any(), texts.Within(text).Any()), Is.EqualTo((struck != text, struck == text)));
    }

    private async Task<SqliteGraphStore> FilledAsync(string name, int seed)
    {
        var (store, changes) = (Open(folder.PathOf(name), mayMake: true), new RandomChanges(seed));
        for (var i = 0; i < 25; i++)
        {
            var set = changes.Next(25);
            await store.AppendAsync(set);
            if (i % 7 == 3) await store.AppendAsync(new ChangeSet($"idle-{i}", set.RecordedAt, "test", []));
        }

        return store;
    }

    private async Task<SqliteGraphStore> ThroughExportAsync(SqliteGraphStore store, string name)
    {
        using var sets = new MemoryStream();
        using var facts = new MemoryStream();
        using var idle = new MemoryStream();
        await StoreExport.WriteAsync(store, await store.GetVersionAsync(), sets, facts, idle);
        var back = Open(folder.PathOf(name), mayMake: true);
        await StoreExport.ReadAsync(back, Lines(sets), Lines(facts), Lines(idle));
        return back;

        static StringReader Lines(MemoryStream stream) => new(Encoding.UTF8.GetString(stream.ToArray()));
    }

    private static async Task HoldsNothingAsync(string path, SqliteGraphStore store, ErasurePlan plan)
    {
        foreach (var file in new[] { path, path + "-wal" }.Where(File.Exists))
        {
            await using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            Assert.That(plan.Swept.IsInAnyEncoding(stream, CancellationToken.None), Is.False, file);
        }

        foreach (var recorded in await store.ReadChangesAsync(0).ToListAsync()) Assert.That(EndsOf(recorded.Fact).Any(plan.Nodes.Contains), Is.False);
    }

    private static NodeId[] EndsOf(Fact fact) => fact is NodeFact node ? [node.Node] : [((RelationshipFact)fact).From, ((RelationshipFact)fact).To];

    private static SqliteGraphStore Open(string path, bool mayMake = false) => GraphStores.OpenSqlite(path, Catalog, new SqliteStoreOptions { MayMake = mayMake });
}
