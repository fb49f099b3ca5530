using GraphRisk.Graph.Facts;
using GraphRisk.Server.Security;
using GraphRisk.Server.Sessions;
using GraphRisk.Workflow.Authorisations;

namespace GraphRisk.Server.Nodes;

/// <summary>
/// Tells from the graph what clients let their brokers learn: by the newest knowledge and the server's day, so that a withdrawal
/// closes yesterday's questions too. Read off what the broker itself may know, which is what it filed and what the platform recorded
/// for it.
/// </summary>
internal sealed class BookedAuthorisations(GraphSession session) : IAuthorisations
{
    public async ValueTask<bool> InForce(Viewer viewer, string client, AuthorisationScope scope, CancellationToken cancellation)
    {
        if (!NodeId.TryParse(viewer.Of, out var broker) || !NodeId.TryParse(client, out var record)) return false;
        var present = await session.ViewAsync(viewer, default, cancellation);
        return present.Snapshot.Nodes.Find(record) is >= 0 and var node
            && present.Derive(typeof(AuthorisationBook), AuthorisationBook.Of)
                .InForce(node, broker.Key, scope, viewer.Purpose?.Id, session.Today, session.RealDay) is not null;
    }
}
