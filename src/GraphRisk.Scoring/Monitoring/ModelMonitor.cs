using System.Collections.Immutable;
using GraphRisk.Graph.Algorithms;
using GraphRisk.Market;
using GraphRisk.Scoring.Evaluation;
using GraphRisk.Scoring.Features;
using GraphRisk.Scoring.Metrics;
using GraphRisk.Scoring.Models;
using GraphRisk.Scoring.Registry;
using GraphRisk.Scoring.Training;

namespace GraphRisk.Scoring.Monitoring;

/// <summary>A model of the shelf with where it stands.</summary>
public sealed record WatchedModel(CreditModel Model, ModelState State);

/// <summary>
/// Makes the report of a model: the clients at risk quarter by quarter as they were known, rated by it and by those beside it, held against
/// what became of them. Cost: a snapshot a quarter, and its features.
/// </summary>
public static class ModelMonitor
{
    /// <param name="history">What was known when.</param>
    /// <param name="subject">The model.</param>
    /// <param name="others">Models to stand beside it.</param>
    /// <param name="decisions">What was decided about it.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <exception cref="InvalidOperationException">The history holds nothing of the model's quarters.</exception>
    public static async ValueTask<ModelReport> ReportAsync(
        TrainingHistory history, WatchedModel subject, IReadOnlyList<WatchedModel> others, IReadOnlyList<ModelDecision> decisions,
        MonitoringOptions options, CancellationToken cancellation = default)
    {
        var meter = WorkMeter.EndedBy(cancellation);
        var latest = new MarketReading(history.Latest);
        var reach = DataReach.Of(latest);
        var quarters = await MonitoringHistory.ReadAsync(history, latest, subject.Model, reach, options, meter);
        var (model, card) = (subject.Model, subject.Model.Card);
        RatedQuarter[] rated = [.. quarters.Select(quarter => RatedQuarter.Of(model, quarter))];
        RatedQuarter[] training = [.. rated.Where(one => PartOf(card, one.Quarter.AsOf) == QuarterPart.Training)];
        if (training.Length == 0) throw new InvalidOperationException($"the store holds none of the quarters that model {model.Version} was taught on: there is nothing to hold it against");
        var judged = JudgedOf(card, rated);
        return new ModelReport(
            model.Version, subject.State, reach.Last, latest.Snapshot.Stamp.Version, latest.Snapshot.Stamp.KnownAt, options.Seed, card, model.Definition.HorizonQuarters,
            [.. rated.Select(one => FiguresOf(one, card, training))], [.. judged.Select(one => one.Quarter.AsOf)], ValidationOf(judged, options.Seed),
            Drift(quarters, card, meter), [.. RankStability.Of(rated)], RankStability.Moves(rated, model), [.. rated.SelectMany(one => HighRisk.Of(one, model))],
            [.. others.Append(subject).OrderBy(one => one.State != ModelState.Champion).ThenBy(one => one.Model.Version, StringComparer.Ordinal)
                .Select(one => BesideOf(one, [.. judged.Select(rated => rated.Quarter)], quarters, options.Seed))],
            [.. decisions]);
    }

    private static QuarterPart PartOf(ModelCard card, DateOnly day) =>
        card.TrainingQuarters.Contains(day) ? QuarterPart.Training : card.TestQuarters.Contains(day) ? QuarterPart.Test : QuarterPart.Other;

    /// <summary>Quarters after all the model learned, whose outcome is known.</summary>
    private static RatedQuarter[] JudgedOf(ModelCard card, IEnumerable<RatedQuarter> rated) =>
        [.. rated.Where(one => one.Quarter.OutcomeIsKnown && one.Quarter.AsOf > card.TrainingQuarters.Max() && one.Probabilities.Length > 0)];

    private static QuarterFigures FiguresOf(RatedQuarter rated, ModelCard card, RatedQuarter[] training)
    {
        var quarter = rated.Quarter;
        return new QuarterFigures(
            quarter.AsOf, PartOf(card, quarter.AsOf), quarter.IsTrueToItsDay, quarter.StoreVersion, RatedQuarter.CrowdOf(quarter.Clients), quarter.InDefault.Count,
            quarter.OutcomeIsKnown ? RatedQuarter.CrowdOf(quarter.Clients.Where((_, row) => quarter.Bad[row])) : null,
            rated.Probabilities.DefaultIfEmpty().Average(),
            quarter.OutcomeIsKnown && rated.Probabilities.Length > 0 ? Performance.Of(rated.Probabilities, quarter.Bad) : null,
            rated.Probabilities.Length == 0 ? 0 : PopulationStability.OfSamples(RatedQuarter.Together(training).Risk, rated.Probabilities));
    }

    private static ModelValidation? ValidationOf(RatedQuarter[] judged, int seed)
    {
        var (risk, bad, clients) = RatedQuarter.Together(judged);
        if (Judge(risk, bad, seed) is not { } figures) return null;
        int[] order = [.. Enumerable.Range(0, risk.Length).OrderBy(row => risk[row])];
        var bins = CalibrationBins.Compute(risk, bad);
        var tenths = new RiskTenth[bins.Count];
        int end = risk.Length, captured = 0, defaults = bad.Count(one => one);
        for (var bin = bins.Count - 1; bin >= 0; bin--)
        {
            var members = order[(end - bins[bin].Count)..end];
            var came = members.Count(row => bad[row]);
            (end, captured) = (end - bins[bin].Count, captured + came);
            var part = (double)captured / defaults;
            tenths[bin] = new RiskTenth(
                members.Length, came, RatedQuarter.CrowdOf(members.Where(row => bad[row]).Select(row => clients[row])), bins[bin].MeanProbability, Wilson(came, members.Length), part, part * risk.Length / (risk.Length - end));
        }

        return new ModelValidation(
            risk.Length, defaults, figures.Auc, figures.Ks, figures.Brier, figures.Ece, figures.LogLoss, [.. SeparationCurve.Of(risk, bad)], [.. tenths]);
    }

    /// <summary>The figures with their intervals; null where one outcome does not occur.</summary>
    private static (Measured Auc, Measured Ks, Measured Brier, Measured Ece, Measured LogLoss)? Judge(double[] risk, bool[] bad, int seed)
    {
        if (!bad.Contains(true) || !bad.Contains(false)) return null;
        var (auc, interval) = DeLongInterval.Of([(risk, bad)]);
        var (all, around) = (Performance.Of(risk, bad), BootstrapIntervals.Of(risk, bad, seed));
        return (Measured.Of(auc, interval), Measured.Of(all.Ks!.Value, around.Ks), Measured.Of(all.Brier, around.Brier),
            Measured.Of(all.CalibrationError, around.CalibrationError), Measured.Of(all.LogLoss, around.LogLoss));
    }

    /// <summary>A share with its 95% score interval (Wilson 1927), which stays inside [0, 1] and holds for no case at all.</summary>
    internal static Measured Wilson(int cases, int of)
    {
        const double z = 1.959963984540054;
        double n = of, share = cases / n, centre = (share + z * z / (2 * n)) / (1 + z * z / n);
        var half = z / (1 + z * z / n) * Math.Sqrt(share * (1 - share) / n + z * z / (4 * n * n));
        return new Measured(share, Math.Clamp(centre - half, 0, share), Math.Clamp(centre + half, share, 1));
    }

    private static ImmutableArray<FeatureDrift> Drift(IReadOnlyList<MonitoredQuarter> quarters, ModelCard card, WorkMeter meter)
    {
        var training = quarters.Where(quarter => PartOf(card, quarter.AsOf) == QuarterPart.Training).ToList();
        var drift = new FeatureDrift[FeatureSet.Features.Count];
        for (var column = 0; column < drift.Length; column++)
        {
            float[] expected = [.. training.SelectMany(quarter => Column(quarter, column))];
            meter.Charge(quarters.Sum(quarter => quarter.Clients.Count));
            double[] indices = [.. quarters.Select(quarter => quarter.Clients.Count == 0 ? 0 : CharacteristicStability.Index(expected, [.. Column(quarter, column)]))];
            drift[column] = new FeatureDrift(
                FeatureSet.Features[column].Name, [.. indices], indices.Where((_, i) => PartOf(card, quarters[i].AsOf) != QuarterPart.Training).DefaultIfEmpty().Max());
        }

        return [.. drift.OrderByDescending(one => one.Greatest).ThenBy(one => one.Feature, StringComparer.Ordinal)];
    }

    private static IEnumerable<float> Column(MonitoredQuarter quarter, int column) =>
        Enumerable.Range(0, quarter.Clients.Count).Select(row => quarter.Matrix[row, column]);

    private static BesideFigures BesideOf(WatchedModel watched, MonitoredQuarter[] judged, IReadOnlyList<MonitoredQuarter> all, int seed)
    {
        var (model, card) = (watched.Model, watched.Model.Card);
        var (risk, bad, _) = RatedQuarter.Together(judged.Select(quarter => RatedQuarter.Of(model, quarter)));
        var figures = Judge(risk, bad, seed);
        var taught = RatedQuarter.Together(all.Where(quarter => card.TrainingQuarters.Contains(quarter.AsOf)).Select(quarter => RatedQuarter.Of(model, quarter))).Risk;
        return new BesideFigures(
            model.Version, watched.State, card.Family, judged.Count(quarter => card.TrainingQuarters.Contains(quarter.AsOf)),
            figures?.Auc, figures?.Ks, figures?.Brier, figures?.Ece, taught.Length == 0 || risk.Length == 0 ? null : PopulationStability.OfSamples(taught, risk));
    }
}
