using GraphRisk.Simulation.Community;
using GraphRisk.Simulation.Credit.Clearing;
using GraphRisk.Simulation.National;
using GraphRisk.Simulation.Publishing;
using GraphRisk.Simulation.Randomness;

namespace GraphRisk.Simulation.Credit;

/// <summary>
/// Lives through the months of one community: prices move, calls are made and met or not, defaults strike and spread, and are
/// worked off; brokers' statements and events are published as they happen.
/// </summary>
/// <remarks>
/// Months are simulated in order. What a month does to all debtors is looked at first, then the process decides who fails
/// (<see cref="IDefaultProcess"/>), then it is lived: failures in the order of their rounds, so that who fails by another's failure of the
/// same month fails no earlier.
/// </remarks>
public sealed class CreditHistory
{
    private const double OpenAtStart = 0.72;
    private const double OpenLaterPerQuarter = 0.25;

    /// <summary>Months after a default was settled within which nobody lends to the client.</summary>
    private const int Quarantine = 5;
    private readonly NationalLayer nation;
    private readonly CreditDesk desk;
    private readonly MarketFiles files;
    private readonly IDefaultProcess process;
    private readonly QuarterDealings dealings;
    private readonly DisposalDesk disposals;
    private readonly Draws draws;
    private readonly Dictionary<Party, Debtor> debtorOf;
    private readonly IReadOnlyList<QuarterTally> tallies;

    public CreditHistory(MarketParameters parameters, NationalLayer nation, MarketCommunity community, MarketFiles files, IReadOnlyList<QuarterTally> tallies)
    {
        (this.nation, this.files, this.tallies) = (nation, files, tallies);
        desk = new CreditDesk(parameters, nation, community, files);
        draws = new Draws(parameters.Seed, DrawStream.CreditHistory, community.Index);
        Debtors = [.. community.Parties.Where(p => p.IsClient || p is Company { OwesOutside: true }).Select(desk.Admit)];
        debtorOf = Debtors.ToDictionary(d => d.Party);
        process = parameters.Contagion switch
        {
            ContagionProcess.Clearing => new ClearingProcess(
                ClearingParameters.Default, nation, community, Debtors, new Draws(parameters.Seed, DrawStream.BalanceSheets, community.Index)),
            ContagionProcess.None => new IntensityProcess(HazardParameters.WithoutContagion, nation, community, Debtors, draws),
            _ => new IntensityProcess(HazardParameters.Default, nation, community, Debtors, draws),
        };
        dealings = new QuarterDealings(nation, files, draws);
        disposals = new DisposalDesk(nation, files, new Draws(parameters.Seed, DrawStream.Disposals, community.Index));
    }

    public IReadOnlyList<Debtor> Debtors { get; }

    public List<Outcome> Outcomes { get; } = [];

    public void Run()
    {
        foreach (var debtor in Debtors)
            if (debtor.Party.IsClient && debtor.Party.Borrows && draws.Chance(OpenAtStart)) desk.OpenContract(debtor, 0);
        for (var month = 0; month < nation.Calendar.Months; month++)
        {
            if (month % 3 == 0) tallies[month / 3].Debtors += Debtors.Count(d => d.Live is not null);
            Live(month);
            if (TradingCalendar.EndsQuarter(month)) EndQuarter(month);
        }
    }

    private void Live(int month)
    {
        var (first, last) = (nation.Calendar.FirstOf(month), nation.Calendar.LastOf(month));
        foreach (var debtor in Debtors)
        {
            dealings.Repurchase(debtor, first, last);
            disposals.Work(debtor, month);
        }

        Exposure[] exposed = [.. Debtors.Where(IsExposed).Select(d => Expose(d, first, last))];
        var fates = process.Decide(month, exposed);
        foreach (var i in Enumerable.Range(0, exposed.Length).OrderBy(i => fates[i].Round)) Live(exposed[i], fates[i], month);
    }

    private static bool IsExposed(Debtor debtor) =>
        debtor.Live is not null || (debtor.Party is Company { OwesOutside: true, IsClient: false } && !debtor.Failed);

    private Exposure Expose(Debtor debtor, int first, int last)
    {
        if (debtor.Live is not { } contract) return new Exposure(debtor, null, default, null);
        var path = MonthPath.Of(contract, nation.Prices, first, last);
        return new Exposure(debtor, contract, path, path.CalledOn < 0 ? null : Call(contract, path.CalledOn, last));
    }

    /// <summary>Cash to a ratio a little above the line, two trading days later.</summary>
    private MarginCall Call(CreditContract contract, int calledOn, int last)
    {
        var paidOn = Math.Min(calledOn + 2, last);
        var restore = contract.CallLine + 0.15 + (0.45 * draws.Unit());
        var missing = (restore * contract.Liability(nation.Prices, paidOn)) - contract.Cash - contract.CollateralValue(nation.Prices, paidOn);
        return new MarginCall(calledOn, paidOn, restore, Math.Max(0, missing));
    }

    private void Live(Exposure exposure, Fate fate, int month)
    {
        var (debtor, contract) = (exposure.Debtor, exposure.Contract);
        if (contract is not null) tallies[month / 3].Add(fate.Expected);
        if (fate.Fails)
        {
            if (contract is null) FailOutside(debtor, fate, month);
            else Strike(exposure, contract, fate, month);
            return;
        }

        if (contract is null) return;
        if (exposure.Call is { } call) MeetCall(contract, call);
        contract.Interest = Math.Round(contract.Interest + (contract.Financed * contract.AnnualRate / 12), 2);
        if (draws.Chance(fate.Late)) FallBehind(debtor, contract, month);
    }

    /// <summary>A company that owes banks only: no collateral, no statement; what shows is the court's and the lists'.</summary>
    private void FailOutside(Debtor debtor, Fate fate, int month)
    {
        debtor.Failed = true;
        var day = NotBeforeTheWorst(fate, draws.Between(nation.Calendar.FirstOf(month), nation.Calendar.LastOf(month)), month);
        Record(null, false, fate, debtor.Party.Means, debtor, day, month);
    }

    private void Strike(Exposure exposure, CreditContract contract, Fate fate, int month)
    {
        var last = nation.Calendar.LastOf(month);
        var first = Math.Max(nation.Calendar.FirstOf(month), contract.FirstDay);
        var liquidated = exposure.Call is not null;
        var day = NotBeforeTheWorst(fate, exposure.Call?.PaidOn ?? draws.Between(Math.Min(first + 5, last), last), month);
        var unpaid = liquidated
            ? Liquidation.Sell(files, nation, contract, exposure.Path.CalledOn, day)
            : Liquidation.FailToPay(files, nation, contract, Math.Max(first, day - 5), day);
        disposals.Begin(contract, month);
        var tally = tallies[month / 3];
        if (liquidated) tally.Liquidations++;
        else tally.Defaults++;
        Record(contract, liquidated, fate, unpaid, exposure.Debtor, day, month);
    }

    /// <summary>Who fails by a neighbour's failure of this month fails on its day or later.</summary>
    private int NotBeforeTheWorst(Fate fate, int day, int month)
    {
        if (fate.Worst is not { FailedOn: null, Neighbour: var neighbour } || debtorOf[neighbour].FailedOn is not { } failedOn) return day;
        var last = nation.Calendar.LastOf(month);
        while (day < last && nation.Calendar[day] < failedOn) day++;
        return day;
    }

    private void Record(CreditContract? contract, bool liquidated, Fate fate, double unpaid, Debtor debtor, int day, int month)
    {
        var date = nation.Calendar[day];
        debtor.OverdueMonth = month;
        debtor.FailedOn = date;
        var worst = fate.Worst is { FailedOn: null } blame ? blame with { FailedOn = debtorOf[blame.Neighbour].FailedOn } : fate.Worst;
        Outcomes.Add(new Outcome(debtor.Party, contract, liquidated, date, fate.Cause, fate.Loads, worst, unpaid));
        process.Spread(debtor, date, month);
    }

    private void MeetCall(CreditContract contract, MarginCall call)
    {
        var files = this.files.Of(contract.Account.Client.Broker);
        var missing = call.Missing;
        var ratio = contract.Ratio(nation.Prices, call.CalledOn);
        files.Event(contract, "MARGIN_CALL", nation.Calendar[call.CalledOn], missing, ratio);
        contract.Steps.Add(new ContractStep(ContractStepKind.Called, nation.Calendar[call.CalledOn], missing) { Ratio = ratio });
        contract.Steps.Add(new ContractStep(ContractStepKind.Met, nation.Calendar[call.PaidOn], missing));
        if (contract.Kind == ContractKind.Margin) contract.Cash = Math.Round(contract.Cash + missing, 2);
        else contract.Financed = Math.Max(1, Math.Round(contract.Financed - (missing / call.Restore), 2));
        files.Event(contract, "CALL_MET", nation.Calendar[call.PaidOn], missing, contract.Ratio(nation.Prices, call.PaidOn));
    }

    /// <summary>Late with a payment and cured within the month: a sign of distress, not an outcome.</summary>
    private void FallBehind(Debtor debtor, CreditContract contract, int month)
    {
        var first = Math.Max(nation.Calendar.FirstOf(month), contract.FirstDay);
        var last = nation.Calendar.LastOf(month);
        var late = draws.Between(first, Math.Max(first, last - 6));
        var files = this.files.Of(contract.Account.Client.Broker);
        var amount = Math.Max(100, contract.Interest);
        files.Event(contract, "OVERDUE", nation.Calendar[late], amount, contract.Ratio(nation.Prices, late));
        files.Event(contract, "CURED", nation.Calendar[Math.Min(last, late + draws.Between(1, 6))], amount, null);
        debtor.OverdueMonth = month;
    }

    private void EndQuarter(int month)
    {
        var day = nation.Calendar.LastOf(month);
        foreach (var debtor in Debtors)
        {
            dealings.EndQuarter(debtor, day);
            disposals.EndQuarter(debtor, day);
            if (month + 1 < nation.Calendar.Months && IsWilling(debtor, month) && draws.Chance(OpenLaterPerQuarter)) desk.OpenContract(debtor, day);
        }
    }

    private static bool IsWilling(Debtor debtor, int month) =>
        debtor.Party is { IsClient: true, Borrows: true } && debtor.Live is null && !debtor.InDisposal && !debtor.Barred
        && month - debtor.SettledMonth > Quarantine;
}
