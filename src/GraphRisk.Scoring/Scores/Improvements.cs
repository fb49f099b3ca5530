using GraphRisk.Graph.Algorithms;
using GraphRisk.Scoring.Calibration;
using GraphRisk.Scoring.Features;
using GraphRisk.Scoring.Models;
using GraphRisk.Scoring.Trees;

namespace GraphRisk.Scoring.Scores;

/// <summary>
/// What would improve a score: of each kind of change that a client can make itself (<see cref="Levers"/>), the smallest step after which the
/// model gives a better grade; where no step does, the smallest that gives <see cref="PointsSought"/> points more. Contributions are not
/// summed: every step is put to the model, so nothing is told that the model would answer with a lower score. The first step of an even grid
/// that reaches the goal is refined once and then rounded up to a number that can be told, if the model agrees to that too. A client in
/// default has none: the default is to be cured first. Cost: some fifty margins a kind.
/// </summary>
public sealed class Improvements
{
    /// <summary>Points sought where no better grade is in reach.</summary>
    public const double PointsSought = 10;

    private const int Steps = 24;

    private readonly CreditModel model;
    private readonly SnapshotFeatures features;
    private readonly Levers levers;

    internal Improvements(CreditModel model, SnapshotFeatures features) => (this.model, this.features, levers) = (model, features, new Levers(features));

    /// <summary>The improvements of a client, one a kind at most, in the order of kinds.</summary>
    /// <param name="node">Node of the client.</param>
    /// <param name="isThin">Whether its file is thin, which caps its grade.</param>
    internal IReadOnlyList<Improvement> Of(int node, bool isThin, WorkMeter meter)
    {
        if (features.Market.Defaults.IsInDefault(node)) return [];
        var row = features.Compute([node], meter).Row(0).ToArray();
        var now = Ask([row], isThin, meter)[0];
        return [.. levers.Of(node, row, meter).Select(lever => Find(lever, now, isThin, meter)).OfType<Improvement>().OrderBy(found => found.Kind)];
    }

    private Improvement? Find(Lever lever, Answer now, bool isThin, WorkMeter meter)
    {
        double[] steps = lever.From is null ? [lever.Most] : [.. Enumerable.Range(1, Steps).Select(step => lever.Most * step / Steps)];
        var answers = Ask(steps.Select(step => lever.At(step).Row), isThin, meter);
        foreach (var goal in Enum.GetValues<ImprovementGoal>())
        {
            var first = Array.FindIndex(answers, answer => Reaches(goal, now, answer));
            if (first < 0) continue;
            var step = lever.From is null ? steps[first] : Refine(lever, goal, now, first == 0 ? 0 : steps[first - 1], steps[first], isThin, meter);
            var told = Math.Min(lever.Rounded(step), lever.Most);
            var (row, amount, to) = lever.At(told);
            var then = Ask([row], isThin, meter)[0];
            if (!Reaches(goal, now, then))
            {
                (row, amount, to) = lever.At(step);
                then = Ask([row], isThin, meter)[0];
            }

            return new Improvement(lever.Kind, goal, amount, lever.From, to, then.Points - now.Points, then.Score, then.Grade);
        }

        return null;
    }

    private double Refine(Lever lever, ImprovementGoal goal, Answer now, double below, double reaching, bool isThin, WorkMeter meter)
    {
        double[] between = [.. Enumerable.Range(1, Steps).Select(step => below + (reaching - below) * step / Steps)];
        var answers = Ask(between.Select(step => lever.At(step).Row), isThin, meter);
        return Array.FindIndex(answers, answer => Reaches(goal, now, answer)) is >= 0 and var first ? between[first] : reaching;
    }

    private static bool Reaches(ImprovementGoal goal, Answer now, Answer then) => goal == ImprovementGoal.Grade
        ? then.Grade.PdBelow < now.Grade.PdBelow && then.Points > now.Points
        : then.Points - now.Points >= PointsSought && then.Grade.PdBelow <= now.Grade.PdBelow;

    private Answer[] Ask(IEnumerable<float[]> rows, bool isThin, WorkMeter meter)
    {
        var all = rows.ToList();
        var matrix = new FeatureMatrix(all.Count, FeatureSet.Features.Count);
        for (var row = 0; row < all.Count; row++) all[row].CopyTo(matrix.RowForWriting(row));
        meter.Charge(all.Count * model.Model.StepsOfMargin);
        var (calibration, scaling) = (model.Definition.Calibration, model.Definition.Scaling);
        return
        [
            .. model.Model.Margins(matrix.SelectColumns(model.Columns)).Select(calibration.LogOdds).Select(logOdds =>
            {
                var grade = model.Grades.Of(Math.Min(Logit.ToProbability(logOdds), double.BitDecrement(1)));
                return new Answer(scaling.Points(logOdds), scaling.Score(logOdds), isThin ? ThinFileRule.Cap(grade, model.Grades) : grade);
            }),
        ];
    }

    private readonly record struct Answer(double Points, int Score, Grade Grade);
}
