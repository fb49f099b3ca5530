namespace GraphRisk.Intake.Resolution.Review;

/// <summary>Why a review was refused.</summary>
public enum ReviewRefusal
{
    /// <summary>A record is not in the store, or is no party.</summary>
    UnknownParty,

    /// <summary>The two ends are the same record, or a person and a company.</summary>
    NotComparable,

    /// <summary>There is no judgement on the pair that could be revoked.</summary>
    NothingToRevoke,

    /// <summary>Another person's standing judgements say the opposite; they have to be revoked first.</summary>
    Conflict,
}

/// <summary>A person's judgement was not filed; the store is unchanged.</summary>
public sealed class ReviewRefusedException(ReviewRefusal refusal, string message) : Exception(message)
{
    /// <summary>Why.</summary>
    public ReviewRefusal Refusal { get; } = refusal;
}
