using GraphRisk.Graph.Algorithms.Linkage;
using GraphRisk.Server.Composition;
using GraphRisk.Server.Nodes;
using GraphRisk.Server.Paging;
using GraphRisk.Server.Security;

namespace GraphRisk.Server.Links;

/// <summary>GraphQL types of linked parties.</summary>
internal static class LinkTypes
{
    public static void AddTo(SchemaParts parts, Pager pager, FieldAccess derived)
    {
        parts.Types.Add(Fields.Enum(
            "LinkKind", "How two parties are tied.",
            ("CONTROL", LinkKind.Control, "One controls the other by majority of votes, alone and through companies it controls."),
            ("OWNERSHIP", LinkKind.Ownership, "One holds a part of the other at or above 20%; the part is the value."),
            ("AGREEMENT", LinkKind.Agreement, "Both are bound by one agreement in force; the agreement is between them."),
            ("LEGAL_REPRESENTATIVE", LinkKind.LegalRepresentative, "One represents the other in law."),
            ("OFFICER", LinkKind.Officer, "One holds another office in the other."),
            ("GUARANTEE", LinkKind.Guarantee, "One guarantees the other's debt; the amount is the value."),
            ("RELATED", LinkKind.Related, "A tie of family or association that a source states."),
            ("SHARED_ACCOUNT", LinkKind.SharedAccount, "Both own one account; the account is between them."),
            ("SHARED_DEVICE", LinkKind.SharedDevice, "One device signs in to accounts of both; the device is between them."),
            ("COMMON_HOLDING", LinkKind.CommonHolding, "Both hold much of one security; the security is between them, the smaller part of it is the value.")));
        parts.Types.Add(Fields.Object(
            "LinkedParties", "The parties linked to a party.",
            Fields.Of<LinksOf>("asked", "Party", FieldAccess.Structure, "The party asked about.", links => links.Asked),
            Fields.Of<LinksOf>("linked", "LinkedPartyConnection", derived, "Linked parties, strongest path first.",
                (links, context) =>
                {
                    var page = pager.Cut(PageRequest.Of(context), links.Asked.View.Stamp, links.Linked, one => links.Asked.At(one.Linked.Party).Id.ToString());
                    return page;
                },
                PageRequest.Arguments),
            Fields.Of<LinksOf>("isComplete", "Boolean!", FieldAccess.Structure, "False where more parties are linked than an answer may hold.", links => links.IsComplete),
            Fields.Of<LinksOf>("stamp", "Stamp!", FieldAccess.Structure, "What the answer stands on.", links => links.Asked.View.Stamp)));
        parts.Types.AddRange(Connections.Of(
            "LinkedParty", "Linked parties", Graph.Schema.SchemaCatalog.Party, (item, _) => ((LinkedOf)item).Asked.At(((LinkedOf)item).Linked.Party),
            Fields.Of<Edge>("strength", "Float", derived, "Product of the ties' strengths, above 0, at most 1.", edge => Math.Round(((LinkedOf)edge.Item).Linked.Strength, 12)),
            Fields.Of<Edge>("path", "[PartyLink!]", derived, "The ties from the party asked about to this one.",
                edge => ((LinkedOf)edge.Item).Linked.Path.Select(link => new LinkOf(((LinkedOf)edge.Item).Asked, link)).ToArray())));
        parts.Types.Add(Fields.Object(
            "PartyLink", "One tie between two parties.",
            Fields.Of<LinkOf>("from", "Party", FieldAccess.Structure, "The party the path comes from.", link => link.Asked.At(link.Link.From)),
            Fields.Of<LinkOf>("to", "Party", FieldAccess.Structure, "The party it leads to.", link => link.Asked.At(link.Link.To)),
            Fields.Of<LinkOf>("kind", "LinkKind!", FieldAccess.Structure, "How they are tied.", link => link.Link.Kind),
            Fields.Of<LinkOf>("strength", "Float", derived, "How strong the tie is, above 0, at most 1.", link => Math.Round(link.Link.Strength, 12)),
            Fields.Of<LinkOf>("value", "Decimal", derived, "Number on the tie, as the kind says.", link => link.Link.Value),
            Fields.Of<LinkOf>("via", "Node", FieldAccess.Structure, "What is between them, such as a device; null where the tie is direct.",
                link => link.Link.Via < 0 ? null : link.Asked.At(link.Link.Via)),
            Fields.Of<LinkOf>("isForward", "Boolean!", FieldAccess.Structure, "The relationship runs from 'from' to 'to'; true for ties without direction.", link => link.Link.IsForward),
            Fields.Of<LinkOf>("evidence", "[LinkEvidence!]", derived, "Relationships the tie rests on.",
                link => link.Link.Evidence.Select(edge => new EvidenceOf(link.Asked, edge)).ToArray())));
        parts.Types.Add(Fields.Object(
            "LinkEvidence", "A relationship a tie rests on.",
            Fields.Of<EvidenceOf>("relationship", "String!", FieldAccess.Structure, "Name of the relationship in the graph.", evidence => evidence.Edge.Relationship),
            Fields.Of<EvidenceOf>("from", "Node", FieldAccess.Structure, "Where it starts.", evidence => evidence.Asked.At(Table(evidence).Out.Source(evidence.Edge.Edge))),
            Fields.Of<EvidenceOf>("to", "Node", FieldAccess.Structure, "Where it ends.",
                evidence => evidence.Asked.At(Table(evidence).Out.Target(evidence.Edge.Edge)))));
    }

    private static Graph.Snapshots.RelationshipTable Table(EvidenceOf evidence) =>
        evidence.Asked.View.Snapshot.Relationship(evidence.Edge.Relationship);
}
