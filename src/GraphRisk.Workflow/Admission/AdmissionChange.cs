using GraphRisk.Graph.Facts;

namespace GraphRisk.Workflow.Admission;

/// <summary>What a client can change about an application. Age, sex, region and the like are no levers.</summary>
public enum AdmissionLever
{
    /// <summary>Ask for less.</summary>
    SmallerLine,

    /// <summary>Ask for more, where the amount is below the least.</summary>
    LargerLine,

    /// <summary>Ask for a shorter term.</summary>
    ShorterTerm,

    /// <summary>Offer more of a security that is offered, or as much, brought anew.</summary>
    MoreCollateral,

    /// <summary>Offer less of a security, or none of it.</summary>
    LessCollateral,

    /// <summary>Bring and offer another share in place of all that is offered.</summary>
    OtherCollateral,

    /// <summary>Find a guarantor of a better grade.</summary>
    BetterGuarantor,

    /// <summary>Bring assets to the broker.</summary>
    MoreAssets,

    /// <summary>Apply later.</summary>
    Wait,
}

/// <summary>The smallest change of its kind after which the application is admitted as asked for.</summary>
/// <param name="Lever">Its kind.</param>
/// <param name="Then">The recommendation after it.</param>
public sealed record AdmissionChange(AdmissionLever Lever, AdmissionRecommendation Then)
{
    /// <summary>Yuan: the amount to ask for, the value of the other share, the assets to bring; null for the other kinds.</summary>
    public decimal? Amount { get; init; }

    /// <summary>The security of which more or less is offered.</summary>
    public NodeId? Security { get; init; }

    /// <summary>How many of it to offer in all: what is offered and a multiple of <see cref="SmallestChanges.Lot"/>, or a multiple of it below that.</summary>
    public decimal? Quantity { get; init; }

    /// <summary>The least grade of the guarantor.</summary>
    public string? Grade { get; init; }

    /// <summary>First day on which to apply, or last one on which to repay.</summary>
    public DateOnly? Day { get; init; }
}
