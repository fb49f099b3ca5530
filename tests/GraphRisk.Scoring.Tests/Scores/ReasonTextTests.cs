using GraphRisk.Scoring.Features;
using GraphRisk.Scoring.Scores;

namespace GraphRisk.Scoring.Tests.Scores;

public class ReasonTextTests
{
    [TestCase("ratio_worst", 1.27f, -34.2, "Lowest collateral ratio 127%: lowers the score by 34 points.")]
    [TestCase("debt", 4.6151205f, 0.2, "Debt CNY 100: hardly moves the score.")]
    [TestCase("margin_calls_year", 0f, 1.1, "Margin calls within a year 0: lifts the score by 1 point.")]
    [TestCase("ratio_worst", float.NaN, 3, "Lowest collateral ratio not known (no statement of the ratio): lifts the score by 3 points.")]
    [TestCase("ratio_worst", float.PositiveInfinity, 20, "Lowest collateral ratio: without debt, lifts the score by 20 points.")]
    public void AReasonIsASentence(string feature, float value, double points, string expected)
    {
        var found = FeatureSet.Features.Single(f => f.Name == feature);
        Assert.That(ReasonText.English.Of(found, value, points), Is.EqualTo(expected));
    }
}
