using System.Globalization;
using GraphRisk.Graph.Facts;

namespace GraphRisk.Benchmarks.Stores;

/// <summary>
/// Facts in the proportions of the generated market, about a dozen for each client, without the cost of generating or
/// parsing one: a client's record at one or two brokers, its accounts, positions, contracts with their statements,
/// holdings and guarantees.
/// </summary>
internal static class LoadMarket
{
    private const int Brokers = 93;
    private const int Securities = 5000;
    private static readonly DateOnly Start = new(2022, 1, 1);

    /// <summary>The facts of clients, as their brokers would deliver them.</summary>
    public static IEnumerable<Fact> Facts(int clients, int seed)
    {
        var random = new Random(seed);
        for (var client = 0; client < clients; client++)
            foreach (var fact in FactsOf(client, clients, random)) yield return fact;
    }

    private static IEnumerable<Fact> FactsOf(int client, int clients, Random random)
    {
        var records = random.Next(10) < 3 ? 2 : 1;
        for (var record = 0; record < records; record++)
        {
            var broker = random.Next(Brokers);
            var source = string.Create(CultureInfo.InvariantCulture, $"broker-B{broker:000}");
            var key = string.Create(CultureInfo.InvariantCulture, $"{broker:000}{client:00000000}");
            var (party, account) = (new NodeId("Person", $"{source}:{key}"), new NodeId("Account", $"{source}:A{key}"));
            var origin = new Provenance(source, key, 0.8m);
            yield return new NodeFact(party, PersonOf(client, random), Validity.Since(Start), origin);
            yield return Edge("CLIENT_OF", party, new NodeId("Broker", $"B{broker:000}"), Properties.None, Start, origin);
            yield return new NodeFact(
                account, Properties.Of(("number", PropertyValue.Of(account.Key)), ("kind", PropertyValue.Of("CREDIT"))),
                Validity.Since(Start), origin with { RecordKey = $"A{key}" });
            yield return Edge("OWNS_ACCOUNT", party, account, Properties.None, Start, origin);
            for (var held = random.Next(5); held >= 0; held--)
                yield return Edge(
                    "POSITION", account, new NodeId("Security", $"{600000 + random.Next(Securities)}.SH"),
                    Properties.Of(("quantity", PropertyValue.Of((decimal)(100 * random.Next(1, 500))))),
                    Start.AddMonths(3 * random.Next(8)), origin with { RecordKey = $"{key}/{held}" });
            if (random.Next(4) != 0) continue;
            foreach (var fact in ContractOf(party, account, source, key, random)) yield return fact;
        }

        if (random.Next(20) == 0)
            yield return Edge(
                "GUARANTEES", new NodeId("Person", $"registry:{client}"), new NodeId("Person", $"registry:{random.Next(clients)}"),
                Properties.Of(("amount", PropertyValue.Of((decimal)random.Next(1_000_000))), ("currency", PropertyValue.Of("CNY"))),
                Start, new Provenance("registry", $"G{client}", 0.95m));
    }

    private static IEnumerable<Fact> ContractOf(NodeId party, NodeId account, string source, string key, Random random)
    {
        var contract = new NodeId("MarginContract", $"{source}:M{key}");
        var origin = new Provenance(source, $"M{key}", 0.8m);
        yield return Edge("CONTRACTED", party, contract, Properties.None, Start, origin);
        yield return Edge("SECURED_BY", contract, account, Properties.None, Start, origin);
        for (var quarter = 0; quarter < 8; quarter++)
            yield return new NodeFact(
                contract,
                Properties.Of(
                    ("status", PropertyValue.OfEnum("OPEN")), ("debt", PropertyValue.Of(random.Next(10_000_000) / 100m)),
                    ("cash", PropertyValue.Of(random.Next(10_000_000) / 100m)), ("marketValue", PropertyValue.Of(random.Next(100_000_000) / 100m)),
                    ("maintenanceRatio", PropertyValue.Of(random.Next(10_000, 40_000) / 10_000m)), ("currency", PropertyValue.Of("CNY"))),
                Validity.Since(Start.AddMonths(3 * quarter)), origin);
    }

    private static Properties PersonOf(int client, Random random) => Properties.Of(
        ("name", PropertyValue.Of($"客户{client}")),
        ("residentId", PropertyValue.Of(string.Create(CultureInfo.InvariantCulture, $"3101011980{client:00000000}"))),
        ("birthDate", PropertyValue.Of(new DateOnly(1950 + random.Next(50), 1 + random.Next(12), 1 + random.Next(28)))),
        ("sex", PropertyValue.OfEnum(random.Next(2) == 0 ? "MALE" : "FEMALE")),
        ("phone", PropertyValue.Of(string.Create(CultureInfo.InvariantCulture, $"138{client:00000000}"))),
        ("address", PropertyValue.Of($"上海市浦东新区世纪大道{random.Next(5000)}号")));

    private static RelationshipFact Edge(string type, NodeId from, NodeId to, Properties properties, DateOnly since, Provenance origin) =>
        new(type, from, to, "", properties, Validity.Since(since), origin);
}
