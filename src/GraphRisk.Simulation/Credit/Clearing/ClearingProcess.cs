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
    private readonly Dictionary<Party, BalanceSheet> sheets;
    private readonly Dictionary<Debtor, int> numbers = [];
    private readonly Claim[] claims;
    private readonly Fallout fallout;
    private readonly Draws draws;

    public ClearingProcess(
        ClearingParameters parameters, NationalLayer nation, MarketCommunity community, IReadOnlyList<Debtor> debtors, Draws draws)
    {
        (this.parameters, this.nation, this.debtors, this.draws) = (parameters, nation, debtors, draws);
        sheets = debtors.ToDictionary(d => d.Party, d => SheetOf(d.Party));
        for (var i = 0; i < debtors.Count; i++) numbers.Add(debtors[i], i);
        claims = [.. Claims.Of(parameters, community, debtors.ToDictionary(d => d.Party))];
        fallout = new Fallout(parameters, community, sheets, claims, draws);
    }

    public IReadOnlyList<Fate> Decide(int month, IReadOnlyList<Exposure> exposed)
    {
        var first = nation.Calendar.FirstOf(month);
        var outside = new double[debtors.Count];
        for (var i = 0; i < debtors.Count; i++)
        {
            var sheet = sheets[debtors[i].Party];
            outside[i] = sheet.BeginMonth(month, parameters.Income * sheet.Reserve, parameters.Memory);
        }

        foreach (var exposure in exposed) outside[numbers[exposure.Debtor]] += OwnDues(exposure, month, first);
        var means = debtors.Select(d => Math.Max(0, sheets[d.Party].Liquid)).ToArray();
        var (dues, cleared) = Clear(means, outside, exposed, nation.Calendar[first]);
        BookUnpaid(dues, cleared, month);
        var owed = Totals(outside, dues, due => due.From, due => due.Amount);
        var had = Totals(means, dues, due => due.To, due => due.Amount * cleared.PaidPart(due.From));
        for (var i = 0; i < debtors.Count; i++) sheets[debtors[i].Party].Liquid = Math.Max(0, had[i] - owed[i]);
        return [.. exposed.Select(e => Judge(e, cleared, owed[numbers[e.Debtor]] - had[numbers[e.Debtor]]))];
    }

    public void Spread(Debtor failed, DateOnly day, int month)
    {
        sheets[failed.Party].Failed = true;
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
    private double OwnDues(Exposure exposure, int month, int first)
    {
        var (party, sheet) = (exposure.Debtor.Party, sheets[exposure.Debtor.Party]);
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
    private (List<PaymentDue> Dues, ClearedPayments Cleared) Clear(double[] means, double[] outside, IReadOnlyList<Exposure> exposed, DateOnly day)
    {
        var atRisk = exposed.Select(e => e.Debtor).ToHashSet();
        var dues = new List<PaymentDue>();
        foreach (var claim in claims)
            if (atRisk.Contains(claim.Debtor) && claim.Valid.Contains(day) && !sheets[claim.Creditor.Party].Failed)
                dues.Add(new PaymentDue(numbers[claim.Debtor], numbers[claim.Creditor], claim.Amount * parameters.Turnover));
        return (dues, PaymentClearing.Settle(means, outside, dues));
    }

    /// <summary>What a creditor is not paid is its loss; by a debtor of a later round it is not what felled it.</summary>
    private void BookUnpaid(List<PaymentDue> dues, ClearedPayments cleared, int month)
    {
        foreach (var due in dues)
        {
            if (!FallsShort(cleared, due.From) || (FallsShort(cleared, due.To) && cleared.Round(due.To) <= cleared.Round(due.From))) continue;
            var unpaid = cleared.Unpaid(due);
            sheets[debtors[due.To].Party].Take(new Loss(Cause.Ownership, debtors[due.From].Party, null, month, unpaid, unpaid));
        }
    }

    private static double[] Totals(double[] start, List<PaymentDue> dues, Func<PaymentDue, int> party, Func<PaymentDue, double> amount)
    {
        var totals = (double[])start.Clone();
        foreach (var due in dues) totals[party(due)] += amount(due);
        return totals;
    }

    /// <param name="missing">What it owed more than it had.</param>
    private Fate Judge(Exposure exposure, ClearedPayments cleared, double missing)
    {
        var sheet = sheets[exposure.Debtor.Party];
        var number = numbers[exposure.Debtor];
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
