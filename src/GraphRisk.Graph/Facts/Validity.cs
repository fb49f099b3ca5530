namespace GraphRisk.Graph.Facts;

/// <summary>When a fact holds in the world: from an instant, inclusive, to another, exclusive. Both are UTC, cut to the millisecond.</summary>
/// <param name="From">Inclusive; <see cref="DateTimeOffset.MinValue"/> where it has always held.</param>
/// <param name="To">Exclusive; <see cref="DateTimeOffset.MaxValue"/> where no end is known.</param>
public readonly record struct Validity(DateTimeOffset From, DateTimeOffset To)
{
    public DateTimeOffset From { get; init; } = Cut(From);

    public DateTimeOffset To { get; init; } = Cut(To);

    /// <summary>Holds always.</summary>
    public static Validity Always { get; } = new(DateTimeOffset.MinValue, DateTimeOffset.MaxValue);

    /// <summary>Holds from the start of a day on.</summary>
    public static Validity Since(DateOnly day) => new(StartOf(day), DateTimeOffset.MaxValue);

    /// <summary>Holds from the start of a day, inclusive, to the start of another, exclusive; null where it is open.</summary>
    public static Validity Between(DateOnly? from, DateOnly? to) => new(
        from is { } first ? StartOf(first) : DateTimeOffset.MinValue,
        to is { } last ? StartOf(last) : DateTimeOffset.MaxValue);

    /// <summary>Whether the fact holds at the instant.</summary>
    public bool Contains(DateTimeOffset instant) => From <= instant && instant < To;

    /// <summary>The first instant of a day, in UTC.</summary>
    public static DateTimeOffset StartOf(DateOnly day) => new(day.ToDateTime(TimeOnly.MinValue), TimeSpan.Zero);

    /// <summary>The last instant of a day, which is what an as-of date means: everything that began on the day counts.</summary>
    public static DateTimeOffset CloseOf(DateOnly day) => StartOf(day).AddMilliseconds(86_400_000 - 1);

    /// <summary>An instant at which everything that was ever filed has begun, and of what ended nothing holds.</summary>
    public static DateTimeOffset EndOfTime { get; } = CloseOf(new DateOnly(9999, 12, 30));

    private static DateTimeOffset Cut(DateTimeOffset instant) =>
        instant == DateTimeOffset.MinValue || instant == DateTimeOffset.MaxValue
            ? instant
            : DateTimeOffset.FromUnixTimeMilliseconds(instant.ToUnixTimeMilliseconds());
}
