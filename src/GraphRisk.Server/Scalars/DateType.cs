using System.Globalization;
using GraphQL.Types;
using GraphQLParser.AST;

namespace GraphRisk.Server.Scalars;

/// <summary>Calendar day, <c>YYYY-MM-DD</c>.</summary>
public sealed class DateType : ScalarGraphType
{
    public DateType()
    {
        Name = "Date";
        Description = "Calendar day, YYYY-MM-DD.";
    }

    public override object? ParseValue(object? value) => value switch
    {
        null => null,
        DateOnly day => day,
        string text when TryRead(text, out var day) => day,
        _ => ThrowValueConversionError(value),
    };

    public override object? ParseLiteral(GraphQLValue value) => value switch
    {
        GraphQLNullValue => null,
        GraphQLStringValue text when TryRead((string)text.Value, out var day) => day,
        _ => ThrowLiteralConversionError(value),
    };

    public override object? Serialize(object? value) => value switch
    {
        null => null,
        DateOnly day => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        _ => ThrowSerializationError(value),
    };

    internal static bool TryRead(string text, out DateOnly day) =>
        DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out day);
}
