using GraphQL;
using GraphRisk.Graph.Entitlements;
using GraphRisk.Graph.Facts;
using GraphRisk.Graph.Schema;
using GraphRisk.Server.Composition;
using GraphRisk.Server.Errors;
using GraphRisk.Server.Nodes;
using GraphRisk.Server.Paging;
using GraphRisk.Server.Resolution;
using GraphRisk.Server.Security;
using GraphRisk.Server.Sessions;
using GraphRisk.Workflow.Authorisations;
using GraphRisk.Workflow.Decisions;

namespace GraphRisk.Server.Authorisations;

/// <summary>
/// Authorisations: listed for those they concern, given by clients, filed by brokers for a client who signed a document, withdrawn by
/// either. What counts is the present, newest knowledge on the real day: commands and the state of an authorisation know no other
/// moment, whatever moment the list is asked for.
/// </summary>
internal sealed class AuthorisationPart(GraphSession session, Lookup lookup, Pager pager, WriteGate gate) : ISchemaPart
{
    private const string Type = "Authorisation";
    private readonly AuthorisationDesk desk = new(session);

    public void AddTo(SchemaParts parts)
    {
        parts.Types.AddRange(AuthorisationTypes.All());
        parts.Extend(Type, () => Fields.Resolved(
            "state", "AuthorisationState", FieldAccess.Reads(session.Catalog.Node(Type).Level), "How it stands on the real day. Level 3.", StateAsync));
        parts.Query.AddField(Fields.Resolved(
            "authorisations", "AuthorisationsConnection", Access,
            "Authorisations: a client's own, those given to a broker, or those of the client named. Level 3.",
            ListAsync,
            BitemporalArguments.And([
                TypeExpression.Argument("client", "ID", "A client; null for all who authorised the broker, or for the client a token was given to."),
                .. PageRequest.Arguments])));
        AddCommands(parts);
    }

    private void AddCommands(SchemaParts parts)
    {
        parts.Mutation.AddField(Fields.Resolved(
            "authorise", "AuthorisationPayload", FieldAccess.Commands(Act.Authorise) with { Subject = OwnSubject },
            "Lets a broker of one's own, or one that one applies to, learn what the market knows of one, from today on. What is in force already is not given twice.",
            AuthoriseAsync,
            TypeExpression.Argument("broker", "ID!", "Code or id of a broker whose client one is or becomes."),
            AuthorisationArguments.Scope, AuthorisationArguments.Purposes, AuthorisationArguments.ExpiresOn,
            TypeExpression.Argument("document", "String", "Number or title of the document, where there is one.")));
        parts.Mutation.AddField(Fields.Resolved(
            "fileAuthorisation", "AuthorisationPayload",
            FieldAccess.Commands(Act.FileAuthorisation) with { Subject = context => lookup.SubjectOf(context.Viewer(), context.GetArgument<string>("client")) },
            "Files the authorisation that a client of one's own, or an applicant whom open sources tell of, signed on paper. What the client withdrew is not brought back by a document signed before.",
            FileAsync,
            TypeExpression.Argument("client", "ID!", "The client."),
            AuthorisationArguments.Scope, AuthorisationArguments.Purposes, AuthorisationArguments.GivenOn, AuthorisationArguments.ExpiresOn,
            TypeExpression.Argument("document", "String!", "Number or title of the document the client signed.")));
        parts.Mutation.AddField(Fields.Resolved(
            "withdrawAuthorisation", "AuthorisationPayload", FieldAccess.Commands(Act.WithdrawAuthorisation) with { Subject = OwnSubject },
            "Takes an authorisation back from today on, for good: no later delivery revives it. Open to the client at any time, and to the broker.",
            WithdrawAsync,
            TypeExpression.Argument("id", "ID", "The authorisation."),
            TypeExpression.Argument("reference", "String", "Its number, in place of the id.")));
    }

    private FieldAccess Access => FieldAccess.Reads(session.Catalog.Node(Type).Level) with
    {
        Subject = context => context.GetArgument<string?>("client") is { } client ? lookup.SubjectOf(context.Viewer(), client) : OwnSubject(context),
    };

    private async ValueTask<object?> StateAsync(IResolveFieldContext context)
    {
        var handle = (NodeHandle)context.Source!;
        var present = await PresentAsync(context);
        return present.Snapshot.Nodes.Find(handle.Id) is >= 0 and var node ? AuthorisationBook.Of(present.Snapshot).Read(node)?.StateOn(session.Today, session.RealDay) : null;
    }

    private async ValueTask<object?> ListAsync(IResolveFieldContext context)
    {
        var viewer = context.Viewer();
        var view = await session.ViewAsync(context);
        var about = context.GetArgument<string?>("client") is { } client
            ? lookup.Node(view, viewer, "client", client, SchemaCatalog.Party)
            : Self(view, viewer) ?? throw Problem.BadInput("client", "is needed: your token was given to neither a client nor a broker.");
        var relationship = view.Snapshot.Relationship(about.Type.IsParty ? "AUTHORISED_BY" : "AUTHORISES");
        int[] found = [.. relationship.In.Neighbours(about.Number).ToArray().Distinct()];
        var page = pager.Cut(
            PageRequest.Of(context), view.Stamp, found.Length,
            at => (view.Snapshot.Nodes.IdOf(found[at]).ToString(), new NodeHandle(view, found[at])),
            key => NodeId.TryParse(key, out var id) ? Array.BinarySearch(found, view.Snapshot.Nodes.Find(id)) : -1);
        return page;
    }

    private ValueTask<object?> AuthoriseAsync(IResolveFieldContext context)
    {
        var terms = AuthorisationArguments.Read(context, session.RealDay, session.RealDay);
        var viewer = context.Viewer();
        return RunAsync(context, view =>
        {
            var client = Self(view, viewer) ?? throw Problem.NotFound("client whom your token names");
            var broker = lookup.Broker(view, viewer, "broker", context.GetArgument<string>("broker"));
            return desk.GiveAsync(viewer, client, broker.Id.Key, terms, context.CancellationToken);
        });
    }

    private ValueTask<object?> FileAsync(IResolveFieldContext context)
    {
        var givenOn = AuthorisationArguments.ReadGivenOn(context, session.RealDay);
        var terms = AuthorisationArguments.Read(context, givenOn, givenOn);
        var viewer = context.Viewer();
        return RunAsync(context, async view =>
        {
            var broker = Self(view, viewer) ?? throw Problem.NotFound("broker whom your token names");
            var client = lookup.Node(view, viewer, "client", context.GetArgument<string>("client"), SchemaCatalog.Party);
            if (await ClientRecords.KnownToAsync(session.Store, client, broker.Id.Key, context.CancellationToken) is null) throw Problem.NotFound("client of yours, or party that open sources tell you of, by this id");
            return await desk.GiveAsync(viewer, client, broker.Id.Key, terms, context.CancellationToken);
        });
    }

    private ValueTask<object?> WithdrawAsync(IResolveFieldContext context) => RunAsync(context, async view =>
    {
        var book = AuthorisationBook.Of(view.Snapshot);
        var viewer = context.Viewer();
        var one = Named(context, view, book) is { } known && IsOf(view, viewer, book, known.Node) ? known : throw Problem.NotFound("authorisation of yours of this name");
        var client = book.ClientOf(one.Node);
        if (client >= 0) RequestContext.Of(context).Ledger.Record("Mutation.withdrawAuthorisation", view.Snapshot.Nodes.IdOf(client).ToString(), unmasked: false);
        var broker = view.Snapshot.Nodes.IdOf(book.BrokerOf(one.Node)).Key;
        return (one.Id, await desk.WithdrawAsync(viewer, one, broker, context.CancellationToken));
    });

    /// <summary>Runs a command on the present of its viewer, when no other runs, and shows the authorisation after it.</summary>
    private async ValueTask<object?> RunAsync(IResolveFieldContext context, Func<GraphView, Task<(NodeId Id, bool IsNew)>> command)
    {
        var (id, isNew) = await gate.RunAsync(async () => await command(await PresentAsync(context)), context.CancellationToken);
        var view = await PresentAsync(context);
        return new AuthorisationPayload(view, new NodeHandle(view, view.Snapshot.Nodes.Find(id)), isNew);
    }

    private Authorisation? Named(IResolveFieldContext context, GraphView view, AuthorisationBook book)
    {
        var (id, reference) = (context.GetArgument<string?>("id"), context.GetArgument<string?>("reference"));
        if (id is null == reference is null) throw Problem.BadInput("id", "or 'reference' is needed, one of them.");
        if (id is not null) return book.Read(lookup.Node(view, context.Viewer(), "id", id, Type).Number);
        return Self(view, context.Viewer()) is { } self ? OfReference(view, book, self, reference!) : null;
    }

    /// <summary>A client's authorisations are few; a broker's are found by their keys, which its files and the platform make of the number.</summary>
    private static Authorisation? OfReference(GraphView view, AuthorisationBook book, NodeHandle self, string reference)
    {
        if (self.Type.IsParty) return book.OfClient(self.Number).FirstOrDefault(one => one.Reference == reference);
        foreach (var source in (string[])[AuthorisationFacts.SourceOf(self.Id.Key), SourceOwner.SourceOf(self.Id.Key)])
            if (view.Snapshot.Nodes.Find(new NodeId(Type, $"{source}:{reference}")) is >= 0 and var node) return book.Read(node);
        return null;
    }

    private static bool IsOf(GraphView view, Viewer viewer, AuthorisationBook book, int authorisation) => Self(view, viewer) is { } self
        && view.Snapshot.Relationship(self.Type.IsParty ? "AUTHORISED_BY" : "AUTHORISES").Out.Neighbours(authorisation).Contains(self.Number)
        && book.BrokerOf(authorisation) >= 0;

    /// <summary>The client or broker a token was given to; null for others.</summary>
    private static NodeHandle? Self(GraphView view, Viewer viewer) =>
        viewer.Role is Role.Client or Role.Broker && NodeId.TryParse(viewer.Of, out var id) && view.Snapshot.Nodes.Find(id) is >= 0 and var node
            ? new NodeHandle(view, node) : null;

    private ValueTask<GraphView> PresentAsync(IResolveFieldContext context) => session.ViewAsync(context.Viewer(), default, context.CancellationToken);

    private static string? OwnSubject(IResolveFieldContext context) => context.Viewer().Of;
}
