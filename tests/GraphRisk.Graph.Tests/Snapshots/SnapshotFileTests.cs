using System.Runtime.CompilerServices;
using GraphRisk.Graph.Facts;
using GraphRisk.Graph.Schema;
using GraphRisk.Graph.Snapshots;
using GraphRisk.Graph.Store;
using GraphRisk.TestKit;

namespace GraphRisk.Graph.Tests.Snapshots;

public sealed class SnapshotFileTests
{
    private static readonly SchemaCatalog Catalog = SchemaCatalog.LoadEmbedded();
    private static readonly DateTimeOffset AsOf = Validity.CloseOf(new DateOnly(2024, 6, 30));

    /// <summary>Mapped, as commands use a file, and read, as a server does.</summary>
    private static readonly Func<SchemaCatalog, string, Snapshot>[] Ways = [SnapshotFile.Map, SnapshotFile.Read];

    private readonly TemporaryFolder folder = new();
    private InMemoryGraphStore store = null!;
    private Snapshot snapshot = null!;
    private string path = null!;

    [OneTimeSetUp]
    public async Task WriteSnapshot()
    {
        store = new InMemoryGraphStore(Catalog);
        var changes = new RandomChanges(9);
        for (var i = 0; i < 20; i++) await store.AppendAsync(changes.Next(60));
        snapshot = await SnapshotBuilder.BuildAsync(store, await store.GetVersionAsync(), AsOf);
        path = folder.PathOf("whole.snapshot");
        SnapshotFile.Write(snapshot, path);
    }

    [OneTimeTearDown]
    public async Task Delete()
    {
        folder.Dispose();
        await store.DisposeAsync();
    }

    [Test]
    public void AMappedSnapshotAnswersLikeTheOneInMemory()
    {
        var mapped = SnapshotFile.Map(Catalog, path);
        Assert.That(mapped.Stamp, Is.EqualTo(snapshot.Stamp));
        Assert.That(mapped.Nodes.Count, Is.EqualTo(snapshot.Nodes.Count).And.GreaterThan(50));
        for (var node = 0; node < mapped.Nodes.Count; node++)
        {
            Assert.That(mapped.Nodes.IdOf(node), Is.EqualTo(snapshot.Nodes.IdOf(node)));
            Assert.That(mapped.Nodes.MembersOf(node), Is.EqualTo(snapshot.Nodes.MembersOf(node)));
            foreach (var member in mapped.Nodes.MembersOf(node)) Assert.That(mapped.Nodes.Find(member), Is.EqualTo(node));
            foreach (var field in mapped.Nodes.TypeOf(node).Fields)
            {
                Assert.That(mapped.Nodes.Get(node, field.Name), Is.EqualTo(snapshot.Nodes.Get(node, field.Name)));
                Assert.That(mapped.Nodes.GetSeries(node, field.Name).Values.ToArray(), Is.EqualTo(snapshot.Nodes.GetSeries(node, field.Name).Values.ToArray()));
            }
        }

        foreach (var (read, built) in mapped.Relationships.Zip(snapshot.Relationships))
        {
            Assert.That(read.Out.Targets.ToArray(), Is.EqualTo(built.Out.Targets.ToArray()));
            Assert.That(read.In.Offsets.ToArray(), Is.EqualTo(built.In.Offsets.ToArray()));
            foreach (var field in read.Type.Fields)
                for (var edge = 0; edge < read.Count; edge++)
                    Assert.That(read.Get(edge, field.Name), Is.EqualTo(built.Get(edge, field.Name)));
        }
    }

    [Test]
    public void ASnapshotOfAFileWrittenAgainHasTheSameBytes()
    {
        foreach (var open in Ways) Assert.That(SnapshotUpdaterTests.BytesOf(open(Catalog, path)).SequenceEqual(File.ReadAllBytes(path)), Is.True);
        Assert.That(SnapshotUpdaterTests.BytesOf(snapshot).SequenceEqual(File.ReadAllBytes(path)), Is.True);
    }

    [Test]
    public async Task AMappedSnapshotIsUpdatedLikeOneInMemory()
    {
        await using var later = new InMemoryGraphStore(Catalog);
        var changes = new RandomChanges(9) { WithJudgements = false, WithRetractions = false };
        for (var i = 0; i < 20; i++) await later.AppendAsync(changes.Next(60));
        SnapshotFile.Write(await SnapshotBuilder.BuildAsync(later, await later.GetVersionAsync(), AsOf), folder.PathOf("earlier.snapshot"));
        await later.AppendAsync(changes.Next(5));
        var update = await SnapshotUpdater.TryUpdateAsync(
            SnapshotFile.Map(Catalog, folder.PathOf("earlier.snapshot")), later, await later.GetVersionAsync());
        var rebuilt = await SnapshotBuilder.BuildAsync(later, await later.GetVersionAsync(), AsOf);
        Assert.That(SnapshotUpdaterTests.BytesOf(update!).SequenceEqual(SnapshotUpdaterTests.BytesOf(rebuilt)), Is.True);
    }

    [TestCaseSource(nameof(Ways))]
    public void AFileCutShortOrDeletedUnderItsSnapshotChangesNothingOfIt(Func<SchemaCatalog, string, Snapshot> open)
    {
        var file = folder.PathOf("under.snapshot");
        File.Copy(path, file);
        var opened = open(Catalog, file);
        using (var stream = new FileStream(file, FileMode.Open, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete)) stream.SetLength(0);
        File.Delete(file);
        Assert.That(SnapshotUpdaterTests.BytesOf(opened).SequenceEqual(File.ReadAllBytes(path)), Is.True);
        Assert.That(Directory.GetFiles(Path.GetDirectoryName(file)!, "under*"), Is.Empty, "its copy has no name");
    }

    [Test]
    public void WhatAKilledProcessLeftHalfWrittenGoesWithTheNextStart()
    {
        var kept = folder.PathOf("left-over");
        Directory.CreateDirectory(kept);
        File.WriteAllText(Path.Combine(kept, "1_2.snapshot.tmp"), "half");
        _ = new SnapshotProvider(store, new SnapshotProviderOptions { Folder = kept });
        Assert.That(Directory.GetFiles(kept), Is.Empty);
    }

    /// <summary>Held for as long as somebody does: a server that goes from day to day for months keeps no day that it left.</summary>
    [Test]
    public void WhatIsReadIntoMemoryIsGivenBack()
    {
        var left = Left();
        for (var i = 0; i < 10 && left.IsAlive; i++) GC.Collect();
        Assert.That(left.IsAlive, Is.False);

        [MethodImpl(MethodImplOptions.NoInlining)]
        WeakReference Left() => new(SnapshotFile.Read(Catalog, path));
    }

    [Test]
    public void AFileOfEveryCutLengthIsRefused()
    {
        var whole = File.ReadAllBytes(path);
        var cut = folder.PathOf("cut.snapshot");
        for (var length = 0; length < whole.Length; length += Math.Max(1, whole.Length / 97))
        {
            File.WriteAllBytes(cut, whole[..length]);
            foreach (var open in Ways) Assert.Throws<SnapshotFileException>(() => open(Catalog, cut), $"cut to {length} bytes");
        }
    }

    [Test]
    public void AFlippedBitIsRefusedOrOutsideOfWhatIsRead()
    {
        var whole = File.ReadAllBytes(path);
        var flipped = folder.PathOf("flipped.snapshot");
        var random = new Random(3);
        var refused = 0;
        for (var i = 0; i < 200; i++)
        {
            var at = random.Next(whole.Length);
            var bytes = (byte[])whole.Clone();
            bytes[at] ^= (byte)(1 << random.Next(8));
            File.WriteAllBytes(flipped, bytes);
            try
            {
                Assert.That(SnapshotUpdaterTests.BytesOf(Ways[i % Ways.Length](Catalog, flipped)).SequenceEqual(whole), Is.True, "what was accepted is sound");
            }
            catch (SnapshotFileException error)
            {
                Assert.That(error.Message, Does.Contain("flipped.snapshot"));
                refused++;
            }
        }

        Assert.That(refused, Is.GreaterThan(0));
    }

    [Test]
    public void ASnapshotOfAnotherSchemaIsRefused()
    {
        var other = SchemaCatalog.Load([("a.graphql", "type A @node @classified(level: 1) { x: String }")]);
        Assert.That(
            () => SnapshotFile.Map(other, path),
            Throws.TypeOf<SnapshotFileException>().With.Message.Contains("another schema"));
    }

    [Test]
    public void AFileThatIsNotThereIsRefused()
    {
        foreach (var open in Ways) Assert.Throws<SnapshotFileException>(() => open(Catalog, folder.PathOf("absent.snapshot")));
    }

    [Test]
    public async Task AProviderStartedAgainReadsWhatTheOneBeforeKept()
    {
        var options = new SnapshotProviderOptions { Folder = folder.PathOf("kept"), Report = message => Assert.Fail(message) };
        var before = new SnapshotProvider(store, options);
        await before.GetAsync(AsOf);
        await before.SaveAsync();
        var unreadable = new UnreadableStore(store);
        var after = await new SnapshotProvider(unreadable, options).GetAsync(AsOf);
        Assert.That(SnapshotUpdaterTests.BytesOf(after).SequenceEqual(File.ReadAllBytes(path)), Is.True);
    }

    [Test]
    public async Task ADamagedFileIsReportedAndBuiltAnew()
    {
        var kept = folder.PathOf("damaged");
        var reports = new List<string>();
        var options = new SnapshotProviderOptions { Folder = kept, Report = reports.Add };
        var provider = new SnapshotProvider(store, options);
        await provider.GetAsync(AsOf);
        await provider.SaveAsync();
        var file = Directory.GetFiles(kept).Single();
        using (var stream = File.OpenWrite(file)) stream.SetLength(stream.Length - 10);
        var again = new SnapshotProvider(store, options);
        Assert.That(SnapshotUpdaterTests.BytesOf(await again.GetAsync(AsOf)).SequenceEqual(File.ReadAllBytes(path)), Is.True);
        await again.SaveAsync();
        Assert.That(reports, Has.Count.EqualTo(1).And.Some.Contains("cut short"));
        Assert.That(File.ReadAllBytes(file).SequenceEqual(File.ReadAllBytes(path)), Is.True);
    }

    [Test]
    public async Task AFolderThatCannotBeWrittenIsReportedAndTheAnswerStillGiven()
    {
        var blocked = folder.PathOf("blocked");
        File.WriteAllText(blocked, "a file where the folder should be");
        var reports = new List<string>();
        var provider = new SnapshotProvider(store, new SnapshotProviderOptions { Folder = blocked, Report = reports.Add });
        Assert.That((await provider.GetAsync(AsOf)).Nodes.Count, Is.EqualTo(snapshot.Nodes.Count));
        await provider.SaveAsync();
        Assert.That(reports, Is.Not.Empty.And.All.Contains("cannot be kept"));
    }

    /// <summary>Knows its version and history and gives no facts.</summary>
    private sealed class UnreadableStore(IGraphStore inner) : IGraphStore
    {
        public SchemaCatalog Catalog => inner.Catalog;

        public ValueTask<StoreVersion> GetVersionAsync(CancellationToken cancellation = default) => inner.GetVersionAsync(cancellation);

        public ValueTask<StoreVersion> GetVersionAsync(DateTimeOffset knownAt, CancellationToken cancellation = default) =>
            inner.GetVersionAsync(knownAt, cancellation);

        public ValueTask<StoreMark?> GetMarkAsync(long version, CancellationToken cancellation = default) => inner.GetMarkAsync(version, cancellation);

        public ValueTask<AppendResult> AppendAsync(ChangeSet changes, CancellationToken cancellation = default) => throw Refusal();

        public IAsyncEnumerable<RecordedFact> ReadAsync(ReadScope scope, CancellationToken cancellation = default) => throw Refusal();

        public IAsyncEnumerable<RecordedFact> ReadChangesAsync(long afterVersion, CancellationToken cancellation = default) => throw Refusal();

        public IAsyncEnumerable<RecordedSet> ReadSetsAsync(long afterVersion, CancellationToken cancellation = default) => throw Refusal();

        public ValueTask<IReadOnlyList<RecordedFact>> FindAsync(
            NodeId node, long atVersion, bool withRelationships = false, CancellationToken cancellation = default) => throw Refusal();

        public ValueTask<IReadOnlyList<NodeId>> FindByIdentifierAsync(
            string scheme, string value, long atVersion, CancellationToken cancellation = default) => throw Refusal();

        public ValueTask<IReadOnlyList<string>> CheckAsync(CancellationToken cancellation = default) => throw Refusal();

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;

        private static InvalidOperationException Refusal() => new("The store was read.");
    }
}
