using System.Collections.Concurrent;
using GraphRisk.Graph.Facts;
using GraphRisk.Graph.Store;
using GraphRisk.Server.Security;

namespace GraphRisk.Server.SignIn;

/// <summary>
/// Looks parties up in the store itself, by what it knows now, so that no snapshot is built for a token that names nobody. A party
/// exists as long as one source states something of it, whenever that holds. While the store is away those it knew before go on
/// existing. Thread-safe.
/// </summary>
internal sealed class GraphParties(IGraphStore store, StoreWatch? watch) : IParties
{
    private readonly ConcurrentDictionary<NodeId, bool> known = [];

    public async ValueTask<bool> Knows(Viewer viewer, CancellationToken cancellation)
    {
        if (store.Catalog.NodeOf(viewer) is not { } id) return false;
        try
        {
            var newest = watch is null ? await store.GetVersionAsync(cancellation).ConfigureAwait(false)
                : (await watch.LookAsync(cancellation).ConfigureAwait(false)).Version;
            var exists = (await store.FindAsync(id, newest.Number, cancellation: cancellation).ConfigureAwait(false)).Count > 0;
            if (exists) known[id] = true;
            else known.TryRemove(id, out _);
            return exists;
        }
        catch (StoreUnavailableException) when (known.ContainsKey(id))
        {
            return true;
        }
    }
}
