using GraphQL;
using GraphQL.Types;
using GraphRisk.Graph.Algorithms;
using GraphRisk.Graph.Algorithms.Structure;
using GraphRisk.Graph.Facts;
using GraphRisk.Graph.Schema;
using GraphRisk.Server.Composition;
using GraphRisk.Server.Nodes;
using GraphRisk.Server.Paging;
using GraphRisk.Server.Security;

namespace GraphRisk.Server.Paths;

/// <summary>
/// What a node belongs to: <c>component</c>, <c>community</c> and <c>pageRank</c> on every node, over the ties between parties or over
/// the kinds that are named. They are of the whole of the viewer's view, so only kinds count that are open to it whoever they are about.
/// </summary>
internal sealed class GroupsPart(SchemaCatalog catalog, NodeIds ids, Pager pager) : ISchemaPart
{
    private delegate Components Grouping(Groupings groupings, IReadOnlyList<RelationshipType> types, WorkMeter meter);

    private static QueryArgument Kinds => TypeExpression.Argument(
        "kinds", "[RelationshipKind!]", "Relationships that count, whichever way they run; where not given those between parties that are open to you.");

    public void AddTo(SchemaParts parts)
    {
        parts.Types.AddRange(Connections.Of("GroupMember", "Members of a group of nodes", "Node", (item, _) => item));
        Add(parts, "Component", "component", "The nodes that hang together with a node by relationships, through any number of others", static (groupings, types, meter) => groupings.ComponentsOver(types, meter));
        Add(parts, "Community", "community", "A group with more relationships inside than chance would put there (Leiden, by modularity), connected in itself", static (groupings, types, meter) => groupings.CommunitiesOver(types, meter));
        parts.Extend("Node", () => Fields.Of<NodeHandle>(
            "pageRank", "Float", FieldAccess.Structure, "PageRank among all nodes, whose ranks sum to 1: high where a node is tied to many who are tied to few. Twenty rounds, 0.85.",
            (handle, context) => Math.Round(Groupings.Of(handle.View).RanksOver(TypesOf(context, "pageRank"), context.Meter())[handle.Number], 12), Kinds));
    }

    private void Add(SchemaParts parts, string type, string field, string description, Grouping grouping)
    {
        parts.Types.Add(Fields.Object(
            type, $"{description}.",
            Fields.Of<GroupOf>("id", "ID!", FieldAccess.Structure, "The same for all its members, to be compared and not to be asked with.",
                (group, context) => ids.OfGroup(context.Viewer(), $"{field} {group.Kinds}", group.First)),
            Fields.Of<GroupOf>("size", "Int!", FieldAccess.Structure, "Number of its nodes, 1 or more.", group => group.Groups.SizeOf(group.Number)),
            Fields.Of<GroupOf>("members", "GroupMemberConnection", FieldAccess.Structure, "Its nodes, in the order in which they became known.", Members, PageRequest.Arguments)));
        parts.Extend("Node", () => Fields.Of<NodeHandle>(
            field, type, FieldAccess.Structure, $"{description}.",
            (handle, context) =>
            {
                var types = TypesOf(context, field);
                var groups = grouping(Groupings.Of(handle.View), types, context.Meter());
                return new GroupOf(handle, groups, groups.Of(handle.Number), string.Join(' ', types.Select(one => one.GraphName)));
            }, Kinds));
    }

    private List<RelationshipType> TypesOf(IResolveFieldContext context, string field)
    {
        if (context.GetArgument<List<string>?>("kinds") is not { } named) return Groupings.TiesOf(catalog, RequestContext.Of(context), field);
        return Groupings.Filed(WalkRights.OpenToAll(context.Viewer(), catalog.RelationshipTypes.Where(type => named.Contains(type.GraphName)), named: true), RequestContext.Of(context), field);
    }

    private Page Members(GroupOf group, IResolveFieldContext context)
    {
        var nodes = group.Asked.View.Snapshot.Nodes;
        var page = pager.Cut(
            PageRequest.Of(context), group.Asked.View.Stamp, group.Groups.SizeOf(group.Number),
            at => group.Groups.Members(group.Number)[at] is var node ? (nodes.IdOf(node).ToString(), group.Asked.At(node)) : default,
            key => NodeId.TryParse(key, out var id) && nodes.Find(id) is >= 0 and var node ? group.Groups.Members(group.Number).BinarySearch(node) : -1);
        return page;
    }

    private sealed record GroupOf(NodeHandle Asked, Components Groups, int Number, string Kinds)
    {
        public NodeId First => Asked.View.Snapshot.Nodes.IdOf(Groups.Members(Number)[0]);
    }
}
