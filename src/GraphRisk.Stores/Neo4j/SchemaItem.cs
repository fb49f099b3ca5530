namespace GraphRisk.Stores.Neo4j;

/// <summary>A constraint or an index.</summary>
/// <param name="Name">Its name in the database; a constraint's index has the same.</param>
/// <param name="Statement">Creates it where it is missing.</param>
internal sealed record SchemaItem(string Name, string Statement)
{
    /// <summary>One node for each value of a property.</summary>
    public static SchemaItem UniqueNode(string name, string label, string property) => Of("schema/unique-node", name, label, ("Property", property));

    /// <summary>One relationship for each value of a property.</summary>
    public static SchemaItem UniqueRelationship(string name, string type, string property) =>
        Of("schema/unique-relationship", name, type, ("Property", property));

    /// <summary>Finds nodes by the values of properties in turn.</summary>
    public static SchemaItem IndexOfNodes(string name, string label, params string[] properties) => OfEach("schema/index-nodes", name, label, "node", properties);

    /// <summary>Finds relationships by the values of properties in turn.</summary>
    public static SchemaItem IndexOfRelationships(string name, string type, params string[] properties) =>
        OfEach("schema/index-relationships", name, type, "r", properties);

    /// <summary>Finds nodes by words of any of the properties.</summary>
    public static SchemaItem SearchOfNodes(string name, string label, params IEnumerable<string> properties) =>
        OfEach("schema/search-nodes", name, label, "node", properties);

    private static SchemaItem Of(string text, string name, string type, params (string, string)[] names) =>
        new(name, CypherText.Get(text).With([("Name", name), ("Type", type), .. names]));

    private static SchemaItem OfEach(string text, string name, string type, string variable, IEnumerable<string> properties) => new(
        name, CypherText.Get(text).WithEach(
            $"{variable}.`@Each@`", properties.Select(property => $"{variable}.{CypherText.Quoted(property)}"), ("Name", name), ("Type", type)));
}
