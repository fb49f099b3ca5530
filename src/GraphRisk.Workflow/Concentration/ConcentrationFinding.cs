using GraphRisk.Graph.Facts;

namespace GraphRisk.Workflow.Concentration;

/// <summary>What is measured.</summary>
public enum ConcentrationMeasure
{
    /// <summary>Financing of one client to net capital.</summary>
    ClientToNetCapital,

    /// <summary>One stock as collateral to its market value.</summary>
    StockToMarketValue,

    /// <summary>All financing to net capital.</summary>
    TotalToNetCapital,
}

/// <summary>How a measure stands to its limit.</summary>
public enum ConcentrationLevel
{
    Kept,
    Warning,
    Breach,
}

/// <summary>A measure of concentration with what it is held against.</summary>
/// <param name="Measure">What is measured.</param>
/// <param name="Subject">Client, security or broker it is about.</param>
/// <param name="Amount">Numerator, yuan or shares.</param>
/// <param name="Base">Denominator in the same unit, above 0.</param>
/// <param name="Limit">Its limit.</param>
public sealed record ConcentrationFinding(ConcentrationMeasure Measure, NodeId Subject, decimal Amount, decimal Base, ConcentrationLimit Limit)
{
    /// <summary>Amount to base.</summary>
    public decimal Ratio => Amount / Base;

    /// <summary>How it stands to the limit, compared without division.</summary>
    public ConcentrationLevel Level =>
        Amount > Limit.Most * Base ? ConcentrationLevel.Breach
        : Amount >= Limit.Warning * Base ? ConcentrationLevel.Warning
        : ConcentrationLevel.Kept;
}
