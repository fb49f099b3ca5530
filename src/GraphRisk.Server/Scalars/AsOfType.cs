using GraphRisk.Graph.Facts;

namespace GraphRisk.Server.Scalars;

/// <summary>When an answer is to hold in the world: a day, which means its close, or an instant.</summary>
public sealed class AsOfType : InstantScalar
{
    public AsOfType()
    {
        Name = "AsOf";
        Description = "When an answer is to hold in the world: a day, YYYY-MM-DD, which means its close in UTC, or an instant, ISO 8601 with offset.";
    }

    protected override bool TryParse(string text, out DateTimeOffset instant)
    {
        if (!DateType.TryRead(text, out var day)) return DateTimeType.TryRead(text, out instant);
        instant = Validity.CloseOf(day);
        return true;
    }
}
