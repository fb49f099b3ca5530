using GraphRisk.Graph.Facts;

namespace GraphRisk.Stores.Neo4j.Layout;

/// <summary>One recording of a fact.</summary>
/// <param name="Fact">What was recorded.</param>
/// <param name="Id">Id of the fact.</param>
/// <param name="Sequence">Position among all recordings.</param>
/// <param name="First">Position of the first recording of the fact.</param>
/// <param name="Version">Version that recorded it.</param>
internal sealed record Recording(Fact Fact, FactId Id, long Sequence, long First, long Version)
{
    /// <summary>Whether another recording of the same fact says the same.</summary>
    public bool SaysTheSameAs(Recording other) =>
        Fact.Validity.To == other.Fact.Validity.To && Fact.Provenance == other.Fact.Provenance && Fact.Properties.Equals(other.Fact.Properties);

    /// <summary>An instant as milliseconds since 1970; the smallest and the greatest number where there is no bound.</summary>
    public static long Milliseconds(DateTimeOffset instant) =>
        instant == DateTimeOffset.MinValue ? long.MinValue
        : instant == DateTimeOffset.MaxValue ? long.MaxValue
        : instant.ToUnixTimeMilliseconds();

    /// <summary>An instant from milliseconds since 1970.</summary>
    public static DateTimeOffset Instant(long milliseconds) => milliseconds switch
    {
        long.MinValue => DateTimeOffset.MinValue,
        long.MaxValue => DateTimeOffset.MaxValue,
        _ => DateTimeOffset.FromUnixTimeMilliseconds(milliseconds),
    };
}
