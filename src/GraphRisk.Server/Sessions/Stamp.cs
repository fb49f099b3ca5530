namespace GraphRisk.Server.Sessions;

/// <summary>What an answer stands on; giving both instants again gives the same answer again.</summary>
/// <param name="AsOf">Instant in the world at which the facts hold.</param>
/// <param name="KnownAt">When the store's version was recorded.</param>
/// <param name="Version">Version of the store whose knowledge was read; null to whom it would tell how often others write.</param>
/// <param name="DataUntil">Last day the sources have reached in full.</param>
/// <param name="IsBeyondData">The answer speaks of a later day: what happened since may be missing.</param>
public sealed record Stamp(DateTimeOffset AsOf, DateTimeOffset KnownAt, long? Version, DateOnly DataUntil, bool IsBeyondData);
