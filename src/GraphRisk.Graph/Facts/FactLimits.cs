using System.Text;
using GraphRisk.Graph.Schema;

namespace GraphRisk.Graph.Facts;

/// <summary>
/// How long texts may be, in bytes of UTF-8. Lucene takes no term above 32,766 bytes, Neo4j no indexed value above some 8,000:
/// one value beyond that would take the index, and with it search or the store, from everybody. So the limits are held at the
/// door, for every store alike, well below what any index refuses.
/// </summary>
public static class FactLimits
{
    /// <summary>Keys of nodes, relationships and records.</summary>
    public const int Key = 1_024;

    /// <summary>Identifiers.</summary>
    public const int Identifier = 512;

    /// <summary>Names and other texts that are found by how they begin or shown as captions.</summary>
    public const int Name = 4_000;

    /// <summary>All other texts.</summary>
    public const int Text = 1_048_576;

    /// <summary>Prose that is found by its words.</summary>
    public const int Prose = 1_048_576;

    /// <summary>Whether a text is longer than so many bytes.</summary>
    public static bool Exceeds(string text, int limit) => text.Length > limit / 3 && (text.Length > limit || Encoding.UTF8.GetByteCount(text) > limit);

    /// <summary>The limit a value exceeds; null where it keeps to it.</summary>
    public static int? FindIn(Field field, PropertyValue value)
    {
        var limit = Of(field);
        return value.Kind switch
        {
            FieldKind.String when Exceeds(value.AsString(), limit) => limit,
            FieldKind.StringList when value.AsStrings().Any(text => Exceeds(text, limit)) => limit,
            _ => null,
        };
    }

    /// <summary>The texts of a list that keep to the limit.</summary>
    public static IReadOnlyList<string> Within(Field field, PropertyValue list) => [.. list.AsStrings().Where(text => !Exceeds(text, Of(field)))];

    private static int Of(Field field) =>
        field.IdentifierScheme is not null || field.Unique ? Identifier
        : field.Searchable && field.Mask == MaskKind.Text ? Prose
        : field.Searchable || field.Caption ? Name
        : Text;
}
