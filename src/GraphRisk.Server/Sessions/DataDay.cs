using GraphRisk.Graph.Facts;
using GraphRisk.Graph.Snapshots;
using GraphRisk.Graph.Store;
using GraphRisk.Market;

namespace GraphRisk.Server.Sessions;

/// <summary>
/// The day a question without as-of is about: the last day the sources have reached in full (<see cref="DataReach"/>), never
/// after the clock's. It is looked up again after an import, and every <see cref="LooksAfter"/> for what other processes write;
/// while the store is away the last one stands. Thread-safe.
/// </summary>
public sealed class DataDay
{
    private static readonly TimeSpan LooksAfter = TimeSpan.FromMinutes(1);

    private readonly SnapshotProvider snapshots;
    private readonly TimeProvider clock;
    private readonly bool follows;
    private DateOnly? reached;
    private long lookedAt;
    private Task looking = Task.CompletedTask;

    /// <param name="snapshots">Where snapshots come from.</param>
    /// <param name="clock">Clock of the server.</param>
    /// <param name="first">The day to begin with; the clock's where null.</param>
    /// <param name="follows">Whether it moves with what is imported; else it stays.</param>
    public DataDay(SnapshotProvider snapshots, TimeProvider clock, DateOnly? first, bool follows)
    {
        this.snapshots = snapshots;
        this.clock = clock;
        this.follows = follows;
        reached = first;
        lookedAt = first is null && follows ? 0 : clock.GetTimestamp();
    }

    /// <summary>The day as last looked up.</summary>
    public DateOnly Last => reached ?? ClockDay;

    private DateOnly ClockDay => DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime);

    /// <summary>The next question looks it up again.</summary>
    public void Forget() => Volatile.Write(ref lookedAt, 0);

    /// <summary>The day, looked up where that is due; one question looks and the others meanwhile go by the last.</summary>
    public async ValueTask<DateOnly> LookAsync(CancellationToken cancellation)
    {
        if (!follows) return Last;
        var last = Volatile.Read(ref lookedAt);
        if (last != 0 && clock.GetElapsedTime(last) < LooksAfter) return Last;
        if (Interlocked.CompareExchange(ref lookedAt, clock.GetTimestamp(), last) == last) looking = FindAsync();
        if (last == 0) await looking.WaitAsync(cancellation);
        return Last;
    }

    private async Task FindAsync()
    {
        try
        {
            var today = ClockDay;
            var snapshot = await snapshots.GetAsync(Validity.CloseOf(today));
            reached = DataReach.LastUntil(new MarketReading(snapshot), today) ?? reached;
        }
        catch (StoreUnavailableException)
        {
            Forget(); // the day reached last stands until the store is back
        }
    }
}
