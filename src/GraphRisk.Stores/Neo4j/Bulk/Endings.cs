using GraphRisk.Graph.Store;
using GraphRisk.Stores.Copy;

namespace GraphRisk.Stores.Neo4j.Bulk;

/// <summary>
/// At which version each recording stopped being believed. Kept in memory for the recordings that did, 40 bytes each: few
/// of a store's, since a new price or a new year's accounts is a fact of its own and ends none.
/// </summary>
internal sealed class Endings
{
    private readonly Dictionary<long, long> endOf = [];
    private readonly Dictionary<long, long> latestOf = [];

    /// <summary>The version that ended a recording, or null.</summary>
    public long? Find(long sequence) => endOf.TryGetValue(sequence, out var version) ? version : null;

    /// <summary>Reads them off a store through a version; off all its changes where it keeps no list of what was recorded again.</summary>
    public static async Task<Endings> ReadAsync(IGraphStore store, long through, CancellationToken cancellation)
    {
        var endings = new Endings();
        if (store is ILaterRecordings known)
            await foreach (var later in known.ReadLaterAsync(through, cancellation)) endings.Add(later);
        else
            await foreach (var recorded in store.ReadChangesAsync(0, cancellation))
            {
                if (recorded.Version > through) break;
                if (recorded.Sequence != recorded.FirstSequence)
                    endings.Add(new LaterRecording(recorded.FirstSequence, recorded.Sequence, recorded.Version));
            }

        return endings;
    }

    private void Add(LaterRecording later)
    {
        endOf[latestOf.GetValueOrDefault(later.First, later.First)] = later.Version;
        latestOf[later.First] = later.Sequence;
    }
}
