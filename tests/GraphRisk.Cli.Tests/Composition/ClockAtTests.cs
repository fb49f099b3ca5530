using System.Globalization;
using GraphRisk.Cli.Composition;

namespace GraphRisk.Cli.Tests.Composition;

public sealed class ClockAtTests
{
    private static readonly DateOnly Day = new(2025, 9, 30);

    [TestCase("2026-11-30T09:00:00Z", "2025-09-30T10:00:00Z")]
    [TestCase("2025-09-30T02:00:00Z", "2025-09-30T02:00:00Z")]
    public void ARoundIsMadeInTheEveningOfItsDayAndNeverLaterThanNow(string now, string stands)
    {
        var clock = ClockAt.EveningOf(Day, new ClockAt(DateTimeOffset.Parse(now, CultureInfo.InvariantCulture), TimeProvider.System));
        Assert.That(clock.GetUtcNow(), Is.EqualTo(DateTimeOffset.Parse(stands, CultureInfo.InvariantCulture)));
    }
}
