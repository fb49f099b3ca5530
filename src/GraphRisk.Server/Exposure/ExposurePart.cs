using GraphQL;
using GraphRisk.Graph.Schema;
using GraphRisk.Server.Composition;
using GraphRisk.Server.Errors;
using GraphRisk.Server.Nodes;
using GraphRisk.Server.Resolution;
using GraphRisk.Server.Security;
using GraphRisk.Server.Sessions;
using GraphRisk.Workflow.Exposure;

namespace GraphRisk.Server.Exposure;

/// <summary>
/// What a broker is exposed to in a client and all parties linked to it: <c>linkedExposure</c>. Only the broker itself
/// and those who supervise ask; a client would learn of it what others owe.
/// </summary>
internal sealed class ExposurePart(GraphSession session, Lookup lookup) : ISchemaPart
{
    private static readonly FieldAccess Derived = FieldAccess.Reads(Sensitivity.Confidential);

    public void AddTo(SchemaParts parts)
    {
        ExposureTypes.AddTo(parts, Derived);
        parts.Query.AddField(Fields.Resolved(
            "linkedExposure", "LinkedExposure", Derived with { Subject = context => lookup.SubjectOf(context.Viewer(), context.GetArgument<string?>("client")) },
            "What a broker is exposed to in a client and in all its clients linked to that one, each with the path that links it. A broker asks of its own contracts only. Level 3.",
            ResolveAsync,
            BitemporalArguments.And(
                TypeExpression.Argument("broker", "ID", "Code or id of the broker; null for the one a token was given to."),
                TypeExpression.Argument("client", "ID!", "The client."))));
    }

    private async ValueTask<object?> ResolveAsync(IResolveFieldContext context)
    {
        var view = await session.ViewAsync(context);
        return Of(lookup.Node(view, context.Viewer(), "client", context.GetArgument<string>("client"), SchemaCatalog.Party), context);
    }

    /// <summary>Why exposure is not open to a viewer who asks of a broker; open where it has no code.</summary>
    public static AccessDecision Decide(Viewer viewer, string? code, Lookup lookup)
    {
        var own = viewer.Role == Role.Broker ? viewer.Of : null;
        return AccessPolicy.Decide(viewer, Act.AskExposure, (code ?? own) is { } asked && lookup.SubjectOf(viewer, asked) == own ? Standing.Own : Standing.Visible);
    }

    /// <summary>The exposure to a client of the broker that the arguments name, or of the one that asks.</summary>
    /// <exception cref="AccessDenied">It is not open to who asks.</exception>
    public ExposureOf Of(NodeHandle client, IResolveFieldContext context)
    {
        var (viewer, view) = (context.Viewer(), client.View);
        var code = context.GetArgument<string?>("broker") ?? (viewer.Role == Role.Broker ? viewer.Of : null);
        if (Decide(viewer, code, lookup) is { Code: not null } denial) throw AccessDenied.Of(denial, "Query.linkedExposure");
        var broker = lookup.Broker(view, viewer, "broker", code ?? throw Problem.BadInput("broker", "is needed: your token was not given to a broker."));
        var answer = view.Exposure(context.Meter()).Of(broker.Number, client.Number, context.Meter()) ?? throw Problem.NotFound("client of this broker by this id");
        return new ExposureOf(broker, client, answer, new Lazy<Task<DoubtfulExposure>>(() => DoubtfulAsync(client, answer, view.Exposure(context.Meter()), context)));
    }

    private async Task<DoubtfulExposure> DoubtfulAsync(NodeHandle client, LinkedExposureAnswer answer, LinkedExposure exposure, IResolveFieldContext context)
    {
        var doubts = new List<DoubtfulIdentity>();
        foreach (var party in answer.Linked.Select(one => one.Exposure.Party).Prepend(client.Number))
            doubts.AddRange(await Doubts.OfAsync(session.Store, client.At(party), context.Meter(), context.CancellationToken));
        return exposure.DoubtfulOf(answer, doubts, context.Meter());
    }
}
