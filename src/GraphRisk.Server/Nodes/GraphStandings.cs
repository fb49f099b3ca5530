using GraphRisk.Graph.Facts;
using GraphRisk.Graph.Snapshots;
using GraphRisk.Server.Security;
using GraphRisk.Server.Sessions;
using GraphRisk.Workflow.Decisions;

namespace GraphRisk.Server.Nodes;

/// <summary>
/// Tells from the viewer's own view whose client somebody is, or who turned to it by an application or authorisation of its own, and whether anything it may know speaks of it, by what is known now
/// and holds today, whatever moment the question is about: a broker that was left does not read on by asking for last year.
/// Somebody whom only others know is as unknown as somebody who is not there.
/// </summary>
internal sealed class GraphStandings(GraphSession session) : IStandings
{
    public async ValueTask<Standing> Of(Viewer viewer, string subject, CancellationToken cancellation)
    {
        if (viewer.Of == subject) return Standing.Own;
        if (!NodeId.TryParse(viewer.Of, out var ownId) || !NodeId.TryParse(subject, out var otherId)) return Standing.Unknown;
        var snapshot = (await session.ViewAsync(viewer, default, cancellation)).Snapshot;
        var (self, other) = (snapshot.Nodes.Find(ownId), snapshot.Nodes.Find(otherId));
        return other < 0 ? Standing.Unknown : Between(snapshot, self, other);
    }

    /// <summary>How one node of a viewer's view stands to another that is there.</summary>
    /// <param name="snapshot">What the viewer may know now.</param>
    /// <param name="self">The viewer's node; -1 where it is not there.</param>
    /// <param name="other">The other.</param>
    public static Standing Between(Snapshot snapshot, int self, int other) =>
        self >= 0 && (self == other || snapshot.Relationship("CLIENT_OF").Out.Neighbours(other).Contains(self) || ApplicationFacts.HasTurnedTo(snapshot, self, other)) ? Standing.Own : Standing.Visible;
}
