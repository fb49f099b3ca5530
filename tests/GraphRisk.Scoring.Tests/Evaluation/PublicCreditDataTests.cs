using GraphRisk.Scoring.Evaluation;
using GraphRisk.Scoring.Models;
using GraphRisk.TestKit;

namespace GraphRisk.Scoring.Tests.Evaluation;

/// <summary>Public credit data: trees must come near what others published, and the scorecard near the trees.</summary>
public class PublicCreditDataTests
{
    [TestCase("data/credit/german.csv", "creditability", 0.78)]
    [TestCase("data/credit/taiwan_default.csv", "class", 0.783)]
    public void TreesReachThePublishedAucAndTheScorecardComesNear(string file, string target, double least)
    {
        var table = LabelledTable.Read(SharedData.Require(file));
        var report = TableEvaluation.Run(
            table, new EvaluationRequest(target, null, null, TableMapping.None, 7)
            { Families = [ModelFamilies.Named("scorecard"), ModelFamilies.Named("lightgbm")], Parallelism = 2 }, TimeProvider.System);
        var (scorecard, trees) = (report.Models[0].Auc.Value, report.Models[1].Auc.Value);
        TestContext.Out.WriteLine($"{file}: scorecard {scorecard:F4}, trees {trees:F4}");
        Assert.That(trees, Is.GreaterThanOrEqualTo(least));
        Assert.That(scorecard, Is.GreaterThanOrEqualTo(trees - 0.0125));
    }
}
