using System.Collections.Immutable;
using System.Globalization;
using GraphRisk.Graph.Schema;

namespace GraphRisk.Graph.Facts;

/// <summary>
/// The canonical text of scalar values, by which they are stored and hashed: decimals without trailing zeros, days as
/// <c>YYYY-MM-DD</c>, instants as <c>YYYY-MM-DDTHH:MM:SS.mmmZ</c>, truth as <c>true</c> and <c>false</c>.
/// </summary>
public static class PropertyText
{
    private const string InstantFormat = "yyyy-MM-dd'T'HH:mm:ss.fff'Z'";

    /// <summary>The canonical text of a scalar.</summary>
    /// <exception cref="ArgumentException">The value is a list.</exception>
    public static string Of(PropertyValue value) => value.Kind switch
    {
        FieldKind.String or FieldKind.Enum => value.AsString(),
        FieldKind.Integer => value.AsInteger().ToString(CultureInfo.InvariantCulture),
        FieldKind.Decimal => Normal(value.AsDecimal()).ToString(CultureInfo.InvariantCulture),
        FieldKind.Boolean => value.AsBoolean() ? "true" : "false",
        FieldKind.Date => value.AsDate().ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        FieldKind.DateTime => value.AsDateTime().ToString(InstantFormat, CultureInfo.InvariantCulture),
        _ => throw new ArgumentException("A list has no single text.", nameof(value)),
    };

    /// <summary>Reads a value of the field's kind from its canonical text.</summary>
    /// <exception cref="FormatException">The text is not of the kind.</exception>
    public static PropertyValue Parse(FieldKind kind, string text) =>
        TryParse(kind, text, out var value) ? value : throw new FormatException($"'{text}' is not a {kind}.");

    /// <summary>Reads a scalar value of the field's kind from its canonical text; false where it does not fit.</summary>
    public static bool TryParse(FieldKind kind, string text, out PropertyValue value)
    {
        var culture = CultureInfo.InvariantCulture;
        PropertyValue? read = kind switch
        {
            FieldKind.String => PropertyValue.Of(text),
            FieldKind.Enum => PropertyValue.OfEnum(text),
            FieldKind.Integer when long.TryParse(text, NumberStyles.AllowLeadingSign, culture, out var integer) => PropertyValue.Of(integer),
            FieldKind.Decimal when decimal.TryParse(text, NumberStyles.Float, culture, out var number) => PropertyValue.Of(number),
            FieldKind.Boolean when text is "true" or "false" => PropertyValue.Of(text == "true"),
            FieldKind.Date when DateOnly.TryParseExact(text, "yyyy-MM-dd", culture, DateTimeStyles.None, out var day) => PropertyValue.Of(day),
            FieldKind.DateTime when DateTimeOffset.TryParse(text, culture, DateTimeStyles.AssumeUniversal, out var instant) => PropertyValue.Of(instant),
            FieldKind.StringList => PropertyValue.Of(ImmutableArray.Create(text)),
            _ => null,
        };
        value = read ?? default;
        return read is not null;
    }

    /// <summary>The same number without trailing zeros, so that equal numbers have equal texts.</summary>
    public static decimal Normal(decimal number) => number / 1.0000000000000000000000000000m;
}
