namespace GraphRisk.Market.Lending;

/// <summary>Securities the client brought in.</summary>
/// <param name="Value">Market value.</param>
/// <param name="Haircut">Part that counts, 0 to 1 (折算率).</param>
public readonly record struct PledgedSecurity(decimal Value, decimal Haircut);

/// <summary>A financed purchase.</summary>
/// <param name="Value">Market value today.</param>
/// <param name="Financed">Amount financed and outstanding.</param>
/// <param name="Haircut">Part of a gain that counts, 0 to 1; a loss counts in full.</param>
/// <param name="Requirement">Margin requirement of the contract, 1 = 100%.</param>
public readonly record struct FinancedPurchase(decimal Value, decimal Financed, decimal Haircut, decimal Requirement);

/// <summary>A short sale.</summary>
/// <param name="Proceeds">What the sale brought.</param>
/// <param name="Value">Market value of what is owed today.</param>
/// <param name="Haircut">Part of a gain that counts, 0 to 1; a loss counts in full.</param>
/// <param name="Requirement">Margin requirement of the contract, 1 = 100%.</param>
public readonly record struct ShortSale(decimal Proceeds, decimal Value, decimal Haircut, decimal Requirement);

/// <summary>
/// Available margin (保证金可用余额): cash + securities after haircut + gains after haircut - losses in full - short proceeds
/// - margin held for open contracts - interest and fees. Negative where contracts outgrew what was brought in.
/// </summary>
public static class AvailableMargin
{
    /// <summary>The amount that new contracts can be opened against.</summary>
    /// <param name="cash">Cash, short proceeds among it.</param>
    /// <param name="pledged">Securities brought in.</param>
    /// <param name="purchases">Financed purchases.</param>
    /// <param name="shorts">Short sales.</param>
    /// <param name="interestAndFees">Interest and fees due.</param>
    public static decimal Compute(
        decimal cash, IEnumerable<PledgedSecurity> pledged, IEnumerable<FinancedPurchase> purchases, IEnumerable<ShortSale> shorts,
        decimal interestAndFees)
    {
        var available = cash - interestAndFees;
        foreach (var security in pledged) available += security.Value * security.Haircut;
        foreach (var purchase in purchases)
            available += Counted(purchase.Value - purchase.Financed, purchase.Haircut) - purchase.Financed * purchase.Requirement;
        foreach (var sale in shorts)
            available += Counted(sale.Proceeds - sale.Value, sale.Haircut) - sale.Proceeds - sale.Value * sale.Requirement;
        return available;
    }

    private static decimal Counted(decimal gain, decimal haircut) => gain > 0 ? gain * haircut : gain;
}
