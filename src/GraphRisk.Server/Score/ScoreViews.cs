using GraphRisk.Graph.Algorithms;
using GraphRisk.Scoring.Models;
using GraphRisk.Scoring.Scores;
using GraphRisk.Server.Errors;
using GraphRisk.Server.Sessions;

namespace GraphRisk.Server.Score;

/// <summary>Scores of a view, each computed once.</summary>
internal static class ScoreViews
{
    /// <summary>Refuses scores, and what is told by grade, of days of which nothing is known: after the sources' last, and before the first debt was stated.</summary>
    public static void RequireDebts(this GraphView view)
    {
        if (!view.RequireData().Contracts().StatesDebts) throw Problem.BadInput("asOf", "is before the first debt was stated: a score of that day would take silence for safety.");
    }

    /// <summary>The model over the view's snapshot.</summary>
    public static SnapshotScorer Scorer(this GraphView view, CreditModel model) => view.Derive((typeof(SnapshotScorer), model.Version), _ => model.Open(view.Market()));

    /// <summary>The scores of all clients, without reasons, ascending by node.</summary>
    public static IReadOnlyList<ScoreLine> AllScores(this GraphView view, CreditModel model, WorkMeter meter) =>
        view.Derive((typeof(ScoreLine), model.Version), meter, (_, paid) => view.Scorer(model).ScoreAll(meter: paid).ToList());
}
