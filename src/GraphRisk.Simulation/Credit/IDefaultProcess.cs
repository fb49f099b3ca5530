using GraphRisk.Simulation.Community;

namespace GraphRisk.Simulation.Credit;

/// <summary>A margin call of the month: what must be paid to bring the ratio back.</summary>
/// <param name="CalledOn">First trading day at or below the line.</param>
/// <param name="PaidOn">The day by which it must be met.</param>
/// <param name="Restore">Ratio to be restored.</param>
/// <param name="Missing">Cash that restores it, yuan; 0 where prices have done so.</param>
public readonly record struct MarginCall(int CalledOn, int PaidOn, double Restore, double Missing);

/// <summary>A debtor that may default this month.</summary>
/// <param name="Contract">Null for a company that owes outside the market only.</param>
/// <param name="Path">What the month did to the contract; without one it says nothing.</param>
public sealed record Exposure(Debtor Debtor, CreditContract? Contract, MonthPath Path, MarginCall? Call);

/// <summary>The neighbour whose failure weighed most.</summary>
/// <param name="FailedOn">Null where it fails this very month.</param>
/// <param name="Part">Of all loads of the debtor, 0 to 1.</param>
public sealed record Blame(Party Neighbour, DateOnly? FailedOn, double Part);

/// <summary>What a month decides about one debtor.</summary>
/// <param name="Loads">What weighs on it.</param>
/// <param name="Expected">Its part in the month's mean intensities: the chance by cause before it is drawn, or, where nothing is drawn, what happened.</param>
/// <param name="Cause">The cause that struck, where it fails.</param>
/// <param name="Worst">Null where no neighbour is to blame.</param>
/// <param name="Late">Chance of falling behind with a payment, where it does not fail.</param>
/// <param name="Round">Failures of a later round come of those of earlier ones and never on an earlier day.</param>
public sealed record Fate(bool Fails, Loads Loads, Loads Expected, Cause Cause, Blame? Worst, double Late, int Round);

/// <summary>Decides who defaults. A month is decided for all debtors at once, then lived through; failures are told as they are dated.</summary>
public interface IDefaultProcess
{
    /// <param name="month">Months come in order, each once.</param>
    /// <returns>A fate per exposure, in the same order.</returns>
    IReadOnlyList<Fate> Decide(int month, IReadOnlyList<Exposure> exposed);

    /// <summary>A debtor failed; what that does to others takes effect from the next month on.</summary>
    void Spread(Debtor failed, DateOnly day, int month);
}
