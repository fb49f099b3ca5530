using System.Collections.Immutable;
using GraphRisk.Graph.Facts;
using GraphRisk.Market.Calendar;
using GraphRisk.Workflow.Decisions;

namespace GraphRisk.Workflow.CreditReviews;

/// <summary>Why a client is reviewed, the most pressing first.</summary>
public enum ReviewCause
{
    /// <summary>More is owed than its last review let stand, and the day is past by which it was to come down.</summary>
    NotReduced,

    /// <summary>Its grade fell to one that is reviewed sooner or treated more strictly.</summary>
    GradeFell,

    /// <summary>The interval of its grade is over.</summary>
    Interval,

    /// <summary>It was not reviewed since it owes.</summary>
    NeverReviewed,
}

/// <summary>A client that has to be reviewed.</summary>
/// <param name="Client">The record its broker knows it by.</param>
/// <param name="Cause">Why.</param>
/// <param name="Row">How clients of its grade are followed.</param>
/// <param name="Exposure">What it owes the broker, yuan.</param>
/// <param name="ExpectedLoss">By which those of one cause are ranked, yuan.</param>
public sealed record DueReview(NodeId Client, ReviewCause Cause, GradeRow Row, decimal Exposure, decimal ExpectedLoss);

/// <summary>Reviews as content of a case, and what the program adds to their moves.</summary>
public static class ReviewTerms
{
    /// <summary>The circumstance in which two persons decide.</summary>
    public const string TwoPersons = "two-persons";

    private static readonly ImmutableDictionary<ReviewCause, string> Causes = new Dictionary<ReviewCause, string>
    {
        [ReviewCause.NotReduced] = "NOT_REDUCED", [ReviewCause.GradeFell] = "GRADE_FELL", [ReviewCause.Interval] = "INTERVAL", [ReviewCause.NeverReviewed] = "NEVER_REVIEWED",
    }.ToImmutableDictionary();

    /// <summary>Whether a client has to be reviewed on a day, and why; null where it has not.</summary>
    /// <param name="row">How clients of its grade are followed.</param>
    /// <param name="before">How those of the grade of its last review are; null where there was none.</param>
    /// <param name="last">Its last review; null where none was concluded.</param>
    /// <param name="approvedOn">The day of its last approved application, which looks at a client as a review does.</param>
    /// <param name="exposure">What the client owes the broker, yuan.</param>
    /// <param name="day">The day.</param>
    public static ReviewCause? CauseOf(GradeRow row, GradeRow? before, FiledReview? last, DateOnly? approvedOn, decimal exposure, DateOnly day)
    {
        if (last?.ReduceBy < day && exposure > last.Limit) return ReviewCause.NotReduced;
        if (before is not null && row.Grade is not null && row.IsStricterThan(before)) return ReviewCause.GradeFell;
        DateOnly? next = approvedOn?.AddMonths(row.Months);
        if (last?.NextOn is { } agreed && !(agreed < next)) next = agreed;
        return next is null ? ReviewCause.NeverReviewed : next <= day ? ReviewCause.Interval : null;
    }

    /// <summary>The review as a case that opens.</summary>
    /// <exception cref="YearWithoutCalendarException">Its term reaches into a year without calendar.</exception>
    public static CaseOpening Opening(DueReview due, NodeId broker, GradedManagement rules, DateOnly day, WorkingCalendar calendar) => new(
        new CaseParties(due.Client.ToString(), broker.ToString()),
        Properties.Of([
            new("cause", PropertyValue.OfEnum(Causes[due.Cause])), new("foundOn", PropertyValue.Of(day)), new("exposure", PropertyValue.Of(due.Exposure)), .. Followed(due.Row, rules, day, calendar),
        ]),
        []);

    /// <summary>What a move says of the grade: it is treated so, by whom, until when.</summary>
    public static ImmutableArray<Property> Followed(GradeRow row, GradedManagement rules, DateOnly day, WorkingCalendar calendar) =>
    [
        .. row.Grade is { } grade ? [new Property("grade", PropertyValue.Of(grade))] : Array.Empty<Property>(),
        new("proposedTreatment", PropertyValue.OfEnum(GradedManagement.NameOf(row.Treatment))), new("team", PropertyValue.Of(row.Team)),
        new("dueOn", PropertyValue.Of(calendar.AfterWorkingDays(day, rules.ConcludeWithinDays))),
    ];

    /// <summary>Why a review cannot be concluded so: a line that is to be reduced is reduced to an amount below what is owed, by a day to come, and no other is. Null where it can.</summary>
    public static (string Field, string Fault)? FaultOf(FiledCase filed, MoveAsked asked, DateOnly today)
    {
        if (asked.Move != "conclude" || !asked.Carried.TryGet("lineTreatment", out var treatment)) return null;
        var (hasAmount, hasDay) = (asked.Carried.TryGet("amount", out var amount), asked.Carried.TryGet("dueOn", out var by));
        if (GradedManagement.Parse(treatment.AsString()) != LineTreatment.ToBeReduced)
            return hasAmount ? ("amount", "is for a line that is TO_BE_REDUCED.") : hasDay ? ("dueOn", "is for a line that is TO_BE_REDUCED.") : null;
        if (!hasAmount) return ("amount", "is needed: what may be owed at most.");
        if (!hasDay) return ("dueOn", "is needed: the day by which no more may be owed.");
        if (filed.Content.TryGet("exposure", out var owed) && amount.AsDecimal() >= owed.AsDecimal())
            return ("amount", FormattableString.Invariant($"must be below the {owed.AsDecimal():0.##} that is owed."));
        return by.AsDate() <= today ? ("dueOn", FormattableString.Invariant($"must be later than {today:yyyy-MM-dd}.")) : null;
    }

    /// <summary>A move with its circumstances and what the program adds to it.</summary>
    /// <param name="filed">The review.</param>
    /// <param name="asked">The move.</param>
    /// <param name="rules">Its broker's graded management.</param>
    /// <param name="today">The day of the move.</param>
    public static MoveAsked Completed(FiledCase filed, MoveAsked asked, GradedManagement rules, DateOnly today)
    {
        if (asked.Move != "conclude" || !asked.Carried.TryGet("lineTreatment", out var treatment)) return asked;
        var row = RowOf(filed, rules);
        var isMilder = GradedManagement.Parse(treatment.AsString()) < Proposed(filed);
        return asked with
        {
            Carried = Properties.Of([.. asked.Carried, new("nextReviewOn", PropertyValue.Of(today.AddMonths(row.Months)))]),
            Circumstances = row.Persons > 1 || isMilder ? [TwoPersons] : [],
        };
    }

    /// <summary>What lies before who concludes a review: what it says, how its grade is followed, by which rules.</summary>
    public static Briefing BriefingOf(FiledCase filed, GradedManagement rules, DateTimeOffset asOf, DateTimeOffset knownAt, long storeVersion)
    {
        var proposed = Proposed(filed);
        var document = CanonicalJson.Write(new { review = filed.Content.ToDictionary(one => one.Name, one => one.Value.ToString(), StringComparer.Ordinal), row = RowOf(filed, rules), rules = rules.Version });
        return new Briefing(
            GradedManagement.NameOf(proposed), null, rules.Version, asOf, knownAt, storeVersion, document,
            move => move.Carried.TryGet("lineTreatment", out var decided) ? GradedManagement.Parse(decided.AsString()) != proposed : null);
    }

    private static GradeRow RowOf(FiledCase filed, GradedManagement rules) => rules.Of(filed.Content.TryGet("grade", out var grade) ? grade.AsString() : null);

    private static LineTreatment Proposed(FiledCase filed) => GradedManagement.Parse(filed.Content.TryGet("proposedTreatment", out var proposed) ? proposed.AsString() : "");
}
