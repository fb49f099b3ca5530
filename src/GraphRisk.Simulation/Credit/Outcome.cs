using GraphRisk.Simulation.Community;

namespace GraphRisk.Simulation.Credit;

/// <summary>A default or forced liquidation, with what caused it.</summary>
/// <param name="Contract">Null for a company that failed outside the market.</param>
public sealed record Outcome(
    Party Party, CreditContract? Contract, bool Liquidated, DateOnly Day, Cause Cause, Intensity Intensity, double Unpaid);
