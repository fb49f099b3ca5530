using System.Collections.Immutable;
using GraphRisk.Graph.Facts;
using GraphRisk.Graph.Schema;
using GraphRisk.Intake.Resolution.Ledger;

namespace GraphRisk.Server.Tests.Served;

/// <summary>Who tells of a part of <see cref="FullMarket"/>.</summary>
internal enum World
{
    /// <summary>Broker B001.</summary>
    Own,

    /// <summary>A registry.</summary>
    Open,

    /// <summary>Broker B002.</summary>
    Elsewhere,
}

/// <summary>
/// A market made of the catalog: in each of three worlds a node of every type and a relationship of every type, with a value in
/// every field. What is added to <c>graph-schema/</c> is in it. A world's person and company are clients of its broker, and what can
/// belong to somebody belongs to the person.
/// </summary>
internal static class FullMarket
{
    public static SchemaCatalog Catalog => MarketSketch.Catalog;

    public static IEnumerable<RelationshipType> Relationships => Catalog.RelationshipTypes.Where(type => type.GraphName != SchemaCatalog.SameAs);

    public static ImmutableArray<Change> Changes =>
    [
        .. from world in Enum.GetValues<World>()
           from fact in FactsOf(world)
           select Change.Assert(fact),
        Change.Assert(Edge(Catalog.Relationship(SchemaCatalog.SameAs), Catalog.Node("Person"), World.Own, IdOf(Catalog.Node("Person"), World.Open), JudgementFacts.ReviewSource)),
    ];

    /// <summary>The node of a type in a world. Brokers are public and have codes.</summary>
    public static NodeId IdOf(NodeType type, World world) => new(type.Name, type.Name == "Broker" ? BrokerOf(world) : $"{SourceOf(world)}:{type.Name}");

    /// <summary>The types a relationship leads to from a type, or from which it leads there.</summary>
    public static IEnumerable<NodeType> Ends(RelationshipType type, NodeType near, bool fromStart) =>
        Pairs(type).Where(pair => (fromStart ? pair.From : pair.To) == near).Select(pair => fromStart ? pair.To : pair.From);

    /// <summary>The value of a field, the same in every node.</summary>
    public static PropertyValue ValueOf(Field field) => field.Kind switch
    {
        FieldKind.Integer => PropertyValue.Of(12345L),
        FieldKind.Decimal => PropertyValue.Of(field.Maximum <= 1 ? 0.4567m : 123456.78m),
        FieldKind.Boolean => PropertyValue.Of(true),
        FieldKind.Date => PropertyValue.Of(new DateOnly(1980, 5, 17)),
        FieldKind.DateTime => PropertyValue.Of(new DateTimeOffset(2020, 5, 17, 1, 2, 3, TimeSpan.Zero)),
        FieldKind.Enum when field.Enum!.Values.Contains("NO_MATCH") => PropertyValue.OfEnum("NO_MATCH"),
        FieldKind.Enum => PropertyValue.OfEnum(field.Enum!.Values[0]),
        FieldKind.StringList => PropertyValue.Of([Text(field), Text(field) + "2"]),
        _ => PropertyValue.Of(Text(field)),
    };

    public static string RecordKey(World world) => $"record of {world}";

    private static IEnumerable<Fact> FactsOf(World world) =>
    [
        .. Catalog.NodeTypes.Select(type => new NodeFact(
            IdOf(type, world), Values(type), Validity.Always, Origin(type.Name == "Broker" ? "platform" : SourceOf(world), world))),
        .. from type in Relationships
           from pair in Pairs(type)
           select Edge(type, pair.From, world, IdOf(pair.To, world), SourceOf(world)),
    ];

    private static RelationshipFact Edge(RelationshipType type, NodeType from, World world, NodeId to, string source) =>
        new(type.GraphName, IdOf(from, world), to, "", Values(type), Validity.Always, Origin(source, world));

    private static Properties Values(ElementType type) => Properties.Of(type.Fields.Select(field => new Property(field.Name, ValueOf(field))));

    private static Provenance Origin(string source, World world) => new(source, RecordKey(world), 0.9m, new TextSpan(12, 20));

    // A party at the start is the person, at the end of another party's relationship the company; both are clients.
    private static IEnumerable<(NodeType From, NodeType To)> Pairs(RelationshipType type) =>
        from start in Catalog.NodeTypes.Where(one => one.Is(type.From))
        where !start.IsParty || type.From != SchemaCatalog.Party || start.Name == "Person" || type.GraphName == "CLIENT_OF"
        from end in Catalog.NodeTypes.Where(one => one.Is(type.To))
        where !end.IsParty || type.To != SchemaCatalog.Party || (end.Name == "Company") == start.IsParty
        select (start, end);

    private static string Text(Field field) => field.Mask switch
    {
        MaskKind.Name => "张三丰",
        MaskKind.Address => "上海市浦东新区世纪大道1号",
        MaskKind.Email => "zhang.san@example.cn",
        MaskKind.Reasons => "same-name +0.45: 张三丰 | 張三丰",
        _ => $"3101011980{field.Name}1234",
    };

    private static string SourceOf(World world) => world == World.Open ? "registry" : $"broker-{BrokerOf(world)}";

    private static string BrokerOf(World world) => world switch { World.Own => "B001", World.Elsewhere => "B002", _ => "B003" };
}
