using System.Collections.Immutable;
using GraphRisk.Graph.Entitlements;
using GraphRisk.Graph.Facts;
using GraphRisk.Graph.Schema;
using GraphRisk.Graph.Store;
using GraphRisk.TestKit;

namespace GraphRisk.Stores.Tests.Contract;

/// <summary>Readings of random histories, held against the naive one.</summary>
public abstract partial class GraphStoreContract
{
    private static readonly string[][] TypeChoices =
        [["Person"], ["HOLDS"], [SchemaCatalog.SameAs], ["Company", "HOLDS", "POSITION"], ["Broker"], []];

    /// <summary>Seeds of the random histories; a slow store may try fewer.</summary>
    protected virtual int Seeds => 12;

    [Test]
    public async Task EveryReadingOfRandomHistoriesAgreesWithTheNaiveOne()
    {
        for (var seed = 0; seed < Seeds; seed++)
        {
            var (store, history) = await FillAsync(seed, sets: 25, changes: 30);
            await using var _ = store;
            Assert.That((await store.GetVersionAsync()).Number, Is.EqualTo(history.Newest));
            var random = new Random(seed);
            for (var reading = 0; reading < 20; reading++)
            {
                var version = random.NextInt64(history.Newest + 1);
                var asOf = random.Next(3) == 0
                    ? DateTimeOffset.MaxValue : Validity.CloseOf(new DateOnly(2019 + random.Next(8), 1 + random.Next(12), 1));
                var types = random.Next(2) == 0 ? null : TypeChoices[random.Next(TypeChoices.Length)];
                var read = await store.ReadAsync(new ReadScope(version, asOf) { Types = types }).ToListAsync();
                Assert.That(
                    read.ConvertAll(recorded => recorded.Fact), Is.EqualTo(history.Known(version, asOf, types)),
                    $"seed {seed}, version {version}, as of {asOf:O}, types {string.Join(' ', types ?? ["all"])}");
                Assert.That(read.ConvertAll(recorded => recorded.FirstSequence), Is.Ordered.Ascending.And.Unique);
                Assert.That(read.TrueForAll(recorded => recorded.Version <= version && recorded.Kind == ChangeKind.Assert), Is.True);
            }
        }
    }

    [Test]
    public async Task ReadingByOwnerIsReadingEverythingAndLeavingOutTheRest()
    {
        for (var seed = 200; seed < 200 + (Seeds / 2); seed++)
        {
            await using var store = await OpenEmptyAsync();
            var changes = new RandomChanges(seed) { Sources = RandomChanges.SeveralBrokers };
            for (var i = 0; i < 25; i++) await store.AppendAsync(changes.Next(60));
            await AssertOwnersAreReadApartAsync(store, seed);
        }
    }

    [Test]
    public void AnUnknownBrokersDataSetsAreEmptyInAnEmptyStoreToo() =>
        Assert.That(async () => await Store.ReadAsync(ReadScope.All(0) with { DataSets = DataSets.OfBroker("B001") }).ToListAsync(), Is.Empty);

    [Test]
    public async Task WhatIsFoundByNodeAndIdentifierAgreesWithTheNaiveHistory()
    {
        for (var seed = 100; seed < 100 + (Seeds / 3); seed++)
        {
            var (store, history) = await FillAsync(seed, sets: 25, changes: 30);
            await using var _ = store;
            var random = new Random(seed);
            foreach (var fact in history.Known(history.Newest, DateTimeOffset.MaxValue).Take(60))
            {
                var version = random.NextInt64(history.Newest + 1);
                var node = fact is NodeFact own ? own.Node : ((RelationshipFact)fact).To;
                foreach (var with in (bool[])[false, true])
                    Assert.That(
                        (await store.FindAsync(node, version, with)).Select(recorded => recorded.Fact),
                        Is.EqualTo(history.About(node, version, with)), $"seed {seed}, {node} at {version}");
                if (fact is not NodeFact carrier) continue;
                foreach (var (scheme, value) in Identifiers.Of(Catalog.Node(node.Type), carrier.Properties))
                    Assert.That(
                        await store.FindByIdentifierAsync(scheme, value, version),
                        Is.EqualTo(history.With(Catalog, scheme, value, version)), $"seed {seed}, {scheme} {value} at {version}");
            }
        }
    }

    [Test]
    public async Task ChangesAfterAVersionComeInOrderWithoutGapsAndRebuildTheStore()
    {
        var (store, history) = await FillAsync(7, sets: 30, changes: 25);
        await using var _ = store;
        var all = await store.ReadChangesAsync(0).ToListAsync();
        Assert.That(all.ConvertAll(change => change.Sequence), Is.EqualTo(Enumerable.Range(1, all.Count).Select(i => (long)i)));
        Assert.That(all.ConvertAll(change => change.Version), Is.Ordered.Ascending);
        var cut = history.Newest / 2;
        Assert.That(await store.ReadChangesAsync(cut).ToListAsync(), Is.EqualTo(all.Where(change => change.Version > cut)));

        var hash = await ContentHash.ComputeAsync(store);
        var sets = await store.ReadSetsAsync(0).ToListAsync();
        await using var copy = await OpenEmptyAsync();
        foreach (var set in sets)
            await copy.AppendAsync(new ChangeSet(
                set.Id, set.Version.RecordedAt, set.Author,
                [.. all.Where(change => change.Version == set.Version.Number).Select(change => new Change(change.Kind, change.Fact))]));
        Assert.That(await copy.ReadChangesAsync(0).ToListAsync(), Is.EqualTo(all));
        Assert.That(await ContentHash.ComputeAsync(copy), Is.EqualTo(hash));
    }

    [Test]
    public async Task TheContentHashDoesNotDependOnTheOrderOfIndependentSets()
    {
        var sets = Enumerable.Range(0, 6)
            .Select(i => new RandomChanges(i) { WithRetractions = false }.Next(40))
            .Select((set, i) => set with
            {
                RecordedAt = Noon,
                Changes = [.. set.Changes.Where(change => change.Fact.Provenance.Source != "resolution")
                    .Select(change => Change.Assert(change.Fact with { Provenance = change.Fact.Provenance with { Source = $"source-{i}" } }))],
            }).ToList();
        foreach (var set in sets) await Store.AppendAsync(set);
        var (whole, part) = (await ContentHash.ComputeAsync(Store), await ContentHash.ComputeAsync(Store, 5));
        await using var other = await OpenEmptyAsync();
        foreach (var set in sets.AsEnumerable().Reverse()) await other.AppendAsync(set);
        Assert.That(await ContentHash.ComputeAsync(other), Is.EqualTo(whole));
        Assert.That(await ContentHash.ComputeAsync(other, 5), Is.Not.EqualTo(part));
    }

    [Test]
    public async Task EveryKindOfValueComesBackAsItWas()
    {
        var values = new (string, PropertyValue)[]
        {
            ("name", PropertyValue.Of("名\0\n\"\\ \U00020000 é" + new string('长', 1300))),
            ("aliases", PropertyValue.Of(["", "b", "a"])),
            ("kind", PropertyValue.OfEnum("FUND")),
            ("registeredCapital", PropertyValue.Of(79228162514264337593543950335m)),
            ("totalAssets", PropertyValue.Of(0.0000000000000000000000000001m)),
            ("totalLiabilities", PropertyValue.Of(1.2300m)),
            ("revenue", PropertyValue.Of(0.00m)),
            ("netProfit", PropertyValue.Of(-18446744073709551616.0000000001m)),
            ("establishedOn", PropertyValue.Of(DateOnly.MinValue)),
            ("dissolvedOn", PropertyValue.Of(DateOnly.MaxValue)),
            ("blocked", PropertyValue.Of(true)),
        };
        var company = new NodeFact(
            Owned, Properties.Of(values), new Validity(DateTimeOffset.MinValue, Noon.AddMilliseconds(1)),
            new Provenance("来源", "", 0.123456789m, new TextSpan(0, int.MaxValue)));
        var account = new NodeFact(
            new NodeId("Account", "a/b:c"), Properties.Of(("openedAt", PropertyValue.Of(new DateTimeOffset(1, 2, 3, 4, 5, 6, TimeSpan.Zero)))),
            new Validity(new DateTimeOffset(1900, 1, 1, 8, 0, 0, TimeSpan.FromHours(8)), DateTimeOffset.MaxValue), new Provenance("x", "b", 1));
        await AppendAsync("a", Change.Assert(company), Change.Assert(account));
        Assert.That(await ReadAllAsync(1), Is.EqualTo(new[] { company, account }));
        Assert.That((await AppendAsync("b", Change.Assert(company), Change.Assert(account))).Asserted, Is.Zero);
    }

    /// <summary>Quarters of a unit fit a float of 32 bits up to 16,777,216, hundredths do not: each has another way through a store.</summary>
    [Test]
    public async Task AmountsComeBackToTheLastDigit()
    {
        var random = new Random(4);
        var facts = Enumerable.Range(0, 400).Select(i => new NodeFact(
            new NodeId("Company", $"a:{i}"),
            Properties.Of(
                ("name", PropertyValue.Of("x")), ("revenue", PropertyValue.Of(random.Next(-16_777_216, 16_777_216) / 4m)),
                ("netProfit", PropertyValue.Of(random.Next(int.MinValue, int.MaxValue) / 100m)), ("registeredCapital", PropertyValue.Of(100m * random.Next())),
                ("establishedOn", PropertyValue.Of(new DateOnly(1990, 1, 1).AddDays(i)))),
            Validity.Since(new DateOnly(2020, 1, 1)), new Provenance("x", $"{i}", 1m / (i + 1)))).ToArray();
        await AppendAsync("a", [.. facts.Select(Change.Assert)]);
        Assert.That(await ReadAllAsync(1), Is.EqualTo(facts));
        Assert.That((await AppendAsync("b", [.. facts.Select(Change.Assert)])).Asserted, Is.Zero);
    }

    /// <summary>Holds what a store reads of some data sets against the whole read, at some versions.</summary>
    protected static async Task AssertOwnersAreReadApartAsync(IGraphStore store, int seed)
    {
        var random = new Random(seed);
        var newest = (await store.GetVersionAsync()).Number;
        for (var reading = 0; reading < 10; reading++)
        {
            var asOf = random.Next(3) == 0 ? DateTimeOffset.MaxValue : Validity.CloseOf(new DateOnly(2019 + random.Next(8), 1, 1));
            var scope = new ReadScope(reading == 0 ? newest : random.NextInt64(newest + 1), asOf)
            {
                Types = random.Next(2) == 0 ? null : TypeChoices[random.Next(TypeChoices.Length)],
            };
            var all = await store.ReadAsync(scope).ToListAsync();
            foreach (var some in (DataSets[])[DataSets.All, DataSets.Open, DataSets.OfBroker("B001"), DataSets.OfBroker("B002"), DataSets.OfBroker("B003")])
                Assert.That(
                    await store.ReadAsync(scope with { DataSets = some }).ToListAsync(),
                    Is.EqualTo(all.Where(recorded => some.Hold(recorded.Fact.Provenance.Source))), $"seed {seed}, {scope}, {some}");
        }
    }

    /// <summary>A new store with a random history and what it ought to answer.</summary>
    private async Task<(IGraphStore Store, NaiveHistory History)> FillAsync(int seed, int sets, int changes)
    {
        var (store, history, random) = (await OpenEmptyAsync(), new NaiveHistory(), new RandomChanges(seed));
        for (var i = 0; i < sets; i++)
        {
            var set = random.Next(changes);
            history.Append(set);
            await store.AppendAsync(set);
        }

        return (store, history);
    }
}
