using GraphQL.Types;
using GraphRisk.Graph.Facts;

namespace GraphRisk.Server.Scalars;

/// <summary>Exact decimal number, written without trailing zeros so that equal numbers read alike.</summary>
public sealed class DecimalType : DecimalGraphType
{
    public DecimalType()
    {
        Name = "Decimal";
        Description = "Exact decimal number: money, shares, ratios. At most 28 digits, written as a JSON number without trailing zeros.";
    }

    public override object? Serialize(object? value) =>
        base.Serialize(value) is decimal number ? PropertyText.Normal(number) : null;
}
