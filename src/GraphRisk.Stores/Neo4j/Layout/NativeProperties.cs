using System.Globalization;
using GraphRisk.Graph.Facts;
using GraphRisk.Graph.Schema;

namespace GraphRisk.Stores.Neo4j.Layout;

/// <summary>
/// Properties as Neo4j's own types: decimals become the nearest floats, however many zeros they end with, days dates.
/// Every node has a <c>name</c>, which is what Neo4j Browser and Bloom write on it without being told.
/// </summary>
internal static class NativeProperties
{
    /// <summary>The property under which the caption stands.</summary>
    public const string CaptionName = "name";

    /// <summary>Separates the elements of a list in an import's files.</summary>
    public const char UnitSeparator = '\u001F';

    /// <summary>Beyond this a float that came from a decimal may be too large to become one again.</summary>
    private const decimal LargestExact = 1e27m;

    public static Dictionary<string, object?> Of(Properties properties)
    {
        var map = new Dictionary<string, object?>(properties.Count, StringComparer.Ordinal);
        foreach (var (name, value) in properties) map[name] = Of(value);
        return map;
    }

    /// <summary>The value as string, long, double, bool, DateOnly, DateTimeOffset or array of strings.</summary>
    public static object Of(PropertyValue value) => value.Kind switch
    {
        FieldKind.Decimal => double.Parse(PropertyText.Of(value), CultureInfo.InvariantCulture),
        FieldKind.StringList => value.AsStrings().ToArray(),
        _ => value.AsObject(),
    };

    /// <summary>
    /// Whether <see cref="Read"/> gives the properties back: not where a decimal has more digits than a float holds, nor of lists
    /// that the files of an import cannot tell from others.
    /// </summary>
    public static bool AreExact(Properties properties)
    {
        foreach (var (_, value) in properties)
            if (value.Kind == FieldKind.Decimal ? !IsExact(value.AsDecimal()) : value.Kind == FieldKind.StringList && !IsExact(value.AsStrings()))
                return false;
        return true;
    }

    /// <summary>Reads the fields of a type; what else stands there is left aside, such as names of an enumeration that a later program has.</summary>
    public static Properties Read(ElementType type, IReadOnlyDictionary<string, object?> stored)
    {
        var found = new List<Property>(stored.Count);
        foreach (var (name, value) in stored)
            if (value is not null && type.FindField(name) is { } field && (field.Enum is not { } names || (value is string text && names.IndexOf(text) >= 0))) found.Add(new Property(field.Name, Read(field.Kind, value)));
        return Properties.Of(found);
    }

    /// <summary>Whether nodes of a type have a caption beside their fields, which do not call the node anything.</summary>
    public static bool HasCaption(NodeType type) => type.FindField(CaptionName) is null;

    /// <summary>The caption as far as the values shown state it, or null.</summary>
    public static string? CaptionOf(NodeType type, IReadOnlyDictionary<string, object?> shown)
    {
        string? caption = null;
        if (!HasCaption(type)) return caption;
        foreach (var field in type.CaptionFields)
            if (shown.GetValueOrDefault(field.Name) is { } value)
                caption = caption is null ? TextOf(value) : $"{caption} {TextOf(value)}";
        return caption;
    }

    private static string TextOf(object value) => value switch
    {
        DateOnly day => PropertyText.Of(PropertyValue.Of(day)),
        DateTimeOffset instant => PropertyText.Of(PropertyValue.Of(instant)),
        bool truth => PropertyText.Of(PropertyValue.Of(truth)),
        IEnumerable<object?> texts => string.Join(", ", texts),
        _ => Convert.ToString(value, CultureInfo.InvariantCulture)!,
    };

    private static bool IsExact(decimal number) =>
        Math.Abs(number) < LargestExact && (decimal)double.Parse(PropertyText.Of(PropertyValue.Of(number)), CultureInfo.InvariantCulture) == number;

    private static bool IsExact(IReadOnlyList<string> texts) =>
        texts.Count > 0 && texts is not [""] && !texts.Any(text => text.Contains(UnitSeparator));

    private static PropertyValue Read(FieldKind kind, object value) => (kind, value) switch
    {
        (FieldKind.Decimal, double number) => PropertyValue.Of((decimal)number),
        (FieldKind.Integer, long number) => PropertyValue.Of(number),
        (FieldKind.Boolean, bool truth) => PropertyValue.Of(truth),
        (FieldKind.Date, DateOnly day) => PropertyValue.Of(day),
        (FieldKind.DateTime, DateTimeOffset instant) => PropertyValue.Of(instant),
        (FieldKind.StringList, object?[] texts) => PropertyValue.Of(texts.Cast<string>()),
        (FieldKind.String or FieldKind.Enum or FieldKind.DateTime, string text) => PropertyText.Parse(kind, text),
        _ => throw new FormatException($"'{value}' is not a {kind}."),
    };
}
