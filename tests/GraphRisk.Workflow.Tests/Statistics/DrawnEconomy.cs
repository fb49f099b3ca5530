using System.Globalization;
using GraphRisk.Graph.Facts;
using GraphRisk.Graph.Snapshots;
using GraphRisk.TestKit;

namespace GraphRisk.Workflow.Tests.Statistics;

/// <summary>Brokers of a few jurisdictions with clients and contracts, drawn at random; amounts are whole yuan.</summary>
internal static class DrawnEconomy
{
    public static Snapshot Draw(int seed, int clients = 120)
    {
        var random = new Random(seed);
        var facts = new List<Fact>();
        NodeId Node(string type, string key, params (string, PropertyValue)[] properties)
        {
            var id = new NodeId(type, key);
            facts.Add(new NodeFact(id, Properties.Of(properties), Validity.Always, Origin(facts)));
            return id;
        }

        void Edge(string type, NodeId from, NodeId to) =>
            facts.Add(new RelationshipFact(type, from, to, "", Properties.None, Validity.Always, Origin(facts)));

        var brokers = Enumerable.Range(0, random.Next(3, 14)).Select(i => Node(
            "Broker", $"B{i}", ("code", PropertyValue.Of($"B{i}")), ("jurisdiction", PropertyValue.Of($"{random.Next(1, 4)}1")),
            ("netCapital", PropertyValue.Of((decimal)random.Next(1, 50) * 1_000_000)))).ToArray();
        for (var i = 0; i < clients; i++)
        {
            var client = Node("Person", $"P{i}", ("name", PropertyValue.Of($"P{i}")));
            for (var n = random.Next(1, 3); n > 0; n--)
            {
                var broker = brokers[random.Next(brokers.Length)];
                var (type, line) = random.Next(4) switch { 0 => ("PledgeContract", "warningLine"), 1 => ("RepoContract", "warningLine"), _ => ("MarginContract", "callLine") };
                var debt = (decimal)Math.Round(Math.Exp(8 + 5 * random.NextDouble()));
                var contract = Node(type, $"C{i}-{n}", ("status", PropertyValue.OfEnum("OPEN")), ("debt", PropertyValue.Of(debt)), (line, PropertyValue.Of(1.4m)),
                    type == "MarginContract" ? ("marketValue", PropertyValue.Of(debt * random.Next(11, 30) / 10)) : ("performanceRatio", PropertyValue.Of(random.Next(11, 30) / 10m)));
                Edge("CLIENT_OF", client, broker);
                Edge("CONTRACTED", client, contract);
                Edge("GRANTED_BY", contract, broker);
            }
        }

        return GraphText.SnapshotOf(facts);
    }

    private static Provenance Origin(List<Fact> facts) => new("economy", facts.Count.ToString(CultureInfo.InvariantCulture), 0.9m);
}
