namespace GraphRisk.Cli.Composition;

/// <summary>A clock that stands at an instant; durations run on.</summary>
/// <param name="instant">The instant.</param>
/// <param name="running">The clock by which durations run.</param>
internal sealed class ClockAt(DateTimeOffset instant, TimeProvider running) : TimeProvider
{
    private static readonly TimeSpan Beijing = TimeSpan.FromHours(8);

    public override long TimestampFrequency => running.TimestampFrequency;

    /// <summary>A clock that stands at the evening of a day in Beijing, when its round is made; where that is still to come, at the present.</summary>
    /// <param name="day">The day.</param>
    /// <param name="running">The real clock.</param>
    public static ClockAt EveningOf(DateOnly day, TimeProvider running) =>
        new(new DateTimeOffset(day.ToDateTime(new TimeOnly(18, 0)), Beijing) is var evening && evening < running.GetUtcNow() ? evening.ToUniversalTime() : running.GetUtcNow(), running);

    public override DateTimeOffset GetUtcNow() => instant;

    public override long GetTimestamp() => running.GetTimestamp();
}
