namespace GraphRisk.Market.Lending;

/// <summary>
/// An outstanding contract at the close of a day. Between two statements of the broker only prices move: debt and cash are as last stated, securities
/// stand at their last close.
/// </summary>
/// <param name="Contract">The contract as its broker last stated it.</param>
/// <param name="Coverage">Collateral at the close, and debt.</param>
/// <param name="WarningLine">Ratio at or below which the client is warned, above the call line; null where the contract has no line.</param>
/// <param name="Volatility">Standard deviation of a day's change of the collateral, by the securities' own and their part of it, cash moving by nothing; NaN where no price history says.</param>
/// <param name="Securities">How many securities secure it.</param>
/// <param name="SuspendedPart">Part of the securities' value that is not traded on the day, 0 to 1; 0 where there are none.</param>
public readonly record struct DailyCoverage(Contract Contract, Coverage Coverage, decimal? WarningLine, double Volatility, int Securities, double SuspendedPart)
{
    /// <summary>Ratio / warning line - 1, below 0 under the line and exactly 0 on it; NaN without line or debt.</summary>
    public double ToWarningLine => ToLine(WarningLine);

    /// <summary>Ratio / call line - 1; NaN without line or debt.</summary>
    public double ToCallLine => ToLine(Contract.CallLine);

    /// <summary>
    /// How many standard deviations of a day the collateral may fall before it touches the call line, 0 or less where it has: ln(ratio / line) / volatility.
    /// NaN where it cannot be told, without bound where nothing moves.
    /// </summary>
    public double DeviationsToCall =>
        Contract.CallLine is not > 0 || !Coverage.HasLiability || double.IsNaN(Volatility) ? double.NaN
        : Coverage.Assets <= 0 ? double.NegativeInfinity
        : Math.Log((double)(Coverage.Assets / (Contract.CallLine.Value * Coverage.Debt))) is var distance && distance <= 0 ? distance / Math.Max(Volatility, 1e-6)
        : Volatility > 0 ? distance / Volatility : double.PositiveInfinity;

    /// <summary>All that secures it is one security, and that is not traded on the day.</summary>
    public bool IsSoleSecuritySuspended => Securities == 1 && SuspendedPart > 0;

    private double ToLine(decimal? line) => line is > 0 && Coverage.HasLiability ? (double)((Coverage.Assets - (line.Value * Coverage.Debt)) / (line.Value * Coverage.Debt)) : double.NaN;
}
