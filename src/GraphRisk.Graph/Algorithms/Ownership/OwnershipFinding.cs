using System.Collections.Immutable;

namespace GraphRisk.Graph.Algorithms.Ownership;

/// <summary>What kind of thing is wrong with an answer on ownership.</summary>
public enum OwnershipFindingKind
{
    /// <summary>The parts of a company add to more than the whole; they are used as stated.</summary>
    SharesAboveOne,

    /// <summary>A holding has neither a share nor a bound; it counts as nothing, at most as what the others leave.</summary>
    ShareUnknown,

    /// <summary>An indirect holding is stated and no chain of direct ones leads there; it is not counted.</summary>
    ChainUnknown,

    /// <summary>An arrangement holds for nobody who is named; it stands for itself.</summary>
    ArrangementUnknown,

    /// <summary>An arrangement holds for several, whose parts are not stated; equal ones are the best guess.</summary>
    ArrangementShared,

    /// <summary>Equally reliable sources state a holding differently; the one whose statement is of the latest day is used.</summary>
    SourcesDisagree,

    /// <summary>Of some companies it was not looked whether sources state their holdings differently.</summary>
    SourcesNotCompared,

    /// <summary>Companies that own each other so fully that the sum over all chains has no end; what depends on them is refused.</summary>
    WalkDiverges,

    /// <summary>The same for the upper bounds; the bounds that depend on them are left out.</summary>
    UpperBoundDiverges,

    /// <summary>More simple paths than the budget allows; the largest are counted, and stakes say what the others may add.</summary>
    PathBudgetExceeded,

    /// <summary>Sums so near to the threshold that rounding, or chains not counted, would decide; they count by what was counted.</summary>
    ThresholdUndecided,

    /// <summary>A part of the company is nobody's by any certain statement; whoever holds it is in no verdict.</summary>
    PartUnstated,

    /// <summary>The solution leaves a residual above the limit; the whole answer is refused.</summary>
    ResidualTooLarge,
}

/// <summary>Something an answer on ownership must say beside its numbers.</summary>
/// <param name="Kind">What is wrong.</param>
/// <param name="Companies">Nodes concerned, ascending.</param>
/// <param name="Amount">The number that is wrong, such as the sum of the parts; null where there is none.</param>
/// <param name="Detail">What is wrong, in a sentence without names.</param>
public sealed record OwnershipFinding(OwnershipFindingKind Kind, ImmutableArray<int> Companies, decimal? Amount, string Detail)
{
    /// <summary>Nodes of the holders concerned, ascending, where it is about some.</summary>
    public ImmutableArray<int> Holders { get; init; } = [];
}
