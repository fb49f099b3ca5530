namespace GraphRisk.Scoring.Training.Leaks;

/// <summary>How a training set can know what it is to foresee.</summary>
public enum LeakKind
{
    /// <summary>A value, or who is observed at all, rests on what happened after the quarter's day.</summary>
    AfterItsDay,

    /// <summary>A value rests on what became known after the instant whose knowledge the quarter may use: restated accounts, later judgements.</summary>
    KnownLater,

    /// <summary>A value tells the client's own outcome: it moves with what became of the client, or all but determines it.</summary>
    Outcome,

    /// <summary>A value tells the outcome of a client's neighbour.</summary>
    Neighbourhood,

    /// <summary>One client, or one that is kept under several ids, stands on both sides of a split.</summary>
    BothSides,

    /// <summary>Outcomes that teach reach into the time that tests.</summary>
    Horizon,
}

/// <summary>A leak that was found.</summary>
/// <param name="Kind">What kind.</param>
/// <param name="Feature">The feature; the rows, where it is none's.</param>
/// <param name="Evidence">What shows it, with figures.</param>
public sealed record Leak(LeakKind Kind, string Feature, string Evidence)
{
    private static readonly Dictionary<LeakKind, string> Words = new()
    {
        [LeakKind.AfterItsDay] = "sees what happened after its day",
        [LeakKind.KnownLater] = "sees what became known later",
        [LeakKind.Outcome] = "tells the outcome itself",
        [LeakKind.Neighbourhood] = "tells the outcome of a neighbour",
        [LeakKind.BothSides] = "stand on both sides of the split",
        [LeakKind.Horizon] = "overlap in time",
    };

    /// <summary>The leak in a sentence without its full stop.</summary>
    public override string ToString() => $"{Feature} {Words[Kind]}: {Evidence}";
}

/// <summary>A training set leaks, so no model is made of it.</summary>
public sealed class LeakException(IReadOnlyList<Leak> leaks) : Exception($"the training set leaks, and no model is made of it: {string.Join("; ", leaks.Take(MostTold))}{(leaks.Count > MostTold ? $"; and {leaks.Count - MostTold} more" : "")}")
{
    private const int MostTold = 10;

    /// <summary>Every leak that was found.</summary>
    public IReadOnlyList<Leak> Leaks => leaks;
}

/// <summary>What was checked before a model was made, and what a reader should know though it refuses nothing.</summary>
/// <param name="Quarters">Quarters whose rows were computed again from the store with everything later taken out; none where no store was at hand.</param>
/// <param name="Rows">How many of their rows.</param>
/// <param name="Named">What is suspect, or was mended.</param>
public sealed record LeakAudit(IReadOnlyList<DateOnly> Quarters, int Rows, IReadOnlyList<Leak> Named)
{
    /// <summary>Nothing was computed again.</summary>
    public static LeakAudit None { get; } = new([], 0, []);
}
