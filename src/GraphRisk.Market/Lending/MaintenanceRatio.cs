namespace GraphRisk.Market.Lending;

/// <summary>A credit account: what is in it and what is owed on it, in one currency.</summary>
/// <param name="Cash">Cash.</param>
/// <param name="MarketValue">Market value of the securities.</param>
/// <param name="OtherCollateral">Other collateral accepted.</param>
/// <param name="Financed">Financed purchases outstanding.</param>
/// <param name="ShortValue">Quantity sold short times price.</param>
/// <param name="InterestAndFees">Interest and fees due.</param>
public readonly record struct CreditAccount(
    decimal Cash, decimal MarketValue, decimal OtherCollateral, decimal Financed, decimal ShortValue, decimal InterestAndFees);

/// <summary>
/// Maintenance ratio (维持担保比例): (cash + market value in the credit account + other collateral) / (financed purchases +
/// short quantity x price + interest and fees).
/// </summary>
public static class MaintenanceRatio
{
    /// <summary>Assets and debt of an account; its ratio is absent without liability.</summary>
    public static Coverage Of(CreditAccount account) => new(
        account.Cash + account.MarketValue + account.OtherCollateral,
        account.Financed + account.ShortValue + account.InterestAndFees);
}
