using GraphRisk.Graph.Facts;
using GraphRisk.Graph.Schema;

namespace GraphRisk.Graph.Snapshots;

/// <summary>
/// How a statement on a field ranks among others on it, as one number: reliability first, in thousandths, then, of a figure with a
/// period, that period and the day from which it was published, since an older year corrected later is no news of the younger;
/// of any other the start of validity in milliseconds since year 1.
/// </summary>
internal static class StatementRank
{
    private const int ReliabilityShift = 48;

    /// <summary>The rank of what a fact says of one of its fields.</summary>
    public static long Of(NodeType type, Field field, NodeFact fact) =>
        field.Period is { } period ? OfPeriod(fact, period)
        : type.Fields.Any(other => other.Period == field.Name) ? OfPeriod(fact, field.Name) : Of(fact);

    /// <summary>The rank of what a fact says of fields without a period.</summary>
    public static long Of(Fact fact) => Reliability(fact) + (fact.Validity.From.Ticks / TimeSpan.TicksPerMillisecond);

    /// <summary>The rank of what a fact says of the figures of a period, whose last day is in a field.</summary>
    public static long OfPeriod(NodeFact fact, string period)
    {
        var published = DayOf(fact.Validity.From);
        var until = fact.Properties.TryGet(period, out var day) ? day.AsDate().DayNumber : published;
        return Reliability(fact) + ((long)until << SeriesBuilder.DayBits) + published;
    }

    /// <summary>The reliability in a rank, in thousandths.</summary>
    public static long ReliabilityOf(long rank) => rank >> ReliabilityShift;

    /// <summary>The reliability and the period in the rank of a figure that has one.</summary>
    public static long PeriodOf(long rank) => rank >> SeriesBuilder.DayBits;

    /// <summary>The day of an instant, since year 1.</summary>
    public static int DayOf(DateTimeOffset instant) => DateOnly.FromDateTime(instant.UtcDateTime).DayNumber;

    private static long Reliability(Fact fact) => (long)(fact.Provenance.Reliability * 1000) << ReliabilityShift;
}
