using System.Globalization;
using GraphQL.Types;
using GraphQLParser.AST;
using GraphRisk.Graph.Facts;

namespace GraphRisk.Server.Scalars;

/// <summary>Exact decimal number, written without trailing zeros so that equal numbers read alike; read from a number or, since many clients know no exact ones, from a text.</summary>
public sealed class DecimalType : DecimalGraphType
{
    public DecimalType()
    {
        Name = "Decimal";
        Description = "Exact decimal number: money, shares, ratios. At most 28 digits, written as a JSON number without trailing zeros; given as a number or as a string.";
    }

    public override object? ParseLiteral(GraphQLValue value) => value is not GraphQLStringValue text ? base.ParseLiteral(value)
        : Read((string)text.Value) is { } number ? number : ThrowLiteralConversionError(value);

    public override bool CanParseLiteral(GraphQLValue value) => value is GraphQLStringValue text ? Read((string)text.Value) is not null : base.CanParseLiteral(value);

    public override object? ParseValue(object? value) => value is not string text ? base.ParseValue(value)
        : Read(text) is { } number ? number : ThrowValueConversionError(value);

    public override bool CanParseValue(object? value) => value is string text ? Read(text) is not null : base.CanParseValue(value);

    public override object? Serialize(object? value) =>
        base.Serialize(value) is decimal number ? PropertyText.Normal(number) : null;

    private static decimal? Read(string text) => decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : null;
}
