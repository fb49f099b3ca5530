using GraphRisk.Simulation.Community;
using GraphRisk.Simulation.National;
using GraphRisk.Simulation.Randomness;

namespace GraphRisk.Simulation.Credit.Clearing;

/// <summary>
/// Defaults that follow from payments: who cannot pay what falls due in a month, or has lost all its own, fails.
/// </summary>
/// <remarks>
/// <para>Every debtor has a balance sheet: a liquid reserve and a net worth, by its means and its published accounts. Each month it
/// takes in some income and must pay losses of its own (rare, with a Pareto tail, larger where accounts are weak), margin calls, called
/// guarantees, cut credit lines and instalments to those it owes; all of these are cleared at once (<see cref="PaymentClearing"/>),
/// so that who is not paid may fail in the same month. A failure costs the neighbours in the months after (<see cref="Fallout"/>). Prices fall by
/// what large accounts are forced to sell (<see cref="LargeAccountSales"/>), which makes the calls larger.</para>
/// <para>A failure is others' doing where the party would have paid and been solvent without the losses others brought it in the last months;
/// its cause is then the channel that took most, and the planted neighbour the one that took most by it. There are no intensities: the same
/// losses always fell the same party. Cost: a month is a pass over debtors and a few over claims.</para>
/// </remarks>
public sealed class ClearingProcess : IDefaultProcess
{
    private const double Short = 1e-9;
    private readonly ClearingParameters parameters;
    private readonly NationalLayer nation;
    private readonly IReadOnlyList<Debtor> debtors;
    private readonly BalanceSheet[] sheets;
    private readonly Dictionary<Party, int> numbers = [];
    private readonly (Claim Claim, int From, int To)[] claims;
    private readonly Fallout fallout;
    private readonly Draws draws;

    public ClearingProcess(
        ClearingParameters parameters, NationalLayer nation, MarketCommunity community, IReadOnlyList<Debtor> debtors, Draws draws)
    {
        (this.parameters, this.nation, this.debtors, this.draws) = (parameters, nation, debtors, draws);
        sheets = [.. debtors.Select(d => SheetOf(d.Party))];
        for (var i = 0; i < debtors.Count; i++) numbers.Add(debtors[i].Party, i);
        claims = [.. Claims.Of(parameters, community, numbers.ContainsKey).Select(c => (c, numbers[c.Debtor], numbers[c.Creditor]))];
        fallout = new Fallout(
            parameters, community, party => numbers.TryGetValue(party, out var number) ? sheets[number] : null, claims.Select(c => c.Claim), draws);
    }

    public IReadOnlyList<Fate> Decide(int month, IReadOnlyList<Exposure> exposed)
    {
        var first = nation.Calendar.FirstOf(month);
        var (owed, had) = (new double[sheets.Length], new double[sheets.Length]);
        for (var i = 0; i < sheets.Length; i++) owed[i] = sheets[i].BeginMonth(month, parameters.Income * sheets[i].Reserve, parameters.Memory);
        var atRisk = new bool[sheets.Length];
        foreach (var exposure in exposed)
        {
            var number = numbers[exposure.Debtor.Party];
            atRisk[number] = true;
            owed[number] += OwnDues(exposure, sheets[number], month, first);
        }

        for (var i = 0; i < sheets.Length; i++) had[i] = sheets[i].Liquid;
        var dues = DuesOf(atRisk, nation.Calendar[first]);
        var cleared = PaymentClearing.Settle(had, owed, dues);
        BookUnpaid(dues, cleared, month);
        foreach (var due in dues)
        {
            owed[due.From] += due.Amount;
            had[due.To] += due.Amount - cleared.Unpaid(due);
        }

        for (var i = 0; i < sheets.Length; i++) sheets[i].Liquid = Math.Max(0, had[i] - owed[i]);
        var fates = new Fate[exposed.Count];
        for (var i = 0; i < fates.Length; i++)
        {
            var number = numbers[exposed[i].Debtor.Party];
            fates[i] = Judge(sheets[number], number, cleared, owed[number] - had[number]);
        }

        return fates;
    }

    public void Spread(Debtor failed, DateOnly day, int month)
    {
        sheets[numbers[failed.Party]].Failed = true;
        fallout.Of(failed.Party, day, month);
    }

    private BalanceSheet SheetOf(Party party)
    {
        var weakness = WeaknessOf(party, nation.Calendar[0]);
        var reserve = parameters.Reserve * party.Means * Math.Exp(
            (parameters.ReserveSpread * draws.Normal()) - (parameters.ReserveWeakness * weakness) - (parameters.ReserveFrailty * party.Frailty));
        return new BalanceSheet(reserve, reserve * parameters.Worth);
    }

    /// <summary>Losses of its own and the margin call; what forced sales added to the call is theirs.</summary>
    private double OwnDues(Exposure exposure, BalanceSheet sheet, int month, int first)
    {
        var party = exposure.Debtor.Party;
        if (exposure.Contract is { } contract && contract != sheet.Contract)
            sheet.Begin(contract, parameters.FreeSecurities * Math.Max(0, contract.Principal * (contract.FirstRatio - 1)));
        var cash = 0.0;
        if (draws.Chance(parameters.LossChance))
        {
            var tail = Math.Min(parameters.LargestLoss, parameters.LeastLoss * Math.Pow(1 - draws.Unit(), -1 / parameters.LossTail));
            var loss = tail * party.Means * Math.Exp(
                (parameters.LossWeakness * WeaknessOf(party, nation.Calendar[first])) + (parameters.LossFrailty * party.Frailty));
            sheet.Take(new Loss(Cause.Own, null, null, month, loss, loss));
            cash += loss;
        }

        if (exposure is not { Call: { } call, Contract.Kind: var kind }) return cash;
        // A call on a loan is met by paying it back, which takes less than bringing collateral.
        var missing = kind == ContractKind.Margin ? call.Missing : call.Missing / call.Restore;
        var forced = missing * Math.Clamp(
            (exposure.Path.LowestWithoutFireSales - exposure.Path.Lowest) / Math.Max(1e-6, call.Restore - exposure.Path.Lowest), 0, 1);
        sheet.Take(new Loss(Cause.Own, null, null, month, missing - forced, 0));
        sheet.Take(new Loss(Cause.CommonHolding, null, null, month, forced, 0));
        return cash + missing;
    }

    private static bool FallsShort(ClearedPayments cleared, int party) => cleared.PaidPart(party) < 1 - Short;

    private static double WeaknessOf(Party party, DateOnly day) => (party as Company)?.WeaknessKnownOn(day) ?? 0;

    /// <summary>The month's instalments between those at risk and their creditors; who failed before neither pays nor is paid.</summary>
    private List<PaymentDue> DuesOf(bool[] atRisk, DateOnly day)
    {
        var dues = new List<PaymentDue>();
        foreach (var (claim, from, to) in claims)
            if (atRisk[from] && claim.Valid.Contains(day) && !sheets[to].Failed)
                dues.Add(new PaymentDue(from, to, claim.Amount * parameters.Turnover));
        return dues;
    }

    /// <summary>What a creditor is not paid is its loss; by a debtor of a later round it is not what felled it.</summary>
    private void BookUnpaid(List<PaymentDue> dues, ClearedPayments cleared, int month)
    {
        foreach (var due in dues)
        {
            if (!FallsShort(cleared, due.From) || (FallsShort(cleared, due.To) && cleared.Round(due.To) <= cleared.Round(due.From))) continue;
            var unpaid = cleared.Unpaid(due);
            sheets[due.To].Take(new Loss(Cause.Ownership, debtors[due.From].Party, null, month, unpaid, unpaid));
        }
    }

    /// <param name="missing">What it owed more than it had.</param>
    private static Fate Judge(BalanceSheet sheet, int number, ClearedPayments cleared, double missing)
    {
        var illiquid = FallsShort(cleared, number);
        if (!illiquid && sheet.Worth >= 0)
            return new Fate(false, default, default, Cause.Own, null, LateChance(sheet), 0);
        var loads = default(Loads);
        var (cash, worth) = (0.0, 0.0);
        foreach (var loss in sheet.Recent)
        {
            loads += Loads.Of(loss.Cause, SizeOf(loss));
            if (loss.Cause == Cause.Own) continue;
            cash += loss.Cash;
            worth += loss.Worth;
        }

        if (loads.Total <= 0) loads = Loads.Of(Cause.Own, 1);
        var cause = missing <= cash && sheet.Worth + worth >= 0 && cash + worth > 0 ? loads.HeaviestOfOthers : Cause.Own;
        return new Fate(true, loads, loads.Parts, cause, BlameFor(sheet, cause, loads), 0, illiquid ? cleared.Round(number) : int.MaxValue);
    }

    private static Blame? BlameFor(BalanceSheet sheet, Cause cause, Loads loads)
    {
        Loss? worst = null;
        var most = 0.0;
        foreach (var last in sheet.Recent.Where(l => l.Cause == cause && l.From is not null).Reverse().DistinctBy(l => l.From))
        {
            var sum = sheet.Recent.Where(l => l.Cause == cause && l.From == last.From).Sum(SizeOf);
            if (sum > most) (worst, most) = (last, sum);
        }

        return worst is null ? null : new Blame(worst.From!, worst.FailedOn, most / loads.Total);
    }

    private static double SizeOf(Loss loss) => Math.Max(loss.Cash, loss.Worth);

    /// <summary>Whose reserve is nearly spent pays late.</summary>
    private static double LateChance(BalanceSheet sheet) => (sheet.Liquid / sheet.Reserve) switch
    {
        < 0.10 => 0.16,
        < 0.30 => 0.05,
        _ => 0.004,
    };
}
