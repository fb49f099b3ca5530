using GraphRisk.Graph.Algorithms;
using GraphRisk.Market;
using GraphRisk.Scoring.Features;
using GraphRisk.Scoring.Models;
using GraphRisk.Scoring.Scores;

namespace GraphRisk.Scoring.Tests.Scores;

/// <summary>Holds what would improve a score against a walk through two thousand steps of every lever.</summary>
internal static class SmallestChanges
{
    private const int Steps = 2000;

    /// <summary>What is wrong with the improvements of some clients, and how many improvements there were.</summary>
    public static (List<string> Faults, Dictionary<ImprovementKind, int> Found) Of(CreditModel model, MarketReading market, IEnumerable<int> clients)
    {
        var (scorer, features) = (model.Open(market), FeatureSet.Open(market));
        var (faults, found) = (new List<string>(), new Dictionary<ImprovementKind, int>());
        foreach (var node in clients)
        {
            var (now, changes) = (scorer.Score(node), scorer.ImprovementsOf(node));
            var name = now.Client.ToString();
            if (now.Default is not null && changes.Count > 0) faults.Add($"{name} is in default");
            if (changes.Select(change => change.Kind).Distinct().Count() < changes.Count) faults.Add($"{name}: a kind twice");
            foreach (var change in changes)
            {
                found[change.Kind] = found.GetValueOrDefault(change.Kind) + 1;
                var reaches = change.Goal == ImprovementGoal.Grade ? change.Grade.PdBelow < now.Grade.PdBelow : change.Points >= Improvements.PointsSought;
                if (!reaches || change.Points <= 0 || change.Score < now.Score) faults.Add($"{name}: {change} does not reach its goal from {now.Score} {now.Grade.Name}");
                if (change.Amount is <= 0) faults.Add($"{name}: {change} costs nothing");
                if (Smallest(model, features, node, now, change) is { } least && Math.Abs(change.To!.Value - least) > (change.Kind == ImprovementKind.RepayDebt ? 0.012 * change.From : 0.02))
                    faults.Add($"{name}: {change} where {least} is enough");
            }
        }

        return (faults, found);
    }

    /// <summary>Where the client stands after the first of the steps that reaches the goal; null where that has no degree or none does.</summary>
    private static double? Smallest(CreditModel model, SnapshotFeatures features, int node, CreditScore now, Improvement change)
    {
        var row = features.Compute([node]).Row(0).ToArray();
        var lever = new Levers(features).Of(node, row, WorkMeter.Unlimited).Single(one => one.Kind == change.Kind);
        var steps = Enumerable.Range(1, Steps).Select(step => lever.At(lever.Most * step / Steps)).ToList();
        var matrix = new Scoring.Trees.FeatureMatrix(Steps, row.Length);
        for (var i = 0; i < Steps; i++) steps[i].Row.CopyTo(matrix.RowForWriting(i));
        var margins = model.Model.Margins(matrix.SelectColumns(model.Columns));
        for (var i = 0; i < Steps; i++)
        {
            var logOdds = model.Definition.Calibration.LogOdds(margins[i]);
            var reaches = change.Goal == ImprovementGoal.Grade
                ? 1 / (1 + Math.Exp(-logOdds)) < model.Definition.Grades.Last(grade => grade.PdBelow < now.Grade.PdBelow).PdBelow
                : model.Definition.Scaling.Points(logOdds) - now.Points >= Improvements.PointsSought;
            if (reaches) return steps[i].To;
        }

        return null;
    }
}
