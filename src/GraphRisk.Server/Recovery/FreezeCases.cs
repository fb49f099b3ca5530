using System.Collections.Immutable;
using GraphQL;
using GraphRisk.Graph.Facts;
using GraphRisk.Graph.Schema;
using GraphRisk.Market.Calendar;
using GraphRisk.Server.Composition;
using GraphRisk.Server.Decisions;
using GraphRisk.Server.Errors;
using GraphRisk.Server.Nodes;
using GraphRisk.Server.Resolution;
using GraphRisk.Server.Security;
using GraphRisk.Server.Sessions;
using GraphRisk.Workflow.Decisions;
using GraphRisk.Workflow.Recovery;

namespace GraphRisk.Server.Recovery;

/// <summary>
/// Requests to freeze: drafted for a default with what the search for assets gives its drafter then, approved by another person, sent, granted or refused, lifted or run out. The document is kept as it was
/// drafted and handed out with the states so far, as JSON and as a page. No client sees one of itself.
/// </summary>
internal sealed class FreezeCases(GraphSession session, Lookup lookup, WriteGate gate) : ISchemaPart
{
    private const int MostAttachments = 50;

    private static readonly CaseKind Kind = CaseKind.FreezeRequest;

    public void AddTo(SchemaParts parts)
    {
        var commands = new MoveCommands(session, lookup, gate, Kind) { Acts = (Act.RequestFreeze, Act.RequestFreeze), Complete = CompleteAsync };
        parts.Types.Add(Fields.Enum(
            "FreezePaperFormat", "In which form a request to freeze is handed out.",
            ("JSON", true, "As JSON."), ("HTML", false, "As a page to print, in Chinese with English beside.")));
        parts.Mutation.AddField(Fields.Resolved(
            "draftFreezeRequest", CaseTypes.PayloadOf(Kind), FieldAccess.Commands(Act.RequestFreeze) with { Subject = context => context.Viewer().Of },
            "Drafts a request to freeze for a default of the broker's, with the assets the search gives now, which are kept with it.", context => DraftAsync(context, commands),
            [
                TypeExpression.Argument("default", "ID!", "The default."),
                TypeExpression.Argument("legalBasis", "String", "On what law it rests; the articles of the Civil Procedure Law on preservation where not given."),
                TypeExpression.Argument("attachments", "[String!]", "What is attached, in order."),
                .. MoveArguments.Of(session.Catalog, Kind, "draft"), MoveArguments.Key,
            ]));
        commands.AddTo(parts);
        parts.Extend("FreezeRequest", () => Fields.Resolved(
            "paper", "String", FieldAccess.Reads(Sensitivity.Confidential, MaskKind.Key),
            "The request as it is handed out: the document as it was drafted, and its states so far with their days and documents; null where none was filed with it, as with a request taken in from another system. Level 3.",
            async context => await PaperAsync(context), TypeExpression.Argument("format", "FreezePaperFormat", "In which form; JSON where not given.")));
    }

    private async ValueTask<object?> DraftAsync(IResolveFieldContext context, MoveCommands commands)
    {
        var viewer = context.Viewer();
        var carried = MoveArguments.Read(context, session.Catalog, Kind, "draft");
        var view = await commands.PresentAsync(context);
        var node = lookup.Node(view, viewer, "default", context.GetArgument<string>("default"), "Default");
        var filed = await CaseFacts.ReadAsync(session.Store, node.Id, view.Version, context.CancellationToken) ?? throw Problem.NotFound("default of this id");
        var parties = filed.History.Parties;
        if (parties.Broker != viewer.Of) throw Problem.NotFound("default of yours by this id");
        if (FreezeTerms.FaultOf(filed) is { } none) throw new Http.TypedError(Problem.ConflictCode, none);
        var (client, contract) = (At(view, NodeId.Parse(parties.Client)), At(view, filed.Ties.Single()));
        var basis = context.GetArgument<string?>("legalBasis") is { } given ? MoveArguments.Text("legalBasis", given) : FreezeDocument.CommonBasis;
        var attachments = context.GetArgument<string[]?>("attachments") ?? [];
        if (attachments.Length > MostAttachments) throw Problem.BadInput("attachments", $"are at most {MostAttachments}.");
        var claim = DefaultTerms.ClaimAfter(filed);
        var assets = await AssetPart.FindAsync(session, context, client, contract.Number);
        var nodes = view.Snapshot.Nodes;
        var document = new FreezeDocument(
            PartyOf(At(view, NodeId.Parse(parties.Broker!))), PartyOf(client),
            new FreezeContract(
                nodes.GetString(contract.Number, "contractNumber") ?? contract.Id.Key, contract.Type.Name, nodes.Get(contract.Number, "openedOn")?.AsDate(), nodes.GetString(node.Number, "reference")!,
                nodes.Get(node.Number, "defaultedOn")?.AsDate() ?? view.Snapshot.Stamp.AsOfDay, nodes.GetString(node.Number, "cause")!),
            new FreezeClaim(claim.Principal, claim.Interest, claim.Costs, claim.Owed), [.. assets.Assets.Select(asset => AssetOf(client, asset))], view.Snapshot.Stamp.AsOfDay,
            basis, [.. attachments.Select(title => MoveArguments.Text("attachments", title))], view.Stamp.AsOf, view.Stamp.KnownAt);
        return await commands.OpenAsync(context, view, document.ToOpening(parties, node.Id, view.Version), "draft", carried);
    }

    /// <summary>Nothing is approved, sent or granted for a default that has ended meanwhile or is paid; a freeze is granted for a term there is.</summary>
    private async ValueTask<MoveAsked> CompleteAsync(MoveInHand hand)
    {
        if (hand.Asked.Move is not ("approve" or "send" or "grant") || hand.Filed.History.Moves.Any(move => move.Key == hand.Asked.Key)) return hand.Asked;
        if (FreezeTerms.FaultOf(hand.Asked, WorkingCalendar.DayOf(session.Now)) is { } term) throw Problem.BadInput("dueOn", term);
        foreach (var tie in hand.Filed.Ties.Where(tie => tie.Type == CaseKind.Default.NodeType))
            if (await CaseFacts.ReadAsync(session.Store, tie, hand.Node.View.Version, hand.Context.CancellationToken) is { } filed && FreezeTerms.FaultOf(filed) is { } fault)
                throw new Http.TypedError(Problem.ConflictCode, fault);
        return hand.Asked;
    }

    private async Task<string?> PaperAsync(IResolveFieldContext context)
    {
        var request = (NodeHandle)context.Source!;
        var filed = await CaseFacts.ReadAsync(session.Store, request.Id, request.View.Version, context.CancellationToken);
        var snapshot = request.View.Snapshot;
        if (filed is null || snapshot.Nodes.Find(new NodeId("Briefing", FormattableString.Invariant($"{request.Id.Key}-1"))) is not (>= 0 and var kept) || snapshot.Nodes.GetString(kept, "document") is not { } text) return null;
        var shown = filed.History.Moves.Take((int)(snapshot.Nodes.Get(request.Number, "moveCount")?.AsInteger() ?? 0));
        var paper = FreezePaper.Of(snapshot.Nodes.GetString(request.Number, "reference")!, CanonicalJson.Read<FreezeDocument>(text), shown);
        return (context.GetArgument<bool?>("format") ?? true) ? paper.ToJson() : FreezePage.Write(paper);
    }

    private static FreezeAsset AssetOf(NodeHandle client, Asset asset)
    {
        var nodes = client.View.Snapshot.Nodes;
        string NameOf(int node) => nodes.GetString(node, "name") ?? nodes.IdOf(node).Key;
        string? Field(int node, string field) => node < 0 ? null : nodes.GetString(node, field) ?? nodes.IdOf(node).Key;
        return new FreezeAsset(
            asset.Kind.ToString(), NameOf(asset.Holder.Party), asset.Holder.Certainty.ToString(),
            [.. asset.Holder.Chain.Select(step => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{NameOf(step.From)} {step.Kind} {step.Votes} {NameOf(step.To)}").Replace("  ", " ", StringComparison.Ordinal))],
            Field(asset.Account, "number"), Field(asset.Security, "code"), Field(asset.Contract, "contractNumber"), asset.Quantity, asset.Value, asset.Free,
            [.. asset.Encumbrances.Select(right => string.Join(' ', new[] { right.Kind.ToString(), right.Quantity?.ToString(System.Globalization.CultureInfo.InvariantCulture), Field(right.Contract, "contractNumber"), Field(right.Creditor, "code") }.OfType<string>()))],
            asset.IsSuspended);
    }

    private static FreezeParty PartyOf(NodeHandle party)
    {
        var nodes = party.View.Snapshot.Nodes;
        var numbers = ImmutableArray.CreateBuilder<string>();
        foreach (var field in party.Type.IdentifierFields)
            switch (nodes.Get(party.Number, field.Name)?.AsObject())
            {
                case string one: numbers.Add($"{field.IdentifierScheme} {one}"); break;
                case IEnumerable<string> many: numbers.AddRange(many.Select(one => $"{field.IdentifierScheme} {one}")); break;
            }

        if (numbers.Count == 0 && party.Type.Name == "Broker") numbers.Add($"CODE {party.Id.Key}");
        return new FreezeParty(nodes.GetString(party.Number, "name") ?? party.Id.Key, numbers.ToImmutable(), party.Type.FindField("address") is null ? null : nodes.GetString(party.Number, "address"));
    }

    private static NodeHandle At(GraphView view, NodeId id) => view.Snapshot.Nodes.Find(id) is >= 0 and var node ? new NodeHandle(view, node) : throw Problem.NotFound($"{id.Type} of this default");
}
