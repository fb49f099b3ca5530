using GraphRisk.Graph.Facts;
using GraphRisk.Graph.Snapshots;
using GraphRisk.Market;

namespace GraphRisk.Cli.Composition;

/// <summary>The last day the sources have reached in full: what an answer without as-of is about.</summary>
internal static class LastDay
{
    /// <summary>The day a command is about: the one asked for, which the sources must have reached, else the last they have.</summary>
    /// <exception cref="UserErrorException">The store knows no live contract, or the sources have not reached the day.</exception>
    public static async ValueTask<DateOnly> OrAskedAsync(DateOnly? asked, SnapshotProvider snapshots, TimeProvider clock, CancellationToken cancellation)
    {
        var last = await FindAsync(snapshots, clock, cancellation) ?? throw new UserErrorException("The store knows no contract; import sources first.");
        return Reached(asked, last);
    }

    /// <summary>The day asked for, which the sources must have reached, else the last they have.</summary>
    /// <exception cref="UserErrorException">The sources have not reached the day.</exception>
    public static DateOnly Reached(DateOnly? asked, DateOnly last) => asked > last
        ? throw new UserErrorException(FormattableString.Invariant($"The sources reach {last:yyyy-MM-dd}: an answer as of {asked:yyyy-MM-dd} would take silence for safety."))
        : asked ?? last;

    /// <summary>Says of each broker that is not waited for how far it reaches.</summary>
    public static async ValueTask WarnOfThoseBehindAsync(Snapshot snapshot, TextWriter error)
    {
        foreach (var (broker, last) in DataReach.Behind(new MarketReading(snapshot)))
        {
            var code = broker < 0 ? "(no broker stated)" : snapshot.Nodes.IdOf(broker).Key;
            await error.WriteLineAsync(FormattableString.Invariant($"Broker {code} has delivered up to {last:yyyy-MM-dd} only and is not waited for: of its contracts what it stated last stands."));
        }
    }

    /// <summary>The day, never after the clock's; null where the store knows no live contract.</summary>
    public static async ValueTask<DateOnly?> FindAsync(SnapshotProvider snapshots, TimeProvider clock, CancellationToken cancellation)
    {
        var today = DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime);
        var snapshot = await snapshots.GetAsync(Validity.CloseOf(today), cancellation: cancellation);
        return DataReach.LastUntil(new MarketReading(snapshot), today);
    }
}
