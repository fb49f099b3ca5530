using System.Collections.Immutable;
using GraphRisk.Intake.Resolution.Blocking;
using GraphRisk.Intake.Resolution.Ledger;
using GraphRisk.Intake.Resolution.Records;

namespace GraphRisk.Intake.Resolution.Decision;

/// <summary>What a judge says of two records.</summary>
/// <param name="Verdict">The verdict; null where there is nothing worth filing.</param>
/// <param name="Score">0 to 1.</param>
public readonly record struct PairDecision(Verdict? Verdict, decimal Score);

/// <summary>Why, for the ledger.</summary>
/// <param name="Judge">Name of the rule with its version, or a model's.</param>
/// <param name="Reasons">One reason a line, each with its evidence.</param>
public sealed record PairExplanation(string Judge, ImmutableArray<string> Reasons);

/// <summary>
/// Decides on pairs of records that share a block. Rules do it today; a model with probabilities takes the same place.
/// Pure and thread-safe: the same records give the same answer.
/// </summary>
public interface IPairJudge
{
    /// <summary>Verdict and score. Called for millions of pairs, so it builds no text.</summary>
    PairDecision Judge(PartyRecord left, PartyRecord right, SharedValues shared);

    /// <summary>The reasons of the same decision.</summary>
    PairExplanation Explain(PartyRecord left, PartyRecord right, SharedValues shared);

    /// <summary>Why two records cannot be one party, whatever else they share; null where nothing contradicts.</summary>
    string? Contradiction(PartyRecord left, PartyRecord right);
}
