namespace GraphRisk.Disclosure.Scores;

/// <summary>What a reason does to a score, as coarsely as it may be told where its points would carry a figure.</summary>
public enum Effect
{
    LowersStrongly,
    Lowers,
    Hardly,
    Lifts,
    LiftsStrongly,
}

/// <summary>The classes of points. The same for everyone and every quarter.</summary>
public static class Effects
{
    /// <summary>Points below which a reason hardly moves the score.</summary>
    public const double Slight = 1;

    /// <summary>Points from which on it moves it strongly.</summary>
    public const double Strong = 15;

    public static Effect Of(double points) => points switch
    {
        <= -Strong => Effect.LowersStrongly,
        <= -Slight => Effect.Lowers,
        < Slight => Effect.Hardly,
        < Strong => Effect.Lifts,
        _ => Effect.LiftsStrongly,
    };

    /// <summary>How far it moves the score: 0 hardly, 1, 2 strongly.</summary>
    public static int Weight(Effect effect) => effect switch
    {
        Effect.Hardly => 0,
        Effect.Lowers or Effect.Lifts => 1,
        _ => 2,
    };
}
