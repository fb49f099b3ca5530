namespace GraphRisk.Disclosure.Rules;

/// <summary>The numbers behind the rules of disclosure: the product's own, the same for everyone.</summary>
public sealed record DisclosureLimits
{
    public static DisclosureLimits Default { get; } = new();

    /// <summary>Other parties that must make up a figure about others before it is shown.</summary>
    public int FewestParties { get; init; } = 3;

    /// <summary>Brokers that must make up a published cell.</summary>
    public int FewestBrokers { get; init; } = 3;

    /// <summary>Clients that must make up a published cell.</summary>
    public int FewestClients { get; init; } = 10;

    /// <summary>Largest part, 0 to 1 inclusive, that one may have in a figure.</summary>
    public decimal LargestShare { get; init; } = 0.70m;

    /// <summary>Part of its true value within which nobody may estimate another's contribution.</summary>
    public decimal Estimate { get; init; } = 0.10m;

    /// <summary>Significant digits of a published figure.</summary>
    public int Digits { get; init; } = 3;
}
