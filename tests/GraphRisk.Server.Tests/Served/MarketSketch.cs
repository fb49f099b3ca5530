using System.Collections.Immutable;
using GraphRisk.Graph.Facts;
using GraphRisk.Graph.Schema;
using GraphRisk.Intake.Resolution.Ledger;
using GraphRisk.TestKit;

namespace GraphRisk.Server.Tests.Served;

/// <summary>Facts written tersely: values are given as text and read as the schema says; a node's source is what its key begins with.</summary>
internal sealed class MarketSketch
{
    private readonly List<Fact> facts = [];

    public static SchemaCatalog Catalog => GraphText.Catalog;

    public ImmutableArray<Change> Changes => [.. facts.Select(Change.Assert)];

    public MarketSketch Node(string id, params (string Name, string Value)[] fields)
    {
        var node = NodeId.Parse(id);
        facts.Add(new NodeFact(node, Read(Catalog.Node(node.Type), fields), Validity.Always, Origin(node)));
        return this;
    }

    public MarketSketch NodeFrom(DateOnly since, string id, params (string Name, string Value)[] fields)
    {
        var node = NodeId.Parse(id);
        facts.Add(new NodeFact(node, Read(Catalog.Node(node.Type), fields), Validity.Since(since), Origin(node)));
        return this;
    }

    public MarketSketch Edge(string relationship, string from, string to, params (string Name, string Value)[] fields) => EdgeIn(Validity.Always, relationship, from, to, fields);

    public MarketSketch EdgeIn(Validity validity, string relationship, string from, string to, params (string Name, string Value)[] fields)
    {
        var start = NodeId.Parse(from);
        facts.Add(new RelationshipFact(
            relationship, start, NodeId.Parse(to), "", Read(Catalog.Relationship(relationship), fields), validity, Origin(start)));
        return this;
    }

    public MarketSketch Match(string left, string right) => Edge(
        "SAME_AS", left, right, ("verdict", "MATCH"), ("judge", "test"), ("reasons", "the test says so"));

    /// <summary>What the rules could not decide.</summary>
    public MarketSketch Undecided(string left, string right, decimal score) => Ruled(left, right, Verdict.Undecided, score);

    /// <summary>What the rules judged.</summary>
    public MarketSketch Ruled(string left, string right, Verdict verdict, decimal score) => Judged(Ruling(left, right, verdict, score));

    /// <summary>A match of the rules that was set aside.</summary>
    public MarketSketch SetAside(string left, string right, string reason) => Judged(Ruling(left, right, Verdict.Match, 0.99m).SetAside(reason));

    private static Judgement Ruling(string left, string right, Verdict verdict, decimal score) =>
        new(NodeId.Parse(left), NodeId.Parse(right), verdict, score, "test", ["prior -2.00", "same-name +2.50: 甲 | 甲"], ByPerson: false) { Bits = 0.5m };

    private MarketSketch Judged(Judgement judgement)
    {
        facts.Add(JudgementFacts.ToFact(judgement));
        return this;
    }

    private static Properties Read(ElementType type, (string Name, string Value)[] fields) => Properties.Of(fields.Select(field =>
        new Property(field.Name, type.GetField(field.Name) is { Kind: FieldKind.StringList }
            ? PropertyValue.Of(field.Value.Split('|'))
            : PropertyText.Parse(type.GetField(field.Name).Kind, field.Value))));

    private static Provenance Origin(NodeId node)
    {
        var parts = node.Key.Split(':', 2);
        return parts.Length == 2 ? new Provenance(parts[0], parts[1], 0.9m) : new Provenance("sketch", node.Key, 0.9m);
    }
}
