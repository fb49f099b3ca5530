using GraphRisk.Graph.Facts;
using GraphRisk.Graph.Snapshots;
using GraphRisk.Server.Security;
using GraphRisk.Server.Sessions;

namespace GraphRisk.Server.Nodes;

/// <summary>
/// Tells from the viewer's own view whose client somebody is and whether anything it may know speaks of it, by what is known now
/// and holds today, whatever moment the question is about: a broker that was left does not read on by asking for last year.
/// Somebody whom only others know is as unknown as somebody who is not there.
/// </summary>
internal sealed class GraphStandings(GraphSession session) : IStandings
{
    public async ValueTask<Standing> Of(Viewer viewer, string subject, CancellationToken cancellation)
    {
        if (viewer.Of == subject) return Standing.Own;
        return Of(viewer, subject, (await session.ViewAsync(viewer, default, cancellation)).Snapshot);
    }

    /// <summary>How a viewer stands to a subject.</summary>
    /// <param name="viewer">The viewer.</param>
    /// <param name="subject">The subject's id.</param>
    /// <param name="today">What the viewer may know now of today.</param>
    public static Standing Of(Viewer viewer, string subject, Snapshot today)
    {
        if (viewer.Of == subject) return Standing.Own;
        if (!NodeId.TryParse(viewer.Of, out var ownId) || !NodeId.TryParse(subject, out var otherId)) return Standing.Unknown;
        var (self, other) = (today.Nodes.Find(ownId), today.Nodes.Find(otherId));
        if (other < 0) return Standing.Unknown;
        if (self < 0) return Standing.Visible;
        return self == other || today.Relationship("CLIENT_OF").Out.Neighbours(other).Contains(self) ? Standing.Own : Standing.Visible;
    }
}
