using System.Text.Json;
using GraphRisk.Graph.Facts;
using GraphRisk.Graph.Schema;

namespace GraphRisk.Stores.Neo4j.Layout;

/// <summary>What a fact is about: a node (<paramref name="Start"/>), or a relationship between two.</summary>
/// <param name="Relationship">Name of the relationship type, or null for a node.</param>
/// <param name="Start">The node, or where the relationship starts.</param>
/// <param name="End">Where the relationship ends.</param>
/// <param name="Key">Key of the relationship.</param>
internal sealed record Element(string? Relationship, NodeId Start, NodeId End, string Key)
{
    public static Element Of(Fact fact) => fact switch
    {
        RelationshipFact edge => new Element(edge.Relationship, edge.From, edge.To, edge.Key),
        NodeFact node => OfNode(node.Node),
        _ => throw new ArgumentException($"Unknown fact {fact.GetType()}.", nameof(fact)),
    };

    public static Element OfNode(NodeId node) => new(null, node, default, "");

    /// <summary>Name of the type: node type or relationship.</summary>
    public string Type => Relationship ?? Start.Type;

    /// <summary>Whether a schema has the types it is of; it has not where a later program wrote.</summary>
    public bool IsKnown(SchemaCatalog catalog) => catalog.FindNode(Start.Type) is not null
        && (Relationship is null || (catalog.FindRelationship(Relationship) is not null && catalog.FindNode(End.Type) is not null));

    /// <summary>One text from which <see cref="Parse"/> makes the element again.</summary>
    public string ToText() => JsonSerializer.Serialize(
        Relationship is null ? [Start.Type, Start.Key] : new[] { Relationship, Start.Type, Start.Key, End.Type, End.Key, Key });

    public static Element Parse(string text)
    {
        var parts = JsonSerializer.Deserialize<string[]>(text)!;
        return parts.Length == 2
            ? OfNode(new NodeId(parts[0], parts[1]))
            : new Element(parts[0], new NodeId(parts[1], parts[2]), new NodeId(parts[3], parts[4]), parts[5]);
    }
}
