using GraphRisk.Simulation.Names;

namespace GraphRisk.Simulation.National;

/// <summary>A listed company.</summary>
/// <param name="CreditCode">Its key in every register.</param>
public sealed record Issuer(int Index, string CreditCode, CompanyName Name, string ShortName, string Industry, DateOnly ListedOn);

/// <summary>A share or a fund that can be collateral.</summary>
/// <param name="Issuer">Null for funds.</param>
/// <param name="Haircut">Share of its value that counts as margin (折算率).</param>
/// <param name="Crowding">Part of the float bought on margin, 0 to 0.14: what a fire sale can throw on the market.</param>
/// <param name="Beta">Sensitivity to the market factor.</param>
/// <param name="Volatility">Standard deviation of the idiosyncratic daily return.</param>
public sealed record Security(
    int Index,
    string Code,
    string Name,
    string Board,
    Issuer? Issuer,
    long TotalShares,
    long FloatShares,
    double Haircut,
    DateOnly ListedOn,
    double FirstPrice,
    double Crowding,
    double Beta,
    double Volatility)
{
    public bool IsFund => Issuer is null;

    /// <summary>Widest daily move: a fifth on the growth boards, a tenth elsewhere.</summary>
    public double DailyLimit => Board is "STAR" or "CHINEXT" ? 0.20 : 0.10;
}
