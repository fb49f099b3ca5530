namespace GraphRisk.Simulation;

/// <summary>How trouble travels in a market, if it does.</summary>
public enum ContagionProcess
{
    /// <summary>A default raises the default intensity of the neighbours; see <see cref="Credit.Hazard"/>.</summary>
    Intensity,

    /// <summary>Payments clear on balance sheets, and sales of large accounts move prices; see <see cref="Credit.Clearing.ClearingProcess"/>.</summary>
    Clearing,

    /// <summary>Nobody's trouble is another's: neither guarantees nor stakes carry anything, and nobody is forced to sell at others' cost.</summary>
    None,
}
