using System.Collections.Immutable;

namespace GraphRisk.Market.Configuration;

/// <summary>A setting each broker may have of its own, with its history.</summary>
/// <param name="General">What holds where a broker has none of its own.</param>
public sealed record BrokerSetting<T>(Dated<T> General)
{
    /// <summary>Brokers' own settings, by code of the broker.</summary>
    public ImmutableDictionary<string, Dated<T>> ByBroker { get; init; } = ImmutableDictionary<string, Dated<T>>.Empty;

    /// <summary>The value for a broker on a day.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The setting begins later.</exception>
    public T For(string broker, DateOnly day) => (ByBroker.GetValueOrDefault(broker) ?? General).On(day);
}
