using GraphRisk.Graph.Facts;
using GraphRisk.Graph.Schema;

namespace GraphRisk.Stores.Neo4j.Layout;

/// <summary>Keys of the <c>Identifier</c> nodes: <c>SCHEME:value</c>.</summary>
internal static class IdentifierKeys
{
    public static string Of(Identifier identifier) => $"{identifier.Scheme}:{identifier.Value}";

    /// <summary>Keys of the identifiers that a fact states.</summary>
    public static IEnumerable<string> Of(NodeFact fact, NodeType type) => Identifiers.Of(type, fact.Properties).Select(Of);
}
