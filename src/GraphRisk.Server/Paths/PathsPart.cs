using GraphQL;
using GraphQL.Types;
using GraphRisk.Graph.Algorithms.Paths;
using GraphRisk.Server.Composition;
using GraphRisk.Server.Errors;
using GraphRisk.Server.Nodes;
using GraphRisk.Server.Paging;
using GraphRisk.Server.Security;
using GraphRisk.Server.Sessions;

namespace GraphRisk.Server.Paths;

/// <summary>
/// What lies around a node and between two: <c>neighbourhood</c>, <c>shortestPaths</c>, <c>simplePaths</c>, <c>temporalPaths</c>,
/// <c>bestChains</c>, <c>cycles</c> and <c>commonNeighbours</c>, over any relationships the viewer may read.
/// </summary>
internal sealed class PathsPart(GraphSession session, Lookup lookup, Pager pager, AccessGrounds grounds) : ISchemaPart
{
    private static readonly HopRange Around = new(2, 6);
    private static readonly HopRange Nearest = new(6, 12);
    private static readonly HopRange Every = new(4, 8);

    private readonly WalkRights rights = new(session);

    public void AddTo(SchemaParts parts)
    {
        parts.Types.AddRange(new PathTypes(session.Catalog, pager, new NamedFields(grounds)).All());
        parts.Query.AddField(Fields.Resolved(
            "neighbourhood", "Neighbourhood", FieldAccess.Structure, "The nodes within some steps of a node, nearest first, each with the step by which it was first reached.",
            NeighbourhoodAsync,
            WalkArguments.And(Around, WalkDirection.Both, "nodes", Node("of", "ID!", "The node."),
                TypeExpression.Argument("types", "[String!]", "Only nodes of these types or interfaces, such as Party; the walk passes through others."))));
        Add(parts, "shortestPaths", "All shortest paths between two nodes; parallel relationships make paths of their own.", Nearest, WalkDirection.Both,
            (walked, from, to, limits, context) => ShortestPaths.Find(walked.Walk, from, to, limits, context.Meter()));
        Add(parts, "simplePaths", "All paths between two nodes that meet no node twice, shortest first.", Every, WalkDirection.Both,
            (walked, from, to, limits, context) => SimplePaths.Between(walked.Walk, from, to, limits, context.Meter()));
        parts.Query.AddField(Fields.Resolved(
            "temporalPaths", "PathAnswer", FieldAccess.Structure,
            "Paths whose times strictly ascend or descend step by step, shortest first: what may be one flow of money. Relationships without a time are not walked; a node may come again.",
            TemporalAsync,
            WalkArguments.And(Every, WalkDirection.Out, "paths", Node("from", "ID!", "First node."), Node("to", "ID", "Last node; null for paths to any. It may be the first."),
                TypeExpression.Argument("order", "TimeOrder", "How times follow each other; ASCENDING where not given."))));
        parts.Query.AddField(Fields.Resolved(
            "bestChains", "PathAnswer", FieldAccess.Structure,
            "The most valuable paths between two nodes that meet no node twice, best first: by the product of shares, or by the amount that can pass through the whole chain.",
            BestAsync,
            WalkArguments.And(Every, WalkDirection.Out, "chains", Node("from", "ID!", "First node."), Node("to", "ID!", "Last node, another one."),
                TypeExpression.Argument("by", "ChainValue", "What a chain is worth; SHARE where not given."))));
        parts.Query.AddField(Fields.Resolved(
            "cycles", "PathAnswer", FieldAccess.Structure,
            "Cycles through a node, shortest first, or all cycles of the kinds named, such as circles of guarantees. Each is given once.",
            CyclesAsync,
            WalkArguments.And(new HopRange(6, 10), WalkDirection.Out, "cycles", Node("through", "ID", "The node; null for the cycles of the whole graph, which are asked for by 'kinds' and one way."))));
        parts.Query.AddField(Fields.Resolved(
            "commonNeighbours", "CommonNeighbours", FieldAccess.Structure, "The nodes one step away from both of two nodes, with all steps to them.",
            CommonAsync,
            WalkArguments.And(new HopRange(1, 1), WalkDirection.Both, "nodes", Node("of", "ID!", "One node."), Node("and", "ID!", "The other."))));
    }

    private static QueryArgument Node(string name, string type, string description) => TypeExpression.Argument(name, type, description);

    /// <summary>A question for paths between two nodes.</summary>
    private void Add(
        SchemaParts parts, string name, string description, HopRange hops, WalkDirection direction,
        Func<Walked, int, int, PathLimits, IResolveFieldContext, PathsFound> find) =>
        parts.Query.AddField(Fields.Resolved(
            name, "PathAnswer", FieldAccess.Structure, description,
            async context =>
            {
                var asked = WalkArguments.Of(context, hops, direction);
                var (view, from) = await FirstAsync(context, "from");
                var to = Named(view, context, "to")!;
                var walked = await rights.WalkedAsync(view, context, asked, from.Subject);
                return Answer(walked, find(walked, from.Number, to.Number, asked.Limits, context));
            },
            WalkArguments.And(hops, direction, "paths", Node("from", "ID!", "First node."), Node("to", "ID!", "Last node."))));

    private async ValueTask<object?> NeighbourhoodAsync(IResolveFieldContext context)
    {
        var asked = WalkArguments.Of(context, Around, WalkDirection.Both);
        var types = context.GetArgument<List<string>?>("types");
        foreach (var type in types ?? [])
            if (!session.Catalog.NodeTypes.Any(known => known.Is(type))) throw Problem.BadInput("types", $"names '{type}', which is no type of nodes.");
        var (view, of) = await FirstAsync(context, "of");
        var walked = await rights.WalkedAsync(view, context, asked, of.Subject);
        var found = Neighbourhood.Find(walked.Walk, of.Number, asked.Limits, context.Meter());
        var listed = found.Nodes.Where(one => types is null || types.Exists(walked.At(one.Node).Type.Is));
        return new NeighbourhoodOf(walked, of.Number, [.. listed.Select(one => new NeighbourOf(walked, one))], found.IsComplete);
    }

    private async ValueTask<object?> TemporalAsync(IResolveFieldContext context)
    {
        var asked = WalkArguments.Of(context, Every, WalkDirection.Out, isTimed: true);
        var (view, from) = await FirstAsync(context, "from");
        var to = Named(view, context, "to");
        var walked = await rights.WalkedAsync(view, context, asked, from.Subject);
        var order = context.GetArgument<TimeOrder?>("order") ?? TimeOrder.Ascending;
        return Answer(walked, TemporalPaths.Find(walked.Walk, from.Number, to?.Number, order, asked.Limits, context.Meter()));
    }

    private async ValueTask<object?> BestAsync(IResolveFieldContext context)
    {
        var worth = context.GetArgument<ChainWorth?>("by") ?? ChainWorth.Product;
        var field = worth == ChainWorth.Product ? "share" : "amount";
        var asked = WalkArguments.Of(context, Every, WalkDirection.Out, weight: field);
        var (view, from) = await FirstAsync(context, "from");
        var to = Named(view, context, "to")!;
        if (from.Number == to.Number) throw Problem.BadInput("to", "must be another node than 'from'.");
        var walked = await rights.WalkedAsync(view, context, asked, from.Subject);
        return Answer(walked, BestChains.Find(walked.Walk, from.Number, to.Number, field, worth, asked.Limits, context.Meter()));
    }

    private async ValueTask<object?> CyclesAsync(IResolveFieldContext context)
    {
        var asked = WalkArguments.Of(context, new HopRange(6, 10), WalkDirection.Out);
        var view = await session.ViewAsync(context);
        if (Named(view, context, "through") is { } node)
        {
            var around = await rights.WalkedAsync(view, context, asked, node.Subject);
            return Answer(around, SimplePaths.CyclesThrough(around.Walk, node.Number, asked.Limits, context.Meter()));
        }

        if (!asked.IsNamed) throw Problem.BadInput("kinds", "must be given where no node is.");
        if (asked.Parameters.Direction == WalkDirection.Both) throw Problem.BadInput("direction", "must be OUT or IN where no node is given.");
        var walked = await rights.WalkedAsync(view, context, asked, ReadLedger.Everyone);
        return Answer(walked, Circles.Find(walked.Walk, asked.Limits, context.Meter()));
    }

    private async ValueTask<object?> CommonAsync(IResolveFieldContext context)
    {
        var asked = WalkArguments.Of(context, new HopRange(1, 1), WalkDirection.Both);
        var (view, first) = await FirstAsync(context, "of");
        var second = Named(view, context, "and")!;
        var walked = await rights.WalkedAsync(view, context, asked, first.Subject);
        var (nodes, isComplete) = CommonNeighbours.Find(walked.Walk, first.Number, second.Number, asked.Limits, context.Meter());
        return new CommonOf(walked, [.. nodes.Select(one => new BetweenOf(walked, one))], isComplete);
    }

    private async ValueTask<(GraphView View, NodeHandle Node)> FirstAsync(IResolveFieldContext context, string argument)
    {
        var view = await session.ViewAsync(context);
        return (view, Named(view, context, argument)!);
    }

    private NodeHandle? Named(GraphView view, IResolveFieldContext context, string argument) =>
        context.GetArgument<string?>(argument) is { } id ? lookup.Node(view, context.Viewer(), argument, id) : null;

    private static PathsOf Answer(Walked walked, PathsFound found) => new(walked, [.. found.Paths.Select(path => new PathOf(walked, path))], found.IsComplete);
}
