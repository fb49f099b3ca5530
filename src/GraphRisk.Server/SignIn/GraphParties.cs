using GraphRisk.Graph.Facts;
using GraphRisk.Graph.Snapshots;
using GraphRisk.Server.Security;
using GraphRisk.Server.Sessions;

namespace GraphRisk.Server.SignIn;

/// <summary>
/// Looks parties up in the graph as it is known now and holds today, whatever moment the question is about. A party that
/// resolution joined with others is found by the id of each.
/// </summary>
internal sealed class GraphParties(GraphSession session, SnapshotProvider snapshots) : IParties
{
    public async ValueTask<bool> Knows(Viewer viewer, CancellationToken cancellation)
    {
        if (session.Catalog.NodeOf(viewer) is not { } id) return false;
        var snapshot = await snapshots.GetAsync(Validity.CloseOf(session.Today), cancellation: cancellation).ConfigureAwait(false);
        return snapshot.Nodes.Find(id) >= 0;
    }
}
