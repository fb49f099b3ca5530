using GraphRisk.Graph.Facts;
using GraphRisk.Graph.Schema;
using GraphRisk.Graph.Snapshots;
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
