using GraphRisk.Graph.Facts;
using GraphRisk.Server.Security;
using GraphRisk.Server.Sessions;

namespace GraphRisk.Server.Nodes;

/// <summary>
/// Tells from the graph whose client somebody is, by what is known now and holds today, whatever moment the question is
/// about: a broker that was left does not read on by asking for last year.
/// </summary>
internal sealed class GraphStandings(GraphSession session) : IStandings
{
    public async ValueTask<Standing> Of(Viewer viewer, string subject, CancellationToken cancellation)
    {
        if (viewer.Of is null) return Standing.Other;
        if (viewer.Of == subject) return Standing.Own;
        var snapshot = (await session.ViewAsync(viewer, default, cancellation)).Snapshot;
        if (!NodeId.TryParse(viewer.Of, out var ownId) || !NodeId.TryParse(subject, out var otherId)) return Standing.Other;
        var (self, other) = (snapshot.Nodes.Find(ownId), snapshot.Nodes.Find(otherId));
        if (self < 0 || other < 0) return Standing.Other;
        if (self == other) return Standing.Own;
        return viewer.Role == Role.Broker && snapshot.Relationship("CLIENT_OF").Out.Neighbours(other).Contains(self)
            ? Standing.Own
            : Standing.Other;
    }
}
