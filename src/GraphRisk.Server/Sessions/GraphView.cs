using System.Collections.Concurrent;
using GraphRisk.Graph.Snapshots;

namespace GraphRisk.Server.Sessions;

/// <summary>
/// One snapshot with what was computed from it: solutions of ownership, scores, lists. Each is computed once, by the first
/// who asks, and kept as long as the view. Thread-safe.
/// </summary>
public sealed class GraphView
{
    private readonly ConcurrentDictionary<object, Lazy<object>> derived = new();

    public GraphView(Snapshot snapshot)
    {
        Snapshot = snapshot;
        Stamp = new Stamp(snapshot.Stamp.AsOf, snapshot.Stamp.KnownAt, snapshot.Stamp.Version);
    }

    /// <summary>The graph.</summary>
    public Snapshot Snapshot { get; }

    /// <summary>What it stands on.</summary>
    public Stamp Stamp { get; }

    /// <summary>What is derived from the snapshot under a key, computed at the first call.</summary>
    /// <param name="key">Compared by value; each kind of derived thing uses a record of its own.</param>
    /// <param name="derive">A pure function of the snapshot and the key. Where it throws, every caller sees that.</param>
    public T Derive<T>(object key, Func<Snapshot, T> derive)
        where T : notnull =>
        (T)derived.GetOrAdd(key, _ => new Lazy<object>(() => derive(Snapshot))).Value;
}
