using System.Globalization;
using GraphRisk.Graph.Facts;
using GraphRisk.Graph.Schema;

namespace GraphRisk.Stores.Neo4j;

/// <summary>
/// Properties as Neo4j's own types, for people and their queries: decimals become the nearest
/// floats, however many zeros they end with, days dates. Not read back.
/// Every node has a <c>name</c>, which is what Neo4j Browser and Bloom write on it without being told.
/// </summary>
internal static class NativeProperties
{
    /// <summary>The property under which the caption stands.</summary>
    public const string CaptionName = "name";

    public static void AddTo(Dictionary<string, object?> map, Properties properties)
    {
        foreach (var (name, value) in properties) map[name] = Native(value);
    }

    public static Dictionary<string, object?> Of(Properties properties)
    {
        var map = new Dictionary<string, object?>(properties.Count, StringComparer.Ordinal);
        AddTo(map, properties);
        return map;
    }

    /// <summary>The properties of a node with its caption where the fact states a part of it.</summary>
    public static Dictionary<string, object?> OfNode(NodeType type, Properties properties)
    {
        var map = new Dictionary<string, object?>(properties.Count + 1, StringComparer.Ordinal);
        AddTo(map, properties);
        if (CaptionOf(type, properties) is { } caption) map[CaptionName] = caption;
        return map;
    }

    /// <summary>Whether nodes of a type have a caption beside their fields, which do not call the node anything.</summary>
    public static bool HasCaption(NodeType type) => type.FindField(CaptionName) is null;

    /// <summary>The caption as far as the properties state it, or null.</summary>
    public static string? CaptionOf(NodeType type, Properties properties)
    {
        string? caption = null;
        if (!HasCaption(type)) return caption;
        foreach (var field in type.CaptionFields)
            if (properties.TryGet(field.Name, out var value))
                caption = caption is null ? PropertyText.Of(value) : $"{caption} {PropertyText.Of(value)}";
        return caption;
    }

    private static object Native(PropertyValue value) => value.Kind switch
    {
        FieldKind.Decimal => double.Parse(PropertyText.Of(value), CultureInfo.InvariantCulture),
        FieldKind.StringList => value.AsStrings().ToArray(),
        _ => value.AsObject(),
    };
}
