using GraphRisk.Graph.Facts;
using GraphRisk.Graph.Schema;

namespace GraphRisk.Stores.Neo4j;

/// <summary>Identifiers that facts state, as <c>SCHEME:value</c>.</summary>
internal static class Identifiers
{
    public static string Key(string scheme, string value) => $"{scheme}:{value}";

    public static IEnumerable<string> Of(NodeFact fact, NodeType type)
    {
        foreach (var (name, value) in fact.Properties)
            if (type.FindField(name)?.IdentifierScheme is { } scheme)
                foreach (var text in value.Kind == FieldKind.StringList ? value.AsStrings() : [value.AsString()])
                    yield return Key(scheme, text);
    }
}
