namespace GraphRisk.Stores.Neo4j;

/// <summary>A constraint or an index.</summary>
/// <param name="Name">Its name in the database; a constraint's index has the same.</param>
/// <param name="Shape">What it is of.</param>
/// <param name="Statement">Creates it where it is missing.</param>
internal sealed record SchemaItem(string Name, SchemaShape Shape, string Statement)
{
    /// <summary>One node for each value of a property.</summary>
    public static SchemaItem UniqueNode(string name, string label, string property) =>
        Of("schema/unique-node", name, new SchemaShape(SchemaShape.Range, SchemaShape.Nodes, label, property, IsConstraint: true));

    /// <summary>One relationship for each value of a property.</summary>
    public static SchemaItem UniqueRelationship(string name, string type, string property) =>
        Of("schema/unique-relationship", name, new SchemaShape(SchemaShape.Range, SchemaShape.Relationships, type, property, IsConstraint: true));

    /// <summary>Finds nodes by the values of properties in turn.</summary>
    public static SchemaItem IndexOfNodes(string name, string label, params string[] properties) =>
        OfEach("schema/index-nodes", name, SchemaShape.Range, SchemaShape.Nodes, label, "node", properties);

    /// <summary>Finds relationships by the values of properties in turn.</summary>
    public static SchemaItem IndexOfRelationships(string name, string type, params string[] properties) =>
        OfEach("schema/index-relationships", name, SchemaShape.Range, SchemaShape.Relationships, type, "r", properties);

    /// <summary>Finds nodes by words of any of the properties.</summary>
    public static SchemaItem SearchOfNodes(string name, string label, params IReadOnlyCollection<string> properties) =>
        OfEach("schema/search-nodes", name, SchemaShape.FullText, SchemaShape.Nodes, label, "node", properties);

    private static SchemaItem Of(string text, string name, SchemaShape shape) =>
        new(name, shape, CypherText.Get(text).With([("Name", name), ("Type", shape.Type), ("Property", shape.Properties)]));

    private static SchemaItem OfEach(
        string text, string name, string kind, string entity, string type, string variable, IReadOnlyCollection<string> properties) => new(
        name, new SchemaShape(kind, entity, type, string.Join(", ", properties), IsConstraint: false), CypherText.Get(text).WithEach(
            $"{variable}.`@Each@`", properties.Select(property => $"{variable}.{CypherText.Quoted(property)}"), ("Name", name), ("Type", type)));
}

/// <summary>What a constraint or index is of, in the words in which the server lists it.</summary>
/// <param name="Kind">Kind of index, such as <see cref="Range"/>; of a constraint without an index that of the constraint.</param>
/// <param name="Entity"><see cref="Nodes"/> or <see cref="Relationships"/>.</param>
/// <param name="Type">Label or relationship type; several with commas between.</param>
/// <param name="Properties">Properties, with commas between.</param>
/// <param name="IsConstraint">Whether it refuses values.</param>
internal sealed record SchemaShape(string Kind, string Entity, string Type, string Properties, bool IsConstraint)
{
    public const string Range = "RANGE";
    public const string FullText = "FULLTEXT";
    public const string Nodes = "NODE";
    public const string Relationships = "RELATIONSHIP";

    /// <summary>Label or type with its properties, as in Cypher.</summary>
    public string Place => Entity == Nodes ? $"(:{Type} {{{Properties}}})" : $"[:{Type} {{{Properties}}}]";
}
