using System.Collections.Immutable;
using GraphRisk.Graph.Entitlements;
using GraphRisk.Graph.Facts;
using GraphRisk.Graph.Store;
using GraphRisk.Market.Calendar;

namespace GraphRisk.Workflow.Decisions;

/// <summary>What a complaint is about.</summary>
/// <param name="About">RECORD, SCORE or DECISION.</param>
/// <param name="Text">In the client's words.</param>
/// <param name="Record">The record, or the case with the decision; null for a score.</param>
/// <param name="Field">Field of the record whose value is disputed; null where none is.</param>
public sealed record ComplaintTerms(string About, string Text, NodeId? Record, string? Field)
{
    /// <summary>The value disputed, as the record states it (<see cref="Correction.StatedAsync"/>); null where it states none.</summary>
    public string? Value { get; init; }

    /// <summary>Type and field disputed, as Type.field; null where none is.</summary>
    public string? DisputedField => Record is { } record && Field is { } name ? $"{record.Type}.{name}" : null;
}

/// <summary>Complaints as content of a case: whose they are to decide, by when, and who must not.</summary>
public static class ComplaintFacts
{
    /// <summary>Working days for an answer, and for as many more once.</summary>
    public const int WorkingDays = 20;

    /// <summary>The word of the table for those who made the decision that is complained of.</summary>
    public const string Decider = "decider";

    /// <summary>Moves by which persons decide, of all kinds of cases.</summary>
    private static readonly string[] Decisions = ["approve", "decline", "declare", "dismiss", "report", "cure", "close", "dispose", "conclude", "uphold", "reject"];

    /// <summary>Whether a person decides something by a move.</summary>
    public static bool IsDecision(MadeMove move) => Decisions.Contains(move.Move);

    /// <summary>Id of the broker that decides on a complaint: whose record or decision it is about; null where the supervisor does, as of scores and of open sources.</summary>
    public static string? BrokerFor(ComplaintTerms terms) =>
        terms.Record is { } record && SourceOwner.Of(record) is { } code ? new NodeId("Broker", code).ToString() : null;

    /// <summary>What a complaint says when it is filed.</summary>
    /// <param name="parties">Whose it is.</param>
    /// <param name="terms">What it is about.</param>
    /// <param name="filedOn">The day of the clock.</param>
    /// <param name="calendar">Which days are worked.</param>
    /// <exception cref="YearWithoutCalendarException">The term reaches into a year without calendar.</exception>
    public static CaseOpening Opening(CaseParties parties, ComplaintTerms terms, DateOnly filedOn, WorkingCalendar calendar)
    {
        List<Property> content =
        [
            new("about", PropertyValue.OfEnum(terms.About)), new("text", PropertyValue.Of(terms.Text)),
        ];
        if (terms.Record is { } record) content.Add(new("disputedRecord", PropertyValue.Of(record.ToString())));
        if (terms.DisputedField is { } disputed) content.Add(new("disputedField", PropertyValue.Of(disputed)));
        List<Property> added = [new("dueOn", DueOn(calendar, filedOn, WorkingDays))];
        if (terms.Value is { } value) added.Add(new("disputedValue", PropertyValue.Of(value)));
        return new CaseOpening(parties, Properties.Of(content), []) { Added = Properties.Of(added) };
    }

    /// <summary>What the program adds to a move: an extension's new last day.</summary>
    public static Properties Computed(FiledCase filed, string move, WorkingCalendar calendar) =>
        move == "extend" && filed.Content.TryGet("filedOn", out var filedOn) ? Properties.Of(("dueOn", DueOn(calendar, filedOn.AsDate(), 2 * WorkingDays))) : Properties.None;

    private static PropertyValue DueOn(WorkingCalendar calendar, DateOnly filedOn, int days) => PropertyValue.Of(calendar.AfterWorkingDays(filedOn, days));

    /// <summary>Who must not decide on a complaint: whoever decided the case it is about.</summary>
    public static async ValueTask<ImmutableDictionary<string, ImmutableArray<string>>> OthersAsync(IGraphStore store, FiledCase complaint, long version, CancellationToken cancellation = default)
    {
        return OthersOf(DecidedBy(complaint) is { } id ? await CaseFacts.ReadAsync(store, id, version, cancellation) : null);
    }

    /// <summary>The case whose decision is complained of; null where a record or the score is.</summary>
    public static NodeId? DecidedBy(FiledCase complaint) =>
        complaint.Content.TryGet("disputedRecord", out var text) && NodeId.TryParse(text.AsString(), out var id) && CaseKind.Find(id.Type) is not null ? id : null;

    /// <summary>The same of the case as it was read.</summary>
    public static ImmutableDictionary<string, ImmutableArray<string>> OthersOf(FiledCase? decided)
    {
        var none = ImmutableDictionary<string, ImmutableArray<string>>.Empty;
        return decided is null ? none : none.Add(Decider, [.. decided.History.Moves.Where(IsDecision).Select(move => move.Person).OfType<string>().Distinct()]);
    }
}
