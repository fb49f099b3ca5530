using GraphQL;
using GraphRisk.Graph.Facts;
using GraphRisk.Graph.Schema;
using GraphRisk.Intake.Resolution;
using GraphRisk.Intake.Resolution.Ledger;
using GraphRisk.Intake.Resolution.Review;
using GraphRisk.Server.Composition;
using GraphRisk.Server.Errors;
using GraphRisk.Server.Http;
using GraphRisk.Server.Nodes;
using GraphRisk.Server.Paging;
using GraphRisk.Server.Security;
using GraphRisk.Server.Sessions;

namespace GraphRisk.Server.Resolution;

/// <summary>Judgements: read on parties, given and revoked by persons. A merge is a judgement, never a mutation of records.</summary>
internal sealed class ResolutionPart(GraphSession session, ResolutionOptions options, NodeIds ids, WriteGate gate) : ISchemaPart
{
    /// <summary>Steps of asking the store for one record's relationships.</summary>
    internal const long StepsOfRead = 60_000;

    private const int LongestReason = 1000;
    private const string SeenAtText = "When you looked at what was judged of the pair: where somebody has judged it since, nothing is filed and the code is CONFLICT.";

    private readonly Reviews reviews = new(session.Store, options);

    public void AddTo(SchemaParts parts)
    {
        parts.Types.AddRange(new JudgementTypes(session.Catalog, ids).All());
        parts.Extend(SchemaCatalog.Party, () => Fields.Resolved(
            "judgements", "[Judgement!]", FieldAccess.Reads(session.Catalog.Relationship(SchemaCatalog.SameAs).Level),
            "Judgements that name any record of the party, by when they became known.",
            async context =>
            {
                var party = (NodeHandle)context.Source!;
                context.Meter().Charge(StepsOfRead * party.View.Snapshot.Nodes.MembersOf(party.Number).Length);
                return await JudgementTypes.OnAsync(session.Store, party, context.CancellationToken);
            }));
        parts.Mutation.AddField(Fields.Resolved(
            "judge", "JudgePayload", FieldAccess.Commands(Act.Judge),
            "Files a person's verdict on two records, in place of an earlier one; the purpose must be data-quality or complaint.",
            JudgeAsync,
            TypeExpression.Argument("left", "ID!", "One record."),
            TypeExpression.Argument("right", "ID!", "The other; the order does not matter."),
            TypeExpression.Argument("verdict", "Verdict!", "Whether they are one party."),
            TypeExpression.Argument("reason", "String!", "Why, in a sentence."),
            TypeExpression.Argument("seenAt", "DateTime", SeenAtText)));
        parts.Mutation.AddField(Fields.Resolved(
            "revoke", "JudgePayload", FieldAccess.Commands(Act.Judge),
            "Takes a judgement back. A match comes apart and the records are told apart for good; a person's other verdict is left to the rules again.",
            RevokeAsync,
            TypeExpression.Argument("judgement", "ID!", "The judgement."),
            TypeExpression.Argument("reason", "String!", "Why, in a sentence."),
            TypeExpression.Argument("seenAt", "DateTime", SeenAtText)));
    }

    private ValueTask<object?> JudgeAsync(IResolveFieldContext context)
    {
        var (left, right) = (Record(context, "left"), Record(context, "right"));
        var verdict = (Verdict)session.Catalog.Enums.Single(type => type.Name == "Verdict").IndexOf(context.GetArgument<string>("verdict"));
        return FileAsync(context, left, right, (who, reason) =>
            reviews.JudgeAsync(left, right, verdict, who, reason, session.Now, SeenAt(context), context.CancellationToken));
    }

    private ValueTask<object?> RevokeAsync(IResolveFieldContext context)
    {
        if (!ids.TryReadPair(context.Viewer(), context.GetArgument<string>("judgement"), out var left, out var right))
            throw Problem.BadInput("judgement", "is not the id of a judgement of this server.");
        return FileAsync(context, left, right, (who, reason) =>
            reviews.RevokeAsync(left, right, who, reason, session.Now, SeenAt(context), context.CancellationToken));
    }

    private async ValueTask<object?> FileAsync(
        IResolveFieldContext context, NodeId left, NodeId right, Func<string, string, Task<ReviewOutcome>> file)
    {
        var viewer = context.Viewer();
        var reason = context.GetArgument<string>("reason").Trim();
        if (reason.Length is 0 or > LongestReason) throw Problem.BadInput("reason", $"must have 1 to {LongestReason} characters.");
        foreach (var record in (NodeId[])[left, right]) RequestContext.Of(context).Ledger.Record($"Mutation.{context.FieldDefinition.Name}", record.ToString(), unmasked: false);
        var outcome = await gate.RunAsync(() => file(JudgeOf(viewer), reason), context.CancellationToken);
        var view = await session.ViewAsync(viewer, default, context.CancellationToken);
        NodeHandle? At(NodeId id) => view.Snapshot.Nodes.Find(id) is >= 0 and var node ? new NodeHandle(view, node) : null;
        var standing = At(left) is { } party
            ? (await JudgementTypes.OnAsync(session.Store, party, context.CancellationToken))
                .Where(one => (one.Fact.From, one.Fact.To) == (left, right) || (one.Fact.From, one.Fact.To) == (right, left)).ToArray()
            : [];
        return new JudgePayload(view, At(left), At(right), standing, outcome.SetAside, outcome.Restored);
    }

    /// <summary>Who judges, as judgements tell it: for whom, and the person where the token names one.</summary>
    private static string JudgeOf(Viewer viewer) => (viewer.Of ?? viewer.Role.ToString().ToLowerInvariant()) is var stand && viewer.Subject is { } person ? $"{stand} {person}" : stand;

    private static DateTimeOffset? SeenAt(IResolveFieldContext context) => context.GetArgument<DateTimeOffset?>("seenAt");

    private NodeId Record(IResolveFieldContext context, string argument) =>
        ids.TryRead(context.Viewer(), context.GetArgument<string>(argument), out var id) ? id : throw Problem.BadInput(argument, "is not an id of this server.");
}
