using System.Collections.Immutable;
using GraphRisk.Graph.Facts;

namespace GraphRisk.Workflow.Decisions;

/// <summary>A kind of case: its table, and how it stands in the graph.</summary>
/// <param name="NodeType">Node type of its cases.</param>
/// <param name="Table">How they go on.</param>
public sealed record CaseKind(string NodeType, StateTable Table)
{
    /// <summary>Fields of a move that its case keeps as its outcome, by the state it leads to.</summary>
    public ImmutableArray<(string To, string Carried, string Kept)> Outcomes { get; init; } = [];

    /// <summary>Fields of moves that the program gives and nobody else.</summary>
    public ImmutableArray<string> Computed { get; init; } = [CaseFacts.ContentHash];

    /// <summary>Applications for financing.</summary>
    public static CaseKind Application { get; } = new("Application", StateTable.Embedded("application"))
    {
        Outcomes = [("APPROVED", "amount", "creditLine"), ("APPROVED", "annualRate", "annualRate")],
    };

    /// <summary>Complaints.</summary>
    public static CaseKind Complaint { get; } = new("Complaint", StateTable.Embedded("complaint"))
    {
        Outcomes = [("CLASSIFIED", "cause", "cause"), ("EXTENDED", "dueOn", "dueOn")],
        Computed = [CaseFacts.ContentHash, "dueOn"],
    };

    /// <summary>Early warnings: how urgent one is and whose, when it is due and when it is looked at again follow from its moves.</summary>
    public static CaseKind Warning { get; } = new("Warning", StateTable.Embedded("warning"))
    {
        Outcomes =
        [
            .. from to in (string[])["NEW", "ESCALATED", "TAKEN", "WAITING_FOR_CLIENT", "SNOOZED"]
               from field in (string[])["severity", "team", "dueOn", "expectedLoss", "snoozedUntil"]
               select (to, field, field),
        ],
        Computed = [CaseFacts.ContentHash, "severity", "team", "dueOn", "expectedLoss"],
    };

    /// <summary>Every kind there is.</summary>
    public static ImmutableArray<CaseKind> All { get; } = [Application, Complaint, Warning];

    /// <summary>The kind whose cases are nodes of a type; null where there is none.</summary>
    public static CaseKind? Find(string nodeType) => All.FirstOrDefault(kind => kind.NodeType == nodeType);

    /// <summary>What a case keeps of a move.</summary>
    public IEnumerable<Property> KeptOf(MadeMove move) =>
        Outcomes.Where(row => row.To == move.To && move.Carried.TryGet(row.Carried, out _))
            .Select(row => new Property(row.Kept, move.Carried.TryGet(row.Carried, out var value) ? value : default));
}
