using GraphQL;
using GraphRisk.Graph.Schema;
using GraphRisk.Market.Credit;
using GraphRisk.Server.Composition;
using GraphRisk.Server.Disclosure;
using GraphRisk.Server.Nodes;
using GraphRisk.Server.Security;
using GraphRisk.Server.Sessions;
using GraphRisk.Workflow.Authorisations;
using GraphRisk.Workflow.Market;

namespace GraphRisk.Server.Market;

/// <summary>A client's facts over all brokers, with what a disposal may know besides.</summary>
/// <param name="Client">Whose.</param>
/// <param name="Facts">In sum.</param>
/// <param name="Elsewhere">Securities at other brokers; null where that is not open.</param>
internal sealed record MarketFactsOf(NodeHandle Client, ClientFacts Facts, decimal? Elsewhere) : IAboutSubject
{
    public string? Subject => Client.Subject;
}

/// <summary>
/// The door of FACTS: what a party owes and holds over all brokers, in sum, as <c>marketFacts</c> on parties. To a broker with the
/// client's authorisation of scope FACTS for its purpose, and never which other broker; after a default, for disposing of what was
/// pledged, also that there are securities elsewhere. To the client itself and to the regulator without one.
/// </summary>
internal sealed class MarketFactsPart(GraphSession session) : ISchemaPart
{
    private const string Disposal = "default-disposal";

    private static readonly FieldAccess Restricted = FieldAccess.Reads(Sensitivity.Restricted).Needs(AuthorisationScope.Facts);

    public void AddTo(SchemaParts parts)
    {
        parts.Types.Add(Fields.Object(
            "MarketEvent", "Something that happened to a client's financing, at whichever broker.",
            Fields.Of<CreditEvent>("kind", "CreditEventKind!", FieldAccess.Structure, "What happened.", happening => CreditEvents.NameOf(happening.Kind)),
            Fields.Of<CreditEvent>("occurredOn", "Date!", FieldAccess.Structure, "On which day.", happening => happening.Day)));
        parts.Types.Add(Fields.Object(
            "MarketFacts", "A client over all brokers, in sum; never which of them. Money in yuan.",
            Fields.Of<MarketFactsOf>("debt", "Decimal", Restricted, "Owed under all outstanding contracts; null where it was not stated yet.", one => one.Facts.Debt),
            Fields.Of<MarketFactsOf>("contracts", "Int", Restricted, "Outstanding contracts.", one => one.Facts.Contracts),
            Fields.Of<MarketFactsOf>("maintenanceRatio", "Decimal", Restricted, "Assets to debt over all margin contracts with debt; null without such debt.", one => Rounded(one.Facts.MaintenanceRatio)),
            Fields.Of<MarketFactsOf>("securities", "Decimal", Restricted, "Securities in all accounts at the last close.", one => one.Facts.Securities),
            Fields.Of<MarketFactsOf>("events", "[MarketEvent!]", Restricted, "What happened to its financing, by day.", one => one.Facts.Events),
            Fields.Of<MarketFactsOf>("hasSecuritiesElsewhere", "Boolean", Restricted, "After a default, for its disposal: whether there are securities at other brokers; else null.", one => one.Elsewhere is { } value ? value > 0 : null),
            Fields.Of<MarketFactsOf>("securitiesElsewhere", "Decimal", Restricted, "Their total, at the last close; a request to freeze them goes to the platform.", one => one.Elsewhere),
            Fields.Of<MarketFactsOf>("stamp", "Stamp!", FieldAccess.Structure, "What the answer stands on.", one => one.Client.View.Stamp)));
        parts.Extend(SchemaCatalog.Party, () => Fields.Resolved(
            "marketFacts", "MarketFacts", Restricted,
            "What the party owes and holds over all brokers, in sum. A broker needs the client's authorisation of scope FACTS for its purpose. Level 4.",
            async context => await ReadAsync((NodeHandle)context.Source!, context)));
    }

    private async ValueTask<MarketFactsOf> ReadAsync(NodeHandle client, IResolveFieldContext context)
    {
        var grants = await Grants.OfAsync(session, context.Viewer(), context.CancellationToken);
        if (grants is not null && !grants.Allow(client.View.Snapshot, client.Number, AuthorisationScope.Facts))
            throw Grants.Required(AuthorisationScope.Facts, "marketFacts");
        var whole = await session.WholeAsync(client.View, context.CancellationToken);
        var node = whole.Snapshot.Nodes.Find(client.Id);
        var facts = whole.Derive((nameof(MarketFactsPart), node), _ => ClientFacts.Of(whole.Market(), node));
        return new MarketFactsOf(client, facts, grants is null ? null : ElsewhereOf(client, whole, node, context.Viewer()));
    }

    /// <summary>Securities at other brokers, where the broker itself knows of a default and declared to dispose of it.</summary>
    private static decimal? ElsewhereOf(NodeHandle client, GraphView whole, int node, Viewer viewer)
    {
        var isDefault = client.View.Market().Events.Of(client.Number).Exists(happening => happening.IsDefault);
        return viewer.Purpose?.Id == Disposal && isDefault && Graph.Facts.NodeId.TryParse(viewer.Of, out var broker)
            ? ClientFacts.SecuritiesElsewhere(whole.Market(), node, whole.Snapshot.Nodes.Find(broker))
            : null;
    }

    private static decimal? Rounded(decimal? number) => number is { } known ? decimal.Round(known, 12) : null;
}
