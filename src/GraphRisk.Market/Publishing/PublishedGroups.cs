using System.Collections.Immutable;
using GraphRisk.Graph.Algorithms;
using GraphRisk.Graph.Algorithms.Ownership;
using GraphRisk.Graph.Algorithms.Structure;
using GraphRisk.Graph.Facts;

namespace GraphRisk.Market.Publishing;

/// <summary>
/// Groups of parties that stand or fall together, each of at least two: those under common control
/// (<see cref="Networks.ControlGroups"/>), those joined by guarantees (weakly connected components), and those bound by an
/// agreement in force to act in concert.
/// </summary>
internal static class PublishedGroups
{
    public static IEnumerable<PublishedGroup> Of(MarketReading market, WorkMeter meter)
    {
        var nodes = market.Snapshot.Nodes;
        foreach (var group in market.Groups(meter).All()) yield return GroupOf("CONTROL", group.Select(market.Parties.NodeOf).Order());
        var components = WeaklyConnectedComponents.Find(nodes.Count, market.Snapshot.Relationship("GUARANTEES").Out);
        for (var component = 0; component < components.Count; component++)
            if (components.SizeOf(component) > 1) yield return GroupOf("GUARANTEE", components.Members(component).ToArray());
        foreach (var agreement in market.Control(ShareBound.Lower, meter).Agreements)
            yield return new PublishedGroup("CONCERT", nodes.IdOf(agreement.Node), [.. agreement.Members.Select(nodes.IdOf)]);

        PublishedGroup GroupOf(string kind, IEnumerable<int> members)
        {
            ImmutableArray<NodeId> ids = [.. members.Select(nodes.IdOf)];
            return new PublishedGroup(kind, ids[0], ids);
        }
    }
}
