using System.Collections.Immutable;
using GraphRisk.Graph.Algorithms.Ownership;
using GraphRisk.Graph.Algorithms.Structure;
using GraphRisk.Graph.Snapshots;

namespace GraphRisk.Graph.Publishing;

/// <summary>
/// Groups of parties that stand or fall together, each of at least two: those joined by control, those joined by
/// guarantees (weakly connected components both), and those bound by an agreement in force to act in concert.
/// </summary>
internal static class PublishedGroups
{
    public static IEnumerable<PublishedGroup> Of(Snapshot snapshot, CompanyControl control, ImmutableArray<PublishedTie> ties)
    {
        var nodes = snapshot.Nodes;
        var controls = ties.Where(tie => tie.Type == TieTypes.Controls).ToList();
        var joined = Csr.Build(
            nodes.Count, [.. controls.Select(tie => nodes.Find(tie.From))], [.. controls.Select(tie => nodes.Find(tie.To))], out _);
        return Joined("CONTROL", joined).Concat(Joined("GUARANTEE", snapshot.Relationship("GUARANTEES").Out)).Concat(
            control.Agreements.Select(agreement => new PublishedGroup(
                "CONCERT", nodes.IdOf(agreement.Node), [.. agreement.Members.Select(nodes.IdOf)])));

        IEnumerable<PublishedGroup> Joined(string kind, Csr graph)
        {
            var components = WeaklyConnectedComponents.Find(nodes.Count, graph);
            for (var component = 0; component < components.Count; component++)
                if (components.SizeOf(component) > 1)
                {
                    ImmutableArray<Facts.NodeId> members = [.. components.Members(component).ToArray().Select(nodes.IdOf)];
                    yield return new PublishedGroup(kind, members[0], members);
                }
        }
    }
}
