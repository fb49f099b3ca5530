using GraphRisk.Graph.Facts;
using GraphRisk.Workflow.Decisions;

namespace GraphRisk.Workflow.Tests.Decisions;

/// <summary>Cases kept the slow and obvious way, each kind by its own ifs: a state, who did what last, and what was sent under which key.</summary>
internal abstract class NaiveCases
{
    private readonly List<(string Key, MoveAsked Asked)> sent = [];

    protected string? State { get; private set; }

    public static NaiveCases Of(string type) => type switch
    {
        "Application" => new NaiveApplication(),
        "Complaint" => new NaiveComplaint(),
        "Warning" => new NaiveWarning(),
        "MarginCall" => new NaiveMarginCall(),
        "Default" => new NaiveDefault(),
        "FreezeRequest" => new NaiveFreezeRequest(),
        "CreditReview" => new NaiveCreditReview(),
        _ => throw new ArgumentException(type, nameof(type)),
    };

    /// <summary>The state a move leads to, "again N" for one that was made as the N-th, or "refused".</summary>
    public string Try(MoveAsked asked)
    {
        if (sent.FindIndex(one => one.Key == asked.Key) is >= 0 and var at)
        {
            var first = sent[at].Asked;
            return first.Move == asked.Move && first.By.Part == asked.By.Part && first.By.Person == asked.By.Person && first.Carried.Equals(asked.Carried) ? $"again {at + 1}" : "refused";
        }

        if (asked.Key == "" || (asked.Seen is { } seen && seen != sent.Count) || Next(asked) is not { } next) return "refused";
        sent.Add((asked.Key, asked));
        return State = next;
    }

    /// <summary>The state a new move leads to; null where it does not.</summary>
    protected abstract string? Next(MoveAsked asked);

    protected MoveAsked? LastOf(string move) => sent.Select(one => one.Asked).LastOrDefault(one => one.Move == move);

    private readonly HashSet<string?> deciders = [];

    /// <summary>Notes who decided so far: they do not decide again.</summary>
    private void MarkDeciders()
    {
        foreach (var one in sent.Select(one => one.Asked).Where(one => one.Move is "approve" or "decline" or "declare" or "dismiss" or "report" or "cure" or "close" or "dispose" or "conclude" && one.By.Person is not null)) deciders.Add(one.By.Person);
    }

    /// <summary>Whether a complaint opens it again from one of the states, and who decided noted.</summary>
    protected bool Reopened(MoveAsked asked, params string[] from)
    {
        if (!from.Contains(State) || !IsPlatform(asked) || !Says(asked, "reason document")) return false;
        MarkDeciders();
        return true;
    }

    protected bool DecidedBefore(MoveAsked asked) => deciders.Contains(asked.By.Person);

    protected static bool IsClient(MoveAsked asked) => asked.By.Part == CasePart.Client && asked.By.Of == RandomMoves.Parties.Client;

    protected static bool IsOfficer(MoveAsked asked) => asked.By.Part == CasePart.Officer && asked.By.Of == RandomMoves.Parties.Broker;

    protected static bool IsPlatform(MoveAsked asked) => asked.By.Part == CasePart.Platform && asked.By.Of is null;

    /// <summary>Whether an officer makes it who is named.</summary>
    protected static bool IsNamedOfficer(MoveAsked asked) => IsOfficer(asked) && asked.By.Person is not null;

    /// <summary>Whether it carries all of the ones, and nothing but these and the others.</summary>
    protected static bool Says(MoveAsked asked, string needed, string more = "")
    {
        var (must, may) = (needed.Split(' ', StringSplitOptions.RemoveEmptyEntries), more.Split(' '));
        foreach (var field in must)
            if (!asked.Carried.TryGet(field, out var value) || (value.AsObject() is string text && text.Trim() == "")) return false;
        foreach (var (name, _) in asked.Carried)
            if (!must.Contains(name) && !may.Contains(name)) return false;
        return true;
    }

    protected static decimal Number(MoveAsked asked, string field) => asked.Carried.TryGet(field, out var value) ? value.AsDecimal() : -1m;

    private sealed class NaiveWarning : NaiveCases
    {
        protected override string? Next(MoveAsked asked)
        {
            if (asked.By.Part == CasePart.Platform) return ByTheProgram(asked);
            if (!IsOfficer(asked) || asked.By.Person is null) return null;
            var isHeld = State is "TAKEN" or "WAITING_FOR_CLIENT";
            return asked.Move switch
            {
                "take" => State is "NEW" or "ESCALATED" or "SNOOZED" || isHeld ? Says(asked, "", "reason") ? "TAKEN" : null : null,
                "wait" => State == "TAKEN" && Says(asked, "reason", "document") ? "WAITING_FOR_CLIENT" : null,
                "snooze" => isHeld && Says(asked, "reason snoozedUntil") ? "SNOOZED" : null,
                "resolve" => isHeld && Says(asked, "reason", "document") ? "RESOLVED" : null,
                "dismiss" => (isHeld || State is "NEW" or "ESCALATED") && Says(asked, "reason", "document") ? "FALSE_ALARM" : null,
                "escalate" => (isHeld || State == "NEW") && Says(asked, "reason team", "document") ? "ESCALATED" : null,
                _ => null,
            };
        }

        private string? ByTheProgram(MoveAsked asked)
        {
            if (asked.Move == "warn") return State is null && Says(asked, "contentHash") ? "NEW" : null;
            if (asked.Move == "wake") return State == "SNOOZED" && Says(asked, "team dueOn") ? "NEW" : null;
            if (asked.Move == "escalate") return State == "NEW" && asked.Circumstances.Contains("overdue") && Says(asked, "team") ? "ESCALATED" : null;
            if (asked.Move != "add") return null;
            if (State == "NEW") return Says(asked, "severity expectedLoss", "team dueOn") ? "NEW" : null;
            if (State == "SNOOZED") return Says(asked, "severity expectedLoss team dueOn") ? "NEW" : null;
            return State is "ESCALATED" or "TAKEN" or "WAITING_FOR_CLIENT" && Says(asked, "severity expectedLoss") ? State : null;
        }
    }

    private sealed class NaiveComplaint : NaiveCases
    {
        private string? keeper;

        protected override string? Next(MoveAsked asked)
        {
            if (asked.Move == "complain") return State is null && (IsClient(asked) || IsOfficer(asked)) && Says(asked, "contentHash", "document") ? "FILED" : null;
            if (asked.Move == "withdraw")
                return State is "FILED" or "ACKNOWLEDGED" or "CLASSIFIED" or "ASSIGNED" or "EXTENDED" && IsClient(asked) && Says(asked, "", "reason") ? "WITHDRAWN" : null;
            if (!IsOfficer(asked)) return null;
            if (asked.Move == "acknowledge") return State == "FILED" && Says(asked, "", "reason") ? "ACKNOWLEDGED" : null;
            if (asked.Move == "classify") return State is "ACKNOWLEDGED" or "CLASSIFIED" && Says(asked, "cause", "reason") ? "CLASSIFIED" : null;
            if (asked.Move == "archive") return State is "UPHELD" or "REJECTED" && Says(asked, "document", "reason") ? State + "_ARCHIVED" : null;
            if (asked.Move == "assign")
            {
                if (State is not ("CLASSIFIED" or "ASSIGNED") || !Says(asked, "assignee", "reason")) return null;
                var named = asked.Carried.TryGet("assignee", out var value) ? value.AsString() : "";
                if (named == "li") return null; // who decided
                keeper = named;
                return "ASSIGNED";
            }

            if (State is not ("ASSIGNED" or "EXTENDED") || asked.By.Person is null || asked.By.Person != keeper) return null;
            return asked.Move switch
            {
                "extend" => State == "ASSIGNED" && Says(asked, "reason dueOn") ? "EXTENDED" : null,
                "uphold" => Says(asked, "reason", "document rightValue struckOut wrongSince") && asked.By.Person != "li" ? "UPHELD" : null,
                "reject" => Says(asked, "reason", "document") && asked.By.Person != "li" ? "REJECTED" : null,
                _ => null,
            };
        }
    }

    private sealed class NaiveMarginCall : NaiveCases
    {
        protected override string? Next(MoveAsked asked)
        {
            if (asked.Move == "reopen") return Reopened(asked, "DISPOSED") ? "OPEN" : null;
            var isWaiting = State is "OPEN" or "EXTENDED";
            return asked.Move switch
            {
                "call" => State is null && IsPlatform(asked) && Says(asked, "contentHash", "reason") ? "OPEN" : null,
                "meet" => (isWaiting || State == "PASSED") && (IsPlatform(asked) || IsOfficer(asked)) && Says(asked, "", "reason document happenedOn amount") ? "MET" : null,
                "extend" => State == "OPEN" && IsNamedOfficer(asked) && Says(asked, "reason dueOn", "document") ? "EXTENDED" : null,
                "pass" => isWaiting && IsPlatform(asked) && Says(asked, "", "reason happenedOn") ? "PASSED" : null,
                "dispose" => (isWaiting || State == "PASSED") && IsNamedOfficer(asked) && !DecidedBefore(asked) && Says(asked, "reason", "document happenedOn") ? "DISPOSED" : null,
                "cancel" => (isWaiting || State == "PASSED") && IsNamedOfficer(asked) && Says(asked, "reason", "document") ? "CANCELLED" : null,
                _ => null,
            };
        }
    }

    private sealed class NaiveDefault : NaiveCases
    {
        protected override string? Next(MoveAsked asked)
        {
            if (asked.Move == "declare") return State is null && IsNamedOfficer(asked) && Says(asked, "contentHash", "reason document") ? "DECLARED" : null;
            if (asked.Move == "derive") return State is null && IsPlatform(asked) && Says(asked, "contentHash", "reason") ? "DECLARED" : null;
            if (asked.Move == "notify") return State == "DECLARED" && IsOfficer(asked) && Says(asked, "document dueOn", "reason happenedOn") ? "NOTIFIED" : null;
            if (asked.Move == "object") return State == "NOTIFIED" && asked.Circumstances.Contains("term-open") && (IsClient(asked) || IsOfficer(asked)) && Says(asked, "reason", "document") ? "OBJECTED" : null;
            if (asked.Move == "reopen") return Reopened(asked, "DECLARED", "NOTIFIED", "DISMISSED", "REPORTED") ? "OBJECTED" : null;
            if (!IsNamedOfficer(asked)) return null;
            if (asked.Move == "rectify") return State == "CURED" && asked.Circumstances.Contains("reported") && Says(asked, "document", "reason happenedOn") ? "RECTIFIED" : null;
            if (asked.Move == "revoke" && State == "CLOSED") return Says(asked, "reason", "document") && asked.By.Person != LastOf("close")?.By.Person ? "REVOKED" : null;
            if (State is not ("DECLARED" or "NOTIFIED" or "OBJECTED" or "DISMISSED" or "REPORTED")) return null;
            var isRipe = State == "NOTIFIED" && asked.Circumstances.Contains("term-over");
            switch (asked.Move)
            {
                case "sell": return Says(asked, "amount recovered owed", "costs security quantity happenedOn document reason toCosts toInterest toPrincipal surplus") ? State : null;
                case "receive": return Says(asked, "amount recovered owed", "happenedOn document reason toCosts toInterest toPrincipal surplus") ? State : null;
                case "label": return Says(asked, "defaultCause", "reason document") ? State : null;
                case "cure": return Says(asked, "document lossGivenDefault", "reason happenedOn") ? "CURED" : null;
                case "dismiss": return State == "OBJECTED" && Says(asked, "reason", "document") && asked.By.Person != LastOf("declare")?.By.Person && !DecidedBefore(asked) ? "DISMISSED" : null;
                case "revoke": return State != "REPORTED" && Says(asked, "reason", "document") ? "REVOKED" : null;
                case "close": return (isRipe || State is "DISMISSED" or "REPORTED") && Says(asked, "reason recovered owed lossGivenDefault", "document happenedOn") ? "CLOSED" : null;
                case "report": return (isRipe || State == "DISMISSED") && Says(asked, "document", "reason happenedOn") ? "REPORTED" : null;
                default: return null;
            }
        }
    }

    private sealed class NaiveFreezeRequest : NaiveCases
    {
        protected override string? Next(MoveAsked asked)
        {
            if (asked.Move == "reopen") return Reopened(asked, "APPROVED", "SENT") ? "DRAFTED" : null;
            if (!IsNamedOfficer(asked)) return null;
            if (asked.Move == "draft") return State is null && Says(asked, "contentHash", "reason") ? "DRAFTED" : null;
            if (asked.Move == "approve") return State == "DRAFTED" && asked.By.Person != LastOf("draft")!.By.Person && !DecidedBefore(asked) && Says(asked, "", "reason document happenedOn") ? "APPROVED" : null;
            if (asked.Move == "withdraw") return State is "DRAFTED" or "APPROVED" or "SENT" && Says(asked, "reason", "document happenedOn") ? "WITHDRAWN" : null;
            if (asked.Move == "grant") return State == "SENT" && Says(asked, "document", "reason happenedOn dueOn") ? "GRANTED" : null;
            if (!Says(asked, "document", "reason happenedOn")) return null;
            return (State, asked.Move) switch
            {
                ("APPROVED", "send") => "SENT",
                ("SENT", "refuse") => "REFUSED",
                ("GRANTED", "lift") => "LIFTED",
                ("GRANTED", "expire") => "EXPIRED",
                _ => null,
            };
        }
    }

    private sealed class NaiveCreditReview : NaiveCases
    {
        protected override string? Next(MoveAsked asked)
        {
            if (asked.Move == "require") return State is null && IsPlatform(asked) && Says(asked, "contentHash") ? "DUE" : null;
            if (asked.Move == "reopen") return Reopened(asked, "CONCLUDED") ? "DUE" : null;
            var isOpen = State is "DUE" or "TAKEN" or "AGREED_BY_ONE";
            if (asked.Move == "regrade") return isOpen && IsPlatform(asked) && Says(asked, "grade proposedTreatment team dueOn") ? State == "DUE" ? "DUE" : "TAKEN" : null;
            if (asked.Move == "lapse") return isOpen && IsPlatform(asked) && Says(asked, "", "reason") ? "LAPSED" : null;
            if (!IsNamedOfficer(asked)) return null;
            if (asked.Move == "take") return State is "DUE" or "TAKEN" && Says(asked, "", "reason") ? "TAKEN" : null;
            if (asked.Move == "disagree") return State == "AGREED_BY_ONE" && Says(asked, "reason", "document") && asked.By.Person != LastOf("conclude")!.By.Person ? "TAKEN" : null;
            if (asked.Move != "conclude" || DecidedBefore(asked) || !Says(asked, "lineTreatment reason nextReviewOn", "amount dueOn document")) return null;
            if (State == "TAKEN") return asked.Circumstances.Contains("two-persons") ? "AGREED_BY_ONE" : "CONCLUDED";
            if (State != "AGREED_BY_ONE" || LastOf("conclude") is not { } first || first.By.Person == asked.By.Person) return null;
            string? Text(MoveAsked of, string field) => of.Carried.TryGet(field, out var value) ? value.ToString() : null;
            return ((string[])["lineTreatment", "amount", "dueOn"]).All(field => Text(asked, field) == Text(first, field)) ? "CONCLUDED" : null;
        }
    }

    private sealed class NaiveApplication : NaiveCases
    {
        protected override string? Next(MoveAsked asked)
        {
            var isOpen = State is "FILED" or "QUESTIONED" or "AGREED_BY_ONE";
            var isEither = IsClient(asked) || IsOfficer(asked);
            if (asked.Move == "apply") return State is null && isEither && Says(asked, "contentHash", "reason document") ? "FILED" : null;
            if (asked.Move == "ask") return State is "FILED" or "AGREED_BY_ONE" && IsOfficer(asked) && Says(asked, "reason", "dueOn document") ? "QUESTIONED" : null;
            if (asked.Move == "answer") return State == "QUESTIONED" && isEither && Says(asked, "reason", "document") ? "FILED" : null;
            if (asked.Move == "reopen") return Reopened(asked, "APPROVED", "DECLINED") ? "FILED" : null;
            if (asked.Move == "decline") return isOpen && IsOfficer(asked) && asked.By.Person is not null && !DecidedBefore(asked) && Says(asked, "reason", "document") ? "DECLINED" : null;
            if (asked.Move == "withdraw") return isOpen && isEither && Says(asked, "", "reason document") ? "WITHDRAWN" : null;
            if (asked.Move != "approve" || !IsOfficer(asked) || !Says(asked, "amount annualRate", "reason document")) return null;
            var isLarge = Number(asked, "amount") >= RandomMoves.TwoPersonsFrom;
            if (asked.By.Person is null || DecidedBefore(asked)) return null;
            if (State == "FILED") return isLarge ? "AGREED_BY_ONE" : "APPROVED";
            if (State != "AGREED_BY_ONE" || LastOf("approve") is not { } first) return null;
            var isSame = Number(asked, "amount") == Number(first, "amount") && Number(asked, "annualRate") == Number(first, "annualRate");
            return isSame && asked.By.Person != first.By.Person ? "APPROVED" : null;
        }
    }
}
