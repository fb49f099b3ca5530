namespace GraphRisk.Scoring.Registry;

/// <summary>Where a model stands.</summary>
public enum ModelState
{
    /// <summary>Proposed: it may be scored with beside the champion, and may become it.</summary>
    Challenger,

    /// <summary>In service; there is one, or none while nothing was trained.</summary>
    Champion,

    /// <summary>Out of use; its scores can still be computed again.</summary>
    Retired,
}

/// <summary>What can be decided of a model.</summary>
public enum ModelAct
{
    /// <summary>It was trained and put on the shelf.</summary>
    Train,

    /// <summary>It is taken into use, provisionally, since there is no champion.</summary>
    TakeIntoUse,

    /// <summary>One person asks that it become champion.</summary>
    ProposePromotion,

    /// <summary>Another person agrees.</summary>
    Promote,

    /// <summary>One person asks that a former champion come back.</summary>
    ProposeRollback,

    /// <summary>Another person agrees.</summary>
    RollBack,

    /// <summary>It is taken out of use.</summary>
    Retire,
}

/// <summary>A recorded decision.</summary>
/// <param name="At">When.</param>
/// <param name="Act">What.</param>
/// <param name="Version">Of which model.</param>
/// <param name="By">Who decided.</param>
/// <param name="Reason">Why.</param>
/// <param name="Report">SHA-256 of the validation report it rests on: the model's card.</param>
/// <param name="ProposedBy">Who proposed what is agreed to; null where one person decides.</param>
public sealed record ModelDecision(
    DateTimeOffset At, ModelAct Act, string Version, string By, string Reason, string Report, string? ProposedBy = null)
{
    /// <summary>How the model did beside the champion, of a promotion or its proposal; null where they were not judged.</summary>
    public PairedJudgement? Judgement { get; init; }

    /// <summary>Why it is promoted though it is worse, or was not judged; null where nothing stands against it.</summary>
    public string? Override { get; init; }
}

/// <summary>Who decides, when and why.</summary>
public sealed record ModelVerdict(string By, string Reason, DateTimeOffset At)
{
    /// <summary>What a promotion rests on.</summary>
    public PairedJudgement? Judgement { get; init; }

    /// <summary>Why a promotion is right though the figures are against it, or are not there.</summary>
    public string? Override { get; init; }
}
