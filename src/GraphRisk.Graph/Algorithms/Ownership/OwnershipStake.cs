using System.Collections.Immutable;

namespace GraphRisk.Graph.Algorithms.Ownership;

/// <summary>What a party owns of a company, directly and through others.</summary>
/// <param name="Holder">Node of the party.</param>
/// <param name="Company">Node of the company.</param>
/// <param name="Share">Part, 0 up; may exceed 1 under <see cref="OwnershipSemantics.Walk"/>.</param>
/// <param name="Lower">The part on the lower bounds of all holdings.</param>
/// <param name="Upper">The part on the upper bounds; null where these diverge or exceed the budget.</param>
/// <param name="Direct">Part held directly, 0 where there is none.</param>
/// <param name="IsUltimate">Nobody is known to hold a part of the holder.</param>
public readonly record struct OwnershipStake(
    int Holder, int Company, double Share, double? Lower, double? Upper, decimal Direct, bool IsUltimate)
{
    /// <summary>The part as a decimal: as it stands where there is nothing but a direct holding, else to 12 digits.</summary>
    public decimal Rounded => Share == (double)Direct ? Direct : LegalThreshold.Round(Share);
}

/// <summary>An answer on ownership with all that must be said beside it.</summary>
/// <param name="Semantics">How chains were added.</param>
/// <param name="Stakes">The stakes, largest first, then by holder and company.</param>
/// <param name="Findings">What is wrong with the statements the answer rests on, and what was refused.</param>
/// <param name="Residual">Largest residual of the linear systems solved; 0 under simple paths.</param>
public sealed record LookThroughAnswer(
    OwnershipSemantics Semantics, ImmutableArray<OwnershipStake> Stakes, ImmutableArray<OwnershipFinding> Findings, double Residual);
