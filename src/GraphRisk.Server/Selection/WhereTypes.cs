using GraphQL.Types;
using GraphRisk.Graph.Schema;
using GraphRisk.Server.Composition;
using GraphRisk.Server.Nodes;

namespace GraphRisk.Server.Selection;

/// <summary>The input types of filters and orders, for every node type, interface and relationship of the schema.</summary>
internal static class WhereTypes
{
    /// <summary>The direction of an order.</summary>
    public const string Direction = "SortDirection";

    private const string CountOrder = "CountOrder";

    /// <summary>Name of the filter of a node type, interface, group or relationship.</summary>
    public static string WhereOf(string name) => $"{name}Where";

    /// <summary>Name of the order of one.</summary>
    public static string OrderOf(string name) => $"{name}Order";

    public static IEnumerable<IGraphType> All(SelectableTypes types, DerivedFields derived)
    {
        yield return Fields.Enum(
            Direction, "Which way an order runs. What is not known comes last either way.",
            ("ASC", false, "The smallest first."), ("DESC", true, "The largest first."));
        yield return Fields.Input("CountFilter", "A condition on a number of relationships.",
            CountOperators.All.Select(one => Fields.Declared(one.Name, one.Type, one.Description)));
        yield return Fields.Input(CountOrder, "By how many there are.", Fields.Declared("count", Direction, "How many there are."));
        yield return Enumeration(DerivedFields.Grades);
        foreach (var filter in Filters(types)) yield return filter;
        foreach (var group in derived.Groups)
        {
            yield return Where(group.TypeName, group.Description, group.Fields, []);
            yield return Order(group.TypeName, group.Fields);
        }

        foreach (var type in types.All)
        {
            yield return Where(type.Name, $"Conditions on {type.Name}; all that are given have to hold.", type.Fields,
            [
                .. type.Groups.Select(group => Fields.Declared(group.Name, WhereOf(group.TypeName), group.Description)),
                .. type.Variants.Select(variant => Fields.Declared(variant.Name, WhereOf(variant.Type.Name), $"It is a {variant.Type.Name} that fulfils this.")),
                .. type.Relations.Select(relation => Fields.Declared(relation.Name, RelationWhere(relation), Sentence(relation))),
            ]);
            yield return Order(type.Name, type.Fields,
            [
                .. type.Groups.Select(group => Fields.Declared(group.Name, OrderOf(group.TypeName), group.Description)),
                .. type.Relations.Select(relation => Fields.Declared(relation.Name, CountOrder, $"{Sentence(relation)} By how many there are.")),
            ]);
        }

        foreach (var relationship in types.Relationships)
        {
            var fields = types.FieldsOf(relationship);
            if (!fields.IsEmpty)
            {
                yield return Where(relationship.Name, $"Conditions on the relationship {relationship.GraphName}.", fields, []);
                yield return Order(relationship.Name, fields);
            }

            foreach (var fromStart in (bool[])[true, false])
            {
                var relation = new SelectableRelation(ElementNames.FieldOf(relationship, fromStart), relationship, fromStart);
                yield return EndWhere(relation, !fields.IsEmpty);
                yield return EndOrder(relation, !fields.IsEmpty);
                yield return Quantifiers(relation);
            }
        }
    }

    /// <summary>Name of the filter of what a relationship leads to.</summary>
    public static string RelationWhere(SelectableRelation relation) => $"{relation.TypeName}Filter";

    private static IEnumerable<IGraphType> Filters(SelectableTypes types) =>
        types.All.SelectMany(type => type.AllFields).Concat(types.Relationships.SelectMany(type => types.FieldsOf(type)))
            .Select(field => field.Field).DistinctBy(FieldOperators.FilterOf).OrderBy(FieldOperators.FilterOf, StringComparer.Ordinal)
            .Select(FieldOperators.Filter);

    private static EnumerationGraphType Enumeration(EnumType type) => Fields.Enum(type.Name, type.Description, type.Values.Select(value => (value, value, value)));

    private static InputObjectGraphType Where(string name, string description, IEnumerable<SelectableField> fields, IEnumerable<FieldType> more) => Fields.Input(
        WhereOf(name), description,
        [
            .. fields.Select(field => Fields.Declared(field.Name, FieldOperators.FilterOf(field.Field), ElementFields.Describe(field.Field))),
            .. more,
            .. Logic(WhereOf(name)),
        ]);

    private static InputObjectGraphType Order(string name, IEnumerable<SelectableField> fields, params IEnumerable<FieldType> more) => Fields.Input(
        OrderOf(name), "One field, and which way, such as { name: ASC }; further ones in objects after it.",
        [
            .. fields.Where(field => field.HasOrder).Select(field => Fields.Declared(field.Name, Direction, ElementFields.Describe(field.Field))),
            .. more,
        ]);

    private static InputObjectGraphType EndWhere(SelectableRelation relation, bool hasFields) => Fields.Input(
        WhereOf(relation.TypeName), $"Conditions on {relation.Type.GraphName} and the {relation.Far} it leads to; all that are given have to hold.",
        [
            Fields.Declared("node", WhereOf(relation.Far), $"Conditions on the {relation.Far}."),
            .. hasFields ? [Fields.Declared("edge", WhereOf(relation.Type.Name), "Conditions on the relationship itself.")] : Array.Empty<FieldType>(),
            .. Logic(WhereOf(relation.TypeName)),
        ]);

    private static InputObjectGraphType EndOrder(SelectableRelation relation, bool hasFields) => Fields.Input(
        OrderOf(relation.TypeName), "One field of the node or of the relationship, and which way; further ones in objects after it.",
        [
            Fields.Declared("node", OrderOf(relation.Far), $"A field of the {relation.Far}."),
            .. hasFields ? [Fields.Declared("edge", OrderOf(relation.Type.Name), "A field of the relationship.")] : Array.Empty<FieldType>(),
        ]);

    private static InputObjectGraphType Quantifiers(SelectableRelation relation)
    {
        var inner = WhereOf(relation.TypeName);
        return Fields.Input(
            RelationWhere(relation), $"How many {relation.Type.GraphName} have to be what; all that is given has to hold.",
            Fields.Declared("some", inner, "One at least is like this."),
            Fields.Declared("none", inner, "None is like this."),
            Fields.Declared("all", inner, "Each is like this; so too where there are none."),
            Fields.Declared("single", inner, "Exactly one is like this."),
            Fields.Declared("count", "CountFilter", "How many there are."));
    }

    /// <summary>How conditions of a type are put together.</summary>
    public static IEnumerable<FieldType> Logic(string type) =>
    [
        Fields.Declared("and", $"[{type}!]", "Each holds."),
        Fields.Declared("or", $"[{type}!]", "One at least holds."),
        Fields.Declared("not", type, "It does not hold. Of what is not known neither it nor its contrary is said."),
    ];

    private static string Sentence(SelectableRelation relation) => $"{relation.Type.Description.TrimEnd('.')}: the {relation.Far} at the other end.";
}

/// <summary>Conditions on a number.</summary>
internal static class CountOperators
{
    public static (string Name, string Type, string Description, Func<long, long, bool> Holds)[] All { get; } =
    [
        ("eq", "Int", "So many.", (count, given) => count == given),
        ("ne", "Int", "Another number.", (count, given) => count != given),
        ("lt", "Int", "Fewer.", (count, given) => count < given),
        ("lte", "Int", "At most so many.", (count, given) => count <= given),
        ("gt", "Int", "More.", (count, given) => count > given),
        ("gte", "Int", "At least so many.", (count, given) => count >= given),
    ];
}
