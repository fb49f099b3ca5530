using GraphQL.Types;
using GraphQLParser.AST;
using GraphRisk.Graph.Facts;

namespace GraphRisk.Server.Scalars;

/// <summary>When an answer is to hold in the world: a day, which means its close, or an instant.</summary>
public sealed class AsOfType : ScalarGraphType
{
    public AsOfType()
    {
        Name = "AsOf";
        Description = "When an answer is to hold in the world: a day, YYYY-MM-DD, which means its close in UTC, or an instant, ISO 8601 with offset.";
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

    public override object? Serialize(object? value) => value is DateTimeOffset instant ? DateTimeType.Write(instant) : ThrowSerializationError(value);

    private static bool TryRead(string text, out DateTimeOffset instant)
    {
        if (!DateType.TryRead(text, out var day)) return DateTimeType.TryRead(text, out instant);
        instant = Validity.CloseOf(day);
        return true;
    }
}
