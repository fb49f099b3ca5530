using GraphQL;
using GraphRisk.Graph.Schema;
using GraphRisk.Graph.Snapshots;
using GraphRisk.Market.Lending;
using GraphRisk.Server.Composition;
using GraphRisk.Server.Errors;
using GraphRisk.Server.Nodes;
using GraphRisk.Server.Resolution;
using GraphRisk.Server.Security;
using GraphRisk.Server.Sessions;
using GraphRisk.Workflow.Exposure;
using GraphRisk.Workflow.Recovery;

namespace GraphRisk.Server.Recovery;

/// <summary>
/// What a client may be made to pay with: <c>assets</c>. The search runs on what its viewer may know and tells of holders the viewer stands to as to itself: a broker is told of what it
/// keeps of its own clients, the client of its own, the regulator of everything. That a broker's client has securities elsewhere, and how much in sum, is told by <c>marketFacts</c> of the client, under its own rule.
/// </summary>
internal sealed class AssetPart(GraphSession session, Lookup lookup) : ISchemaPart
{
    private static readonly FieldAccess Derived = FieldAccess.Reads(Sensitivity.Confidential);

    public void AddTo(SchemaParts parts)
    {
        AssetTypes.AddTo(parts, Derived);
        parts.Query.AddField(Fields.Resolved(
            "assets", "AssetAnswer", Derived with { Subject = context => lookup.SubjectOf(context.Viewer(), context.GetArgument<string?>("client")) },
            "What a client may be made to pay with after a default: accounts, securities in them, pledged shares, what secures other contracts beyond what is owed; its own and of all in whose name they may stand, each with the chain that links it. A broker is told of what it keeps itself. Level 3.",
            async context => await SearchAsync(context),
            BitemporalArguments.And(
                TypeExpression.Argument("client", "ID!", "The client."),
                TypeExpression.Argument("besides", "ID", "A contract whose collateral is left out, being the creditor's already."))));
    }

    private async Task<AssetsOf> SearchAsync(IResolveFieldContext context)
    {
        var viewer = context.Viewer();
        var view = await session.ViewAsync(context);
        var client = lookup.Node(view, viewer, "client", context.GetArgument<string>("client"), SchemaCatalog.Party);
        if (AccessPolicy.Decide(viewer, Act.AskAssets, StandingOf(viewer, view.Snapshot, client.Number)) is { Code: not null } denial) throw AccessDenied.Of(denial, "Query.assets");
        var besides = context.GetArgument<string?>("besides") is { } contract ? lookup.Node(view, viewer, "besides", contract, "Contract").Number : -1;
        return new AssetsOf(client, await FindAsync(session, context, client, besides));
    }

    /// <summary>The assets of a client in a view of the asker.</summary>
    public static async Task<AssetsFound> FindAsync(GraphSession session, IResolveFieldContext context, NodeHandle client, int besides)
    {
        var (viewer, meter) = (context.Viewer(), context.Meter());
        return await new AssetSearch(client.View.Market(), meter).FindAsync(
            client.Number, besides,
            async party => await Doubts.OfAsync(session.Store, client.At(party), meter, context.CancellationToken),
            party => viewer.Role == Role.Regulator || StandingOf(viewer, client.View.Snapshot, party) == Standing.Own);
    }

    /// <summary>How a viewer stands to a party by its own view; a client is itself under any of its records.</summary>
    private static Standing StandingOf(Viewer viewer, Snapshot snapshot, int party) =>
        viewer.Role is Role.Broker or Role.Client && Graph.Facts.NodeId.TryParse(viewer.Of, out var self)
            ? GraphStandings.Between(snapshot, snapshot.Nodes.Find(self), party)
            : Standing.Visible;
}
