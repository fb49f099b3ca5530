using System.Collections.Concurrent;
using GraphRisk.Graph.Snapshots;

namespace GraphRisk.Server.Sessions;

/// <summary>
/// What one question reads: a snapshot of what its viewer may know, with what was computed from it (solutions of ownership,
/// scores, lists). Each is computed once, by the first who asks, and kept as long as the snapshot. Thread-safe.
/// </summary>
public sealed class GraphView
{
    private readonly ConcurrentDictionary<object, Lazy<object>> derived;

    internal GraphView(Moment moment, Snapshot snapshot, Stamp stamp, ConcurrentDictionary<object, Lazy<object>> derived)
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

    /// <summary>What is derived from the snapshot under a key, computed at the first call.</summary>
    /// <param name="key">Compared by value; each kind of derived thing uses a record of its own.</param>
    /// <param name="derive">A pure function of the snapshot and the key. Where it throws, every caller sees that.</param>
    public T Derive<T>(object key, Func<Snapshot, T> derive)
        where T : notnull =>
        (T)derived.GetOrAdd(key, _ => new Lazy<object>(() => derive(Snapshot))).Value;
}
