using System.Collections.Immutable;
using GraphRisk.Scoring.Trees;

namespace GraphRisk.Scoring.Monitoring;

/// <summary>What a quarter is to a model.</summary>
public enum QuarterPart
{
    /// <summary>It learned from it.</summary>
    Training,

    /// <summary>It was tested on it, out of time.</summary>
    Test,

    /// <summary>It is neither: before or between them, or since.</summary>
    Other,
}

/// <summary>A client at risk at the close of a quarter, and what became of it.</summary>
/// <param name="Client">The same number in every quarter.</param>
/// <param name="DefaultedOn">First default or forced liquidation after the quarter, as far as is known; null where there was none.</param>
/// <param name="CuredOn">First cure after that; null where there was none.</param>
/// <param name="Brokers">Codes of the brokers it owes something to.</param>
internal sealed record MonitoredClient(ulong Client, bool IsCompany, DateOnly? DefaultedOn, DateOnly? CuredOn, ImmutableArray<string> Brokers);

/// <summary>The clients at risk at the close of a quarter with their features, as they were known then.</summary>
/// <param name="AsOf">Last day of the quarter.</param>
/// <param name="OutcomeUntil">Last day of the horizon.</param>
/// <param name="OutcomeIsKnown">Whether the sources have reached that day.</param>
/// <param name="StoreVersion">Version of the store the features were read from.</param>
/// <param name="IsTrueToItsDay">Whether that is what was known at the close.</param>
/// <param name="Matrix">One row a client, all features.</param>
/// <param name="Clients">In the order of the rows.</param>
/// <param name="InDefault">Clients in default on the day: not at risk.</param>
internal sealed record MonitoredQuarter(
    DateOnly AsOf, DateOnly OutcomeUntil, bool OutcomeIsKnown, long StoreVersion, bool IsTrueToItsDay,
    FeatureMatrix Matrix, IReadOnlyList<MonitoredClient> Clients, IReadOnlySet<ulong> InDefault)
{
    /// <summary>Whether each client defaulted within the horizon.</summary>
    public bool[] Bad { get; } = [.. Clients.Select(client => client.DefaultedOn <= OutcomeUntil)];
}
