using System.Collections.Immutable;
using GraphRisk.Intake.Resolution.Ledger;

namespace GraphRisk.Intake.Resolution.Decision;

/// <summary>What is said of two records.</summary>
/// <param name="Verdict">The verdict; null where there is nothing worth filing.</param>
/// <param name="Score">Probability that they are one party, 0 to 1, four digits.</param>
/// <param name="Bits">The odds of it, base-two logarithm, two digits.</param>
public readonly record struct PairDecision(Verdict? Verdict, decimal Score, decimal Bits);

/// <summary>Why, for the ledger.</summary>
/// <param name="Judge">Name of the model with what speaks for one party.</param>
/// <param name="Reasons">One step a line, as <see cref="ReasonLine"/>; their bits add up to those of the decision.</param>
public sealed record PairExplanation(string Judge, ImmutableArray<string> Reasons);
