using System.Collections.Immutable;
using GraphQL;
using GraphRisk.Graph.Facts;
using GraphRisk.Graph.Schema;
using GraphRisk.Server.Composition;
using GraphRisk.Server.Errors;
using GraphRisk.Server.Http;
using GraphRisk.Server.Nodes;
using GraphRisk.Server.Paging;
using GraphRisk.Server.Security;
using GraphRisk.Server.Sessions;
using GraphRisk.Workflow.Review;

namespace GraphRisk.Server.Resolution;

/// <summary>A change of identity, with the view it was found in.</summary>
internal sealed record IdentityChangeOf(GraphView View, IdentityChange Change);

/// <summary>Who became one and who came apart since an earlier knowledge: <c>identityChanges</c> at the root.</summary>
internal sealed class IdentityPart(GraphSession session, NodeIds ids, Pager pager) : ISchemaPart
{
    public void AddTo(SchemaParts parts)
    {
        var level = session.Catalog.Relationship(SchemaCatalog.SameAs).Level;
        parts.Types.Add(Fields.Enum<IdentityChangeKind>(
            "IdentityChangeKind", "What became of a party's identity.",
            ("MERGED", IdentityChangeKind.Merged, "Several parties are one now; the ids of the others lead to it."),
            ("SPLIT", IdentityChangeKind.Split, "One party is several now; its id stays with the part that has its first record.")));
        parts.Types.Add(Fields.Object(
            "IdentityChange", "A party that took others in, or came apart.",
            Fields.Of<IdentityChangeOf>("kind", "IdentityChangeKind!", FieldAccess.Structure, "What became of it.", one => one.Change.Kind),
            Fields.Of<IdentityChangeOf>("party", "Party", FieldAccess.Structure, "The party now.", one => new NodeHandle(one.View, one.Change.Party)),
            Fields.Of<IdentityChangeOf>("largest", "Party", FieldAccess.Structure,
                "Of a split the part that has most of the records the party had, of several the one known first: to be followed by whoever kept the party under an id of their own. Of a merger the party.",
                one => new NodeHandle(one.View, one.Change.Largest)),
            Fields.Of<IdentityChangeOf>("others", "[ID!]!", FieldAccess.Reads(level), "Of a merger the ids that lead to it now, of a split those of the parts that left it.",
                (one, context) => one.Change.Others.Select(other => ids.Of(context.Viewer(), other)).ToArray())));
        parts.Types.AddRange(Connections.Of("IdentityChange", "Parties that became one or came apart", "IdentityChange", (item, _) => item));
        parts.Query.AddField(Fields.Resolved(
            "identityChanges", "IdentityChangeConnection", FieldAccess.Reads(level),
            "Parties that became one, or came apart, by what became known since: for those who keep ids of their own.",
            AnswerAsync,
            BitemporalArguments.And([
                TypeExpression.Argument("since", "DateTime!", "Earlier knowledge to hold against that of knownAt."),
                TypeExpression.Argument("of", "[ID!]", "Ids as they were kept then: only what became of the parties they led to."), .. PageRequest.Arguments])));
    }

    private async ValueTask<object?> AnswerAsync(IResolveFieldContext context)
    {
        var view = await session.ViewAsync(context);
        var point = view.Point with { KnownAt = context.GetArgument<DateTimeOffset>("since") };
        RequestContext.Of(context).Budget.ChargeInstant(point.AsOf, point.KnownAt);
        var before = await session.ViewAsync(context.Viewer(), point, context.CancellationToken);
        var changes = IdentityChanges.Between(before.Snapshot.Nodes, view.Snapshot.Nodes, context.Meter());
        var asked = context.GetArgument<List<string>?>("of")?.Select(id => Kept(context, before, id)).ToHashSet();
        var told = asked is null ? changes : changes.Where(change => change.From.Any(from => asked.Contains(from)));
        return pager.Cut(PageRequest.Of(context), view.Stamp, [.. told.Select(change => new IdentityChangeOf(view, change))], one => $"{one.Change.Kind} {one.Change.Id}");
    }

    /// <summary>The id of the party an id led to; its own where it led to none.</summary>
    private NodeId Kept(IResolveFieldContext context, GraphView before, string text)
    {
        if (!ids.TryRead(context.Viewer(), text, out var id)) throw Problem.BadInput("of", $"'{text}' is not an id of this server.");
        return before.Snapshot.Nodes.Find(id) is >= 0 and var node ? before.Snapshot.Nodes.IdOf(node) : id;
    }
}
