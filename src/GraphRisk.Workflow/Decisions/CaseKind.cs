using System.Collections.Immutable;
using GraphRisk.Graph.Facts;
using GraphRisk.Workflow.Recovery;

namespace GraphRisk.Workflow.Decisions;

/// <summary>A move that was made, for what it states beside its case.</summary>
/// <param name="Id">The case.</param>
/// <param name="Parties">Whose it is.</param>
/// <param name="Content">What it says of itself.</param>
/// <param name="Contracts">Contracts it is on.</param>
/// <param name="Move">The move.</param>
/// <param name="Provenance">Where its facts come from.</param>
public sealed record CaseEffect(NodeId Id, CaseParties Parties, Properties Content, ImmutableArray<NodeId> Contracts, MadeMove Move, Provenance Provenance);

/// <summary>A kind of case: its table, and how it stands in the graph.</summary>
/// <param name="NodeType">Node type of its cases.</param>
/// <param name="Table">How they go on.</param>
public sealed record CaseKind(string NodeType, StateTable Table)
{
    /// <summary>Fields of a move that its case keeps as its outcome, by the state it leads to.</summary>
    public ImmutableArray<(string To, string Carried, string Kept)> Outcomes { get; init; } = [];

    /// <summary>What a case no longer says of itself once a move was made: move and field.</summary>
    public ImmutableArray<(string Move, string Kept)> Lapses { get; init; } = [];

    /// <summary>Fields of moves that the program gives and nobody else.</summary>
    public ImmutableArray<string> Computed { get; init; } = [CaseFacts.ContentHash];

    /// <summary>What a move of a case states in the graph beside it; nothing of most.</summary>
    public Func<CaseEffect, IEnumerable<Change>> Effects { get; init; } = _ => [];

    /// <summary>What a case says of itself that follows from its content and all its moves: stated with each move, and anew where its content is corrected. Nothing of most.</summary>
    public Func<Properties, IReadOnlyCollection<MadeMove>, IEnumerable<Property>> Standing { get; init; } = (_, _) => [];

    /// <summary>Field of its content with the day it is about, before which nothing of it happened; null where it has none.</summary>
    public string? BeganOn { get; init; }

    /// <summary>Applications for financing.</summary>
    public static CaseKind Application { get; } = new("Application", StateTable.Embedded("application"))
    {
        Outcomes = [("APPROVED", "amount", "creditLine"), ("APPROVED", "annualRate", "annualRate")],
        Lapses = [(Reopening.Move, "creditLine"), (Reopening.Move, "annualRate")],
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

    /// <summary>Margin calls.</summary>
    public static CaseKind MarginCall { get; } = new("MarginCall", StateTable.Embedded("margin-call"))
    {
        BeganOn = "calledOn",
        Outcomes = [("EXTENDED", "dueOn", "dueOn")],
        Computed = [CaseFacts.ContentHash, "dueOn"],
    };

    /// <summary>Defaults.</summary>
    public static CaseKind Default { get; } = new("Default", StateTable.Embedded("default"))
    {
        BeganOn = "defaultedOn",
        Outcomes =
        [
            ("NOTIFIED", "dueOn", "dueOn"), ("CURED", "lossGivenDefault", "lossGivenDefault"), .. DefaultTerms.Open.Select(state => (state, "defaultCause", "cause")),
        ],
        Computed = [CaseFacts.ContentHash, "dueOn", "toCosts", "toInterest", "toPrincipal", "surplus", "recovered", "owed", "lossGivenDefault"],
        Effects = DefaultTerms.EffectsOf,
        Standing = DefaultTerms.StandingOf,
    };

    /// <summary>Requests to freeze.</summary>
    public static CaseKind FreezeRequest { get; } = new("FreezeRequest", StateTable.Embedded("freeze-request")) { Outcomes = [("GRANTED", "dueOn", "expiresOn")] };

    /// <summary>Reviews of clients by grade: what a line is to become stands in one only once it is concluded.</summary>
    public static CaseKind CreditReview { get; } = new("CreditReview", StateTable.Embedded("credit-review"))
    {
        Outcomes =
        [
            .. from to in (string[])["DUE", "TAKEN"]
               from field in (string[])["grade", "proposedTreatment", "team", "dueOn"]
               select (to, field, field),
            ("CONCLUDED", "lineTreatment", "lineTreatment"), ("CONCLUDED", "amount", "lineLimit"), ("CONCLUDED", "dueOn", "reduceBy"), ("CONCLUDED", "nextReviewOn", "nextReviewOn"),
        ],
        Lapses = [(Reopening.Move, "lineTreatment"), (Reopening.Move, "lineLimit"), (Reopening.Move, "reduceBy"), (Reopening.Move, "nextReviewOn")],
        Computed = [CaseFacts.ContentHash, "grade", "proposedTreatment", "team", "nextReviewOn"],
    };

    /// <summary>Every kind there is.</summary>
    public static ImmutableArray<CaseKind> All { get; } = [Application, Complaint, Warning, MarginCall, Default, FreezeRequest, CreditReview];

    /// <summary>The kind whose cases are nodes of a type; null where there is none.</summary>
    public static CaseKind? Find(string nodeType) => All.FirstOrDefault(kind => kind.NodeType == nodeType);

    /// <summary>A move that is asked for again, with what the program added to it when it was made; null for one whose key is new.</summary>
    public MoveAsked? Again(CaseHistory history, MoveAsked asked) => history.Moves.FirstOrDefault(move => move.Key == asked.Key) is { } known
        ? asked with { Carried = Properties.Of([.. asked.Carried, .. known.Carried.Where(property => Computed.Contains(property.Name) && property.Name != CaseFacts.ContentHash)]) }
        : null;

    /// <summary>What a case keeps of a move.</summary>
    public IEnumerable<Property> KeptOf(MadeMove move) =>
        Outcomes.Where(row => row.To == move.To && move.Carried.TryGet(row.Carried, out _))
            .Select(row => new Property(row.Kept, move.Carried.TryGet(row.Carried, out var value) ? value : default));
}
