using GraphRisk.Simulation.National;
using GraphRisk.Simulation.Publishing;
using GraphRisk.Simulation.Randomness;

namespace GraphRisk.Simulation.Credit;

/// <summary>
/// What clients do at a quarter's end, and the statements of that day: those whose ratio has risen borrow more, some of
/// those whose ratio has fallen sell and repay, some change a security, some pay up and leave. Loans end on their
/// day of repurchase; margin contracts are renewed every half year. What is suspended is neither bought nor sold.
/// </summary>
public sealed class QuarterDealings(NationalLayer nation, MarketFiles files, Draws draws)
{
    private const double Leave = 0.03;
    private const double Switch = 0.10;

    public void EndQuarter(Debtor debtor, int day)
    {
        foreach (var contract in debtor.Contracts)
        {
            if (!contract.IsLive || contract.FirstDay == day) continue;
            contract.Status = contract.Ratio(nation.Prices, day) <= contract.CallLine ? ContractStatus.Called : ContractStatus.Open;
            if (contract.Status == ContractStatus.Open && draws.Chance(Leave)) contract.Settle();
            else if (contract.Kind == ContractKind.Margin) Trade(contract, day);
            State(contract, day);
            if (!contract.IsLive) continue;
            // Interest is settled after the statement, twice a year.
            if (day == nation.Calendar.Days - 1 || draws.Chance(0.5)) contract.Interest = 0;
        }
    }

    /// <summary>Settles pledges and agreed repos due from the month's first day to its last, on the first trading day not before.</summary>
    public void Repurchase(Debtor debtor, int first, int last)
    {
        foreach (var contract in debtor.Contracts)
        {
            if (!contract.IsLive || contract.Kind == ContractKind.Margin || contract.DueOn > nation.Calendar[last]) continue;
            var day = first;
            while (nation.Calendar[day] < contract.DueOn) day++;
            contract.Settle();
            files.Of(contract.Account.Client.Broker).Statement(contract, day, nation.Calendar[day]);
        }
    }

    private void Trade(CreditContract contract, int day)
    {
        var ratio = contract.Ratio(nation.Prices, day);
        var lot = contract.Collateral[draws.Below(contract.Collateral.Count)];
        if (nation.Prices.Suspended(lot.Security, day)) return;
        if (ratio > contract.FirstRatio * 1.12) BorrowMore(contract, lot, day, ratio);
        else if (ratio < contract.FirstRatio * 0.82 && draws.Chance(0.25)) SellAndRepay(contract, lot, day);
        else if (draws.Chance(Switch)) SwitchSecurity(contract, lot, day);
    }

    /// <summary>Half the way back to the ratio the client began with.</summary>
    private void BorrowMore(CreditContract contract, Lot lot, int day, double ratio)
    {
        var target = (ratio + contract.FirstRatio) / 2;
        var liability = contract.Liability(nation.Prices, day);
        var amount = ((ratio * liability) - (target * liability)) / (target - 1);
        var price = nation.Prices.Close(lot.Security, day);
        var quantity = (long)(amount / price / 100) * 100;
        lot.Quantity += quantity;
        contract.Financed = Math.Round(contract.Financed + (quantity * price), 2);
    }

    private void SellAndRepay(CreditContract contract, Lot lot, int day)
    {
        var price = nation.Prices.Close(lot.Security, day);
        var quantity = (long)Math.Min(lot.Quantity * 0.3, contract.Financed * 0.5 / price) / 100 * 100;
        lot.Quantity -= quantity;
        contract.Financed = Math.Round(contract.Financed - (quantity * price), 2);
    }

    private void SwitchSecurity(CreditContract contract, Lot lot, int day)
    {
        var value = lot.Quantity * nation.Prices.Close(lot.Security, day);
        var other = nation.OnMargin.Pick(draws).Index;
        if (lot.Quantity == 0 || contract.Collateral.Any(l => l.Security == other) || nation.Prices.Suspended(other, day)) return;
        var price = nation.Prices.Close(other, day);
        var quantity = (long)(value / price / 100) * 100;
        if (quantity == 0) return;
        lot.Quantity = 0;
        contract.Cash = Math.Round(contract.Cash + value - (quantity * price), 2);
        contract.Account.Lots.Add(new Lot(other, quantity));
    }

    private void State(CreditContract contract, int day)
    {
        var broker = files.Of(contract.Account.Client.Broker);
        var asOf = nation.Calendar[day];
        foreach (var lot in contract.Collateral) broker.Position(contract.Account, lot, asOf);
        broker.Statement(contract, day, asOf);
    }
}
