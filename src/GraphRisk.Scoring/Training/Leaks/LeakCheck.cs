using System.Globalization;
using GraphRisk.Market;
using GraphRisk.Scoring.Features;
using GraphRisk.Scoring.Trees;

namespace GraphRisk.Scoring.Training.Leaks;

/// <summary>
/// Looks for leaks by computing rows again, exactly: for some quarters a snapshot is made straight from the store without what came later
/// (<see cref="LaterFacts"/>), and the panel's own rows must come out of it: the same clients, the same values but for the rounding of sums.
/// So whatever let the future in, a feature, a cache or a loader, shows, with small data as with large; and no honest set is refused.
/// <para>
/// Of what kind a difference is, is found by a second look. Values that agree with the latest knowledge of the same day are those of restated
/// accounts or later judgements. Values that differ for those who turned out bad tell the outcome; for those exposed to them, a
/// neighbour's. All else saw what happened after its day.
/// </para>
/// Cost: a snapshot and some hundred rows per quarter looked at: one of those that teach and one that tests, and others while the
/// store is small (<see cref="MostNodes"/>). Which, is drawn by the seed.
/// </summary>
internal static class LeakCheck
{
    /// <summary>Nodes of all snapshots made, beyond which no third quarter is looked at.</summary>
    private const int MostNodes = 60_000;

    private const double Nearly = 0.8;

    /// <summary>What was looked at.</summary>
    /// <exception cref="LeakException">A value, or who is observed, rests on what came later.</exception>
    internal static async ValueTask<LeakAudit> RunAsync(
        Panel panel, FeatureMatrix matrix, TrainingPlan plan, TrainingHistory history, int seed, CancellationToken cancellation)
    {
        if (history.Store is null) return LeakAudit.None;
        var random = new Random(seed);
        var (days, rows, leaks) = (Draw(plan, history.Latest.Nodes.Count, random), 0, new List<Leak>());
        foreach (var day in days)
        {
            cancellation.ThrowIfCancellationRequested();
            var reading = await ReadAsync(history, day, history.KnownAt(day), cancellation);
            var (found, compared) = QuarterDifferences.Of(
                panel, matrix, FeatureSet.Open(reading), nodes => WitnessedRows.Draw(panel, nodes, reading, random));
            rows += compared.Rows.Length;
            if (found.IsNone) continue;
            var later = QuarterDifferences.Of(
                panel, matrix, FeatureSet.Open(await ReadAsync(history, day, history.Latest.Stamp.KnownAt, cancellation)), _ => compared).Found;
            leaks.AddRange(Name(panel, matrix, day, compared, found, later));
        }

        return leaks.Count > 0 ? throw new LeakException([.. leaks.DistinctBy(leak => (leak.Feature, leak.Kind))]) : new LeakAudit([.. days.Order()], rows, []);
    }

    private static async ValueTask<MarketReading> ReadAsync(TrainingHistory history, DateOnly day, DateTimeOffset knownAt, CancellationToken cancellation) =>
        new(await LaterFacts.RemovedAsync(history.Store!, day, knownAt, cancellation));

    private static List<DateOnly> Draw(TrainingPlan plan, int nodes, Random random)
    {
        DateOnly[] train = [.. plan.Train], test = [.. plan.Test];
        random.Shuffle(train);
        random.Shuffle(test);
        return [train[0], test[0], .. train[1..].Concat(test[1..]).Take(Math.Max(0, MostNodes / Math.Max(1, nodes) - 2))];
    }

    private static IEnumerable<Leak> Name(
        Panel panel, FeatureMatrix matrix, DateOnly day, WitnessedRows compared, QuarterDifferences found, QuarterDifferences later)
    {
        if (found.Unlike > 0)
        {
            yield return new Leak(later.Unlike * 2 < found.Unlike ? LeakKind.KnownLater : LeakKind.AfterItsDay, "who is observed", string.Create(
                CultureInfo.InvariantCulture,
                $"{day:yyyy-MM-dd}: {found.Unlike} of {panel.Observations.Count(row => row.AsOf == day)} clients are at risk, or not, by what came later"));
        }

        for (var column = 0; column < found.ByColumn.Length; column++)
        {
            if (found.ByColumn[column] is not [var example, ..] differing) continue;
            var bad = differing.Count(one => one.Position < compared.Bad);
            var tied = differing.Count(one => one.Position >= compared.Bad && one.Position < compared.Bad + compared.Tied);
            var kind = later.ByColumn[column].Count * 2 < differing.Count ? LeakKind.KnownLater : KindOf(compared, differing.Count, bad, tied);
            yield return new Leak(kind, FeatureSet.Features[column].Name, string.Create(
                CultureInfo.InvariantCulture,
                $"{day:yyyy-MM-dd}: {differing.Count} of {compared.Rows.Length} rows differ when computed again without it, {bad} of {compared.Bad} that turned out bad and {tied} of {compared.Tied} exposed to one; such as {matrix[compared.Rows[example.Position], column]:R} for {example.Other:R}"));
        }
    }

    /// <summary>Whether the rows that differ are those of an outcome, and whose, though the rows compared are mostly others.</summary>
    private static LeakKind KindOf(WitnessedRows compared, int differing, int bad, int tied)
    {
        bool IsNearlyAll(int these, int of) => these >= Nearly * differing && of < Nearly * Nearly * compared.Rows.Length;
        if (IsNearlyAll(bad, compared.Bad)) return LeakKind.Outcome;
        return IsNearlyAll(bad + tied, compared.Bad + compared.Tied) ? LeakKind.Neighbourhood : LeakKind.AfterItsDay;
    }
}
