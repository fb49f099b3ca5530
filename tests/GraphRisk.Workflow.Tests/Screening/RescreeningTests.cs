using System.Collections.Immutable;
using GraphRisk.Graph.Algorithms;
using GraphRisk.Graph.Entitlements;
using GraphRisk.Graph.Facts;
using GraphRisk.Graph.Snapshots;
using GraphRisk.Graph.Store;
using GraphRisk.Market;
using GraphRisk.Matching.Screening;
using GraphRisk.TestKit;
using GraphRisk.Workflow.Screening;

namespace GraphRisk.Workflow.Tests.Screening;

/// <summary>Records of parties and what is news of them, held against what is slow and obvious, on seeded stores that change.</summary>
public sealed class RescreeningTests
{
    private static readonly DateTimeOffset Day = Validity.CloseOf(new DateOnly(2026, 1, 31));
    private static readonly string[] Given = ["Arkhel", "Bodrin", "Cavdar", "Drenko", "Jane"], Family = ["Halvorin", "Tarrant", "Ostrander", "Roe"], Sources = ["broker-B001", "broker-B002", "registry", "un"];
    private static readonly Entitlement[] Viewers = [Entitlement.Whole, Entitlement.OfBroker("B001"), Entitlement.OfOpen(Graph.Schema.Sensitivity.Internal)];

    [Test]
    public async Task APartyHasWhatEveryRecordTheViewerMayReadSaysHoweverItIsRead()
    {
        var compared = 0;
        for (var seed = 0; seed < 150; seed++)
        {
            var store = await StoreAsync(new Random(seed), sets: 2);
            foreach (var viewer in Viewers)
            {
                var snapshot = await SnapshotAsync(store, 2, viewer);
                int[] parties = [.. Enumerable.Range(0, snapshot.Nodes.Count).Where(node => snapshot.Nodes.IsNode(node) && snapshot.Nodes.TypeOf(node).IsParty)];
                var (each, pass) = (PartyRecords.Read(store, snapshot, parties, WorkMeter.Unlimited), PartyRecords.Read(store, snapshot, parties, WorkMeter.Unlimited, many: 0));
                foreach (var party in parties)
                {
                    var expected = new HashSet<string>(StringComparer.Ordinal);
                    foreach (var member in snapshot.Nodes.MembersOf(party))
                        foreach (var recorded in await store.FindAsync(member, 2))
                            if (recorded is { Kind: ChangeKind.Assert, Fact: NodeFact fact } && snapshot.Covers(fact))
                                expected.UnionWith(((string[])["name", "aliases"]).SelectMany(field => fact.Properties.TryGet(field, out var value) ? PartyEntries.TextsOf(value) : []));
                    Assert.That(each.EntryOf(party)?.Names ?? [], Is.EquivalentTo(expected), $"seed {seed}, {snapshot.Nodes.IdOf(party)}");
                    Assert.That(each.EntryOf(party)?.Names.FirstOrDefault(), Is.EqualTo(snapshot.Nodes.GetString(party, "name")), "what is believed stands first");
                    Assert.That(pass.EntryOf(party)?.Fingerprint(), Is.EqualTo(each.EntryOf(party)?.Fingerprint()));
                    if (expected.Count > 1) compared++;
                }
            }
        }

        Assert.That(compared, Is.GreaterThan(500));
    }

    [Test]
    public async Task WhatIsNewsIsWhatIsFoundByLookingAtEverybodyAnew()
    {
        var (parameters, news, certain) = (new ScreeningParameters(), 0, 0);
        for (var seed = 0; seed < 120; seed++)
        {
            var store = await StoreAsync(new Random(1000 + seed), sets: 3);
            foreach (var viewer in Viewers)
            {
                var (before, now) = (new MarketReading(await SnapshotAsync(store, 2, viewer)), new MarketReading(await SnapshotAsync(store, 3, viewer)));
                var lists = ScreeningIndex.Of(ListedParties.Of(store, now, WorkMeter.Unlimited));
                var found = Rescreening.Run(store, before, now, lists, all: false, query => query, parameters, WorkMeter.Unlimited);
                var expected = new List<string>();
                int[] clients = [.. now.Parties.Clients()];
                var (then, today) = (PartyRecords.Read(store, before.Snapshot, AllOf(before), WorkMeter.Unlimited), PartyRecords.Read(store, now.Snapshot, clients, WorkMeter.Unlimited));
                foreach (var client in clients)
                {
                    var entry = today.EntryOf(client)!;
                    var earlier = before.Snapshot.Nodes.Find(now.Snapshot.Nodes.IdOf(client)) is >= 0 and var node ? then.EntryOf(node)?.Fingerprint() : null;
                    var hits = lists.Screen(entry.ToQuery() with { SameAs = lists.Entries.Any(one => one.Id == entry.Id) ? entry.Id : null }, parameters, earlier == entry.Fingerprint() ? found.Changes.IsNews : null);
                    if (hits.Length > 0) expected.Add($"{entry.Id}: {string.Join(' ', hits.Select(hit => hit.Entry.Id))}");
                }

                Assert.That(found.News.Select(one => $"{one.Entry.Id}: {string.Join(' ', one.Hits.Select(hit => hit.Entry.Id))}"), Is.EqualTo(expected), $"seed {seed}");
                Assert.That(Rescreening.Run(store, now, now, lists, all: true, query => query, parameters, WorkMeter.Unlimited).News, Is.Empty, "nothing changed since");
                news += expected.Count;
                certain += found.News.Count(one => one.Hits.Any(hit => hit.Entry.Id == one.Entry.Id && hit.Probability == 1));
            }
        }

        Assert.That(news, Is.GreaterThan(100));
        Assert.That(certain, Is.GreaterThan(10));
    }

    private static int[] AllOf(MarketReading market) => [.. Enumerable.Range(0, market.Parties.Count).Select(market.Parties.NodeOf).Where(market.Snapshot.Nodes.IsNode)];

    private static async Task<Snapshot> SnapshotAsync(IGraphStore store, int version, Entitlement viewer) =>
        await SnapshotBuilder.BuildAsync(store, new StoreVersion(version, Day.AddMinutes(version)), Day, viewer);

    /// <summary>Records of some forty persons, clients, listed, joined or neither, in sets that add and change.</summary>
    private static async Task<InMemoryGraphStore> StoreAsync(Random random, int sets)
    {
        var store = new InMemoryGraphStore(GraphText.Catalog);
        for (var set = 1; set <= sets; set++)
        {
            var facts = new List<Fact>();
            for (var at = 0; at < (set == 1 ? 24 : 6); at++)
            {
                var source = Sources[random.Next(Sources.Length)];
                var person = NodeId.Parse($"Person/{source}:{random.Next(10)}");
                var properties = new List<Property> { new("name", PropertyValue.Of(Name())) };
                if (random.Next(2) == 0) properties.Add(new Property("aliases", PropertyValue.Of([Name(), Name()])));
                if (random.Next(3) == 0) properties.Add(new Property("birthDates", PropertyValue.Of([$"19{random.Next(50, 60)}"])));
                var origin = new Provenance(source, person.Key, 0.9m);
                facts.Add(new NodeFact(person, Properties.Of(properties), Validity.Always, origin));
                if (source.StartsWith("broker", StringComparison.Ordinal)) facts.Add(new RelationshipFact("CLIENT_OF", person, NodeId.Parse($"Broker/{source[7..]}"), "", Properties.None, Validity.Always, origin));
                if (source != "un" || random.Next(2) == 0) continue;
                var entry = NodeId.Parse($"Listing/{person.Key}");
                facts.Add(new NodeFact(entry, Properties.Of([new Property("list", PropertyValue.Of("UN")), new Property("kind", PropertyValue.OfEnum("SANCTION"))]), Validity.Always, origin));
                facts.Add(new RelationshipFact("LISTED_AS", person, entry, "", Properties.None, Validity.Always, origin));
            }

            for (var pair = 0; pair < 3; pair++)
            {
                var (left, right) = (NodeId.Parse($"Person/{Sources[random.Next(4)]}:{random.Next(10)}"), NodeId.Parse($"Person/{Sources[random.Next(4)]}:{random.Next(10)}"));
                if (left == right) continue;
                facts.Add(new RelationshipFact("SAME_AS", left, right, "", Properties.Of([new Property("verdict", PropertyValue.OfEnum("MATCH")), new Property("judge", PropertyValue.Of("test")), new Property("reasons", PropertyValue.Of(["the test says so"]))]), Validity.Always, new Provenance("test", "", 1)));
            }

            await store.AppendAsync(new ChangeSet($"{set}", Day.AddMinutes(set), "test", [.. facts.DistinctBy(fact => fact.Id).Select(Change.Assert)]));
        }

        return store;

        string Name() => $"{Given[random.Next(Given.Length)]} {Family[random.Next(Family.Length)]}";
    }
}
