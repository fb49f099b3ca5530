using GraphRisk.Graph.Facts;
using GraphRisk.Graph.Schema;
using GraphRisk.Graph.Store;
using GraphRisk.Stores.Neo4j;
using GraphRisk.Stores.Neo4j.Http;

namespace GraphRisk.Stores.Tests.Neo4j;

/// <summary>A database that an earlier version of the program wrote.</summary>
[NonParallelizable]
public sealed class EarlierFormatTests
{
    private const string WrittenInFormat1 = """
        CREATE (:StoreState {id: 'store', version: 1, sequence: 3, recordedAt: 1000, format: 1, identity: 'i'})
        CREATE (:ChangeSet {id: 's', author: 'a', version: 1, lastSequence: 3, recordedAt: 1000})
        CREATE (p:Person {key: 'r:1', _fact: 'x', _seq: 1, _first: 1, _version: 1, _from: 0, _to: 9223372036854775807, _source: 'r',
          _record: '1', _reliability: '0.9', _json: '{"name":"甲"}', _shown: 253000000000000000, name: '甲'})
        CREATE (c:Company {key: 'r:2', _fact: 'y', _seq: 2, _first: 2, _version: 1, _from: 0, _to: 9223372036854775807, _source: 'r',
          _record: '2', _reliability: '0.9', _json: '{"name":"乙","registeredCapital":0.3333333333333333333333}', _shown: 253000000000000000,
          name: '乙', registeredCapital: 0.3333333333333333})
        CREATE (p)-[:HOLDS {_fact: $fact, _seq: 3, _first: 3, _version: 1, _from: 0, _to: 9223372036854775807, _source: 'r', _record: '3',
          _reliability: '0.9', _json: '{"share":0.51}', _ends: 'Person>Company', _key: '', share: 0.51}]->(c)
        """;

    [Test]
    public async Task IsReadAndWrittenOnAsItStands()
    {
        var options = Neo4jServer.Require();
        await Neo4jServer.EmptyAsync();
        var (person, company) = (new NodeId("Person", "r:1"), new NodeId("Company", "r:2"));
        var origin = new Provenance("r", "3", 0.9m);
        var always = new Validity(DateTimeOffset.UnixEpoch, DateTimeOffset.MaxValue);
        var holding = new RelationshipFact("HOLDS", person, company, "", Properties.Of(("share", PropertyValue.Of(0.51m))), always, origin);
        using (var client = new QueryApiClient(options, TimeProvider.System))
            await client.RunAsync(WrittenInFormat1, new Dictionary<string, object?> { ["fact"] = holding.Id.ToString() }, AccessMode.Write);

        await using var store = await Neo4jGraphStore.OpenAsync(options, SchemaCatalog.LoadEmbedded(), TimeProvider.System);
        Assert.That(store.Identity, Is.EqualTo("i"));
        Fact[] facts =
        [
            new NodeFact(person, Properties.Of(("name", PropertyValue.Of("甲"))), always, origin with { RecordKey = "1" }),
            new NodeFact(
                company, Properties.Of(("name", PropertyValue.Of("乙")), ("registeredCapital", PropertyValue.Of(0.3333333333333333333333m))),
                always, origin with { RecordKey = "2" }),
            holding,
        ];
        Assert.That((await store.ReadAsync(ReadScope.All(1)).ToListAsync()).Select(recorded => recorded.Fact), Is.EqualTo(facts));
        Assert.That((await store.FindAsync(person, 1, withRelationships: true)).Select(recorded => recorded.Fact), Is.EquivalentTo([facts[0], holding]));

        var again = new ChangeSet("again", DateTimeOffset.UnixEpoch.AddDays(1), "a", [.. facts.Select(Change.Assert)]);
        Assert.That((await store.AppendAsync(again)).Asserted, Is.Zero, "all is known");
        var sold = holding with { Properties = Properties.Of(("share", PropertyValue.Of(0.4m))) };
        await store.AppendAsync(new ChangeSet("sold", DateTimeOffset.UnixEpoch.AddDays(2), "a", [Change.Assert(sold), Change.Retract(facts[0])]));
        Assert.That((await store.ReadAsync(ReadScope.All(2)).ToListAsync()).Select(recorded => recorded.Fact), Is.EqualTo((Fact[])[facts[1], sold]));
        Assert.That((await store.ReadAsync(ReadScope.All(1)).ToListAsync()).Select(recorded => recorded.Fact), Is.EqualTo(facts));
    }
}
