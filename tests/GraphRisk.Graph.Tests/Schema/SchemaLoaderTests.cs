using GraphRisk.Graph.Schema;

namespace GraphRisk.Graph.Tests.Schema;

public sealed class SchemaLoaderTests
{
    private const string Sound = """
        type Thing @node @classified(level: 2) {
          code: String! @unique
          size: Decimal @series @range(min: "0", max: "1")
          shape: Shape @classified(level: 3, mask: NAME)
        }

        enum Shape { ROUND SQUARE }

        type Near @relationship(name: "NEAR", from: "Thing", to: "Thing", parallel: EVENTS) @classified(level: 1) {
          distance: Decimal
        }
        """;

    /// <summary>Fields whose values may be below zero, by name; all other numbers of the shipped schema state their range.</summary>
    private static readonly string[] Signed =
        ["bits", "cash", "cost", "revenue", "netProfit", "interestRate", "priceToEarnings"];

    [Test]
    public void AnAmountThatCannotBeNegativeSaysSo()
    {
        var catalog = SchemaCatalog.LoadEmbedded();
        var fields = catalog.NodeTypes.SelectMany(type => type.Fields.Select(field => (Type: type.Name, Field: field)))
            .Concat(catalog.RelationshipTypes.SelectMany(type => type.Fields.Select(field => (Type: type.Name, Field: field))))
            .Where(one => one.Field.Kind == FieldKind.Decimal && one.Type is not ("MarketStatistic" or "WarningSign") && !Signed.Contains(one.Field.Name)).ToList();
        Assert.That(fields, Has.Count.GreaterThan(40));
        Assert.That(fields.Where(one => one.Field.Minimum is null).Select(one => $"{one.Type}.{one.Field.Name}"), Is.Empty);
    }

    [Test]
    public void ASoundSchemaIsReadWithAllItSays()
    {
        var catalog = SchemaCatalog.Load([("a.graphql", Sound)]);
        var thing = catalog.Node("Thing");
        Assert.That(thing.Level, Is.EqualTo(Sensitivity.Internal));
        Assert.That(thing.GetField("code"), Has.Property("Unique").True.And.Property("Required").True);
        Assert.That(thing.GetField("size"), Has.Property("Series").True.And.Property("Minimum").EqualTo(0m).And.Property("Maximum").EqualTo(1m));
        Assert.That(thing.GetField("shape").Enum!.Values, Is.EqualTo(new[] { "ROUND", "SQUARE" }));
        Assert.That(thing.GetField("shape"), Has.Property("Mask").EqualTo(MaskKind.Name).And.Property("Level").EqualTo(Sensitivity.Confidential));
        Assert.That(catalog.Relationship("NEAR").Parallel, Is.EqualTo(Parallels.Events));
    }

    [Test]
    public void TheSchemaOfTheRepositoryIsSoundAndItsOrderOfFilesDoesNotMatter()
    {
        var embedded = SchemaCatalog.LoadEmbedded();
        var folder = SchemaCatalog.LoadFolder(TestKit.Repository.PathOf("graph-schema"));
        Assert.That(folder.Hash, Is.EqualTo(embedded.Hash));
        Assert.That(embedded.Node("Person").IsParty, Is.True);
    }

    // Each case replaces a part of the sound schema and names the line at fault, counted from 1.
    [TestCase("level: 2", "level: 5", 1, "not a level from 1 to 4")]
    [TestCase("level: 2", "level: 0", 1, "not a level from 1 to 4")]
    [TestCase("level: 2", "level: \"high\"", 1, "not a level from 1 to 4")]
    [TestCase("@classified(level: 2)", "@classified", 1, "lacks its argument 'level'")]
    [TestCase("@classified(level: 2)", "", 1, "has no @classified(level:)")]
    [TestCase("@node", "@node @derived", 1, "@node and @derived at once")]
    [TestCase("@node", "", 1, "neither @node nor @relationship nor @derived")]
    [TestCase("@node", "@node @node", 1, "stated twice")]
    [TestCase("@node", "@node @shiny", 1, "Unknown directive '@shiny'")]
    [TestCase("@node", "@node @unique", 1, "cannot stand on a type")]
    [TestCase("@unique", "@node", 2, "cannot stand on a field")]
    [TestCase("@unique", "@unique(on: true)", 2, "has no argument 'on'")]
    [TestCase("code: String! @unique", "code: Long! @unique", 2, "has @unique and is not String")]
    [TestCase("size: Decimal @series", "key: Decimal @series", 3, "is named as what a graph store keeps the node's own key in")]
    [TestCase("distance: Decimal", "distance: String @unique", 10, "only nodes' fields may have")]
    [TestCase("size: Decimal @series @range(min: \"0\", max: \"1\")", "size: String @unique", 3, "has @unique, and so has 'code'")]
    [TestCase("size: Decimal @series @range(min: \"0\", max: \"1\")", "code: String", 3, "'Thing.code' is stated twice")]
    [TestCase("size: Decimal @series", "size: Decimal @computedFrom(field: \"weight\") @series", 3, "is computed from 'weight', which is no other field of the type")]
    [TestCase("size: Decimal @series", "size: Decimal @computedFrom(field: \"size\") @series", 3, "is computed from 'size', which is no other field of the type")]
    [TestCase("size: Decimal", "size: Long", 3, "has @series and is not Decimal")]
    [TestCase("distance: Decimal", "distance: Decimal @series", 10, "has @series, which only nodes' fields may have")]
    [TestCase("distance: Decimal", "distance: String @identifier(scheme: \"X\")", 10, "has @identifier, which only nodes' fields may have")]
    [TestCase("distance: Decimal", "distance: String @range(min: \"1\")", 10, "has @range and is not a number")]
    [TestCase("min: \"0\", max: \"1\"", "min: \"2\", max: \"1\"", 3, "lower bound above the upper")]
    [TestCase("min: \"0\"", "min: \"none\"", 3, "is 'none', which is not a number")]
    [TestCase("min: \"0\"", "min: \"0\", min: \"0\"", 3, "given 'min' twice")]
    [TestCase("min: \"0\"", "min: [1]", 3, "neither a text, a number nor a name")]
    [TestCase("code: String! @unique", "code: Decimal! @identifier(scheme: \"X\")", 2, "has @identifier and is not text")]
    [TestCase("@unique", "@identifier", 2, "lacks its argument 'scheme'")]
    [TestCase("@unique", "@identifier(scheme: \"\")", 2, "empty scheme")]
    [TestCase("shape: Shape", "shape: Shape @searchable", 4, "has @searchable and is not text")]
    [TestCase("mask: NAME", "mask: FACE", 4, "is 'FACE', which is not allowed there")]
    [TestCase("shape: Shape", "shape: Colour", 4, "unknown type 'Colour'")]
    [TestCase("shape: Shape", "shape: [Shape]", 4, "a list of something other than String")]
    [TestCase("shape: Shape", "shape(of: Int): Shape", 4, "has arguments")]
    [TestCase("shape: Shape", "Shape: Shape", 4, "is not of the form")]
    [TestCase("ROUND SQUARE", "ROUND ROUND", 7, "lists a name twice")]
    [TestCase("ROUND SQUARE", "round", 7, "is not of the form")]
    [TestCase("enum Shape", "enum Thing", 7, "is already stated at a.graphql:1")]
    [TestCase("enum Shape", "type shape @node @classified(level: 1) { a: Int } enum Shape", 7, "is not of the form")]
    [TestCase("enum Shape", "scalar Money enum Shape", 7, "scalar 'Money' is unknown")]
    [TestCase("enum Shape", "union Any = Thing enum Shape", 7, "no part of a schema")]
    [TestCase("enum Shape", "extend type Thing { a: Int } enum Shape", 7, "no part of a schema")]
    [TestCase("name: \"NEAR\"", "name: \"near\"", 9, "is not of the form")]
    [TestCase("name: \"NEAR\", ", "", 9, "lacks its argument 'name'")]
    [TestCase("to: \"Thing\"", "to: \"Nothing\"", 9, "ends at the unknown type 'Nothing'")]
    [TestCase("parallel: EVENTS", "parallel: SOMETIMES", 9, "is 'SOMETIMES', which is not allowed there")]
    [TestCase("type Near @rel", "type Near implements Thing @rel", 9, "is a relationship and implements 'Thing'")]
    [TestCase("type Thing @node", "type Thing implements Shaped @node", 1, "unknown interface 'Shaped'")]
    [TestCase("enum Shape", "interface Sized { width: Decimal } type Box implements Sized @node @classified(level: 1) { a: Int } enum Shape", 7, "lacks 'width' of 'Sized'")]
    [TestCase("enum Shape", "interface Sized { width: Decimal } type Box implements Sized @node @classified(level: 1) { width: Int } enum Shape", 7, "'Sized' says Decimal")]
    [TestCase("type Near", "type THING @node @classified(level: 1) { a: Int } type Beside @relationship(name: \"THING\", from: \"Thing\", to: \"Thing\") @classified(level: 1) type Near", 9, "a relationship and a type of node")]
    [TestCase("code: String! @unique", "code: String! @unique @codes(list: \"none\")", 2, "there is no 'codes/none.csv'")]
    [TestCase("distance: Decimal", "distance: ", 11, "Expected")]
    public void AFaultIsRefusedWithFileAndLine(string part, string instead, int line, string reason)
    {
        var at = Sound.IndexOf(part, StringComparison.Ordinal);
        Assert.That(at, Is.Not.Negative);
        var text = Sound[..at] + instead + Sound[(at + part.Length)..];
        var error = Assert.Throws<SchemaException>(() => SchemaCatalog.Load([("a.graphql", text)]))!;
        Assert.That(error.Message, Does.StartWith($"a.graphql:{line}: ").And.Contain(reason));
        Assert.That(error.Location, Is.EqualTo(new SourceLocation("a.graphql", line)));
    }

    [Test]
    public void CodesAreNamedByTheirListAndLongerOnesByTheCodeTheyBeginWith()
    {
        var codes = SchemaCatalog.LoadEmbedded().Node("Company").GetField("region").Codes!;
        Assert.That(codes.Find("44"), Is.EqualTo(("广东省", "Guangdong")));
        Assert.That(codes.Find("440300"), Is.EqualTo(("广东省", "Guangdong")));
        Assert.That((codes.Find("99"), codes.Find("4"), codes.Find("")), Is.EqualTo((((string, string)?)null, ((string, string)?)null, ((string, string)?)null)));
    }

    [TestCase("code,zh,en\n1,一,one\n1,二,two", "codes/x.csv:3: The code '1' is there twice.")]
    [TestCase("code,zh,en\n1,一", "codes/x.csv:2: '1,一' is not a code with its name in Chinese and English.")]
    [TestCase("code,en\n", "codes/x.csv:1: A list of codes begins with 'code,zh,en'.")]
    public void AListOfCodesThatIsNoneIsRefusedWithFileAndLine(string list, string message) =>
        Assert.That(() => SchemaCatalog.Load([("a.graphql", Sound), ("codes/x.csv", list)]), Throws.TypeOf<SchemaException>().With.Message.EqualTo(message));

    [Test]
    public void TwoRelationshipsOfOneNameAreRefusedAcrossFiles()
    {
        var other = "type Beside @relationship(name: \"NEAR\", from: \"Thing\", to: \"Thing\") @classified(level: 1)";
        Assert.That(
            () => SchemaCatalog.Load([("a.graphql", Sound), ("b.graphql", other)]),
            Throws.TypeOf<SchemaException>().With.Message.StartsWith("b.graphql:1: ").And.Message.Contains("already stated at a.graphql:9"));
    }
}
