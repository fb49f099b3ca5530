namespace GraphRisk.Scoring.Models;

/// <summary>What a model makes of a value that is not known (NaN).</summary>
public enum UnknownTreatment
{
    /// <summary>It counts as the average of the training rows: it moves no margin and gives no reason.</summary>
    Average,

    /// <summary>
    /// What unknown values meant among the training rows was learned. The parts of all unknown inputs are told together
    /// (<see cref="Contributions.NotKnown"/>), since none of them says anything of the client by itself.
    /// </summary>
    LearnedAndToldTogether,
}

/// <summary>What a model makes of plus and minus infinity, such as a ratio to a debt that does not exist.</summary>
public enum InfiniteTreatment
{
    /// <summary>It lies beyond every border the model draws.</summary>
    BeyondEveryBorder,

    /// <summary>It counts as the greatest or least value of the training rows.</summary>
    LikeTheExtremeSeen,
}

/// <summary>How a model splits its margin into contributions.</summary>
/// <param name="Name">Name of the method, as papers call it.</param>
/// <param name="IsExact">Whether the contributions are the method's own values, not an estimate of them.</param>
public sealed record ContributionMethod(string Name, bool IsExact);

/// <summary>What a reader of a model's answers must know of it.</summary>
/// <param name="Unknown">What it makes of NaN.</param>
/// <param name="Infinite">What it makes of infinity.</param>
/// <param name="IsMonotone">Whether the directions of its inputs are kept exactly, wherever it is asked.</param>
/// <param name="Contributions">How the margin is split.</param>
public sealed record ModelTraits(
    UnknownTreatment Unknown, InfiniteTreatment Infinite, bool IsMonotone, ContributionMethod Contributions);
