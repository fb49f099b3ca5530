using GraphQL;
using GraphQL.Types;
using GraphRisk.Graph.Algorithms.Linkage;
using GraphRisk.Graph.Schema;
using GraphRisk.Server.Composition;
using GraphRisk.Server.Errors;
using GraphRisk.Server.Nodes;
using GraphRisk.Server.Paging;
using GraphRisk.Server.Security;
using GraphRisk.Server.Sessions;

namespace GraphRisk.Server.Links;

/// <summary>The parties linked to a party.</summary>
internal sealed record LinksOf(NodeHandle Asked, IReadOnlyList<LinkedOf> Linked, bool IsComplete) : IAboutSubject
{
    public string? Subject => Asked.Subject;
}

/// <summary>A linked party.</summary>
internal sealed record LinkedOf(NodeHandle Asked, LinkedParty Linked) : IAboutSubject
{
    public string? Subject => Asked.Subject;
}

/// <summary>One tie of a path.</summary>
internal sealed record LinkOf(NodeHandle Asked, Link Link) : IAboutSubject
{
    public string? Subject => Asked.Subject;
}

/// <summary>A relationship a tie rests on.</summary>
internal sealed record EvidenceOf(NodeHandle Asked, EdgeReference Edge) : IAboutSubject
{
    public string? Subject => Asked.Subject;
}

/// <summary>
/// Linked parties with the path that links them: <c>linkedParties</c> at the root and on parties. A broker sees ties through the
/// accounts, devices and positions it keeps itself.
/// </summary>
internal sealed class LinksPart(GraphSession session, Lookup lookup, Pager pager) : ISchemaPart
{
    private const int MostSteps = 4;

    private static readonly FieldAccess Derived = FieldAccess.Reads(Sensitivity.Confidential);

    internal static QueryArgument[] Arguments =>
    [
        TypeExpression.Argument("maxSteps", "Int", $"Most ties of a path, 1 to {MostSteps}; 3 where not given."),
        TypeExpression.Argument("minStrength", "Float", "Weaker paths are left out; 0 to 1."),
    ];

    public void AddTo(SchemaParts parts)
    {
        LinkTypes.AddTo(parts, pager, Derived);
        parts.Query.AddField(Fields.Resolved(
            "linkedParties", "LinkedParties", Derived with { Subject = context => lookup.SubjectOf(context.Viewer(), context.GetArgument<string?>("client")) },
            "Who is linked to a client, each by its strongest path of ties: control, ownership, agreement, offices, guarantees, family, shared accounts and devices, common holdings. Level 3.",
            async context =>
            {
                var view = await session.ViewAsync(context);
                return Answer(lookup.Node(view, context.Viewer(), "client", context.GetArgument<string>("client"), SchemaCatalog.Party), context);
            },
            BitemporalArguments.And([TypeExpression.Argument("client", "ID!", "The client."), .. Arguments])));
        parts.Extend(SchemaCatalog.Party, () => Fields.Of<NodeHandle>(
            "linkedParties", "LinkedParties", Derived, "Who is linked to the party, each by its strongest path of ties. Level 3.", Answer, Arguments));
    }

    /// <summary>Who is linked to a party, as the arguments ask.</summary>
    internal static LinksOf Answer(NodeHandle asked, IResolveFieldContext context)
    {
        var steps = context.GetArgument<int?>("maxSteps") ?? 3;
        var least = context.GetArgument<double?>("minStrength") ?? 0;
        if (steps is < 1 or > MostSteps) throw Problem.BadInput("maxSteps", $"must be between 1 and {MostSteps}.");
        if (least is < 0 or > 1) throw Problem.BadInput("minStrength", "must be between 0 and 1.");
        var answer = asked.View.Links(steps, context.Meter()).Of(asked.Number, context.Meter());
        var linked = answer.Linked.Where(one => one.Strength >= least).Select(one => new LinkedOf(asked, one)).ToList();
        return new LinksOf(asked, linked, answer.IsComplete);
    }
}
