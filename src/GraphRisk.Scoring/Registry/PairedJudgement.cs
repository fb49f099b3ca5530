using GraphRisk.Market;
using GraphRisk.Scoring.Features;
using GraphRisk.Scoring.Metrics;
using GraphRisk.Scoring.Models;
using GraphRisk.Scoring.Training;
using GraphRisk.Scoring.Trees;

namespace GraphRisk.Scoring.Registry;

/// <summary>
/// A challenger and the champion judged on the same rows: clients at risk on quarters after all that either was taught on, each with the
/// probability the model would have served and what became of the client. Intervals are of the difference, 95%.
/// </summary>
/// <param name="Champion">Version of the champion.</param>
/// <param name="Quarters">The quarters, ascending.</param>
/// <param name="Rows">Client-quarters.</param>
/// <param name="Bad">How many of them defaulted within the horizon.</param>
/// <param name="Auc">Of the challenger.</param>
/// <param name="ChampionAuc">Of the champion.</param>
/// <param name="AucGain">How much greater the challenger's is (DeLong, paired).</param>
/// <param name="Brier">Of the challenger.</param>
/// <param name="ChampionBrier">Of the champion.</param>
/// <param name="BrierGain">How much smaller the challenger's is; rows of one client count together, since its quarters resemble each other.</param>
public sealed record PairedJudgement(
    string Champion, IReadOnlyList<DateOnly> Quarters, int Rows, int Bad,
    double Auc, double ChampionAuc, Interval AucGain, double Brier, double ChampionBrier, Interval BrierGain)
{
    private const double Normal95 = 1.959963984540054;
    private const int LeastOfEach = 2;

    /// <summary>Whether the challenger ranks or foresees worse beyond chance.</summary>
    public bool IsWorse => AucGain.Upper < 0 || BrierGain.Upper < 0;

    /// <summary>Judges both; null where no quarter with known outcomes is new to both, or too few outcomes of either kind are in them.</summary>
    /// <param name="challenger">The one.</param>
    /// <param name="champion">The other.</param>
    /// <param name="history">What was known when.</param>
    /// <param name="cancellation">Ends it.</param>
    public static async ValueTask<PairedJudgement?> OfAsync(
        CreditModel challenger, CreditModel champion, TrainingHistory history, CancellationToken cancellation = default)
    {
        var horizon = challenger.Definition.HorizonQuarters;
        var quarters = NewToBoth(challenger, champion, history);
        if (quarters.Length == 0) return null;
        var panel = new Panel(new Labels.DefaultHistory(new MarketReading(history.Latest)), new TrainingPlan([], quarters, horizon), new TrainingOptions());
        foreach (var day in quarters) panel.Add(FeatureSet.Open(new MarketReading(await history.AtAsync(day, cancellation))));
        bool[] bad = [.. panel.Observations.Select(row => row.Defaulted)];
        if (bad.Count(one => one) < LeastOfEach || bad.Count(one => !one) < LeastOfEach) return null;
        var matrix = panel.Matrix();
        return Of(champion.Version, quarters, [.. panel.Observations.Select(row => row.Client)], bad, Foreseen(challenger, matrix), Foreseen(champion, matrix));
    }

    /// <summary>Of probabilities that are known.</summary>
    internal static PairedJudgement Of(string champion, IReadOnlyList<DateOnly> quarters, ulong[] clients, bool[] bad, double[] challengers, double[] champions)
    {
        var (_, auc) = DeLongInterval.OfDifference(challengers, champions, bad);
        return new PairedJudgement(
            champion, quarters, bad.Length, bad.Count(one => one),
            AreaUnderCurve.Compute(challengers, bad), AreaUnderCurve.Compute(champions, bad), auc,
            BrierScore.Compute(challengers, bad), BrierScore.Compute(champions, bad),
            MeanByClient([.. Enumerable.Range(0, bad.Length).Select(row => Miss(champions[row], bad[row]) - Miss(challengers[row], bad[row]))], clients));
    }

    private static double Miss(double probability, bool bad) => (probability - (bad ? 1 : 0)) * (probability - (bad ? 1 : 0));

    private static Interval MeanByClient(double[] values, ulong[] clients)
    {
        var mean = values.Average();
        var variance = Enumerable.Range(0, values.Length).GroupBy(row => clients[row])
            .Sum(rows => Math.Pow(rows.Sum(row => values[row] - mean), 2)) / values.Length / values.Length;
        return new Interval(mean - Normal95 * Math.Sqrt(variance), mean + Normal95 * Math.Sqrt(variance));
    }

    private static double[] Foreseen(CreditModel model, FeatureMatrix matrix) =>
        [.. model.Model.Margins(matrix.SelectColumns(model.Columns)).Select(model.Definition.Calibration.Probability)];

    private static DateOnly[] NewToBoth(CreditModel challenger, CreditModel champion, TrainingHistory history)
    {
        if (challenger.Definition.HorizonQuarters != champion.Definition.HorizonQuarters || DataReach.Find(new MarketReading(history.Latest)) is not { } reach) return [];
        DateOnly LaterOf(DateOnly one, DateOnly other) => one > other ? one : other;
        DateOnly After(DateOnly quarter) => Labels.Quarters.Shift(quarter, challenger.Definition.HorizonQuarters);
        var taught = LaterOf(challenger.Card.TrainingQuarters[^1], champion.Card.TrainingQuarters[^1]);
        return [.. challenger.Card.TestQuarters.Union(champion.Card.TestQuarters).Where(day => day >= After(taught) && After(day) <= reach.Last).Order()];
    }
}
