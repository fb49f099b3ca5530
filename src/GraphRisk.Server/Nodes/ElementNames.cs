using GraphRisk.Graph.Schema;

namespace GraphRisk.Server.Nodes;

/// <summary>
/// What relationships are called as fields. The rule: at its start a relationship is called as its type in the schema
/// (<c>OfficerOf</c>: <c>officerOf</c>), at its end the same with <c>From</c> (<c>officerOfFrom</c>). Where the language
/// has a better word the table says it.
/// </summary>
internal static class ElementNames
{
    private static readonly Dictionary<string, (string AtStart, string AtEnd)> Words = new(StringComparer.Ordinal)
    {
        ["APPLIED_FOR"] = ("loans", "applicants"),
        ["AUTHORISED_BY"] = ("grantors", "authorisations"),
        ["AUTHORISES"] = ("brokers", "authorisations"),
        ["BACKED_BY"] = ("offeredGuarantors", "backedApplications"),
        ["BEFELL"] = ("befell", "creditEvents"),
        ["BOUND_BY"] = ("agreements", "boundParties"),
        ["CALLS"] = ("contracts", "marginCalls"),
        ["CASE_OF"] = ("concerned", "cases"),
        ["CLIENT_OF"] = ("brokers", "clients"),
        ["CONCERNS"] = ("contracts", "creditEvents"),
        ["CONTRACTED"] = ("contracts", "contractors"),
        ["DEFAULTS_ON"] = ("contracts", "defaults"),
        ["FREEZES_FOR"] = ("defaults", "freezeRequests"),
        ["GRANTED_BY"] = ("grantedBy", "contracts"),
        ["GUARANTEES"] = ("guarantees", "guarantors"),
        ["HANDLED_BY"] = ("handledBy", "cases"),
        ["HOLDS"] = ("holdings", "holders"),
        ["ISSUED"] = ("securities", "issuers"),
        ["KEPT_AT"] = ("keptAt", "accounts"),
        ["LISTED_AS"] = ("listings", "listed"),
        ["MENTIONS"] = ("mentions", "mentionedIn"),
        ["MOVE_OF"] = ("cases", "moves"),
        ["NOTICE_OF"] = ("concerned", "correctionNotices"),
        ["NOTICE_TO"] = ("brokers", "correctionNotices"),
        ["OFFERS"] = ("offered", "offeredIn"),
        ["OFFICER_OF"] = ("offices", "officers"),
        ["OWNS_ACCOUNT"] = ("accounts", "owners"),
        ["PAID_OUT"] = ("paidOutTo", "loansPaidOut"),
        ["PARTY_TO"] = ("courtCases", "parties"),
        ["PENALISED"] = ("penalties", "penalised"),
        ["PLEDGED"] = ("pledged", "pledgedUnder"),
        ["POSITION"] = ("positions", "positions"),
        ["RELATED_TO"] = ("relatedTo", "relatedFrom"),
        ["REPAID"] = ("loansRepaid", "repaidBy"),
        ["REPORTS"] = ("reports", "reportedIn"),
        ["RESTS_ON"] = ("briefings", "moves"),
        ["SECURED_BY"] = ("securedBy", "secures"),
        ["SIGN_OF"] = ("warnings", "signs"),
        ["SIGNED_IN"] = ("signedIn", "devices"),
        ["TRANSFERRED"] = ("transfersOut", "transfersIn"),
        ["VOTES_IN"] = ("concernsVotesIn", "votingAgreements"),
        ["WITHDREW"] = ("withdrawalsTo", "withdrawalsFrom"),
    };

    /// <summary>Name of the field that follows a relationship.</summary>
    /// <param name="type">The relationship.</param>
    /// <param name="fromStart">The field stands at the node the relationship starts at.</param>
    public static string FieldOf(RelationshipType type, bool fromStart)
    {
        if (Words.TryGetValue(type.GraphName, out var words)) return fromStart ? words.AtStart : words.AtEnd;
        var name = char.ToLowerInvariant(type.Name[0]) + type.Name[1..];
        return fromStart ? name : name + "From";
    }

    /// <summary>What the names of a relationship's edge and connection types begin with.</summary>
    public static string TypeOf(RelationshipType type, bool fromStart) => type.Name + (fromStart ? "Target" : "Source");

    /// <summary>Graph names in the table, for the test that keeps it in step with the schema.</summary>
    public static IReadOnlyCollection<string> Named => Words.Keys;
}
