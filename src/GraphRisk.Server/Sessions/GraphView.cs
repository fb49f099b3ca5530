using System.Collections.Concurrent;
using GraphRisk.Graph.Algorithms;
using GraphRisk.Graph.Snapshots;

namespace GraphRisk.Server.Sessions;

/// <summary>
/// What one question reads: a snapshot of what its viewer may know, with what was computed from it (solutions of ownership,
/// scores, lists). Each is computed once, by the first who asks, and kept as long as the snapshot. Thread-safe.
/// </summary>
public sealed class GraphView
{
    private readonly Derivations derived;

    internal GraphView(Moment moment, Snapshot snapshot, Stamp stamp, Derivations derived)
    {
        Moment = moment;
        Snapshot = snapshot;
        Stamp = stamp;
        this.derived = derived;
    }

    /// <summary>The instants the question names.</summary>
    public Moment Moment { get; }

    /// <summary>The graph.</summary>
    public Snapshot Snapshot { get; }

    /// <summary>Version of the store whose knowledge the snapshot holds; for reading the store, not for showing.</summary>
    public long Version => Snapshot.Stamp.Version;

    /// <summary>What it stands on, as the viewer may know it.</summary>
    public Stamp Stamp { get; }

    /// <summary>What is derived from the snapshot under a key, and costs little: computed at the first call, by whoever makes it.</summary>
    /// <param name="key">Compared by value; each kind of derived thing uses a record of its own.</param>
    /// <param name="derive">A pure function of the snapshot and the key. Where it throws nothing is kept.</param>
    public T Derive<T>(object key, Func<Snapshot, T> derive)
        where T : notnull =>
        derived.Kept.TryGetValue(key, out var known) ? (T)known : (T)derived.Kept.GetOrAdd(key, derive(Snapshot));

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
        (T)derived.Shared.GetOrAdd(key, _ => new SharedWork<object>(paid => derive(Snapshot, paid))).Take(meter);
}

/// <summary>What was derived from one snapshot, whoever's views show it. Lives as long as the snapshot.</summary>
internal sealed class Derivations
{
    /// <summary>What costs little, by key.</summary>
    public ConcurrentDictionary<object, object> Kept { get; } = new();

    /// <summary>What costs much, by key: made, being made, or to be made anew.</summary>
    public ConcurrentDictionary<object, SharedWork<object>> Shared { get; } = new();
}
