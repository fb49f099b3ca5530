using GraphRisk.Simulation.Credit;
using GraphRisk.Simulation.Publishing;
using static GraphRisk.Simulation.Casework.CaseOffice;

namespace GraphRisk.Simulation.Casework;

/// <summary>
/// Calls, defaults and requests to freeze of a contract. A call is filed at the close at which the ratio touched the line and met where cash came; a margin contract whose call was not met is sold out, a loan whose call passed is in
/// default. A default is noticed, now and then objected to, reported after its term; each sale and payment is filed on its day, and it ends cured where the rest was paid, closed where it was given up.
/// </summary>
internal sealed class RecoveryWork(CaseOffice office)
{
    /// <summary>Days within which ten working days are over, whatever holidays lie between.</summary>
    private const int Term = 27;
    private const double PutOff = 0.15;
    private const double Objects = 0.15;
    private const double Freezes = 0.55;
    private const double WorthFreezing = 20_000;
    private const double RestoreMargin = 1.4;

    private static readonly Dictionary<Cause, string> Labels = new()
    {
        [Cause.Own] = "LIQUIDITY",
        [Cause.Guarantee] = "LINKED_PARTY",
        [Cause.Ownership] = "LINKED_PARTY",
        [Cause.CommonHolding] = "COLLATERAL",
    };

    /// <summary>What follows from the steps of a contract.</summary>
    public void OfContract(Debtor debtor, CreditContract contract, Outcome? outcome)
    {
        var calls = 0;
        for (var at = 0; at < contract.Steps.Count; at++)
            if (contract.Steps[at] is { Kind: ContractStepKind.Called } call) Call(debtor, contract, call, contract.Steps[at + 1], ++calls);
        if (outcome is not null) Default(debtor, contract, outcome, [.. contract.Steps.SkipWhile(step => step.Kind != ContractStepKind.Struck)]);
    }

    private void Call(Debtor debtor, CreditContract contract, ContractStep call, ContractStep next, int count)
    {
        var broker = contract.Account.Client.Broker;
        var trail = office.Open(broker, "MarginCall", $"MC{contract.Number}-{count}");
        var isMargin = contract.Kind == ContractKind.Margin;
        trail.Move("call", call.Day, 16, Platform, null,
            ("subject", contract.Number), ("calledOn", Day(call.Day)), ("ratio", Ratio(Math.Min(call.Ratio, contract.CallLine))), ("callLine", Ratio(contract.CallLine)),
            ("restoreTo", Ratio(isMargin ? Math.Max(RestoreMargin, contract.CallLine) : contract.CallLine)), ("amount", Money(Math.Max(0.01, call.Amount))),
            ("dueOn", Day(TradingDaysAfter(call.Day, 2))), ("consequence", isMargin ? "DISPOSAL" : "DEFAULT"));
        if (next.Kind == ContractStepKind.Met)
        {
            if (next.Day > call.Day && TradingDaysAfter(call.Day, 4) <= office.Calendar.Last && office.Draws.Chance(PutOff)) trail.Move("extend", After(call.Day, 1), 10, Officer, office.Person(broker), ("reason", "funds are on their way"));
            trail.Move("meet", next.Day, 17, Platform, null, ("happenedOn", Day(next.Day)));
        }
        else if (isMargin) trail.Move("dispose", next.Day, 10, Officer, office.Person(broker), ("reason", "the line was not restored"), ("happenedOn", Day(next.Day)));
        else trail.Move("pass", next.Day, 17, Platform, null, ("happenedOn", Day(next.Day)));
        office.Tell(broker, "MarginCall", trail.Number, debtor.Party, next.Kind == ContractStepKind.Met ? "MET" : "UNMET");
    }

    private void Default(Debtor debtor, CreditContract contract, Outcome outcome, IReadOnlyList<ContractStep> steps)
    {
        var (draws, broker, struck) = (office.Draws, contract.Account.Client.Broker, steps[0]);
        var trail = office.Open(broker, "Default", $"DF{contract.Number}");
        office.Tell(broker, "Default", trail.Number, debtor.Party, TruthFiles.NameOf(outcome.Cause));
        var officer = office.Person(broker);
        var callUnmet = outcome.Liquidated && contract.Kind != ContractKind.Margin;
        var declared = !callUnmet && draws.Chance(0.6);
        var cause = draws.Chance(0.5) ? "UNKNOWN" : Labels[outcome.Cause];
        trail.Move(declared ? "declare" : "derive", struck.Day, 18, declared ? Officer : Platform, declared ? officer : null,
            ("subject", contract.Number), ("origin", declared ? "DECLARED" : callUnmet ? "CALL_UNMET" : "RECORDED"), ("cause", cause), ("defaultedOn", Day(struck.Day)),
            ("amount", Money(struck.Amount)), ("interest", Money(Math.Min(struck.Interest, struck.Amount))));
        var (owed, ended) = (Math.Round(struck.Amount, 2, MidpointRounding.AwayFromZero), steps.FirstOrDefault(step => step.Kind is ContractStepKind.Settled or ContractStepKind.WrittenOff));
        List<(DateOnly Day, Action Do)> due = [];
        var noticed = After(struck.Day, draws.Between(1, 4));
        var (objects, dismissed, reported) = (After(noticed, 4), After(noticed, 9), After(noticed, draws.Between(Term, Term + 20)));
        var (isObjected, isReported, isLabelled) = (draws.Chance(Objects), draws.Chance(0.7), draws.Chance(0.7));
        // A term that the history does not see the end of nobody counts yet.
        if (noticed.AddDays(Term) <= office.Calendar.Last)
        {
            due.Add((noticed, () => trail.Move("notify", noticed, 10, Officer, officer, ("document", $"TZ{contract.Number}"))));
            if (isObjected) due.Add((objects, () => trail.Move("object", objects, 10, Client, null, ("reason", "the sale was too early"))));
            if (isObjected) due.Add((dismissed, () => trail.Move("dismiss", dismissed, 10, Officer, office.Person(broker, officer), ("reason", "the contract allows it"))));
            if (isReported) due.Add((reported, () => trail.Move("report", reported, 10, Officer, office.Person(broker), ("document", $"ZX{contract.Number}"))));
        }

        if (cause == "UNKNOWN" && isLabelled) due.Add((After(reported, 3), () => trail.Move("label", After(reported, 3), 11, Officer, office.Person(broker), ("defaultCause", Labels[outcome.Cause]))));
        foreach (var step in steps.Skip(1).Where(step => step.Kind is ContractStepKind.Sold or ContractStepKind.Paid && Math.Round(step.Amount, 2) >= 0.01))
            due.Add((step.Day, () => owed = Receive(trail, step, office.Person(broker), owed)));
        // What people do after it has ended they do no more.
        foreach (var (_, act) in due.Where(one => ended is null || one.Day <= ended.Day).OrderBy(one => one.Day)) act();
        if (ended is not null) End(trail, ended, contract, owed, officer);
        if (owed > WorthFreezing && draws.Chance(Freezes)) Freeze(contract, trail.Number, struck.Day, ended);
    }

    /// <summary>Files what came in; what is left owed, to the fen. A payment is filed as far as something is owed of the claim: interest of later days is no part of it.</summary>
    private double Receive(CaseTrail trail, ContractStep step, string by, double owed)
    {
        var came = Math.Round(step.Amount, 2, MidpointRounding.AwayFromZero);
        if (step.Sold is not null) trail.Move("sell", step.Day, 19, Officer, by, ("amount", Money(came)), ("security", office.CodeOf(step.Sold.Security)), ("quantity", Whole(step.Quantity)));
        else if (Math.Min(came, owed) is >= 0.01 and var paid) trail.Move("receive", step.Day, 19, Officer, by, ("amount", Money(paid)));
        return Math.Max(0, Math.Round(owed - came, 2));
    }

    private static void End(CaseTrail trail, ContractStep ended, CreditContract contract, double left, string officer)
    {
        if (ended.Kind == ContractStepKind.WrittenOff)
        {
            trail.Move("close", ended.Day, 20, Officer, officer, ("reason", "the rest is given up"));
            return;
        }

        if (left >= 0.01) trail.Move("receive", ended.Day, 20, Officer, officer, ("amount", Money(left)));
        trail.Move("cure", ended.Day, 20, Officer, officer, ("document", $"JQ{contract.Number}"), ("happenedOn", Day(ended.Day)));
    }

    private void Freeze(CreditContract contract, string number, DateOnly struck, ContractStep? ended)
    {
        var (draws, broker) = (office.Draws, contract.Account.Client.Broker);
        var drafted = After(struck, draws.Between(5, 20));
        var sent = After(drafted, 2);
        if (ended is not null && ended.Day <= sent) return;
        var (trail, by) = (office.Open(broker, "FreezeRequest", $"FR{contract.Number}"), office.Person(broker));
        trail.Move("draft", drafted, 9, Officer, by, ("subject", number));
        trail.Move("approve", After(drafted, 1), 9, Officer, office.Person(broker, by));
        trail.Move("send", sent, 9, Officer, by, ("document", $"BQ{contract.Number}"));
        var answered = After(sent, draws.Between(3, 12));
        switch (draws.Unit())
        {
            case < 0.7:
                var until = answered.AddYears(1);
                trail.Move("grant", answered, 9, Officer, by, ("document", $"CD{contract.Number}"), ("dueOn", Day(until)), ("happenedOn", Day(answered)));
                if (ended is not null && ended.Day < until) trail.Move("lift", After(ended.Day > answered ? ended.Day : answered, 5), 9, Officer, by, ("document", $"JC{contract.Number}"));
                else trail.Move("expire", After(until, 1), 9, Officer, by, ("document", $"DQ{contract.Number}"));
                break;
            case < 0.85:
                trail.Move("refuse", answered, 9, Officer, by, ("document", $"BH{contract.Number}"), ("happenedOn", Day(answered)));
                break;
            default:
                if (ended is not null) trail.Move("withdraw", After(ended.Day, 3), 9, Officer, by, ("reason", "the default has ended"));
                break;
        }
    }
}
