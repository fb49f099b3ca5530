using GraphRisk.Graph.Algorithms;
using GraphRisk.Graph.Schema;
using GraphRisk.Market.Credit;
using GraphRisk.Scoring.Calibration;
using GraphRisk.Scoring.Features;
using GraphRisk.Scoring.Metrics;
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
    private readonly bool[] isOwn;
    private readonly Sensitivity[] levels;
    private readonly FeatureGroup[] chapters; // those the model reads something of, and what is told together
    private readonly ReasonTeller teller;
    private readonly FileDepths depths;
    private readonly ProbabilityRange range;

    internal SnapshotScorer(CreditModel model, SnapshotFeatures features)
    {
        this.model = model;
        this.features = features;
        columns = [.. model.Columns.Select(column => FeatureSet.Features[column])];
        isOwn = [.. columns.Select(feature => feature.Group.Scope == FeatureScope.Own)];
        levels = [.. columns.Select(feature => feature.LevelUnder(features.Snapshot.Catalog))];
        chapters = [.. FeatureGroup.All.Where(group => group == FeatureGroup.RemainderOf(group.Scope) || Array.Exists(columns, feature => feature.Group == group))];
        range = new ProbabilityRange(model, features.Market);
        depths = new FileDepths(features.Market);
        teller = new ReasonTeller(columns, levels, model.Definition.Ranges, model.Definition.Scaling);
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
        var matrix = InputsOf([node], meter);
        meter?.Charge(model.Model.StepsOfRow);
        var parts = model.Model.Contributions(matrix);
        var split = SplitOf(parts, 0);
        var reasons = teller.Tell(matrix.Row(0), parts.Of(0), split.Slope);
        var stamp = features.Snapshot.Stamp;
        var probability = Foreseen(split.LogOdds);
        var (grade, thin) = GradeOf(node, probability);
        var score = new CreditScore(
            features.Snapshot.Nodes.IdOf(node), stamp.AsOfDay, model.Version, probability,
            model.Definition.Scaling.Score(split.LogOdds), grade, model.Definition.Scaling.Points(split.LogOdds),
            split.Baseline, split.Own, split.Contagion, GroupsOf(reasons), reasons, HasDebt(node), model.Definition.HorizonQuarters, levels.Max())
        {
            ThinFile = thin, IsGradeCapped = thin is not null && grade != model.Grades.Of(probability),
        };
        return InDefault.Of(features.Market, node) is { } known ? InDefault.Apply(score, known, model) : score;
    }

    /// <summary>Between which probabilities that of a client lies: see <see cref="ProbabilityRange"/>; 1 for a client in default.</summary>
    /// <param name="node">Node of the client.</param>
    /// <param name="doubted">Nodes of records that may be the same party.</param>
    /// <exception cref="ArgumentException">A node is no person or company.</exception>
    public Interval RangeOf(int node, IReadOnlyList<int> doubted, WorkMeter? meter = null)
    {
        if (features.Market.Defaults.IsInDefault(node)) return new Interval(1, 1);
        var matrix = features.Compute([node, .. doubted], meter, model.Columns);
        var isThin = ThinFileRule.Standard.IsThin(depths.Of(node), features.Snapshot.Stamp.AsOfDay);
        return range.Of(
            node, matrix.Row(0).ToArray(), [.. Enumerable.Range(1, doubted.Count).Select(row => matrix.Row(row).ToArray())], isThin, meter ?? WorkMeter.Unlimited);
    }

    /// <summary>What the client could do itself for a better grade or score; nothing for one in default. See <see cref="Improvements"/>.</summary>
    /// <exception cref="ArgumentException">The node is no person or company.</exception>
    public IReadOnlyList<Improvement> ImprovementsOf(int node, WorkMeter? meter = null) =>
        new Improvements(model, features).Of(node, ThinFileRule.Standard.IsThin(depths.Of(node), features.Snapshot.Stamp.AsOfDay), meter ?? WorkMeter.Unlimited);

    /// <summary>The scores of all clients, ascending by node; memory is one chunk.</summary>
    /// <param name="threads">The answer does not depend on it.</param>
    /// <param name="meter">Pays for it, chunk by chunk.</param>
    public IEnumerable<ScoreLine> ScoreAll(int threads = 1, WorkMeter? meter = null) => Score(features.Parties.Clients(), threads, meter);

    /// <summary>
    /// The scores of the given clients, in their order; <paramref name="seen"/> is shown the model's inputs, chunk by chunk. Threads
    /// take a chunk each, features and all.
    /// </summary>
    public IEnumerable<ScoreLine> Score(IReadOnlyList<int> nodes, int threads = 1, WorkMeter? meter = null, Action<FeatureMatrix>? seen = null)
    {
        foreach (var together in nodes.Chunk(meter is null ? ChunkRows : MeteredRows).Chunk(Math.Max(1, threads)))
        {
            var scored = new (FeatureMatrix Inputs, ScoreLine[] Lines)[together.Length];
            if (together.Length == 1) scored[0] = ScoreChunk(together[0], meter);
            else Parallel.For(0, together.Length, chunk => scored[chunk] = ScoreChunk(together[chunk], meter));
            foreach (var (inputs, lines) in scored)
            {
                seen?.Invoke(inputs);
                foreach (var line in lines) yield return line;
            }
        }
    }

    /// <summary>The scores of clients whose row of inputs is at hand, in their order: what the model and the scale make of them.</summary>
    /// <param name="nodes">Nodes of the clients.</param>
    /// <param name="inputs">A row each, a column for every input of the model: see <see cref="InputsOf"/>.</param>
    /// <param name="meter">Pays for what is gathered over all parties, where it is not there yet.</param>
    public ScoreLine[] ScoreRows(IReadOnlyList<int> nodes, FeatureMatrix inputs, WorkMeter? meter = null)
    {
        var parts = model.Model.Contributions(inputs);
        var (debts, distress) = (features.Market.Debts(meter ?? WorkMeter.Unlimited), features.Market.Distress(meter ?? WorkMeter.Unlimited));
        var lines = new ScoreLine[nodes.Count];
        for (var row = 0; row < lines.Length; row++)
        {
            var party = features.Parties.IndexOf(nodes[row]);
            var line = Line(nodes[row], debts[party] > 0, SplitOf(parts, row));
            lines[row] = distress.IsInDefault(party) ? InDefault.Apply(line, model) : line;
        }

        return lines;
    }

    /// <summary>What the model reads of clients: a row each. What rests on a value that the client disputes is not known while that is open.</summary>
    /// <exception cref="ArgumentException">A node is no person or company.</exception>
    public FeatureMatrix InputsOf(ReadOnlySpan<int> nodes, WorkMeter? meter = null)
    {
        var inputs = features.Compute(nodes, meter, model.Columns).SelectColumns(model.Columns);
        for (var row = 0; row < nodes.Length; row++)
            foreach (var field in OpenDisputes.Of(features.Snapshot, nodes[row]))
                for (var column = 0; column < columns.Length; column++)
                    if (columns[column].Inputs.Contains(field)) inputs[row, column] = float.NaN;
        return inputs;
    }

    private (FeatureMatrix Inputs, ScoreLine[] Lines) ScoreChunk(int[] nodes, WorkMeter? meter)
    {
        var inputs = InputsOf(nodes, meter);
        meter?.Charge(nodes.Length * model.Model.StepsOfRow);
        return (inputs, ScoreRows(nodes, inputs, meter));
    }

    /// <summary>Which neighbours make up the contagion part of a client's score, as the model foresees it whether or not the client is in default.</summary>
    /// <exception cref="ArgumentException">The node is no person or company.</exception>
    public ContagionAnswer ContagionOf(int node, WorkMeter? meter = null) =>
        new ContagionAttribution(features, model.Columns, PointsOf).Of(node, meter ?? WorkMeter.Unlimited);

    /// <summary>The score before rounding of every row, and the contagion part of the first.</summary>
    private (double Contagion, double[] Points) PointsOf(FeatureMatrix all, WorkMeter meter)
    {
        var matrix = all.SelectColumns(model.Columns);
        meter.Charge(model.Model.StepsOfRow + (matrix.Rows * model.Model.StepsOfMargin));
        var first = SplitOf(model.Model.Contributions(matrix.SelectRows([0])), 0);
        return (first.Contagion, [.. model.Model.Margins(matrix).Select(margin => model.Definition.Scaling.Points(model.Definition.Calibration.LogOdds(margin)))]);
    }

    private ScoreLine Line(int node, bool hasDebt, Split split)
    {
        var probability = Foreseen(split.LogOdds);
        var foreseen = model.Grades.Of(probability);
        var grade = ThinFileRule.Standard.IsThin(depths, node, features.Snapshot.Stamp.AsOfDay) ? ThinFileRule.Cap(foreseen, model.Grades) : foreseen;
        return new ScoreLine(
            node, hasDebt, probability, model.Definition.Scaling.Score(split.LogOdds), grade.Name, split.Baseline, split.Own, split.Contagion)
        {
            IsGradeCapped = grade != foreseen,
        };
    }

    /// <summary>The grade, capped where the file is thin, and what there is of a thin file.</summary>
    private (Grade Grade, FileDepth? Thin) GradeOf(int node, double probability)
    {
        var (foreseen, depth) = (model.Grades.Of(probability), depths.Of(node));
        return ThinFileRule.Standard.IsThin(depth, features.Snapshot.Stamp.AsOfDay) ? (ThinFileRule.Cap(foreseen, model.Grades), depth) : (foreseen, null);
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
            if (isOwn[i])
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

    private ReasonGroup[] GroupsOf(Reason[] reasons) =>
        [.. chapters.Select(group => new ReasonGroup(
            group.Name, group.Title, group.Scope, reasons.Where(reason => reason.Group == group.Name).Sum(reason => reason.Points)))];
}
