using GraphRisk.Graph.Facts;
using GraphRisk.Graph.Schema;
using GraphRisk.Graph.Snapshots;
using GraphRisk.Graph.Store;
using GraphRisk.TestKit;

namespace GraphRisk.Stores.Tests.Contract;

/// <summary>Yesterday's answer can be given again tomorrow.</summary>
public abstract partial class GraphStoreContract
{
    [Test]
    public async Task AfterTwoHundredLaterSetsWithMergesAndRevocationsAnOldKnownAtGivesTheSameBytes()
    {
        var changes = new RandomChanges(17);
        for (var i = 0; i < 40; i++) await Store.AppendAsync(changes.Next(30));
        var knownAt = (await Store.GetVersionAsync()).RecordedAt;
        DateTimeOffset[] instants = [Noon.AddYears(-3), Noon, DateTimeOffset.MaxValue.AddDays(-1)];
        var before = await BytesAsync(knownAt, instants);

        int merges = 0, revocations = 0;
        for (var i = 0; i < 200; i++)
        {
            var set = changes.Next(20);
            await Store.AppendAsync(set);
            var judgements = set.Changes.Where(change => change.Fact.Type == SchemaCatalog.SameAs).ToList();
            merges += judgements.Count(change => change.Kind == ChangeKind.Assert);
            revocations += judgements.Count(change => change.Kind == ChangeKind.Retract);
        }

        Assert.That((merges, revocations), Is.GreaterThan((100, 20)));
        var after = await BytesAsync(knownAt, instants);
        for (var i = 0; i < instants.Length; i++)
            Assert.That(after[i].SequenceEqual(before[i]), Is.True, $"as of {instants[i]:O}");
        Assert.That((await BytesAsync(DateTimeOffset.MaxValue, instants))[1].SequenceEqual(before[1]), Is.False);
    }

    [Test]
    public async Task ATombstoneIsInTheLogAndInNoReading()
    {
        var (node, origin) = (new NodeId("Person", Tombstone.KeyOf(1, 7)), new Provenance("registry", Tombstone.RecordOf(1), 0.9m));
        Fact[] erased =
        [
            new NodeFact(node, Properties.None, Tombstone.ValidityOf(0), origin), new NodeFact(node, Properties.None, Tombstone.ValidityOf(1), origin),
            new RelationshipFact("HOLDS", node, Owned, "", Properties.None, Tombstone.ValidityOf(2), origin),
        ];
        Assert.That((await Store.AppendAsync(new ChangeSet("erased", Noon, "test", [.. erased.Select(Change.Assert)]))).Asserted, Is.EqualTo(3));
        Assert.That((await Store.AppendAsync(new ChangeSet("again", Noon, "test", [Change.Assert(erased[0] with { Provenance = origin with { RecordKey = Tombstone.RecordOf(2) } })]))).Asserted, Is.EqualTo(1));
        Assert.That((await Store.ReadChangesAsync(0).ToListAsync()).Select(recorded => recorded.Fact.Id), Is.EqualTo(erased.Append(erased[0]).Select(fact => fact.Id)));
        Assert.That(await Store.ReadAsync(ReadScope.All(2)).ToListAsync(), Is.Empty);
        Assert.That(await Store.FindAsync(node, 2, withRelationships: true), Is.Empty);
        Assert.That(await Store.FindAsync(Owned, 2, withRelationships: true), Is.Empty);
        Assert.That((await SnapshotBuilder.BuildAsync(Store, await Store.GetVersionAsync(), Validity.EndOfTime)).Nodes.Find(node), Is.Negative);
        Assert.That(async () => await Store.AppendAsync(new ChangeSet("empty", Noon, "test", [Change.Assert(new NodeFact(Holder, Properties.None, Validity.Always, origin))])), Throws.InstanceOf<InvalidFactException>(), "none but a tombstone says nothing");
    }

    private async Task<List<byte[]>> BytesAsync(DateTimeOffset knownAt, DateTimeOffset[] instants)
    {
        var bytes = new List<byte[]>();
        foreach (var asOf in instants)
        {
            var version = await Store.GetVersionAsync(knownAt);
            using var stream = new MemoryStream();
            SnapshotFile.Write(await SnapshotBuilder.BuildAsync(Store, version, asOf), stream);
            bytes.Add(stream.ToArray());
        }

        return bytes;
    }
}
