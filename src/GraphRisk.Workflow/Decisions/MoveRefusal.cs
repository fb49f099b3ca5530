namespace GraphRisk.Workflow.Decisions;

/// <summary>Why a move is refused.</summary>
public enum RefusalKind
{
    /// <summary>The state does not lead on by it.</summary>
    State,

    /// <summary>It is not for this part, or not for this person.</summary>
    Part,

    /// <summary>It takes another person, or one who is named.</summary>
    Person,

    /// <summary>It lacks something, or carries something that cannot be.</summary>
    Content,

    /// <summary>The key was used for another move, or the case has moved on since it was looked at.</summary>
    Conflict,
}

/// <summary>A move that is refused.</summary>
/// <param name="Kind">Why, in a word.</param>
/// <param name="State">Where the case stands; null before it was opened.</param>
/// <param name="Move">The move asked for.</param>
/// <param name="Reason">Why, in a sentence.</param>
/// <param name="Field">The field that is meant; null where none is.</param>
public sealed record MoveRefusal(RefusalKind Kind, string? State, string Move, string Reason, string? Field = null);

/// <summary>What becomes of a move asked for: made anew, the one made before under its key, or refused.</summary>
/// <param name="Made">The move; null where it is refused.</param>
/// <param name="IsNew">Whether it was not made before.</param>
/// <param name="Refusal">Why it is not made; null where it is.</param>
public sealed record MoveDecision(MadeMove? Made, bool IsNew, MoveRefusal? Refusal);
