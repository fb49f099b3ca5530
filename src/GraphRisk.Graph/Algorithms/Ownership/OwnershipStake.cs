using System.Collections.Immutable;

namespace GraphRisk.Graph.Algorithms.Ownership;

/// <summary>What a party owns of a company, directly and through others.</summary>
/// <param name="Holder">Node of the party.</param>
/// <param name="Company">Node of the company.</param>
/// <param name="Share">Part, 0 up; may exceed 1 under <see cref="OwnershipSemantics.Walk"/>.</param>
/// <param name="Lower">The part on the lower bounds of all holdings.</param>
/// <param name="Upper">The part on the upper bounds, with what chains not counted may add; null where nothing bounds it.</param>
/// <param name="Direct">Part held directly, 0 where there is none.</param>
/// <param name="IsUltimate">Nobody is known to hold a part of the holder.</param>
public readonly record struct OwnershipStake(
    int Holder, int Company, double Share, double? Lower, double? Upper, decimal Direct, bool IsUltimate)
{
    /// <summary>What simple paths that were not counted may add to the part at most; 0 where all were, null where nothing bounds it.</summary>
    public double? Remainder { get; init; } = 0;

    /// <summary>The part as a decimal: as it stands where there is nothing but a direct holding, else to 12 digits.</summary>
    public decimal Rounded => Share == (double)Direct ? Direct : LegalThreshold.Round(Share);
}

/// <summary>An answer on ownership with all that must be said beside it.</summary>
/// <param name="Semantics">How chains were added.</param>
/// <param name="Stakes">The stakes, largest first, then by holder and company.</param>
/// <param name="Findings">What is wrong with the statements the answer rests on, and what was refused.</param>
/// <param name="Residual">Largest residual of the linear systems solved; 0 under simple paths.</param>
public sealed record LookThroughAnswer(
    OwnershipSemantics Semantics, ImmutableArray<OwnershipStake> Stakes, ImmutableArray<OwnershipFinding> Findings, double Residual)
{
    /// <summary>What of the company asked about is nobody's by any certain statement; null where a holder, or more than one company, is asked about.</summary>
    public UnstatedPart? Unstated { get; init; }
}

/// <summary>The part of a company's equity that no statement gives to anybody for certain.</summary>
/// <param name="Company">Node of the company.</param>
/// <param name="Least">What belongs to parties that no statement names, at least.</param>
/// <param name="Most">What is not certainly anybody's: the whole less the lower ends of all holdings.</param>
/// <param name="Holders">Nodes of those who may hold some of it, by ranges or holdings without a number, ascending.</param>
public sealed record UnstatedPart(int Company, decimal Least, decimal Most, ImmutableArray<int> Holders)
{
    /// <summary>The part of one company.</summary>
    public static UnstatedPart Of(HoldingGraph holdings, int company)
    {
        var (certain, possible, holders) = (0m, 0m, ImmutableArray.CreateBuilder<int>());
        foreach (var edge in holdings.EdgesInto(company))
        {
            var (holder, equity) = (holdings[edge].Holder, holdings[edge].Equity);
            certain += equity.Lower;
            possible += equity.Upper;
            if (!equity.IsExact) holders.Add(holder);
        }

        return new UnstatedPart(company, Math.Max(0, 1 - possible), Math.Max(0, 1 - certain), holders.ToImmutable());
    }
}
