using GraphRisk.Simulation.National;
using GraphRisk.Simulation.Publishing;

namespace GraphRisk.Simulation.Credit;

/// <summary>The two ways a contract ends badly, as the broker books them, and the sales that follow.</summary>
public static class Liquidation
{
    /// <summary>Sales on the exchange go at a discount to the close.</summary>
    public const double Proceeds = 0.97;

    /// <summary>The call was not met: everything that trades is sold. Returns what stays unpaid.</summary>
    public static double Sell(MarketFiles market, NationalLayer nation, CreditContract contract, int calledOn, int day)
    {
        var files = market.Of(contract.Account.Client.Broker);
        var liability = contract.Liability(nation.Prices, day);
        files.Event(contract, "MARGIN_CALL", nation.Calendar[calledOn], liability * 0.1, contract.Ratio(nation.Prices, calledOn));
        contract.Steps.Add(new ContractStep(ContractStepKind.Called, nation.Calendar[calledOn], liability * 0.1) { Ratio = contract.Ratio(nation.Prices, calledOn) });
        contract.Steps.Add(new ContractStep(ContractStepKind.Struck, nation.Calendar[day], liability) { Interest = contract.Interest });
        files.Event(contract, "FORCED_LIQUIDATION", nation.Calendar[day], liability, contract.Ratio(nation.Prices, day));
        contract.Status = ContractStatus.Liquidated;
        CloseOut(nation, contract, day);
        SellPart(nation, contract, 1, Proceeds, day);
        Publish(files, nation, contract, day);
        return contract.Financed;
    }

    /// <summary>Interest or principal was not paid when due. Returns the debt, all of it now claimed.</summary>
    public static double FailToPay(MarketFiles market, NationalLayer nation, CreditContract contract, int overdueOn, int day)
    {
        var files = market.Of(contract.Account.Client.Broker);
        var liability = contract.Liability(nation.Prices, day);
        files.Event(contract, "OVERDUE", nation.Calendar[overdueOn], liability, contract.Ratio(nation.Prices, overdueOn));
        contract.Steps.Add(new ContractStep(ContractStepKind.Struck, nation.Calendar[day], liability) { Interest = contract.Interest });
        files.Event(contract, "DEFAULT", nation.Calendar[day], liability, contract.Ratio(nation.Prices, day));
        contract.Status = ContractStatus.Defaulted;
        CloseOut(nation, contract, day);
        Publish(files, nation, contract, day);
        return liability;
    }

    /// <summary>
    /// Sells a part of every lot that trades that day, in lots of a hundred, and pays the debt with the proceeds; what is
    /// over is the client's cash.
    /// </summary>
    /// <param name="part">Above 0, at most 1; 1 sells all of it.</param>
    /// <param name="proceeds">What a sale brings, as a part of the close.</param>
    public static void SellPart(NationalLayer nation, CreditContract contract, double part, double proceeds, int day)
    {
        var sum = 0.0;
        foreach (var lot in contract.Collateral)
        {
            if (nation.Prices.Suspended(lot.Security, day)) continue;
            var sold = part >= 1 ? lot.Quantity : (long)(lot.Quantity * part / 100) * 100;
            lot.Quantity -= sold;
            if (sold > 0) contract.Steps.Add(new ContractStep(ContractStepKind.Sold, nation.Calendar[day], sold * nation.Prices.Close(lot.Security, day) * proceeds) { Sold = lot, Quantity = sold });
            sum += sold * nation.Prices.Close(lot.Security, day) * proceeds;
        }

        Pay(contract, sum);
    }

    /// <summary>The positions and the statement of the day.</summary>
    public static void Publish(BrokerFiles files, NationalLayer nation, CreditContract contract, int day)
    {
        foreach (var lot in contract.Collateral) files.Position(contract.Account, lot, nation.Calendar[day]);
        files.Statement(contract, day, nation.Calendar[day]);
        contract.StatedOn = day;
    }

    /// <summary>Everything is due: what was sold short is bought back, and the account's cash pays first.</summary>
    private static void CloseOut(NationalLayer nation, CreditContract contract, int day)
    {
        contract.Financed = Math.Round(contract.Liability(nation.Prices, day), 2);
        contract.Interest = 0;
        if (contract.Short is { } sold) sold.Quantity = 0;
        var cash = contract.Cash;
        contract.Cash = 0;
        if (cash > 0) contract.Steps.Add(new ContractStep(ContractStepKind.Paid, nation.Calendar[day], cash));
        Pay(contract, cash);
    }

    private static void Pay(CreditContract contract, double amount)
    {
        var balance = Math.Round(amount - contract.Financed, 2);
        contract.Financed = Math.Max(0, -balance);
        if (contract.Kind == ContractKind.Margin) contract.Cash = Math.Round(contract.Cash + Math.Max(0, balance), 2);
    }
}
