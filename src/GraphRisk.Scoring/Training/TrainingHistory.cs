using GraphRisk.Graph.Facts;
using GraphRisk.Graph.Snapshots;
using GraphRisk.Graph.Store;

namespace GraphRisk.Scoring.Training;

/// <summary>What was known when: all that training may look at.</summary>
/// <param name="Latest">
/// Knows every outcome that may be learned from: as of the last day allowed, as known at the last instant allowed. Only labels are
/// read from it.
/// </param>
/// <param name="FirstKnown">From when on the history of what was known is whole: the end of the first recording.</param>
/// <param name="SnapshotAt">The snapshot as of the close of a day, as known at an instant.</param>
public sealed record TrainingHistory(
    Snapshot Latest, DateTimeOffset FirstKnown, Func<DateOnly, DateTimeOffset, CancellationToken, ValueTask<Snapshot>> SnapshotAt)
{
    /// <summary>The store itself, from which rows are computed again in search of leaks; null where there is none, and nothing is.</summary>
    public IGraphStore? Store { get; init; }

    /// <summary>Whether what was known at the close of a day can be had.</summary>
    public bool ReachesBackTo(DateOnly day) => FirstKnown <= Validity.CloseOf(day);

    /// <summary>The instant whose knowledge a day's features are read from; never after the latest allowed.</summary>
    public DateTimeOffset KnownAt(DateOnly day)
    {
        var known = ReachesBackTo(day) ? Validity.CloseOf(day) : FirstKnown;
        return known < Latest.Stamp.KnownAt ? known : Latest.Stamp.KnownAt;
    }

    internal async ValueTask<Snapshot> AtAsync(DateOnly day, CancellationToken cancellation)
    {
        var knownAt = KnownAt(day);
        var snapshot = await SnapshotAt(day, knownAt, cancellation);
        if (snapshot.Stamp.AsOfDay != day)
            throw new InvalidOperationException($"asked for a snapshot as of {day:yyyy-MM-dd}, got {snapshot.Stamp.AsOfDay:yyyy-MM-dd}");
        return snapshot.Stamp.KnownAt <= knownAt
            ? snapshot
            : throw new InvalidOperationException($"asked for what was known at {knownAt:O}, got what was known at {snapshot.Stamp.KnownAt:O}");
    }
}
