using GraphQL.Types;
using GraphRisk.Server.Composition;
using GraphRisk.Server.Nodes;
using GraphRisk.Server.Paging;
using GraphRisk.Server.Security;
using GraphRisk.Server.Sessions;
using GraphRisk.Workflow.Authorisations;

namespace GraphRisk.Server.Authorisations;

/// <summary>What a command on an authorisation did.</summary>
/// <param name="View">What the viewer may know after it.</param>
/// <param name="One">The authorisation.</param>
/// <param name="IsNew">False where it stood like that before and nothing was recorded.</param>
internal sealed record AuthorisationPayload(GraphView View, NodeHandle One, bool IsNew);

/// <summary>GraphQL types around authorisations; the fields of one are those of the schema, and its state.</summary>
internal static class AuthorisationTypes
{
    public static IEnumerable<IGraphType> All() =>
    [
        Fields.Enum(
            "AuthorisationState", "How an authorisation stands on the real day, whatever day a question is about.",
            ("NOT_YET", AuthorisationState.NotYet, "Its first day is yet to come."),
            ("IN_FORCE", AuthorisationState.InForce, "It is in force."),
            ("EXPIRED", AuthorisationState.Expired, "Its last day is over."),
            ("WITHDRAWN", AuthorisationState.Withdrawn, "It was withdrawn.")),
        .. Connections.Of("Authorisations", "Authorisations that clients gave to brokers", "Authorisation", (item, _) => item),
        Fields.Object(
            "AuthorisationPayload", "What a command on an authorisation did.",
            Fields.Of<AuthorisationPayload>("authorisation", "Authorisation!", FieldAccess.Structure, "The authorisation as it stands now.", payload => payload.One),
            Fields.Of<AuthorisationPayload>("isNew", "Boolean!", FieldAccess.Structure, "Whether anything was recorded; false where it stood like that before.", payload => payload.IsNew),
            Fields.Of<AuthorisationPayload>("stamp", "Stamp!", FieldAccess.Structure, "What the answer stands on.", payload => payload.View.Stamp)),
    ];
}
