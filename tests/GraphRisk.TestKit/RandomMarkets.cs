using System.Collections.Immutable;
using System.Globalization;
using GraphRisk.Graph.Facts;

namespace GraphRisk.TestKit;

/// <summary>A small market with every kind of tie between parties, drawn at random; the same seed draws the same one.</summary>
/// <param name="Seed">Seed it was drawn from.</param>
/// <param name="Facts">Its facts, nodes first. Parties are Person/0.. and Company/0..</param>
public sealed record RandomMarket(int Seed, ImmutableArray<Fact> Facts)
{
    /// <summary>The relationships of a type.</summary>
    public IEnumerable<RelationshipFact> Of(string relationship) =>
        Facts.OfType<RelationshipFact>().Where(fact => fact.Relationship == relationship);

    public override string ToString() => $"seed {Seed}";

    /// <summary>The market of a seed: up to six persons and six companies.</summary>
    public static RandomMarket Draw(int seed)
    {
        var random = new Random(seed);
        var facts = new List<Fact>();
        NodeId[] Nodes(string type, int count, params (string, PropertyValue)[] properties) => [.. Enumerable.Range(0, count).Select(i =>
        {
            var id = new NodeId(type, i.ToString(CultureInfo.InvariantCulture));
            facts.Add(new NodeFact(id, Properties.Of(properties), Validity.Always, Origin(facts)));
            return id;
        })];

        void Ties(string type, NodeId[] from, NodeId[] to, int most, Func<(string, PropertyValue)[]>? properties = null)
        {
            for (var i = random.Next(most + 1); i > 0; i--)
                facts.Add(new RelationshipFact(
                    type, from[random.Next(from.Length)], to[random.Next(to.Length)], facts.Count.ToString(CultureInfo.InvariantCulture),
                    Properties.Of(properties?.Invoke() ?? []), Validity.Always, Origin(facts)));
        }

        var persons = Nodes("Person", random.Next(2, 7));
        var companies = Nodes("Company", random.Next(2, 7));
        var accounts = Nodes("Account", 5);
        var devices = Nodes("Device", 2);
        var securities = Nodes("Security", 2, ("sharesOutstanding", PropertyValue.Of(1000m)));
        var agreements = Nodes("Agreement", 2, ("kind", PropertyValue.OfEnum(random.Next(3) == 0 ? "OTHER" : "ACTING_IN_CONCERT")));
        NodeId[] parties = [.. persons, .. companies];
        Ties("HOLDS", parties, companies, 10, () => [("share", PropertyValue.Of(random.Next(1, 13) * 0.05m))]);
        Ties("OFFICER_OF", persons, companies, 4, () => [("legalRepresentative", PropertyValue.Of(random.Next(2) == 0))]);
        Ties("GUARANTEES", parties, parties, 4, () => [("amount", PropertyValue.Of((decimal)random.Next(1, 100)))]);
        Ties("RELATED_TO", persons, persons, 2);
        Ties("OWNS_ACCOUNT", parties, accounts, 7);
        Ties("SIGNED_IN", devices, accounts, 5);
        Ties("POSITION", accounts, securities, 5, () => [("quantity", PropertyValue.Of((decimal)random.Next(1, 10)))]);
        Ties("BOUND_BY", parties, agreements, 4);
        Ties("VOTES_IN", agreements, companies, 2);
        return new RandomMarket(seed, [.. facts]);
    }

    private static Provenance Origin(List<Fact> facts) => new("random", facts.Count.ToString(CultureInfo.InvariantCulture), 0.9m);
}
