using GraphRisk.Simulation.National;
using GraphRisk.Simulation.Publishing;
using GraphRisk.Simulation.Randomness;

namespace GraphRisk.Simulation.Credit;

/// <summary>
/// Works defaults off: month by month the collateral that trades is sold, or a court auctions it after long; now and then the client pays
/// a part, and in the end the rest is settled (event CURED), given up, or still owed. Suspended securities wait for their resumption. Each change is stated on
/// its day, and every quarter's end states those in disposal.
/// </summary>
public sealed class DisposalDesk(NationalLayer nation, MarketFiles files, Draws draws)
{
    private const double PaysAPart = 0.12;

    private readonly Dictionary<CreditContract, Disposal> open = [];

    public void Begin(CreditContract contract, int month) => open.Add(contract, Disposal.Draw(draws, contract, month));

    public void Work(Debtor debtor, int month)
    {
        foreach (var contract in debtor.Contracts)
            if (contract.InDisposal && open[contract] is var disposal && disposal.BegunIn < month) Work(debtor, disposal, month);
    }

    /// <summary>States what is in disposal at a quarter's end, unless it was stated that day.</summary>
    public void EndQuarter(Debtor debtor, int day)
    {
        foreach (var contract in debtor.Contracts)
            if (contract.InDisposal && contract.StatedOn != day) Publish(contract, day);
    }

    private void Work(Debtor debtor, Disposal disposal, int month)
    {
        var contract = disposal.Contract;
        var day = draws.Between(nation.Calendar.FirstOf(month), nation.Calendar.LastOf(month));
        var before = (contract.Financed, Unsold(contract));
        if (contract.Financed > 0 && (!disposal.Contested || month >= disposal.SoldBy))
            Liquidation.SellPart(nation, contract, 1.0 / Math.Max(1, disposal.SoldBy - month + 1), disposal.Proceeds, day);
        if (draws.Chance(PaysAPart)) PayAPart(contract, Math.Round(contract.Financed * (1 - draws.Between(0.05, 0.3)), 2), day);
        if (contract.Financed <= 0) Settle(debtor, contract, before.Financed, month, day);
        else if (month >= disposal.EndsIn && disposal.End == DisposalEnd.Settled) Settle(debtor, contract, before.Financed, month, day);
        else if (month >= disposal.EndsIn && disposal.End == DisposalEnd.WrittenOff && Unsold(contract) == 0) WriteOff(debtor, contract, day);
        if (!contract.InDisposal || before != (contract.Financed, Unsold(contract))) Publish(contract, day);
        if (!contract.InDisposal) open.Remove(contract);
    }

    private void Settle(Debtor debtor, CreditContract contract, double paid, int month, int day)
    {
        files.Of(contract.Account.Client.Broker).Event(contract, "CURED", nation.Calendar[day], paid, null);
        contract.Steps.Add(new ContractStep(ContractStepKind.Settled, nation.Calendar[day], contract.Financed));
        contract.Settle();
        debtor.SettledMonth = month;
    }

    private void PayAPart(CreditContract contract, double left, int day)
    {
        if (left < contract.Financed) contract.Steps.Add(new ContractStep(ContractStepKind.Paid, nation.Calendar[day], contract.Financed - left));
        contract.Financed = left;
    }

    private void WriteOff(Debtor debtor, CreditContract contract, int day)
    {
        contract.Steps.Add(new ContractStep(ContractStepKind.WrittenOff, nation.Calendar[day], contract.Financed));
        contract.Settle();
        debtor.Barred = true;
    }

    private void Publish(CreditContract contract, int day) =>
        Liquidation.Publish(files.Of(contract.Account.Client.Broker), nation, contract, day);

    private static long Unsold(CreditContract contract)
    {
        var sum = 0L;
        foreach (var lot in contract.Collateral) sum += lot.Quantity;
        return sum;
    }
}
