namespace GraphRisk.Server.Sessions;

/// <summary>The two instants a reader names.</summary>
/// <param name="AsOf">When the answer is to hold in the world; null for the server's day.</param>
/// <param name="KnownAt">Up to when knowledge counts; null for all there is.</param>
public readonly record struct Moment(DateTimeOffset? AsOf, DateTimeOffset? KnownAt);
