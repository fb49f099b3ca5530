using GraphQL;
using GraphQL.Types;
using GraphRisk.Graph.Algorithms.Paths;
using GraphRisk.Graph.Schema;
using GraphRisk.Server.Composition;
using GraphRisk.Server.Nodes;
using GraphRisk.Server.Paging;
using GraphRisk.Server.Security;

namespace GraphRisk.Server.Paths;

/// <summary>GraphQL types of answers about paths.</summary>
internal sealed class PathTypes(SchemaCatalog catalog, Pager pager, NamedFields named)
{
    public IEnumerable<IGraphType> All() => [.. Enums(), .. Steps(), .. Answers(), .. NeighbourTypes()];

    private IEnumerable<IGraphType> Enums()
    {
        yield return Fields.Enum(
            "RelationshipKind", "The relationships of the graph, as they are called in it.",
            catalog.RelationshipTypes.Where(type => type.GraphName != SchemaCatalog.SameAs)
                .Select(type => (type.GraphName, type.GraphName, $"{type.Description.Trim()} From {type.From} to {type.To}. Level {(int)type.Level}.")));
        yield return Fields.Enum(
            "WalkDirection", "Which way relationships are walked.",
            ("OUT", WalkDirection.Out, "From their starts to their ends."),
            ("IN", WalkDirection.In, "From their ends to their starts."),
            ("BOTH", WalkDirection.Both, "Either way."));
        yield return Fields.Enum(
            "TimeOrder", "How times follow each other along a path.",
            ("ASCENDING", TimeOrder.Ascending, "Each step is later than the one before."),
            ("DESCENDING", TimeOrder.Descending, "Each step is earlier than the one before."));
        yield return Fields.Enum(
            "ChainValue", "What a chain is worth.",
            ("SHARE", ChainWorth.Product, "The product of its shares: what its first node holds of its last by this chain."),
            ("AMOUNT", ChainWorth.Least, "The least of its amounts: what can pass through the whole chain."));
    }

    private IEnumerable<IGraphType> Steps()
    {
        yield return Fields.Object(
            "PathStep", "One relationship as a path walks it.",
            Fields.Of<StepOf>("relationship", "RelationshipKind!", FieldAccess.Structure, "The kind of relationship.", step => step.Type.GraphName),
            Fields.Of<StepOf>("isForward", "Boolean!", FieldAccess.Structure, "It runs from 'from' to 'to'; false where the path walks it against its direction.", step => step.Step.IsForward),
            Fields.Of<StepOf>("from", "Node", FieldAccess.Structure, "The node the path comes from.", step => step.Walked.At(step.Step.From)),
            Fields.Of<StepOf>("to", "Node", FieldAccess.Structure, "The node it leads to.", step => step.Walked.At(step.Step.To)),
            Looking(field => field.Name == "amount", Fields.Resolved("amount", "Decimal", FieldAccess.Structure,
                "Its amount, shown as on the relationship itself; null where its kind has none.", context => ShownAsync(context, "amount"))),
            Looking(field => field.Name == "share", Fields.Resolved("share", "Decimal", FieldAccess.Structure,
                "Its share, 0 to 1, shown as on the relationship itself; null where its kind has none.", context => ShownAsync(context, "share"))),
            Fields.Resolved("time", "DateTime", FieldAccess.Structure, "When it happened, of a day its beginning; null where that is not known, or not open to you.", TimeAsync),
            Fields.Resolved("properties", "[PathProperty!]!", FieldAccess.Structure, "All that is stated of it and open to you, each value shown as on the relationship itself.", PropertiesAsync));
        yield return Fields.Object(
            "PathProperty", "A value that is stated of a relationship.",
            Fields.Of<(string Name, string Value)>("name", "String!", FieldAccess.Structure, "Name of the field.", property => property.Name),
            Looking(_ => true, Fields.Of<(string Name, string Value)>("value", "String!", FieldAccess.Structure, "The value as text.", property => property.Value)));
        yield return Fields.Object(
            "Path", "A path of relationships.",
            Fields.Of<PathOf>("length", "Int!", FieldAccess.Structure, "Number of its steps.", path => path.Path.Steps.Length),
            Fields.Of<PathOf>("value", "Decimal", FieldAccess.Structure, "What it was ranked by; null where it was not ranked.", path => path.Path.Value is { } value ? Math.Round(value, 18) : null),
            Fields.Of<PathOf>("start", "Node", FieldAccess.Structure, "Its first node.", path => path.Walked.At(path.Path.Start)),
            Fields.Of<PathOf>("end", "Node", FieldAccess.Structure, "Its last node; of a cycle the first again.", path => path.Walked.At(path.Path.End)),
            Fields.Of<PathOf>("nodes", "[Node]!", FieldAccess.Structure, "Its nodes in order, one more than steps.",
                path => path.Path.Steps.Select(step => step.To).Prepend(path.Path.Start).Select(path.Walked.At).ToArray()),
            Fields.Of<PathOf>("steps", "[PathStep!]!", FieldAccess.Structure, "Its steps in order.",
                (path, context) => path.Path.Steps.Select(step => Filed(path.Walked.Step(step), context)).ToArray()));
    }

    private IEnumerable<IGraphType> Answers() =>
    [
        .. Connections.Of("Path", "Paths", "Path", (item, _) => item),
        Fields.Object(
            "PathAnswer", "Paths that answer a question.",
            Fields.Of<PathsOf>("paths", "PathConnection", FieldAccess.Structure, "The paths.",
                (answer, context) => pager.Cut(PageRequest.Of(context), answer.Walked.View.Stamp, answer.Paths, path => path.Key), PageRequest.Arguments),
            Fields.Of<PathsOf>("isComplete", "Boolean!", FieldAccess.Structure, "False where there may be more paths than were looked for: a limit ended the search.", answer => answer.IsComplete),
            Fields.Of<PathsOf>("stamp", "Stamp!", FieldAccess.Structure, "What the answer stands on.", answer => answer.Walked.View.Stamp)),
    ];

    private IEnumerable<IGraphType> NeighbourTypes() =>
    [
        .. Connections.Of(
            "Neighbour", "Nodes around a node", "Node", (item, _) => ((NeighbourOf)item).Walked.At(((NeighbourOf)item).Neighbour.Node),
            Fields.Of<Edge>("hops", "Int!", FieldAccess.Structure, "Fewest steps to the node.", edge => ((NeighbourOf)edge.Item).Neighbour.Hops),
            Fields.Of<Edge>("via", "PathStep!", FieldAccess.Structure, "The step by which it was first reached.",
                (edge, context) => Filed(((NeighbourOf)edge.Item).Walked.Step(((NeighbourOf)edge.Item).Neighbour.By), context))),
        Fields.Object(
            "Neighbourhood", "The nodes around a node.",
            Fields.Of<NeighbourhoodOf>("asked", "Node", FieldAccess.Structure, "The node asked about.", answer => answer.Walked.At(answer.Asked)),
            Fields.Of<NeighbourhoodOf>("nodes", "NeighbourConnection", FieldAccess.Structure, "The nodes around it, nearest first, itself left out.",
                (answer, context) => pager.Cut(PageRequest.Of(context), answer.Walked.View.Stamp, answer.Nodes, one => one.Walked.At(one.Neighbour.Node).Id.ToString()), PageRequest.Arguments),
            Fields.Of<NeighbourhoodOf>("isComplete", "Boolean!", FieldAccess.Structure, "False where more nodes may be as near: a limit ended the search.", answer => answer.IsComplete),
            Fields.Of<NeighbourhoodOf>("stamp", "Stamp!", FieldAccess.Structure, "What the answer stands on.", answer => answer.Walked.View.Stamp)),
        .. Connections.Of(
            "CommonNeighbour", "Nodes next to two others", "Node", (item, _) => ((BetweenOf)item).Walked.At(((BetweenOf)item).Common.Node),
            Fields.Of<Edge>("fromFirst", "[PathStep!]!", FieldAccess.Structure, "All steps to it from the first node.", (edge, context) => Between(edge, one => one.FromFirst, context)),
            Fields.Of<Edge>("fromSecond", "[PathStep!]!", FieldAccess.Structure, "All steps to it from the second.", (edge, context) => Between(edge, one => one.FromSecond, context))),
        Fields.Object(
            "CommonNeighbours", "The nodes next to two others.",
            Fields.Of<CommonOf>("nodes", "CommonNeighbourConnection", FieldAccess.Structure, "The nodes.",
                (answer, context) => pager.Cut(PageRequest.Of(context), answer.Walked.View.Stamp, answer.Nodes, one => one.Walked.At(one.Common.Node).Id.ToString()), PageRequest.Arguments),
            Fields.Of<CommonOf>("isComplete", "Boolean!", FieldAccess.Structure, "False where there may be more: a limit ended the search.", answer => answer.IsComplete),
            Fields.Of<CommonOf>("stamp", "Stamp!", FieldAccess.Structure, "What the answer stands on.", answer => answer.Walked.View.Stamp)),
    ];

    private static StepOf[] Between(Edge edge, Func<CommonNeighbour, IEnumerable<PathStep>> steps, IResolveFieldContext context) =>
        [.. steps(((BetweenOf)edge.Item).Common).Select(step => Filed(((BetweenOf)edge.Item).Walked.Step(step), context))];

    /// <summary>A step as it is handed out: of a confidential kind it is filed of whom it is about.</summary>
    private static StepOf Filed(StepOf step, IResolveFieldContext context)
    {
        if (step.Type.Level >= AccessPolicy.Filed) RequestContext.Of(context).Ledger.Record($"{step.Type.Name}.path", step.Subject ?? ReadLedger.Unknown, unmasked: false);
        return step;
    }

    /// <summary>States of which fields of relationships a field shows the values.</summary>
    private FieldType Looking(Func<Field, bool> which, FieldType made) => FieldAccess.WithLooks(made,
        [.. catalog.RelationshipTypes.Where(type => type.GraphName != SchemaCatalog.SameAs).SelectMany(type => type.Fields).Where(which).Select(field => FieldAccess.Reads(field)).Distinct()]);

    private async ValueTask<object?> ShownAsync(IResolveFieldContext context, string name)
    {
        var step = (StepOf)context.Source!;
        return step.Type.FindField(name) is { } field ? await LookAsync(step, field, context) : null;
    }

    private async ValueTask<object?> TimeAsync(IResolveFieldContext context)
    {
        var step = (StepOf)context.Source!;
        if (EdgeTimes.FieldOf(step.Type) is not { } field) return null;
        return await LookAsync(step, field, context) is var value && value is DateOnly day ? new DateTimeOffset(day.ToDateTime(TimeOnly.MinValue), TimeSpan.Zero) : value as DateTimeOffset?;
    }

    private async ValueTask<object?> PropertiesAsync(IResolveFieldContext context)
    {
        var step = (StepOf)context.Source!;
        var shown = new List<(string, string)>();
        foreach (var field in step.Type.Fields)
            if (ShownText.Of(await LookAsync(step, field, context)) is { } text) shown.Add((field.Name, text));
        return shown.Cast<object>().ToArray();
    }

    /// <summary>A value as the relationship's own field would show it; null where there is none, or none for the viewer.</summary>
    private async ValueTask<object?> LookAsync(StepOf step, Field field, IResolveFieldContext context)
    {
        if (step.Relationship.Get(field) is not { } value) return null;
        return await named.LookOf(step.Type, field, step.Subject, RequestContext.Of(context), context.CancellationToken) is { } look ? look(value.AsObject()) : null;
    }
}
