using GraphRisk.Server.Nodes;

namespace GraphRisk.Server.Score;

/// <summary>What kind of event a changed record is.</summary>
internal enum ScoreEvent
{
    Price,
    Statement,
    Contract,
    CreditEvent,
    NeighbourDefault,
    Listing,
    CourtRecord,
    Penalty,
    Holding,
    Ownership,
    Guarantee,
    Accounts,
    Link,
    Relation,
}

/// <summary>Which records are which events: a table by type of the record, with two rows that look at what changed of it.</summary>
internal static class ScoreEvents
{
    /// <summary>Fields of a contract that its broker states anew day by day.</summary>
    private static readonly string[] Stated = ["debt", "maintenanceRatio", "performanceRatio"];

    private static readonly Dictionary<string, ScoreEvent> ByType = new(StringComparer.Ordinal)
    {
        ["Security"] = ScoreEvent.Price,
        ["MarginContract"] = ScoreEvent.Contract,
        ["PledgeContract"] = ScoreEvent.Contract,
        ["RepoContract"] = ScoreEvent.Contract,
        ["CONTRACTED"] = ScoreEvent.Contract,
        ["CreditEvent"] = ScoreEvent.CreditEvent,
        ["BEFELL"] = ScoreEvent.CreditEvent,
        ["Listing"] = ScoreEvent.Listing,
        ["LISTED_AS"] = ScoreEvent.Listing,
        ["CourtCase"] = ScoreEvent.CourtRecord,
        ["PARTY_TO"] = ScoreEvent.CourtRecord,
        ["Penalty"] = ScoreEvent.Penalty,
        ["PENALISED"] = ScoreEvent.Penalty,
        ["POSITION"] = ScoreEvent.Holding,
        ["HOLDS"] = ScoreEvent.Ownership,
        ["GUARANTEES"] = ScoreEvent.Guarantee,
        ["Company"] = ScoreEvent.Accounts,
        ["CLIENT_OF"] = ScoreEvent.Relation,
        ["OWNS_ACCOUNT"] = ScoreEvent.Relation,
    };

    /// <summary>The events with what they mean.</summary>
    public static (ScoreEvent Event, string Description)[] All { get; } =
    [
        (ScoreEvent.Price, "A security has another price, or trades no more or again."),
        (ScoreEvent.Statement, "A broker stated a contract's debt or ratio anew."),
        (ScoreEvent.Contract, "A contract was opened, closed, changed."),
        (ScoreEvent.CreditEvent, "A margin call, a payment overdue, a forced liquidation, a default or its cure."),
        (ScoreEvent.NeighbourDefault, "A party it is tied to defaulted or was liquidated by force."),
        (ScoreEvent.Listing, "An entry on a list, such as that of dishonest debtors, came, ran out or was removed."),
        (ScoreEvent.CourtRecord, "A court case."),
        (ScoreEvent.Penalty, "A penalty or an investigation."),
        (ScoreEvent.Holding, "An account holds more or less of a security."),
        (ScoreEvent.Ownership, "A part of a company changed hands."),
        (ScoreEvent.Guarantee, "A guarantee was given, ended or changed."),
        (ScoreEvent.Accounts, "A company published accounts."),
        (ScoreEvent.Link, "An office, a relation, an agreement or a common device."),
        (ScoreEvent.Relation, "It became or ceased to be a broker's client, or has another account."),
    ];

    /// <param name="type">Type of the node, or name of the relationship.</param>
    /// <param name="fields">Fields that differ; empty of what came or went.</param>
    /// <param name="node">The node; null of a relationship.</param>
    /// <param name="isOwn">Whether the record is the client's own.</param>
    public static ScoreEvent Of(string type, IReadOnlyList<string> fields, NodeHandle? node, bool isOwn) => ByType.GetValueOrDefault(type, ScoreEvent.Link) switch
    {
        ScoreEvent.Contract when fields.Count > 0 && fields.All(field => Stated.Contains(field, StringComparer.Ordinal)) => ScoreEvent.Statement,
        ScoreEvent.CreditEvent when !isOwn && node?.View.Snapshot.Nodes.GetString(node.Number, "kind") is "DEFAULT" or "FORCED_LIQUIDATION" => ScoreEvent.NeighbourDefault,
        var known => known,
    };
}
