using GraphQL.Types;
using GraphQLParser.AST;

namespace GraphRisk.Server.Scalars;

/// <summary>A scalar written as a text that stands for an instant.</summary>
public abstract class InstantScalar : ScalarGraphType
{
    public override object? ParseValue(object? value) => value switch
    {
        null => null,
        DateTimeOffset instant => instant,
        string text when TryParse(text, out var instant) => instant,
        _ => ThrowValueConversionError(value),
    };

    public override object? ParseLiteral(GraphQLValue value) => value switch
    {
        GraphQLNullValue => null,
        GraphQLStringValue text when TryParse((string)text.Value, out var instant) => instant,
        _ => ThrowLiteralConversionError(value),
    };

    public override object? Serialize(object? value) => value switch
    {
        null => null,
        DateTimeOffset instant => DateTimeType.Write(instant),
        _ => ThrowSerializationError(value),
    };

    /// <summary>The instant a text stands for.</summary>
    protected abstract bool TryParse(string text, out DateTimeOffset instant);
}
