using GraphRisk.Simulation.National;
using GraphRisk.Simulation.Publishing;

namespace GraphRisk.Simulation.Credit;

/// <summary>The two ways a contract ends badly, as the broker books them.</summary>
public static class Liquidation
{
    /// <summary>Forced sales go at a discount to the close.</summary>
    private const double Proceeds = 0.97;

    /// <summary>The call was not met: everything is sold. Returns what stays unpaid.</summary>
    public static double Sell(MarketFiles market, NationalLayer nation, CreditContract contract, int calledOn, int day)
    {
        var files = market.Of(contract.Account.Client.Broker);
        var liability = contract.Liability(nation.Prices, day);
        files.Event(contract, "MARGIN_CALL", nation.Calendar[calledOn], liability * 0.1, contract.Ratio(nation.Prices, calledOn));
        files.Event(contract, "FORCED_LIQUIDATION", nation.Calendar[day], liability, contract.Ratio(nation.Prices, day));
        var balance = contract.Cash + (contract.CollateralValue(nation.Prices, day) * Proceeds) - liability;
        foreach (var lot in contract.Collateral)
        {
            lot.Quantity = 0;
            files.Position(contract.Account, lot, nation.Calendar[day]);
        }

        if (contract.Short is { } sold) sold.Quantity = 0;
        contract.Status = ContractStatus.Liquidated;
        contract.Cash = contract.Kind == ContractKind.Margin ? Math.Round(Math.Max(0, balance), 2) : 0;
        contract.Financed = Math.Round(Math.Max(0, -balance), 2);
        contract.Interest = 0;
        files.Statement(contract, day, nation.Calendar[day]);
        return contract.Financed;
    }

    /// <summary>Interest or principal was not paid when due. Returns the debt, all of it now claimed.</summary>
    public static double FailToPay(MarketFiles market, NationalLayer nation, CreditContract contract, int overdueOn, int day)
    {
        var files = market.Of(contract.Account.Client.Broker);
        var liability = contract.Liability(nation.Prices, day);
        files.Event(contract, "OVERDUE", nation.Calendar[overdueOn], liability, contract.Ratio(nation.Prices, overdueOn));
        files.Event(contract, "DEFAULT", nation.Calendar[day], liability, contract.Ratio(nation.Prices, day));
        contract.Status = ContractStatus.Defaulted;
        files.Statement(contract, day, nation.Calendar[day]);
        return liability;
    }
}
