using System.Collections.Concurrent;
using GraphRisk.Graph.Facts;
using GraphRisk.Graph.Snapshots;
using GraphRisk.Server.Security;
using GraphRisk.Server.Sessions;

namespace GraphRisk.Server.Nodes;

/// <summary>
/// How a viewer stands to the nodes of one of its views, by what is known now (<see cref="GraphStandings"/>), for questions that look at
/// many of them: each is decided once. Thread-safe.
/// </summary>
internal sealed class ViewStandings
{
    private readonly GraphView view;
    private readonly Viewer viewer;
    private readonly Snapshot present;
    private readonly int self;
    private readonly ConcurrentDictionary<int, Standing> known = new();

    private ViewStandings(GraphView view, Viewer viewer, Snapshot present)
    {
        (this.view, this.viewer, this.present) = (view, viewer, present);
        self = NodeId.TryParse(viewer.Of, out var own) ? present.Nodes.Find(own) : -1;
    }

    /// <summary>The knowledge by which it is decided.</summary>
    public SnapshotStamp KnownNow => present.Stamp;

    /// <summary>The standings of a viewer; for one that stands to all alike without looking.</summary>
    public static async ValueTask<ViewStandings> OfAsync(GraphSession session, GraphView view, Viewer viewer, CancellationToken cancellation) => new(
        view, viewer, AccessPolicy.DependsOnSubject(viewer.Role) ? (await session.ViewAsync(viewer, default, cancellation)).Snapshot : view.Snapshot);

    /// <summary>How the viewer stands to whom a node is about; visible for what is about nobody.</summary>
    /// <param name="subject">The node of <see cref="NodeHandle.SubjectNode"/>; -1 for nobody.</param>
    public Standing To(int subject) => subject < 0 ? Standing.Visible : known.GetOrAdd(subject, Decide);

    private Standing Decide(int subject)
    {
        var id = view.Snapshot.Nodes.IdOf(subject);
        if (viewer.Of == id.ToString()) return Standing.Own;
        var there = ReferenceEquals(present, view.Snapshot) ? subject : present.Nodes.Find(id);
        return there < 0 ? Standing.Visible : GraphStandings.Between(present, self, there);
    }
}
