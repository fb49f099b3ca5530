using GraphRisk.Graph.Algorithms;
using GraphRisk.Scoring.Models;
using GraphRisk.Scoring.Scores;
using GraphRisk.Server.Errors;
using GraphRisk.Server.Sessions;

namespace GraphRisk.Server.Score;

/// <summary>Scores of a view, each computed once.</summary>
internal static class ScoreViews
{
    /// <summary>Refuses scores and defaults of a day the sources have not reached: nothing is reported of it, and silence would look like safety.</summary>
    public static GraphView RequireData(this GraphView view) => view.Stamp.IsBeyondData
        ? throw Problem.BadInput("asOf", $"is later than the sources reach ({view.Stamp.DataUntil:yyyy-MM-dd}): a score or a default of that day would take silence for safety.")
        : view;

    /// <summary>The model over the view's snapshot.</summary>
    public static SnapshotScorer Scorer(this GraphView view, CreditModel model) => view.Derive((typeof(SnapshotScorer), model.Version), _ => model.Open(view.Market()));

    /// <summary>The scores of all clients, without reasons, ascending by node.</summary>
    public static IReadOnlyList<ScoreLine> AllScores(this GraphView view, CreditModel model, WorkMeter meter) =>
        view.Derive((typeof(ScoreLine), model.Version), meter, (_, paid) => view.Scorer(model).ScoreAll(meter: paid).ToList());
}
