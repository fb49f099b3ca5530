using GraphRisk.Graph.Facts;
using GraphRisk.Graph.Snapshots;
using GraphRisk.Market;

namespace GraphRisk.Cli.Composition;

/// <summary>The last day the sources have reached in full: what an answer without as-of is about.</summary>
internal static class LastDay
{
    /// <summary>As of when everything the store holds has begun.</summary>
    public static DateTimeOffset Everything { get; } = Validity.CloseOf(new DateOnly(9999, 12, 30));

    /// <summary>The day, never after the clock's; null where the store knows no live contract.</summary>
    public static async ValueTask<DateOnly?> FindAsync(SnapshotProvider snapshots, TimeProvider clock, CancellationToken cancellation)
    {
        var today = DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime);
        var snapshot = await snapshots.GetAsync(Validity.CloseOf(today), cancellation: cancellation);
        return DataReach.LastUntil(new MarketReading(snapshot), today);
    }
}
