using GraphRisk.Graph.Facts;
using GraphRisk.Graph.Schema;

namespace GraphRisk.Graph.Tests.Facts;

public sealed class FactCheckTests
{
    private static readonly SchemaCatalog Catalog = SchemaCatalog.LoadEmbedded();
    private static readonly NodeFact Company = new(
        new NodeId("Company", "a:1"), Properties.Of(("name", PropertyValue.Of("甲"))), Validity.Always, new Provenance("a", "1", 0.5m));

    private static readonly RelationshipFact Holding = new(
        "HOLDS", new NodeId("Person", "a:2"), Company.Node, "", Properties.None, Validity.Always, new Provenance("a", "1", 0.5m));

    private static IEnumerable<TestCaseData> Unsound()
    {
        TestCaseData Case(Fact fact, string reason) => new TestCaseData(fact, reason).SetArgDisplayNames(reason);
        yield return Case(Company with { Node = new NodeId("Ship", "a:1") }, "unknown node type 'Ship'");
        yield return Case(Company with { Node = new NodeId("Company", "") }, "has no key");
        yield return Case(Company with { Node = new NodeId("Company", "\ud800") }, "half a surrogate pair");
        yield return Case(Company with { Properties = Properties.None }, "is required");
        yield return Case(With("nom", PropertyValue.Of("x")), "is not a field");
        yield return Case(With("name", PropertyValue.Of("x\udc00y")), "half a surrogate pair");
        yield return Case(With("aliases", PropertyValue.Of(["ok", "\ud800"])), "half a surrogate pair");
        yield return Case(With("name", PropertyValue.Of(3m)), "is a Decimal, the schema says String");
        yield return Case(With("kind", PropertyValue.OfEnum("CLUB")), "'CLUB' is none of");
        yield return Case(With("registeredCapital", PropertyValue.Of(-1m)), "is below 0");
        yield return Case(Company with { Validity = new Validity(DateTimeOffset.MaxValue, DateTimeOffset.MaxValue) }, "not before its end");
        yield return Case(Company with { Provenance = new Provenance("a", "1", 1.1m) }, "not between 0 and 1");
        yield return Case(Company with { Provenance = new Provenance("a", "1", 1, new TextSpan(5, 4)) }, "no part of a text");
        yield return Case(Company with { Provenance = new Provenance("\udfff", "1", 1) }, "half a surrogate pair");
        yield return Case(Holding with { Relationship = "LIKES" }, "unknown relationship type 'LIKES'");
        yield return Case(Holding with { To = new NodeId("Person", "a:3") }, "HOLDS needs a Company");
        yield return Case(Holding with { From = new NodeId("Account", "a:3") }, "HOLDS needs a Party");
        yield return Case(Holding with { Key = "\ud800" }, "half a surrogate pair");
        yield return Case(Holding with { Properties = Properties.Of(("share", PropertyValue.Of(2.01m))) }, "is above 1");
    }

    [TestCaseSource(nameof(Unsound))]
    public void AnUnsoundFactIsNamedWithItsFault(Fact fact, string reason) =>
        Assert.That(FactCheck.Find(Catalog, fact)?.ToString(), Does.Contain(reason));

    [Test]
    public void SoundFactsPassWholePairsOfSurrogatesAmongThem()
    {
        Assert.That(FactCheck.Find(Catalog, With("name", PropertyValue.Of("\U00020000甲\U0001F600"))), Is.Null);
        Assert.That(FactCheck.Find(Catalog, Holding), Is.Null);
    }

    private static NodeFact With(string field, PropertyValue value) => Company with
    {
        Properties = field == "name"
            ? Properties.Of((field, value)) : Properties.Of(("name", PropertyValue.Of("甲")), (field, value)),
    };
}
