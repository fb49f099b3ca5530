using GraphRisk.Graph.Facts;
using GraphRisk.Graph.Snapshots;
using GraphRisk.Scoring.Labels;

namespace GraphRisk.Cli.Composition;

/// <summary>The last day the sources speak of: what an answer without as-of is about.</summary>
internal static class LastDay
{
    /// <summary>As of when everything the store holds has begun.</summary>
    public static DateTimeOffset Everything { get; } = Validity.CloseOf(new DateOnly(9999, 12, 30));

    /// <summary>Day of the last statement or credit event; null where the store knows no contract.</summary>
    public static async ValueTask<DateOnly?> FindAsync(SnapshotProvider snapshots, CancellationToken cancellation) =>
        ObservationPeriod.Find(await snapshots.GetAsync(Everything, cancellation: cancellation))?.Last;
}
