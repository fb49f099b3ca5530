using GraphRisk.Simulation.Community;

namespace GraphRisk.Simulation.Credit;

/// <summary>A default or forced liquidation, with what caused it.</summary>
/// <param name="Contract">Null for a company that failed outside the market.</param>
/// <param name="Worst">The neighbour whose failure weighed most, dated; null where none is to blame.</param>
public sealed record Outcome(
    Party Party, CreditContract? Contract, bool Liquidated, DateOnly Day, Cause Cause, Loads Loads, Blame? Worst, double Unpaid);
