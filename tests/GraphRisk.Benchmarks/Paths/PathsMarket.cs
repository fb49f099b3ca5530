using System.Globalization;
using GraphRisk.Graph.Facts;
using GraphRisk.Graph.Schema;
using GraphRisk.Graph.Snapshots;
using GraphRisk.Graph.Store;

namespace GraphRisk.Benchmarks.Paths;

/// <summary>
/// A graph of the kinds and degrees of a market: of all nodes seven in ten are accounts, two persons, one companies; of all edges eight in ten are
/// transfers between accounts, whose numbers of partners have a heavy tail, the others owners of accounts, holdings, guarantees (some of them in
/// circles of two to six) and ties between parties.
/// </summary>
internal static class PathsMarket
{
    public static readonly DateTimeOffset FirstDay = new(2025, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public static Snapshot Draw(int nodes, int edges, int seed)
    {
        var catalog = SchemaCatalog.LoadEmbedded();
        var asOf = FirstDay.AddYears(1);
        var builder = new SnapshotBuilder(catalog, new SnapshotStamp(1, asOf, asOf, catalog.Hash), Clusters.None);
        var random = new Random(seed);
        var (accounts, persons) = (nodes * 7 / 10, nodes * 2 / 10);
        var ids = new NodeId[nodes];
        for (var node = 0; node < nodes; node++)
        {
            ids[node] = new NodeId(node < accounts ? "Account" : node < accounts + persons ? "Person" : "Company", node.ToString(CultureInfo.InvariantCulture));
            builder.Add(new NodeFact(ids[node], Properties.None, Validity.Always, Origin(node)));
        }

        var made = 0;
        int Tailed(int first, int count) => first + (int)(count * Math.Pow(random.NextDouble(), 2.5));
        int Party() => accounts + random.Next(nodes - accounts);
        int Company() => accounts + persons + random.Next(nodes - accounts - persons);
        void Add(string type, int from, int to, params ReadOnlySpan<(string, PropertyValue)> values) =>
            builder.Add(new RelationshipFact(type, ids[from], ids[to], (made++).ToString(CultureInfo.InvariantCulture), Properties.Of(values.ToArray()), Validity.Always, Origin(made)));
        (string, PropertyValue) Amount() => ("amount", PropertyValue.Of(Math.Round((decimal)Math.Exp(6 + (8 * random.NextDouble())), 2)));
        (string, PropertyValue) At() => ("at", PropertyValue.Of(FirstDay.AddMinutes(random.Next(525_600))));

        for (var account = 0; account < accounts; account++) Add("OWNS_ACCOUNT", Party(), account);
        while (made < edges * 83 / 100) Add("TRANSFERRED", Tailed(0, accounts), Tailed(0, accounts), Amount(), At());
        while (made < edges * 90 / 100) Add("HOLDS", Tailed(accounts, nodes - accounts), Company(), ("share", PropertyValue.Of(random.Next(1, 1000) / 1000m)));
        while (made < edges * 91 / 100) Add("GUARANTEES", Party(), Party(), Amount());
        for (var circle = 0; circle < nodes / 500; circle++)
        {
            var members = Enumerable.Range(0, random.Next(2, 7)).Select(_ => Party()).ToArray();
            for (var i = 0; i < members.Length; i++) Add("GUARANTEES", members[i], members[(i + 1) % members.Length], Amount());
        }

        while (made < edges * 95 / 100) Add("OFFICER_OF", Party(), Company());
        while (made < edges) Add("RELATED_TO", Party(), Party());
        return builder.Build();
    }

    private static Provenance Origin(int number) => new("drawn", number.ToString(CultureInfo.InvariantCulture), 0.9m);
}
