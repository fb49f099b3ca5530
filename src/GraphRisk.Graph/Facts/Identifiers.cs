using GraphRisk.Graph.Schema;

namespace GraphRisk.Graph.Facts;

/// <summary>An identifier of a node in the world.</summary>
/// <param name="Scheme">Scheme, as <c>@identifier</c> names it.</param>
/// <param name="Value">Value as written.</param>
public readonly record struct Identifier(string Scheme, string Value);

/// <summary>Reads the identifiers among properties.</summary>
public static class Identifiers
{
    /// <summary>The identifiers among the properties of a node of a type; each text of a list is one.</summary>
    public static IEnumerable<Identifier> Of(NodeType type, Properties properties)
    {
        foreach (var field in type.IdentifierFields)
        {
            if (!properties.TryGet(field.Name, out var value)) continue;
            if (value.Kind == FieldKind.StringList)
                foreach (var text in value.AsStrings()) yield return new Identifier(field.IdentifierScheme!, text);
            else
                yield return new Identifier(field.IdentifierScheme!, value.AsString());
        }
    }
}
