using System.Globalization;
using GraphRisk.Graph.Facts;
using GraphRisk.Graph.Snapshots;
using GraphRisk.Market.Calendar;
using GraphRisk.Workflow.Decisions;

namespace GraphRisk.Workflow.Recovery;

/// <summary>A default as it is filed.</summary>
/// <param name="Contract">The contract.</param>
/// <param name="Origin">DECLARED, RECORDED, CALL_UNMET or TERM_UNPAID.</param>
/// <param name="Cause">What it was caused by, as far as is known.</param>
/// <param name="On">Day of the default.</param>
/// <param name="Amount">Owed on that day, yuan.</param>
/// <param name="Interest">Of it interest and fees; null where they are not stated apart.</param>
/// <param name="IsRecorded">Whether the broker's own records say of it already: then filing states no event of its own, which would count it twice.</param>
public sealed record DefaultTerms(NodeId Contract, string Origin, string Cause, DateOnly On, decimal Amount, decimal? Interest, bool IsRecorded)
{
    /// <summary>States of a default that is not ended.</summary>
    public static IReadOnlyList<string> Open { get; } = ["DECLARED", "NOTIFIED", "OBJECTED", "DISMISSED", "REPORTED"];

    /// <summary>Circumstances of the table.</summary>
    public const string TermOpen = "term-open", TermOver = "term-over", Reported = "reported";

    /// <summary>The default as a case that opens.</summary>
    public CaseOpening ToOpening(CaseParties parties) => new(
        parties,
        Properties.Of(
        [
            new("origin", PropertyValue.OfEnum(Origin)), new("cause", PropertyValue.OfEnum(Cause)), new("defaultedOn", PropertyValue.Of(On)), new("amount", PropertyValue.Of(Amount)),
            .. Interest is { } interest ? [new Property("interest", PropertyValue.Of(interest))] : Array.Empty<Property>(),
        ]),
        [("DEFAULTS_ON", Contract, Properties.None)])
    {
        Added = Properties.Of(("isRecorded", PropertyValue.Of(IsRecorded))),
    };

    /// <summary>What is owed under a contract, and of it interest and fees, as its last statement has them; null where no debt was stated.</summary>
    public static (decimal Amount, decimal? Interest)? ClaimOf(Snapshot snapshot, int contract)
    {
        if (snapshot.Nodes.GetDecimal(contract, "debt") is not { } debt) return null;
        if (snapshot.Nodes.TypeOf(contract).Name == "MarginContract") return (debt, snapshot.Nodes.GetDecimal(contract, "interest"));
        return (debt, snapshot.Nodes.GetDecimal(contract, "principal") is { } principal && principal <= debt ? debt - principal : null);
    }

    /// <summary>The circumstances a default is in on a day.</summary>
    public static IEnumerable<string> Circumstances(FiledCase filed, DateOnly today)
    {
        if (filed.History.Last("notify")?.Carried is { } notice && notice.TryGet("dueOn", out var due)) yield return due.AsDate() < today ? TermOver : TermOpen;
        if (filed.History.Last("report") is not null) yield return Reported;
    }

    /// <summary>What the program adds to a move: the term to object, where received money went, what is left, what was lost.</summary>
    public static Properties Computed(FiledCase filed, MoveAsked asked, RecoveryPolicy policy, DateOnly today, WorkingCalendar calendar)
    {
        var claim = ClaimAfter(filed);
        switch (asked.Move)
        {
            case "notify":
                var noticed = asked.Carried.TryGet("happenedOn", out var day) ? day.AsDate() : today;
                return Properties.Of(("dueOn", PropertyValue.Of(calendar.AfterWorkingDays(noticed, policy.DaysToObject))));
            case "sell" or "receive" when NumberOf(asked.Carried, "amount") is { } amount:
                var (left, went) = claim.Take(amount, NumberOf(asked.Carried, "costs") ?? 0m);
                return Properties.Of(
                    ("toCosts", PropertyValue.Of(went.ToCosts)), ("toInterest", PropertyValue.Of(went.ToInterest)), ("toPrincipal", PropertyValue.Of(went.ToPrincipal)),
                    ("surplus", PropertyValue.Of(went.Surplus)), ("recovered", PropertyValue.Of(left.Recovered)), ("owed", PropertyValue.Of(left.Owed)));
            case "close": return Properties.Of(
                ("recovered", PropertyValue.Of(claim.Recovered)), ("owed", PropertyValue.Of(claim.Owed)), ("lossGivenDefault", PropertyValue.Of(claim.LossOf(NumberOf(filed.Content, "amount") ?? 0m))));
            // Who is cured has paid or has restored what was asked for: nothing of the debt is lost.
            case "cure": return Properties.Of(("lossGivenDefault", PropertyValue.Of(0m)));
            default: return Properties.None;
        }
    }

    /// <summary>The claim after all that was received: the amount as it is stated now, corrected where it was wrong.</summary>
    public static ClaimWaterfall ClaimAfter(FiledCase filed) => ClaimAfter(filed.Content, filed.History.Moves);

    /// <summary>What is owed and recovered, by the one definition, at every move; what was lost once it is closed.</summary>
    public static IEnumerable<Property> StandingOf(Properties content, IReadOnlyCollection<MadeMove> moves)
    {
        var claim = ClaimAfter(content, moves);
        yield return new("recovered", PropertyValue.Of(claim.Recovered));
        yield return new("owed", PropertyValue.Of(claim.Owed));
        if (moves.LastOrDefault() is { To: "CLOSED" }) yield return new("lossGivenDefault", PropertyValue.Of(claim.LossOf(NumberOf(content, "amount") ?? 0m)));
    }

    /// <summary>
    /// Why money cannot have come in as a move says: a payment is no more than is owed, and costs no more than the proceeds they were made for. What a sale brings beyond the claim is the client's. Null where it can.
    /// </summary>
    public static (string Field, string Reason)? FaultOf(FiledCase filed, MoveAsked asked)
    {
        if (NumberOf(asked.Carried, "amount") is not { } amount) return null;
        if (asked.Move == "receive" && ClaimAfter(filed).Owed is var owed && amount > owed) return ("amount", string.Create(CultureInfo.InvariantCulture, $"is above {owed:0.##}, which is what is owed."));
        return asked.Move == "sell" && NumberOf(asked.Carried, "costs") is { } costs && costs > amount
            ? ("costs", string.Create(CultureInfo.InvariantCulture, $"are above {amount:0.##}, which is what was received.")) : null;
    }

    private static ClaimWaterfall ClaimAfter(Properties content, IEnumerable<MadeMove> moves)
    {
        var claim = ClaimWaterfall.Of(NumberOf(content, "amount") ?? 0m, NumberOf(content, "interest") ?? 0m);
        foreach (var move in moves.Where(move => move.Move is "sell" or "receive"))
            claim = claim.Take(NumberOf(move.Carried, "amount") ?? 0m, NumberOf(move.Carried, "costs") ?? 0m).Left;
        return claim;
    }

    /// <summary>
    /// What a move states in the graph beside the case, for all who ask by <see cref="GraphRisk.Market.Credit.Defaults"/> who is in default: the default, unless records say of it; its cure; and where
    /// it is taken back that it never was.
    /// </summary>
    public static IEnumerable<Change> EffectsOf(CaseEffect effect)
    {
        var isStated = effect.Content.TryGet("isRecorded", out var recorded) && !recorded.AsBoolean();
        var on = effect.Content.TryGet("defaultedOn", out var day) ? day.AsDate() : default;
        return effect.Move.Move switch
        {
            "declare" or "derive" when isStated => Event(effect, "DEFAULT", on, NumberOf(effect.Content, "amount")).Select(Change.Assert),
            "revoke" when isStated => Event(effect, "DEFAULT", on, NumberOf(effect.Content, "amount")).Select(Change.Retract),
            "cure" => Event(effect, "CURED", effect.Move.Carried.TryGet("happenedOn", out var cured) && cured.AsDate() >= on ? cured.AsDate() : WorkingCalendar.DayOf(effect.Move.At), null).Select(Change.Assert),
            _ => [],
        };
    }

    private static IEnumerable<Fact> Event(CaseEffect effect, string kind, DateOnly on, decimal? amount)
    {
        var node = new NodeId("CreditEvent", $"{effect.Id.Key}-{kind}");
        List<Property> said = [new("kind", PropertyValue.OfEnum(kind)), new("occurredOn", PropertyValue.Of(on))];
        if (amount is { } owed) said.Add(new("amount", PropertyValue.Of(owed)));
        // It holds from its own day on, whenever it was filed.
        var validity = Validity.Since(on);
        yield return new NodeFact(node, Properties.Of(said), validity, effect.Provenance);
        yield return new RelationshipFact("BEFELL", node, NodeId.Parse(effect.Parties.Client), "", Properties.None, validity, effect.Provenance);
        foreach (var contract in effect.Contracts) yield return new RelationshipFact("CONCERNS", node, contract, "", Properties.None, validity, effect.Provenance);
    }

    private static decimal? NumberOf(Properties properties, string field) => properties.TryGet(field, out var value) ? value.AsDecimal() : null;
}
