using System.Globalization;
using GraphQL.Types;
using GraphQLParser.AST;

namespace GraphRisk.Server.Scalars;

/// <summary>Instant, ISO 8601 with offset; written in UTC to the millisecond.</summary>
public sealed class DateTimeType : ScalarGraphType
{
    public DateTimeType()
    {
        Name = "DateTime";
        Description = "Instant, ISO 8601 with offset, such as 2025-06-30T15:00:00+08:00; written in UTC to the millisecond.";
    }

    public override object? ParseValue(object? value) => value switch
    {
        null => null,
        DateTimeOffset instant => instant,
        string text when TryRead(text, out var instant) => instant,
        _ => ThrowValueConversionError(value),
    };

    public override object? ParseLiteral(GraphQLValue value) => value switch
    {
        GraphQLNullValue => null,
        GraphQLStringValue text when TryRead((string)text.Value, out var instant) => instant,
        _ => ThrowLiteralConversionError(value),
    };

    public override object? Serialize(object? value) => value switch
    {
        null => null,
        DateTimeOffset instant => Write(instant),
        _ => ThrowSerializationError(value),
    };

    internal static string Write(DateTimeOffset instant) =>
        instant.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);

    /// <summary>Reads an instant; one without an offset is refused, because it would mean another instant elsewhere.</summary>
    internal static bool TryRead(string text, out DateTimeOffset instant)
    {
        instant = default;
        var time = text.IndexOf('T', StringComparison.Ordinal);
        return time > 0
            && text.AsSpan(time).IndexOfAny("Zz+-") >= 0
            && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind, out instant);
    }
}
