using System.Collections.Immutable;
using GraphRisk.Graph.Schema;
using GraphRisk.Graph.Snapshots;

namespace GraphRisk.Graph.Entitlements;

/// <summary>One step along a relationship.</summary>
/// <param name="Relationship">Its name in the graph.</param>
/// <param name="Forward">From its start to its end; false for the other way.</param>
public readonly record struct Step(string Relationship, bool Forward);

/// <summary>How nodes of a confidential type belong to a client. A type without a row belongs to nobody and is no client's to see.</summary>
/// <param name="Type">Node type or interface.</param>
/// <param name="ToParty">Steps to the party the node is about.</param>
public sealed record Belonging(string Type, ImmutableArray<Step> ToParty)
{
    /// <summary>Whether it is among what the client may know of itself; false for what others keep about it, such as what a broker was advised, or asks a court to freeze.</summary>
    public bool IsOwn { get; init; } = true;

    /// <summary>Every confidential type with its ways; the first row that fits a type is its own.</summary>
    public static ImmutableArray<Belonging> Table { get; } =
    [
        new("Account", [new("OWNS_ACCOUNT", false)]),
        new("Authorisation", [new("AUTHORISED_BY", true)]),
        new("Briefing", [new("RESTS_ON", false), new("MOVE_OF", true), new("CASE_OF", true)]) { IsOwn = false },
        new("CreditReview", [new("CASE_OF", true)]) { IsOwn = false },
        new("FreezeRequest", [new("CASE_OF", true)]) { IsOwn = false },
        new("Warning", [new("CASE_OF", true)]) { IsOwn = false },
        new("WarningSign", [new("SIGN_OF", true), new("CASE_OF", true)]) { IsOwn = false },
        new("Case", [new("CASE_OF", true)]),
        new("CaseMove", [new("MOVE_OF", true), new("CASE_OF", true)]),
        new("Contract", [new("CONTRACTED", false)]),
        new("CorrectionNotice", [new("NOTICE_OF", true)]),
        new("CreditEvent", [new("BEFELL", true)]),
        new("Device", [new("SIGNED_IN", true), new("OWNS_ACCOUNT", false)]),
        new("Loan", [new("APPLIED_FOR", false)]),
    ];

    /// <summary>The row of a node type, or null: the first that fits, so that a type may stand apart from its interface.</summary>
    public static Belonging? Of(NodeType type) => Table.FirstOrDefault(row => type.Is(row.Type));

    /// <summary>Whether nodes of a type are what others keep about a client, and so is all that belongs to it by way of them.</summary>
    public static bool IsKeptByOthers(NodeType type) => Of(type) is { IsOwn: false };

    /// <summary>The first node the steps lead to; -1 where they lead nowhere.</summary>
    public static int First(Snapshot snapshot, int from, ReadOnlySpan<Step> steps)
    {
        if (steps.IsEmpty) return from;
        foreach (var next in Neighbours(snapshot, from, steps[0]))
            if (First(snapshot, next, steps[1..]) is >= 0 and var found) return found;
        return -1;
    }

    private static ReadOnlySpan<int> Neighbours(Snapshot snapshot, int node, Step step)
    {
        var table = snapshot.Relationship(step.Relationship);
        return (step.Forward ? table.Out : table.In).Neighbours(node);
    }
}
