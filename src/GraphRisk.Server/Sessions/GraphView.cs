using System.Collections.Concurrent;
using GraphRisk.Graph.Algorithms;
using GraphRisk.Graph.Snapshots;

namespace GraphRisk.Server.Sessions;

/// <summary>
/// One snapshot with what was computed from it: solutions of ownership, scores, lists. Each is computed once, by the first
/// who asks, and kept as long as the view. Thread-safe.
/// </summary>
public sealed class GraphView
{
    private readonly ConcurrentDictionary<object, SharedWork<object>> derived = new();
    private readonly ConcurrentDictionary<object, object> kept = new();

    public GraphView(Snapshot snapshot)
    {
        Snapshot = snapshot;
        Stamp = new Stamp(snapshot.Stamp.AsOf, snapshot.Stamp.KnownAt, snapshot.Stamp.Version);
    }

    /// <summary>The graph.</summary>
    public Snapshot Snapshot { get; }

    /// <summary>What it stands on.</summary>
    public Stamp Stamp { get; }

    /// <summary>What is derived from the snapshot under a key, and costs little: computed at the first call, by whoever makes it.</summary>
    /// <param name="key">Compared by value; each kind of derived thing uses a record of its own.</param>
    /// <param name="derive">A pure function of the snapshot and the key. Where it throws nothing is kept.</param>
    public T Derive<T>(object key, Func<Snapshot, T> derive)
        where T : notnull
    {
        if (kept.TryGetValue(key, out var known)) return (T)known;
        return (T)kept.GetOrAdd(key, derive(Snapshot));
    }

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
        (T)derived.GetOrAdd(key, _ => new SharedWork<object>(paid => derive(Snapshot, paid))).Take(meter);
}
