using GraphRisk.Graph.Facts;
using GraphRisk.Graph.Schema;

namespace GraphRisk.Stores.Neo4j.Layout;

/// <summary>Reads the rows of the store's reading statements.</summary>
internal static class Rows
{
    /// <summary>A map.</summary>
    public static IReadOnlyDictionary<string, object?> Map(object? value) => (IReadOnlyDictionary<string, object?>)value!;

    /// <summary>Properties of a node of a type; null where the node is only named.</summary>
    public static Recording? Node(NodeType type, object?[] row)
    {
        var stored = Map(row[0]);
        return StoredProperties.ReadNode(type, new NodeId(type.Name, (string)stored["key"]!), stored);
    }

    /// <summary>Properties of a further fact on a node.</summary>
    public static Recording Statement(SchemaCatalog catalog, object?[] row)
    {
        var stored = Map(row[0]);
        var node = NodeId.Parse((string)stored["_node"]!);
        return StoredProperties.ReadNode(catalog.Node(node.Type), node, stored)!;
    }

    /// <summary>Properties of a relationship, labels and key of its start, labels and key of its end.</summary>
    public static Recording Relationship(SchemaCatalog catalog, RelationshipType type, object?[] row) => StoredProperties.ReadRelationship(
        type, new NodeId(TypeOf(catalog, row[1]), (string)row[2]!), new NodeId(TypeOf(catalog, row[3]), (string)row[4]!), Map(row[0]));

    /// <summary>The label that is a type of the schema.</summary>
    public static string TypeOf(SchemaCatalog catalog, object? labels)
    {
        foreach (var label in (object?[])labels!)
            if (label is string name && catalog.FindNode(name) is { } type) return type.Name;
        throw new FormatException($"A node with the labels {string.Join(", ", (object?[])labels)} is of no type of the schema.");
    }
}
