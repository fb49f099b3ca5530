using System.Collections.Immutable;
using GraphQL.Types;
using GraphRisk.Graph.Algorithms.Ownership.History;
using GraphRisk.Graph.Algorithms.Ownership.Rules;
using GraphRisk.Graph.Facts;
using GraphRisk.Graph.Schema;
using GraphRisk.Market.Calendar;
using GraphRisk.Market.Networks;
using GraphRisk.Server.Composition;
using GraphRisk.Server.Nodes;
using GraphRisk.Server.Paging;
using GraphRisk.Server.Security;
using GraphRisk.Server.Sessions;

namespace GraphRisk.Server.Ownership;

/// <summary>The history of a company's ownership, with the company on the last day.</summary>
internal sealed record HistoryOf(NodeHandle Company, DateOnly From, HistoryQuestion Question, ImmutableArray<HistoryDay> Days, bool IsComplete);

/// <summary>A day of a history.</summary>
internal sealed record HistoryDayOf(HistoryOf History, HistoryDay Day);

/// <summary>A stake that changed.</summary>
internal sealed record StakeChangeOf(HistoryOf History, StakeChange Change);

/// <summary>A step that was crossed.</summary>
internal sealed record CrossingOf(HistoryOf History, StepCrossing Crossing);

/// <summary>GraphQL types of how ownership moved. What is derived from holdings has their level.</summary>
internal sealed class HistoryTypes(SchemaCatalog catalog, WorkingCalendar calendar)
{
    private FieldAccess Derived => FieldAccess.Reads(catalog.Relationship("HOLDS").Level);

    public IEnumerable<IGraphType> All() =>
    [
        Fields.Enum(
            "StakeChangeKind", "How a holder's part differs from the day before.",
            ("CAME", StakeChangeKind.Came, "It was not there, or less than is told."),
            ("WENT", StakeChangeKind.Went, "It is there no more, or less than is told."),
            ("ROSE", StakeChangeKind.Rose, "It is more."),
            ("FELL", StakeChangeKind.Fell, "It is less."),
            ("BOUNDS", StakeChangeKind.Bounds, "What is stated is the same, and its ends are others.")),
        Fields.Enum(
            "StepDirection", "Which way a step was crossed.",
            ("UP", StepDirection.Up, "From below it."),
            ("DOWN", StepDirection.Down, "From it or above it to below it.")),
        Fields.Object(
            "OwnershipFigure", "A part as far as it is known.",
            Fields.Of<PartFigure>("lower", "Decimal", Derived, "It is at least this.", figure => figure.Lower),
            Fields.Of<PartFigure>("stated", "Decimal", Derived, "As stated, or by the best reading of the bounds.", figure => figure.Stated),
            Fields.Of<PartFigure>("upper", "Decimal", Derived, "It is at most this; null where nothing bounds it.", figure => figure.Upper)),
        Fields.Object(
            "OwnershipHistory", "How ownership of a company moved between two days.",
            Fields.Of<HistoryOf>("asked", "Company", FieldAccess.Structure, "The company.", history => history.Company),
            Fields.Of<HistoryOf>("from", "Date!", FieldAccess.Structure, "The day at whose close it begins.", history => history.From),
            Fields.Of<HistoryOf>("to", "Date!", FieldAccess.Structure, "The day at whose close it ends.", history => history.Company.View.Snapshot.Stamp.AsOfDay),
            Fields.Of<HistoryOf>("semantics", "OwnershipSemantics!", FieldAccess.Structure, "How chains were added.", history => history.Question.Stakes.Semantics),
            Fields.Of<HistoryOf>("measure", "OwnershipMeasure!", FieldAccess.Structure, "Of what the stakes are parts.", history => history.Question.Measure),
            Fields.Of<HistoryOf>("rule", "OwnershipRule!", FieldAccess.Structure, "By which rule steps were watched.", history => history.Question.Rule),
            Fields.Of<HistoryOf>("isComplete", "Boolean!", FieldAccess.Structure, "False where so many parties, or ties of one, lie behind the company that days may be missing.", history => history.IsComplete),
            Fields.Of<HistoryOf>("days", "[OwnershipHistoryDay!]", Derived, "The days on which anything changed, ascending.", history => history.Days.Select(day => new HistoryDayOf(history, day)).ToArray()),
            Fields.Of<HistoryOf>("crossings", "[StepCrossing!]", Derived, "The steps that were crossed, day by day.",
                history => history.Days.SelectMany(day => day.Crossings).Select(crossing => new CrossingOf(history, crossing)).ToArray()),
            Fields.Of<HistoryOf>("stamp", "Stamp!", FieldAccess.Structure, "What the last day stands on; the others with the same knowledge.", history => history.Company.View.Stamp)),
        Fields.Object(
            "OwnershipHistoryDay", "What changed on a day, at whose close it is so.",
            Fields.Of<HistoryDayOf>("day", "Date!", FieldAccess.Structure, "The day.", day => day.Day.Day),
            Fields.Of<HistoryDayOf>("changes", "[StakeChange!]", Derived, "Whose part changed.", day => day.Day.Changes.Select(change => new StakeChangeOf(day.History, change)).ToArray()),
            Fields.Of<HistoryDayOf>("crossings", "[StepCrossing!]", Derived, "The steps that were crossed.", day => day.Day.Crossings.Select(crossing => new CrossingOf(day.History, crossing)).ToArray()),
            Fields.Of<HistoryDayOf>("findings", "[OwnershipFinding!]!", FieldAccess.Structure, "What must be said beside the figures of this day.",
                day => day.Day.Findings.Take(PageRequest.Most).Select(finding => new FindingOf(day.History.Company.View, finding)).ToArray())),
        Fields.Object(
            "StakeChange", "A holder's part before and after a day.",
            Fields.Of<StakeChangeOf>("day", "Date!", FieldAccess.Structure, "The day.", one => one.Change.Day),
            Fields.Of<StakeChangeOf>("holder", "Party", FieldAccess.Structure, "The holder, as it is on the last day.", one => one.History.Company.At(one.Change.Holder)),
            Fields.Of<StakeChangeOf>("kind", "StakeChangeKind", Derived, "How it differs.", one => one.Change.Kind),
            Fields.Of<StakeChangeOf>("before", "OwnershipFigure", Derived, "The part until then; null where there was none.", one => one.Change.Before),
            Fields.Of<StakeChangeOf>("after", "OwnershipFigure", Derived, "The part from then on; null where there is none.", one => one.Change.After)),
        Crossing(),
        Fields.Object(
            "DueReport", "A report that a rule asks for where a step is crossed. Whether it was made, nobody knows here.",
            Fields.Of<DueReport>("text", "String!", FieldAccess.Structure, "What it asks for.", report => report.Text),
            Fields.Of<DueReport>("withinWorkingDays", "Int!", FieldAccess.Structure, "Within how many working days after the day.", report => report.WithinWorkingDays),
            Fields.Of<DueReport>("dueOn", "Date", FieldAccess.Structure, "The last of them by the working calendar; null where it holds no data of the year.", report => report.DueOn),
            Fields.Of<DueReport>("unknown", "String", FieldAccess.Structure, "Why the day cannot be told; null where it can.", report => report.Unknown)),
    ];

    private ObjectGraphType Crossing() => Fields.Object(
        "StepCrossing", "A holder crossed steps at which a rule asks for something.",
        Fields.Of<CrossingOf>("day", "Date!", FieldAccess.Structure, "The day at whose close it was so.", one => one.Crossing.Day),
        Fields.Of<CrossingOf>("holders", "[Party]!", FieldAccess.Structure, "The holder, or those who are one by an agreement.", one => one.Crossing.Holders.Select(node => one.History.Company.At(node)).ToArray()),
        Fields.Of<CrossingOf>("agreement", "Agreement", FieldAccess.Structure, "The agreement that makes them one; null for one alone.",
            one => one.Crossing.Holder.Agreement >= 0 ? one.History.Company.At(one.Crossing.Holder.Agreement) : null),
        Fields.Of<CrossingOf>("limb", "OwnershipLimb!", FieldAccess.Structure, "Which limb has the step, with its article.", one => one.Crossing.Limb),
        Fields.Of<CrossingOf>("direction", "StepDirection", Derived, "Up or down.", one => one.Crossing.Direction),
        Fields.Of<CrossingOf>("steps", "[Decimal!]", Derived, "The parts that were crossed, ascending.", one => one.Crossing.Steps.Select(PropertyText.Normal).ToArray()),
        Fields.Of<CrossingOf>("before", "OwnershipFigure", Derived, "What was commanded until then; null for nothing.", one => one.Crossing.Before),
        Fields.Of<CrossingOf>("after", "OwnershipFigure", Derived, "What is commanded from then on; null for nothing.", one => one.Crossing.After),
        Fields.Of<CrossingOf>("holds", "OwnershipVerdictHolds", Derived, "Whether it was crossed however ranges turn out.", one => one.Crossing.Holds),
        Fields.Of<CrossingOf>("applies", "Boolean!", FieldAccess.Structure, "Whether the wording was in force on the day and the rule is of the company: one of listed companies is of those that have issued a listed security.", one => one.Crossing.Applies),
        Fields.Of<CrossingOf>("report", "DueReport", FieldAccess.Structure, "The report that was due; null where none was.", one => DueReport.Of(one.Crossing, calendar)));
}
