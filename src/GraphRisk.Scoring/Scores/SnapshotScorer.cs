using GraphRisk.Graph.Algorithms;
using GraphRisk.Graph.Schema;
using GraphRisk.Scoring.Calibration;
using GraphRisk.Scoring.Features;
using GraphRisk.Scoring.Models;
using GraphRisk.Scoring.Trees;

namespace GraphRisk.Scoring.Scores;

/// <summary>
/// One model over one snapshot. The margin's contributions, times the calibration's slope between baseline and margin, are
/// contributions to the log-odds of default, and times the scale's factor to the points, so the parts add up.
/// Safe for concurrent readers.
/// </summary>
public sealed class SnapshotScorer
{
    private const int ChunkRows = 4096;

    /// <summary>Rows of a chunk where somebody pays: a model cannot be broken off inside one.</summary>
    private const int MeteredRows = 256;

    private readonly CreditModel model;
    private readonly SnapshotFeatures features;
    private readonly Feature[] columns;
    private readonly Sensitivity[] levels;

    internal SnapshotScorer(CreditModel model, SnapshotFeatures features)
    {
        this.model = model;
        this.features = features;
        columns = [.. model.Columns.Select(column => FeatureSet.Features[column])];
        levels = [.. columns.Select(feature => feature.LevelUnder(features.Snapshot.Catalog))];
    }

    public CreditModel Model => model;

    /// <summary>Whether the client owes anything under an open contract; see <see cref="CreditScore.HasDebt"/>.</summary>
    public bool HasDebt(int node) => features.HasDebt(node);

    /// <summary>Which other parties make up the features that are sums over others; what a door needs to know.</summary>
    public PartsOfOthers Others => features.OthersOf(WorkMeter.Unlimited);

    /// <summary>The score of one client with all its reasons.</summary>
    /// <exception cref="ArgumentException">The node is no person or company.</exception>
    public CreditScore Score(int node, WorkMeter? meter = null)
    {
        var matrix = features.Compute([node], meter).SelectColumns(model.Columns);
        meter?.Charge(model.Model.StepsOfRow);
        var parts = model.Model.Contributions(matrix);
        var split = SplitOf(parts, 0);
        var reasons = ReasonsOf(matrix.Row(0), parts.Of(0), split.Slope);
        var stamp = features.Snapshot.Stamp;
        var probability = Foreseen(split.LogOdds);
        var score = new CreditScore(
            features.Snapshot.Nodes.IdOf(node), stamp.AsOfDay, model.Version, probability,
            model.Definition.Scaling.Score(split.LogOdds), model.Grades.Of(probability), model.Definition.Scaling.Points(split.LogOdds),
            split.Baseline, split.Own, split.Contagion, GroupsOf(reasons), reasons, HasDebt(node), model.Definition.HorizonQuarters, levels.Max());
        return InDefault.Of(features.Market, node) is { } known ? InDefault.Apply(score, known, model) : score;
    }

    /// <summary>The scores of all clients, ascending by node; memory is one chunk.</summary>
    /// <param name="threads">The answer does not depend on it.</param>
    /// <param name="meter">Pays for it, chunk by chunk.</param>
    public IEnumerable<ScoreLine> ScoreAll(int threads = 1, WorkMeter? meter = null) => Score(features.Parties.Clients(), threads, meter);

    /// <summary>The scores of the given clients, in their order; <paramref name="seen"/> is shown the model's inputs, chunk by chunk.</summary>
    public IEnumerable<ScoreLine> Score(IReadOnlyList<int> nodes, int threads = 1, WorkMeter? meter = null, Action<FeatureMatrix>? seen = null)
    {
        foreach (var chunk in nodes.Chunk(meter is null ? ChunkRows : MeteredRows))
        {
            var matrix = features.Compute(chunk, meter).SelectColumns(model.Columns);
            seen?.Invoke(matrix);
            meter?.Charge(chunk.Length * model.Model.StepsOfRow);
            var parts = model.Model.Contributions(matrix, threads);
            for (var row = 0; row < chunk.Length; row++)
                yield return Line(chunk[row], SplitOf(parts, row));
        }
    }

    private ScoreLine Line(int node, Split split)
    {
        var probability = Foreseen(split.LogOdds);
        var line = new ScoreLine(
            node, HasDebt(node), probability, model.Definition.Scaling.Score(split.LogOdds), model.Grades.Of(probability).Name,
            split.Baseline, split.Own, split.Contagion);
        return features.Market.Defaults.IsInDefault(node) ? InDefault.Apply(line, model) : line;
    }

    /// <summary>What is foreseen is never certain: 1 is kept for those in default.</summary>
    private static double Foreseen(double logOdds) => Math.Min(Logit.ToProbability(logOdds), double.BitDecrement(1));

    /// <param name="LogOdds">Calibrated log-odds of default.</param>
    /// <param name="Slope">From a contribution to the margin to one to the log-odds.</param>
    /// <param name="Baseline">In points, as are the two that follow.</param>
    private readonly record struct Split(double LogOdds, double Slope, double Baseline, double Own, double Contagion);

    private Split SplitOf(Contributions contributions, int row)
    {
        var parts = contributions.Of(row);
        var (calibration, scaling) = (model.Definition.Calibration, model.Definition.Scaling);
        double own = 0, graph = 0;
        for (var i = 0; i < columns.Length; i++)
        {
            if (columns[i].Group.Scope == FeatureScope.Own)
                own += parts[i];
            else
                graph += parts[i];
        }
        var baseline = contributions.Baseline(row);
        var slope = calibration.SlopeBetween(baseline, baseline + own + graph);
        return new Split(
            calibration.LogOdds(baseline + own + graph), slope, scaling.Points(calibration.LogOdds(baseline)),
            scaling.PointsOfContribution(slope * own), scaling.PointsOfContribution(slope * graph));
    }

    private Reason[] ReasonsOf(ReadOnlySpan<float> values, ReadOnlySpan<double> parts, double slope)
    {
        var reasons = new Reason[columns.Length];
        for (var i = 0; i < reasons.Length; i++)
        {
            var feature = columns[i];
            var logOdds = slope * parts[i];
            var points = model.Definition.Scaling.PointsOfContribution(logOdds);
            reasons[i] = new Reason(
                feature.Name, feature.Title, feature.Group.Name, feature.Group.Scope, float.IsFinite(values[i]) ? values[i] : null,
                logOdds, points, ReasonText.Of(feature, values[i], points), levels[i], float.IsInfinity(values[i]));
        }
        return [.. reasons.OrderByDescending(reason => Math.Abs(reason.Points)).ThenBy(reason => reason.Feature, StringComparer.Ordinal)];
    }

    private static ReasonGroup[] GroupsOf(Reason[] reasons) =>
        [.. FeatureGroup.All.Select(group => new ReasonGroup(
            group.Name, group.Title, group.Scope, reasons.Where(reason => reason.Group == group.Name).Sum(reason => reason.Points)))];
}
