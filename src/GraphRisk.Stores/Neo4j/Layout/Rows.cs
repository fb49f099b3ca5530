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

    /// <summary>Properties of a relationship, labels and key of its start, labels and key of its end; null where an end is of no type of the schema.</summary>
    public static Recording? Relationship(SchemaCatalog catalog, RelationshipType type, object?[] row) =>
        TypeOf(catalog, row[1]) is { } from && TypeOf(catalog, row[3]) is { } to
            ? StoredProperties.ReadRelationship(type, new NodeId(from, (string)row[2]!), new NodeId(to, (string)row[4]!), Map(row[0]))
            : null;

    /// <summary>The label that is a type of the schema; null where a later program made the node of a type this one does not have.</summary>
    public static string? TypeOf(SchemaCatalog catalog, object? labels)
    {
        foreach (var label in (object?[])labels!)
            if (label is string name && catalog.FindNode(name) is { } type) return type.Name;
        return null;
    }

    /// <summary>A list of texts.</summary>
    public static IEnumerable<string> Texts(object? value) => ((object?[])value!).Cast<string>();

    /// <summary>Position among all recordings of a row that begins with properties.</summary>
    public static long Sequence(object?[] row) => (long)Map(row[0])["_seq"]!;
}
