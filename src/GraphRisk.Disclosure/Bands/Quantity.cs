namespace GraphRisk.Disclosure.Bands;

/// <summary>Kinds of quantities, each with its own limits of bands.</summary>
public enum Quantity
{
    /// <summary>Money owed or held, yuan.</summary>
    Amount,

    /// <summary>Collateral to debt, 1 = 100%.</summary>
    Ratio,

    /// <summary>How far a ratio stands from a line, as a fraction of the line.</summary>
    Distance,

    /// <summary>A part of a whole, 0 to 1.</summary>
    Share,

    /// <summary>A change in a quarter or a year, as a fraction, by its size.</summary>
    Change,

    /// <summary>Things or parties.</summary>
    Count,

    /// <summary>Days.</summary>
    Days,

    /// <summary>Years.</summary>
    Years,

    /// <summary>Daily volatility of prices.</summary>
    Volatility,

    /// <summary>Closeness to failure of others, each from 0 to 1, by how much of it arrives.</summary>
    Distress,
}
