using GraphRisk.Graph.Facts;
using GraphRisk.Graph.Schema;
using GraphRisk.Graph.Store;
using GraphRisk.TestKit;

namespace GraphRisk.Stores.Tests.Contract;

/// <summary>
/// What every store answers alike. A store joins by an heir that opens an empty one; nothing here knows which it is.
/// </summary>
public abstract partial class GraphStoreContract
{
    private static readonly DateTimeOffset Noon = new(2024, 6, 30, 12, 0, 0, TimeSpan.Zero);
    private static readonly NodeId Holder = new("Person", "registry:P1");
    private static readonly NodeId Owned = new("Company", "registry:C1");

    /// <summary>The schema of the stores under test.</summary>
    protected static SchemaCatalog Catalog { get; } = SchemaCatalog.LoadEmbedded();

    /// <summary>The store under test, empty at the start of each test.</summary>
    protected IGraphStore Store { get; set; } = null!;

    /// <summary>Opens an empty store. One opened before may be empty then too: a server may hold but one.</summary>
    protected abstract Task<IGraphStore> OpenEmptyAsync();

    [SetUp]
    public async Task OpenStore() => Store = await OpenEmptyAsync();

    [TearDown]
    public async Task CloseStore() => await Store.DisposeAsync();

    [Test]
    public async Task AnEmptyStoreHasNoVersionAndNoFacts()
    {
        Assert.That(await Store.GetVersionAsync(), Is.EqualTo(StoreVersion.Empty));
        Assert.That(await Store.GetVersionAsync(Noon), Is.EqualTo(StoreVersion.Empty));
        Assert.That(await ReadAllAsync(0), Is.Empty);
        Assert.That(await Store.ReadChangesAsync(0).ToListAsync(), Is.Empty);
        Assert.That(await Store.ReadSetsAsync(0).ToListAsync(), Is.Empty);
        Assert.That(await Store.FindAsync(Holder, 0, withRelationships: true), Is.Empty);
        Assert.That(await Store.FindByIdentifierAsync("USCC", "x", 0), Is.Empty);
    }

    [Test]
    public async Task ASetBecomesKnownAsAWholeUnderOneVersion()
    {
        var result = await AppendAsync("a", Change.Assert(Named("甲")), Change.Assert(Holding(0.3m)));
        Assert.That(result, Is.EqualTo(new AppendResult(new StoreVersion(1, Noon), 2, 0, AlreadyKnown: false)));
        var recorded = await Store.ReadAsync(ReadScope.All(1)).ToListAsync();
        Assert.That(recorded, Is.EqualTo(new[]
        {
            new RecordedFact(Named("甲"), ChangeKind.Assert, 1, Noon, 1, 1),
            new RecordedFact(Holding(0.3m), ChangeKind.Assert, 1, Noon, 2, 2),
        }));
    }

    [Test]
    public async Task AppendingASetAgainChangesNothing()
    {
        await AppendAsync("a", Change.Assert(Named("甲")));
        await AppendAsync("b", Change.Assert(Named("乙")));
        var again = await AppendAsync("a", Change.Assert(Named("甲")));
        Assert.That(again, Is.EqualTo(new AppendResult(new StoreVersion(2, Noon), 0, 0, AlreadyKnown: true)));
        Assert.That(await ReadAllAsync(2), Is.EqualTo(new[] { Named("乙") }));
    }

    [Test]
    public async Task ASetThatSaysOnlyWhatIsKnownMakesNoVersionYetItsIdIsKnown()
    {
        await AppendAsync("a", Change.Assert(Named("甲")));
        var idle = await AppendAsync("b", Change.Assert(Named("甲")), Change.Retract(Holding(0.3m)));
        Assert.That(idle, Is.EqualTo(new AppendResult(new StoreVersion(1, Noon), 0, 0, AlreadyKnown: false)));
        await AppendAsync("c", Change.Retract(Named("甲")));
        Assert.That((await AppendAsync("b", Change.Assert(Named("甲")))).AlreadyKnown, Is.True);
        Assert.That(await ReadAllAsync(2), Is.Empty);
    }

    [Test]
    public async Task AnEmptySetMakesNoVersion()
    {
        Assert.That((await AppendAsync("a")).Version, Is.EqualTo(StoreVersion.Empty));
        Assert.That((await AppendAsync("a")).AlreadyKnown, Is.True);
    }

    [Test]
    public async Task OneUnsoundFactKeepsTheWholeSetOut()
    {
        var unsound = Holding(1.5m);
        Assert.ThrowsAsync<InvalidFactException>(() => AppendAsync("a", Change.Assert(Named("甲")), Change.Assert(unsound)));
        Assert.That(await Store.GetVersionAsync(), Is.EqualTo(StoreVersion.Empty));
        Assert.That((await AppendAsync("a", Change.Assert(Named("甲")))).AlreadyKnown, Is.False);
    }

    [Test]
    public async Task ASetThatRestsOnAnOlderVersionIsRefusedAndCanBeSentAgain()
    {
        await AppendAsync("a", Change.Assert(Named("甲")));
        var resting = new ChangeSet("b", Noon, "test", [Change.Assert(Named("乙"))]) { ExpectedVersion = 0 };
        var refusal = Assert.ThrowsAsync<VersionConflictException>(async () => await Store.AppendAsync(resting));
        Assert.That(refusal!.Newest, Is.EqualTo(1));
        Assert.That(await ReadAllAsync(1), Is.EqualTo(new[] { Named("甲") }));
        Assert.That((await Store.AppendAsync(resting with { ExpectedVersion = 1 })).Asserted, Is.EqualTo(1));
        Assert.That((await Store.AppendAsync(resting)).AlreadyKnown, Is.True, "what was sent twice counts once, whatever has come since");
    }

    [Test]
    public async Task OfManyWhoRestOnOneVersionOneIsHeard()
    {
        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(async writer =>
        {
            try
            {
                return (await Store.AppendAsync(new ChangeSet($"w{writer}", Noon, "test", [Change.Assert(Named($"甲{writer}"))]) { ExpectedVersion = 0 })).Asserted;
            }
            catch (VersionConflictException)
            {
                return 0;
            }
        }));
        Assert.That((answers.Sum(), (await Store.GetVersionAsync()).Number), Is.EqualTo((1, 1L)));
    }

    [Test]
    public void ASetWithoutAnIdIsRefused() =>
        Assert.ThrowsAsync<ArgumentException>(() => AppendAsync("", Change.Assert(Named("甲"))));

    [Test]
    public async Task OfSeveralChangesOnOneFactTheLastCountsAtItsPlace()
    {
        await AppendAsync(
            "a", Change.Assert(Named("甲")), Change.Assert(Holding(0.1m)), Change.Retract(Holding(0.1m)), Change.Assert(Named("乙")));
        var recorded = await Store.ReadChangesAsync(0).ToListAsync();
        Assert.That(recorded, Is.EqualTo(new[] { new RecordedFact(Named("乙"), ChangeKind.Assert, 1, Noon, 1, 1) }));
    }

    [Test]
    public async Task ACorrectionKeepsThePlaceOfTheFirstRecording()
    {
        await AppendAsync("a", Change.Assert(Named("甲")), Change.Assert(Holding(0.1m)));
        await AppendAsync("b", Change.Assert(Named("乙")));
        var recorded = await Store.ReadAsync(ReadScope.All(2)).ToListAsync();
        Assert.That(recorded[0], Is.EqualTo(new RecordedFact(Named("乙"), ChangeKind.Assert, 2, Noon, 3, 1)));
        Assert.That(recorded[1].Fact, Is.EqualTo(Holding(0.1m)));
        Assert.That(await ReadAllAsync(1), Is.EqualTo(new Fact[] { Named("甲"), Holding(0.1m) }));
    }

    [Test]
    public async Task ARetractedFactIsGoneAndStillReadableAsOfItsTime()
    {
        await AppendAsync("a", Change.Assert(Named("甲")));
        await AppendAsync("b", Change.Retract(Named("甲")));
        Assert.That(await ReadAllAsync(2), Is.Empty);
        Assert.That(await Store.FindAsync(Owned, 2), Is.Empty);
        Assert.That(await ReadAllAsync(1), Is.EqualTo(new[] { Named("甲") }));
        Assert.That(await Store.FindAsync(Owned, 1), Has.Count.EqualTo(1));
    }

    [Test]
    public async Task ARetractionIsRecordedWithTheContentThatWasKnown()
    {
        await AppendAsync("a", Change.Assert(Named("甲")));
        await AppendAsync("b", Change.Retract(Named("other words")));
        var last = await Store.ReadChangesAsync(1).SingleAsync();
        Assert.That(last, Is.EqualTo(new RecordedFact(Named("甲"), ChangeKind.Retract, 2, Noon, 2, 1)));
    }

    [Test]
    public async Task AFactSaidAgainAfterItsRetractionTakesItsOldPlace()
    {
        await AppendAsync("a", Change.Assert(Named("甲")), Change.Assert(Holding(0.1m)));
        await AppendAsync("b", Change.Retract(Named("甲")));
        Assert.That((await AppendAsync("c", Change.Assert(Named("甲")))).Asserted, Is.EqualTo(1));
        Assert.That(await ReadAllAsync(3), Is.EqualTo(new Fact[] { Named("甲"), Holding(0.1m) }));
    }

    [Test]
    public async Task TheTimeOfRecordingNeverGoesBack()
    {
        await AppendAsync("a", Noon, Change.Assert(Named("甲")));
        var second = await AppendAsync("b", Noon.AddHours(-1), Change.Assert(Named("乙")));
        var third = await AppendAsync("c", Noon.AddTicks(12_345_678), Change.Assert(Named("丙")));
        Assert.That(second.Version, Is.EqualTo(new StoreVersion(2, Noon)));
        Assert.That(third.Version, Is.EqualTo(new StoreVersion(3, Noon.AddMilliseconds(1234))));
        Assert.That(await Store.GetVersionAsync(), Is.EqualTo(third.Version));
    }

    [Test]
    public async Task TheVersionAtAnInstantIsTheNewestRecordedByThen()
    {
        await AppendAsync("a", Noon, Change.Assert(Named("甲")));
        await AppendAsync("b", Noon, Change.Assert(Named("乙")));
        await AppendAsync("c", Noon.AddHours(1), Change.Assert(Named("丙")));
        Assert.That(await Store.GetVersionAsync(Noon.AddMilliseconds(-1)), Is.EqualTo(StoreVersion.Empty));
        Assert.That((await Store.GetVersionAsync(Noon)).Number, Is.EqualTo(2));
        Assert.That((await Store.GetVersionAsync(Noon.AddMinutes(59))).Number, Is.EqualTo(2));
        Assert.That((await Store.GetVersionAsync(Noon.AddHours(1))).Number, Is.EqualTo(3));
        Assert.That((await Store.GetVersionAsync(DateTimeOffset.MaxValue)).Number, Is.EqualTo(3));
    }

    [Test]
    public async Task SetsComeBackWithTheirIdsAuthorsAndTimes()
    {
        await AppendAsync("a", Noon, Change.Assert(Named("甲")));
        await AppendAsync("idle", Noon, Change.Assert(Named("甲")));
        await AppendAsync("b", Noon.AddHours(1), Change.Assert(Named("乙")));
        Assert.That(await Store.ReadSetsAsync(0).ToListAsync(), Is.EqualTo(new[]
        {
            new RecordedSet(new StoreVersion(1, Noon), "a", "test"),
            new RecordedSet(new StoreVersion(2, Noon.AddHours(1)), "b", "test"),
        }));
        Assert.That((await Store.ReadSetsAsync(1).SingleAsync()).Id, Is.EqualTo("b"));
    }

    [Test]
    public async Task AVersionThatIsNotThereYetIsRefused()
    {
        await AppendAsync("a", Change.Assert(Named("甲")));
        Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => ReadAllAsync(2));
        Assert.ThrowsAsync<ArgumentOutOfRangeException>(async () => await Store.FindAsync(Owned, 2));
    }

    [Test]
    public async Task FactsThatBeginAfterTheAsOfAreLeftOutAndEndedOnesAreNot()
    {
        var ended = Holding(0.1m) with { Validity = Validity.Between(new DateOnly(2019, 1, 1), new DateOnly(2020, 1, 1)) };
        var future = Holding(0.2m) with { Validity = new Validity(Noon.AddMilliseconds(1), DateTimeOffset.MaxValue) };
        await AppendAsync("a", Change.Assert(ended), Change.Assert(future));
        var read = await Store.ReadAsync(new ReadScope(1, Noon)).ToListAsync();
        Assert.That(read.ConvertAll(recorded => recorded.Fact), Is.EqualTo(new[] { ended }));
    }

    [Test]
    public async Task ASoundStoreHasNoFaults()
    {
        var changes = new RandomChanges(5);
        for (var i = 0; i < 20; i++) await Store.AppendAsync(changes.Next(50));
        Assert.That(await Store.CheckAsync(), Is.Empty);
    }

    private static NodeFact Named(string name) => new(
        Owned, Properties.Of(("name", PropertyValue.Of(name))), Validity.Always, new Provenance("registry", "C1", 0.9m));

    private static RelationshipFact Holding(decimal share) => new(
        "HOLDS", Holder, Owned, "", Properties.Of(("share", PropertyValue.Of(share))), Validity.Always,
        new Provenance("registry", "row 7", 0.9m, new TextSpan(3, 9)));

    private Task<AppendResult> AppendAsync(string id, params Change[] changes) => AppendAsync(id, Noon, changes);

    private async Task<AppendResult> AppendAsync(string id, DateTimeOffset recordedAt, params Change[] changes) =>
        await Store.AppendAsync(new ChangeSet(id, recordedAt, "test", [.. changes]));

    private async Task<List<Fact>> ReadAllAsync(long version) =>
        (await Store.ReadAsync(ReadScope.All(version)).ToListAsync()).ConvertAll(recorded => recorded.Fact);
}
