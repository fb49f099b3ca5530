using System.Globalization;
using GraphRisk.Benchmarks.Stores;
using GraphRisk.Graph.Facts;
using GraphRisk.Graph.Schema;

namespace GraphRisk.Benchmarks.Entitled;

/// <summary>
/// The market of <see cref="LoadMarket"/> with what is open beside it: a registry's record of every client, a company for every
/// tenth with its holders and an officer, court cases, closing prices; and judgements that tie brokers' records to the registry's.
/// </summary>
internal static class EntitledMarket
{
    private const int Securities = 5000;
    private static readonly DateOnly Start = new(2022, 1, 1);

    /// <summary>All facts, the open ones first, as files are imported one after another.</summary>
    public static IEnumerable<Fact> Facts(int clients, int seed)
    {
        var random = new Random(seed);
        foreach (var fact in Open(clients, random)) yield return fact;
        var records = new List<NodeId>();

        // A broker delivers files of its own: its facts stand together.
        foreach (var fact in LoadMarket.Facts(clients, seed).GroupBy(fact => fact.Provenance.Source).SelectMany(group => group))
        {
            if (fact is NodeFact { Node.Type: "Person" } person) records.Add(person.Node);
            yield return fact;
        }

        foreach (var record in records.Where(_ => random.Next(5) > 0))
            yield return new RelationshipFact(
                SchemaCatalog.SameAs, RegistryRecord(int.Parse(record.Key.AsSpan()[^8..], CultureInfo.InvariantCulture)), record, "",
                Properties.Of(("verdict", PropertyValue.OfEnum("MATCH")), ("judge", PropertyValue.Of("rules"))),
                Validity.Always, new Provenance("resolution", record.Key, 1));
    }

    /// <summary>The registry's record of a client.</summary>
    private static NodeId RegistryRecord(int client) => new("Person", $"registry:{client}");

    private static IEnumerable<Fact> Open(int clients, Random random)
    {
        var exchange = new Provenance("exchange", "close", 0.99m);
        for (var security = 0; security < Securities; security++)
            for (var quarter = 0; quarter < 8; quarter++)
                yield return new NodeFact(
                    new NodeId("Security", $"{600000 + security}.SH"),
                    Properties.Of(("code", PropertyValue.Of($"{600000 + security}")), ("close", PropertyValue.Of(random.Next(100, 100_000) / 100m))),
                    Validity.Since(Start.AddMonths(3 * quarter)), exchange);
        for (var client = 0; client < clients; client++)
        {
            var registry = new Provenance("registry", $"{client}", 0.95m);
            yield return new NodeFact(
                RegistryRecord(client), Properties.Of(("name", PropertyValue.Of($"客户{client}")), ("birthDate", PropertyValue.Of(Start.AddDays(-client % 20_000)))),
                Validity.Since(Start), registry);
            if (client % 20 == 0)
                yield return new RelationshipFact(
                    "PARTY_TO", RegistryRecord(random.Next(clients)), new NodeId("CourtCase", $"case {client}"), "",
                    Properties.Of(("role", PropertyValue.Of("被告"))), Validity.Since(Start), registry with { Source = "courts" });
            if (client % 10 > 0) continue;
            var company = new NodeId("Company", $"registry:C{client}");
            yield return new NodeFact(company, Properties.Of(("name", PropertyValue.Of($"公司{client}"))), Validity.Since(Start), registry);
            for (var holder = 0; holder < 3; holder++)
                yield return new RelationshipFact(
                    "HOLDS", RegistryRecord(random.Next(clients)), company, "", Properties.Of(("share", PropertyValue.Of(0.3m))), Validity.Since(Start), registry);
            yield return new RelationshipFact(
                "OFFICER_OF", RegistryRecord(random.Next(clients)), company, "", Properties.Of(("role", PropertyValue.Of("董事"))), Validity.Since(Start), registry);
        }
    }
}
