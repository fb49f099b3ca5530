using GraphRisk.Graph.Algorithms;
using GraphRisk.Graph.Snapshots;
using GraphRisk.Server.Errors;
using GraphRisk.Server.Http;

namespace GraphRisk.Server.Sessions;

/// <summary>
/// What one question reads: a snapshot of what its viewer may know, with what was computed from it (solutions of ownership,
/// scores, lists). Each is computed by the first who asks, and kept as long as the snapshot and as others do not crowd it out. Thread-safe.
/// </summary>
public sealed class GraphView
{
    private readonly Derivations derived;

    internal GraphView(BitemporalPoint point, Snapshot snapshot, Stamp stamp, Derivations derived)
    {
        Point = point;
        Snapshot = snapshot;
        Stamp = stamp;
        this.derived = derived;
    }

    /// <summary>The instants the question names.</summary>
    public BitemporalPoint Point { get; }

    /// <summary>The graph.</summary>
    public Snapshot Snapshot { get; }

    /// <summary>Version of the store whose knowledge the snapshot holds; for reading the store, not for showing.</summary>
    public long Version => Snapshot.Stamp.Version;

    /// <summary>What it stands on, as the viewer may know it.</summary>
    public Stamp Stamp { get; }

    /// <summary>The same, for scores and defaults: of a day the sources have not reached nothing is reported, and silence would look like safety.</summary>
    /// <exception cref="TypedError">The answer would speak of a later day.</exception>
    public GraphView RequireData() => Stamp.IsBeyondData
        ? throw Problem.BadInput("asOf", $"is later than the sources reach ({Stamp.DataUntil:yyyy-MM-dd}): a score or a default of that day would take silence for safety.")
        : this;

    /// <summary>What is derived from the snapshot under a key, and costs little: computed at the first call, by whoever makes it.</summary>
    /// <param name="key">Compared by value; each kind of derived thing uses a record of its own.</param>
    /// <param name="derive">A pure function of the snapshot and the key. Where it throws nothing is kept.</param>
    public T Derive<T>(object key, Func<Snapshot, T> derive)
        where T : notnull =>
        (T)derived.Kept.Of(key, () => derive(Snapshot));

    /// <summary>
    /// What is derived from the snapshot under a key, at the cost of all who wait for it: one asker's spent budget or
    /// departure ends it for that asker alone, and neither is kept.
    /// </summary>
    /// <param name="key">Compared by value; each kind of derived thing uses a record of its own.</param>
    /// <param name="meter">The asker's.</param>
    /// <param name="derive">A pure function of the snapshot and the key; it charges the meter it is given.</param>
    /// <exception cref="BudgetSpentException">The asker's budget is spent.</exception>
    /// <exception cref="OperationCanceledException">The asker has gone.</exception>
    public T Derive<T>(object key, WorkMeter meter, Func<Snapshot, WorkMeter, T> derive)
        where T : notnull =>
        (T)derived.Shared.Of(key, () => new SharedWork<object>(paid => derive(Snapshot, paid))).Take(meter);
}

/// <summary>What was derived from one snapshot, whoever's views show it. Lives as long as the snapshot.</summary>
internal sealed class Derivations
{
    private const int Bound = 2048;

    /// <summary>What costs little, by key.</summary>
    public RecentValues<object> Kept { get; } = new(Bound);

    /// <summary>What costs much, by key: made, being made, or to be made anew.</summary>
    public RecentValues<SharedWork<object>> Shared { get; } = new(Bound);
}
