using GraphRisk.Market.Configuration;

namespace GraphRisk.Market.Lending;

/// <summary>
/// Margin requirement by the day a contract was opened, 1 = 100%; open contracts keep theirs when the rules change.
/// </summary>
/// <param name="Financing">Exchanges' least requirement for financed purchases.</param>
/// <param name="Short">Exchanges' least requirement for short sales.</param>
/// <param name="ShortOfPrivateFunds">The same for private funds.</param>
public sealed record MarginRequirement(Dated<decimal> Financing, Dated<decimal> Short, Dated<decimal> ShortOfPrivateFunds)
{
    /// <summary>Base of the brokers' own formula: requirement = base - haircut, at least 1.</summary>
    public decimal BrokerBase { get; init; } = 1.7m;

    /// <summary>The exchanges' rules; those of short sales as of 2024-07-22, earlier ones are not known here.</summary>
    public static MarginRequirement Exchanges { get; } = new(
        new Dated<decimal>((DateOnly.MinValue, 1.00m), (new DateOnly(2023, 9, 9), 0.80m), (new DateOnly(2026, 1, 19), 1.00m)),
        new Dated<decimal>((new DateOnly(2024, 7, 22), 1.00m)),
        new Dated<decimal>((new DateOnly(2024, 7, 22), 1.20m)));

    /// <summary>A broker's own requirement for a security: max(base - haircut, 1).</summary>
    public decimal OfBroker(decimal haircut) => Math.Max(BrokerBase - haircut, 1m);
}
