namespace GraphRisk.Simulation.Credit;

/// <summary>What the process did in one quarter, over all communities.</summary>
public sealed class QuarterTally
{
    /// <summary>Debtors with a live contract at the quarter's beginning.</summary>
    public long Debtors { get; set; }

    public long Liquidations { get; set; }

    public long Defaults { get; set; }

    /// <summary>Debtor-months at risk and the sums of the four intensities over them.</summary>
    public long Months { get; set; }

    public double Own { get; set; }

    public double Guarantee { get; set; }

    public double Ownership { get; set; }

    public double CommonHolding { get; set; }

    public void Add(in Intensity intensity)
    {
        Months++;
        Own += intensity.Own;
        Guarantee += intensity.Guarantee;
        Ownership += intensity.Ownership;
        CommonHolding += intensity.CommonHolding;
    }
}
