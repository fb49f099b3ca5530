using System.Collections.Immutable;

namespace GraphRisk.Graph.Algorithms.Ownership.Registers;

/// <summary>Which pairs of a whole register are wanted.</summary>
/// <param name="Semantics">How chains add up.</param>
/// <param name="Threshold">The part from which a pair is told; 0 tells every pair with a part.</param>
/// <param name="IsStrict">A part equal to the threshold is not enough.</param>
/// <param name="SelfPairs">Whether what a company owns of itself is told, under <see cref="OwnershipSemantics.Walk"/>.</param>
public sealed record RegisterQuestion(OwnershipSemantics Semantics, decimal Threshold, bool IsStrict = false, bool SelfPairs = false)
{
    /// <summary>Which end of a part must reach the threshold, where holdings are known by bounds.</summary>
    public ShareBound Bound { get; init; } = ShareBound.Stated;

    /// <summary>The same asked of one company.</summary>
    public LookThroughQuestion OfOne => new(Semantics)
    {
        Threshold = Threshold, Operator = IsStrict ? ThresholdOperator.Above : ThresholdOperator.AtLeast, SelfPairs = SelfPairs, Bound = Bound,
    };

    /// <summary>Whether a part that is known exactly is enough.</summary>
    public bool IsReachedBy(decimal share) => share > 0 && (IsStrict ? share > Threshold : share >= Threshold);
}

/// <summary>A party and a company of which it owns enough.</summary>
/// <param name="Holder">Node of the party.</param>
/// <param name="Company">Node of the company.</param>
/// <param name="Share">The part.</param>
/// <param name="Lower">The part on the lower bounds of all holdings; the part itself where all are known.</param>
/// <param name="Upper">The part on the upper bounds; null where these diverge or exceed the budget.</param>
public readonly record struct OwnershipPair(int Holder, int Company, double Share, double? Lower, double? Upper)
{
    /// <summary>Whether the bounds leave nothing open.</summary>
    public bool IsExact => Lower == Share && Upper == Share;
}

/// <summary>The pairs of a register.</summary>
/// <param name="Pairs">By company, then holder.</param>
/// <param name="Findings">What is wrong with the register, by company, then what was refused.</param>
/// <param name="Swept">Holders whose holdings were followed; the others cannot own enough of anything.</param>
/// <param name="Asked">Companies that were asked about one by one.</param>
public sealed record RegisterAnswer(ImmutableArray<OwnershipPair> Pairs, ImmutableArray<OwnershipFinding> Findings, int Swept, int Asked);
