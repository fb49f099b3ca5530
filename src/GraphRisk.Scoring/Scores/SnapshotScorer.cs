using GraphRisk.Graph.Schema;
using GraphRisk.Scoring.Calibration;
using GraphRisk.Scoring.Features;
using GraphRisk.Scoring.Models;
using GraphRisk.Scoring.Trees;

namespace GraphRisk.Scoring.Scores;

/// <summary>
/// One model over one snapshot. The margin's contributions, times the calibration's slope, are contributions to the
/// log-odds of default, and times the scale's factor to the points: every step is linear, so the parts add up.
/// Safe for concurrent readers.
/// </summary>
public sealed class SnapshotScorer
{
    private const int ChunkRows = 4096;
    private readonly CreditModel _model;
    private readonly SnapshotFeatures _features;
    private readonly Feature[] _columns;
    private readonly Sensitivity[] _levels;

    internal SnapshotScorer(CreditModel model, SnapshotFeatures features)
    {
        _model = model;
        _features = features;
        _columns = [.. model.Columns.Select(column => FeatureSet.Features[column])];
        _levels = [.. _columns.Select(feature => feature.LevelUnder(features.Snapshot.Catalog))];
    }

    public CreditModel Model => _model;

    /// <summary>Whether the client owes anything under an open contract; see <see cref="CreditScore.HasDebt"/>.</summary>
    public bool HasDebt(int node) => _features.HasDebt(node);

    /// <summary>The score of one client with all its reasons.</summary>
    /// <exception cref="ArgumentException">The node is no person or company.</exception>
    public CreditScore Score(int node)
    {
        var matrix = _features.Compute([node]).SelectColumns(_model.Columns);
        var parts = _model.Trees.Contributions(matrix);
        var split = SplitOf(parts);
        var reasons = ReasonsOf(matrix.Row(0), parts);
        var stamp = _features.Snapshot.Stamp;
        var probability = Logit.ToProbability(split.LogOdds);
        return new CreditScore(
            _features.Snapshot.Nodes.IdOf(node), stamp.AsOfDay, _model.Version, probability,
            _model.Definition.Scaling.Score(split.LogOdds), _model.Grades.Of(probability), _model.Definition.Scaling.Points(split.LogOdds),
            split.Baseline, split.Own, split.Contagion, GroupsOf(reasons), reasons, HasDebt(node), _model.Definition.HorizonQuarters, _levels.Max());
    }

    /// <summary>The scores of all clients, ascending by node; memory is one chunk.</summary>
    /// <param name="threads">The answer does not depend on it.</param>
    public IEnumerable<ScoreLine> ScoreAll(int threads = 1) => Score(_features.Parties.Clients(), threads);

    /// <summary>The scores of the given clients, in their order.</summary>
    public IEnumerable<ScoreLine> Score(IReadOnlyList<int> nodes, int threads = 1)
    {
        foreach (var chunk in nodes.Chunk(ChunkRows))
        {
            var matrix = _features.Compute(chunk).SelectColumns(_model.Columns);
            var parts = _model.Trees.Contributions(matrix, threads);
            for (var row = 0; row < chunk.Length; row++)
                yield return Line(chunk[row], SplitOf(parts.AsSpan(row * (_columns.Length + 1), _columns.Length + 1)));
        }
    }

    private ScoreLine Line(int node, Split split)
    {
        var probability = Logit.ToProbability(split.LogOdds);
        return new ScoreLine(
            node, HasDebt(node), probability, _model.Definition.Scaling.Score(split.LogOdds), _model.Grades.Of(probability).Name,
            split.Baseline, split.Own, split.Contagion);
    }

    /// <param name="LogOdds">Calibrated log-odds of default.</param>
    /// <param name="Baseline">In points, as are the two that follow.</param>
    private readonly record struct Split(double LogOdds, double Baseline, double Own, double Contagion);

    private Split SplitOf(ReadOnlySpan<double> parts)
    {
        var (calibration, scaling) = (_model.Definition.Calibration, _model.Definition.Scaling);
        double own = 0, graph = 0;
        for (var i = 0; i < _columns.Length; i++)
        {
            if (_columns[i].Group.Scope == FeatureScope.Own)
                own += parts[i];
            else
                graph += parts[i];
        }
        var baseline = parts[_columns.Length];
        return new Split(
            calibration.LogOdds(baseline + own + graph), scaling.Points(calibration.LogOdds(baseline)),
            scaling.PointsOfContribution(calibration.Slope * own), scaling.PointsOfContribution(calibration.Slope * graph));
    }

    private Reason[] ReasonsOf(ReadOnlySpan<float> values, ReadOnlySpan<double> parts)
    {
        var reasons = new Reason[_columns.Length];
        for (var i = 0; i < reasons.Length; i++)
        {
            var feature = _columns[i];
            var logOdds = _model.Definition.Calibration.Slope * parts[i];
            var points = _model.Definition.Scaling.PointsOfContribution(logOdds);
            reasons[i] = new Reason(
                feature.Name, feature.Title, feature.Group.Name, feature.Group.Scope, float.IsFinite(values[i]) ? values[i] : null,
                logOdds, points, ReasonText.Of(feature, values[i], points), _levels[i]);
        }
        return [.. reasons.OrderByDescending(reason => Math.Abs(reason.Points)).ThenBy(reason => reason.Feature, StringComparer.Ordinal)];
    }

    private static ReasonGroup[] GroupsOf(Reason[] reasons) =>
        [.. FeatureGroup.All.Select(group => new ReasonGroup(
            group.Name, group.Title, group.Scope, reasons.Where(reason => reason.Group == group.Name).Sum(reason => reason.Points)))];
}
