namespace GraphRisk.Simulation.Credit;

/// <summary>What the process did in one quarter, over all communities.</summary>
public sealed class QuarterTally
{
    /// <summary>Debtors with a live contract at the quarter's beginning.</summary>
    public long Debtors { get; set; }

    public long Liquidations { get; set; }

    public long Defaults { get; set; }

    /// <summary>Debtor-months at risk and the sums of the four loads over them.</summary>
    public long Months { get; set; }

    public Loads Sum { get; private set; }

    public void Add(in Loads loads)
    {
        Months++;
        Sum += loads;
    }
}
