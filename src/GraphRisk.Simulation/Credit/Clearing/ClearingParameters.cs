namespace GraphRisk.Simulation.Credit.Clearing;

/// <summary>Sizes in the clearing market. Yuan are in parts of what a party can raise, its means, unless said otherwise.</summary>
public sealed record ClearingParameters
{
    public static ClearingParameters Default { get; } = new();

    /// <summary>Liquid reserve of a party of average accounts, and how much less a standard deviation of weakness or frailty leaves (in logs).</summary>
    public double Reserve { get; init; } = 0.62;

    public double ReserveSpread { get; init; } = 0.35;

    public double ReserveWeakness { get; init; } = 0.42;

    public double ReserveFrailty { get; init; } = 0.12;

    /// <summary>Net worth in reserves.</summary>
    public double Worth { get; init; } = 3.6;

    /// <summary>Part of a client's own money in its contract that it can turn into cash elsewhere.</summary>
    public double FreeSecurities { get; init; } = 0.22;

    /// <summary>Part of the reserve that comes in within a month, until it is full.</summary>
    public double Income { get; init; } = 0.043;

    /// <summary>Monthly chance of a loss of its own, its least size, and the exponent of its Pareto tail.</summary>
    public double LossChance { get; init; } = 0.027;

    public double LeastLoss { get; init; } = 0.105;

    public double LossTail { get; init; } = 1.35;

    /// <summary>Largest loss; the tail is cut there.</summary>
    public double LargestLoss { get; init; } = 9;

    /// <summary>How much larger losses are per standard deviation of weakness and of frailty, in logs.</summary>
    public double LossWeakness { get; init; } = 0.55;

    public double LossFrailty { get; init; } = 0.12;

    /// <summary>Part of a guaranteed debt that a bank gets from the failed debtor itself: least and most.</summary>
    public double LeastRecovery { get; init; } = 0.05;

    public double MostRecovery { get; init; } = 0.38;

    /// <summary>Part of the claim left to a guarantor that answers only for what the debtor's assets do not yield.</summary>
    public double Subsidiary { get; init; } = 0.6;

    /// <summary>Part of a guaranteed debt called back at once where the guarantor failed.</summary>
    public double Unsecured { get; init; } = 0.24;

    /// <summary>Latest month after a failure in which a call on a guarantor falls due.</summary>
    public int LatestCall { get; init; } = 4;

    /// <summary>A holder's loan to its company, and a company's deposit with a majority holder, by share of capital.</summary>
    public double HolderLoan { get; init; } = 0.9;

    public double Deposit { get; init; } = 0.8;

    /// <summary>Part of these that is paid back and lent anew each month.</summary>
    public double Turnover { get; init; } = 0.09;

    /// <summary>Part of what is written off of a stake or claim that banks take back of credit lines secured by it.</summary>
    public double LinesCut { get; init; } = 0.7;

    /// <summary>Months a loss is remembered when a failure is explained.</summary>
    public int Memory { get; init; } = 7;
}
