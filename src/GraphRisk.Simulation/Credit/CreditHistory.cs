using GraphRisk.Simulation.Community;
using GraphRisk.Simulation.National;
using GraphRisk.Simulation.Publishing;
using GraphRisk.Simulation.Randomness;

namespace GraphRisk.Simulation.Credit;

/// <summary>
/// Lives through the months of one community: prices move, calls are made and met or not, defaults strike and spread;
/// brokers' statements and events are published as they happen.
/// </summary>
/// <remarks>
/// Months are simulated in order; within a month debtors in the community's order, with contagion taking effect a month
/// later, so the order among debtors does not matter. See <see cref="Hazard"/> for the process.
/// </remarks>
public sealed class CreditHistory
{
    private const double OpenAtStart = 0.72;
    private const double OpenLaterPerQuarter = 0.25;
    private readonly HazardParameters hazard;
    private readonly NationalLayer nation;
    private readonly CreditDesk desk;
    private readonly MarketFiles files;
    private readonly Contagion contagion;
    private readonly QuarterDealings dealings;
    private readonly Draws draws;
    private readonly IReadOnlyList<QuarterTally> tallies;

    public CreditHistory(MarketParameters parameters, HazardParameters hazard, NationalLayer nation, MarketCommunity community, MarketFiles files, IReadOnlyList<QuarterTally> tallies)
    {
        (this.hazard, this.nation, this.files, this.tallies) = (hazard, nation, files, tallies);
        desk = new CreditDesk(parameters, nation, community, files);
        draws = new Draws(parameters.Seed, DrawStream.CreditHistory, community.Index);
        Debtors = [.. community.Parties.Where(p => p.IsClient || p is Company { OwesOutside: true }).Select(desk.Admit)];
        contagion = new Contagion(hazard, community, Debtors.ToDictionary(d => d.Party));
        dealings = new QuarterDealings(nation, files, draws);
    }

    public IReadOnlyList<Debtor> Debtors { get; }

    public List<Outcome> Outcomes { get; } = [];

    public void Run()
    {
        foreach (var debtor in Debtors)
            if (debtor.Party.IsClient && debtor.Party.Borrows && draws.Chance(OpenAtStart)) desk.OpenContract(debtor, 0);
        for (var month = 0; month < nation.Calendar.Months; month++)
        {
            if (month % 3 == 0) tallies[month / 3].Debtors += Debtors.Count(d => d.HasLive);
            foreach (var debtor in Debtors) debtor.BeginMonth(hazard.Persistence);
            foreach (var debtor in Debtors) Live(debtor, month);

            if (TradingCalendar.EndsQuarter(month)) EndQuarter(month);
        }
    }

    private void Live(Debtor debtor, int month)
    {
        var (first, last) = (nation.Calendar.FirstOf(month), nation.Calendar.LastOf(month));
        dealings.Repurchase(debtor, first, last);
        if (!debtor.HasLive)
        {
            if (debtor.Party is Company { OwesOutside: true, IsClient: false } && !debtor.Failed) LiveOutside(debtor, month);
            return;
        }

        var paths = debtor.Live.Select(c => (Contract: c, Path: MonthPath.Of(c, nation.Prices, first, last))).ToList();
        var worst = paths.MaxBy(p => Hazard.StressOf(p.Path.Lowest, p.Contract.CallLine));
        var intensity = Hazard.Of(hazard, ConditionOf(debtor, worst.Contract, worst.Path, month), debtor.GuaranteeHeat, debtor.OwnershipHeat);
        tallies[month / 3].Add(intensity);
        var struck = draws.Chance(intensity.Probability);
        if (struck) Strike(debtor, worst.Contract, worst.Path, intensity, month);
        foreach (var (contract, path) in paths)
        {
            if (!contract.IsLive) continue;
            if (path.CalledOn >= 0) MeetCall(contract, path, last);
            contract.Interest = Math.Round(contract.Interest + (contract.Financed * contract.AnnualRate / 12), 2);
        }

        if (!struck && draws.Chance(Math.Min(0.2, 2.5 * intensity.Own))) FallBehind(debtor, worst.Contract, month);
    }

    private Condition ConditionOf(Debtor debtor, CreditContract contract, MonthPath path, int month) => new(
        Hazard.StressOf(path.Lowest, contract.CallLine),
        Hazard.StressOf(path.LowestWithoutFireSales, contract.CallLine),
        (debtor.Party as Company)?.WeaknessKnownOn(nation.Calendar[nation.Calendar.FirstOf(month)]) ?? 0,
        month - debtor.OverdueMonth <= 6,
        contract.Collateral.Count(l => l.Quantity > 0) == 1,
        debtor.Party.Frailty);

    /// <summary>A company that owes banks only: no collateral, no statement; what shows is the court's and the lists'.</summary>
    private void LiveOutside(Debtor debtor, int month)
    {
        var first = nation.Calendar.FirstOf(month);
        var weakness = ((Company)debtor.Party).WeaknessKnownOn(nation.Calendar[first]);
        var condition = new Condition(0.4, 0.4, weakness, false, false, debtor.Party.Frailty);
        var intensity = Hazard.Of(hazard, condition, debtor.GuaranteeHeat, debtor.OwnershipHeat);
        if (!draws.Chance(intensity.Probability)) return;
        debtor.Failed = true;
        var day = nation.Calendar[draws.Between(first, nation.Calendar.LastOf(month))];
        Record(new Outcome(debtor.Party, null, false, day, intensity.Struck(draws.Unit()), intensity, debtor.Party.Means), debtor, month);
    }

    private void Strike(Debtor debtor, CreditContract contract, MonthPath path, Intensity intensity, int month)
    {
        var last = nation.Calendar.LastOf(month);
        var first = Math.Max(nation.Calendar.FirstOf(month), contract.FirstDay);
        var liquidated = path.CalledOn >= 0;
        var day = liquidated ? Math.Min(path.CalledOn + 2, last) : draws.Between(Math.Min(first + 5, last), last);
        var unpaid = liquidated
            ? Liquidation.Sell(files, nation, contract, path.CalledOn, day)
            : Liquidation.FailToPay(files, nation, contract, Math.Max(first, day - 5), day);
        var tally = tallies[month / 3];
        if (liquidated) tally.Liquidations++;
        else tally.Defaults++;
        Record(new Outcome(debtor.Party, contract, liquidated, nation.Calendar[day], intensity.Struck(draws.Unit()), intensity, unpaid), debtor, month);
    }

    private void Record(Outcome outcome, Debtor debtor, int month)
    {
        debtor.OutcomeMonth = debtor.OverdueMonth = month;
        Outcomes.Add(outcome);
        contagion.Spread(debtor.Party, outcome.Day);
    }

    /// <summary>Called and able: cash to a ratio a little above the line, two trading days later.</summary>
    private void MeetCall(CreditContract contract, MonthPath path, int last)
    {
        var files = this.files.Of(contract.Account.Client.Broker);
        var paidOn = Math.Min(path.CalledOn + 2, last);
        var restore = contract.CallLine + 0.15 + (0.45 * draws.Unit());
        var missing = Math.Max(0, (restore * contract.Liability(nation.Prices, paidOn)) - contract.Cash - contract.CollateralValue(nation.Prices, paidOn));
        files.Event(contract, "MARGIN_CALL", nation.Calendar[path.CalledOn], missing, contract.Ratio(nation.Prices, path.CalledOn));
        if (contract.Kind == ContractKind.Margin) contract.Cash = Math.Round(contract.Cash + missing, 2);
        else contract.Financed = Math.Max(1, Math.Round(contract.Financed - (missing / restore), 2));
        files.Event(contract, "CALL_MET", nation.Calendar[paidOn], missing, contract.Ratio(nation.Prices, paidOn));
    }

    /// <summary>Late with a payment and cured within the month: a sign of distress, not an outcome.</summary>
    private void FallBehind(Debtor debtor, CreditContract contract, int month)
    {
        if (!contract.IsLive) return;
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
            var willing = debtor.Party.IsClient && debtor.Party.Borrows && !debtor.HasLive && month - debtor.OutcomeMonth > 9;
            if (willing && month + 1 < nation.Calendar.Months && draws.Chance(OpenLaterPerQuarter)) desk.OpenContract(debtor, day);
        }
    }
}
