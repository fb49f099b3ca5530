using GraphRisk.Market.Lending;

namespace GraphRisk.Market.Credit;

/// <summary>A party's default as it stands.</summary>
/// <param name="Contract">Node of the contract; -1 where the event that says so names none.</param>
/// <param name="Since">Day of the default; null where only the status of the contract tells it.</param>
/// <param name="CuredOn">Day on which it was cured, within the time of probation; null while it is not.</param>
public readonly record struct DefaultState(int Contract, DateOnly? Since, DateOnly? CuredOn);

/// <summary>
/// Who is in default on the as-of date. One definition for scores, labels, exposure and publication.
/// <para>
/// A contract is in default while its status is disposal, or from the day of a default or forced liquidation until it is
/// cured: by a CURED event that concerns it on or after that day, or by being closed, which counts from the last statement of
/// its debt. An event that names no contract speaks of all: it is cured by a CURED event that names none either, or when
/// nothing is owed any more. A party is in default while one of its contracts is, and for the time of probation after the last
/// cure. Then it is performing again, and the default stays in its history.
/// </para>
/// <para>Cost of an answer: the party's contracts and events. Thread-safe.</para>
/// </summary>
public sealed class Defaults(ContractTable contracts, CreditEvents events)
{
    /// <summary>
    /// Days after the cure during which a party still counts as in default: the probation of three months that the European
    /// Banking Authority asks for (EBA/GL/2016/07, paragraph 71).
    /// </summary>
    public const int ProbationDays = 90;

    /// <summary>Whether a party is in default.</summary>
    public bool IsInDefault(int party) => Of(party) is not null;

    /// <summary>Whether a party is in default, as an answer tells it: null where no debt of anybody was stated yet, so that performing is not known either.</summary>
    public bool? Stated(int party) => IsInDefault(party) ? true : contracts.StatesDebts ? false : null;

    /// <summary>The default of a party; null where it is performing. One not cured goes before one in probation, then the earlier one.</summary>
    public DefaultState? Of(int party)
    {
        var (happened, own) = (events.Of(party), contracts.OfParty(party).ToList());
        if (own.Count == 0 && happened.Count == 0) return null;
        DefaultState? found = null;
        foreach (var contract in own)
            Take(ref found, StateOf(contract, happened));
        if (happened.Exists(one => one.IsDefault && !own.Exists(contract => contract.Node == one.Contract)))
            Take(ref found, Unnamed(happened, own));
        return found;
    }

    /// <summary>
    /// The default of one contract, by its status or by events that concern it; null where it is performing. An event that names no contract speaks of its
    /// party: who is in default by such a one has no contract that is.
    /// </summary>
    public DefaultState? OfContract(int contract) =>
        StateOf(contracts.Read(contract), contracts.PartyOf(contract) is >= 0 and var party ? events.Of(party) : []);

    /// <summary>Whether a contract is in default, as an answer tells it: null where no debt of anybody was stated yet.</summary>
    public bool? StatedOfContract(int contract) => OfContract(contract) is not null ? true : contracts.StatesDebts ? false : null;

    private DefaultState? StateOf(Contract contract, List<CreditEvent> happened)
    {
        var began = Last(happened, contract.Node, static one => one.IsDefault);
        if (contract.Status == ContractStatus.InDisposal) return new DefaultState(contract.Node, began, null);
        if (began is not { } since) return null;
        return Stands(contract.Node, since, Cure(happened, contract.Node, since) ?? ClosedOn(contract, since));
    }

    /// <summary>What events say that name no contract of the party.</summary>
    private DefaultState? Unnamed(List<CreditEvent> happened, List<Contract> own)
    {
        var unnamed = happened.FindAll(one => !own.Exists(contract => contract.Node == one.Contract)).ConvertAll(one => one with { Contract = -1 });
        var since = Last(unnamed, -1, static one => one.IsDefault)!.Value;
        return Stands(-1, since, Cure(unnamed, -1, since) ?? (own.TrueForAll(contract => contract.Debt == 0) ? since : null));
    }

    private DefaultState? Stands(int contract, DateOnly since, DateOnly? curedOn) =>
        curedOn is { } day && day.AddDays(ProbationDays) <= contracts.Snapshot.Stamp.AsOfDay ? null : new DefaultState(contract, since, curedOn);

    private static DateOnly? Last(List<CreditEvent> happened, int contract, Func<CreditEvent, bool> counts)
    {
        DateOnly? last = null;
        foreach (var one in happened)
            if (one.Contract == contract && counts(one) && !(one.Day <= last)) last = one.Day;
        return last;
    }

    private static DateOnly? Cure(List<CreditEvent> happened, int contract, DateOnly since)
    {
        DateOnly? first = null;
        foreach (var one in happened)
            if (one.Contract == contract && one.Kind == CreditEventKind.Cured && one.Day >= since && !(first <= one.Day)) first = one.Day;
        return first;
    }

    private DateOnly? ClosedOn(Contract contract, DateOnly since)
    {
        if (contract.Status != ContractStatus.Closed) return null;
        var stated = contracts.StatedDays(contract.Node);
        return stated.IsEmpty || stated[^1] < since.DayNumber ? since : DateOnly.FromDayNumber(stated[^1]);
    }

    private static void Take(ref DefaultState? found, DefaultState? other)
    {
        if (other is not { } one) return;
        if (found is not { } known || Order(one).CompareTo(Order(known)) < 0) found = one;
    }

    private static (bool IsCured, DateOnly Since, int Contract) Order(DefaultState state) =>
        (state.CuredOn is not null, state.Since ?? DateOnly.MinValue, state.Contract);
}
