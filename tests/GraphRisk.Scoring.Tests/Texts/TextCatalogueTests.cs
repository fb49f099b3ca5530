using System.Text.RegularExpressions;
using GraphRisk.Scoring.Calibration;
using GraphRisk.Scoring.Features;
using GraphRisk.Scoring.Scores;
using GraphRisk.Scoring.Texts;

namespace GraphRisk.Scoring.Tests.Texts;

public partial class TextCatalogueTests
{
    [Test]
    public void BothLanguagesHaveTheSameTextsWithTheSamePlaces()
    {
        Assert.That(TextCatalogue.Chinese.Keys, Is.EquivalentTo(TextCatalogue.English.Keys));
        foreach (var key in TextCatalogue.English.Keys)
            Assert.That(Places(TextCatalogue.Chinese[key]), Is.EquivalentTo(Places(TextCatalogue.English[key])), key);
    }

    [Test]
    public void EveryFeatureGroupGradeAndUnitHasItsTextsAndNoFeatureIsLeftOver()
    {
        string[] wanted =
        [
            .. FeatureSet.Features.SelectMany(feature => new[] { $"feature.{feature.Name}.title", $"feature.{feature.Name}.missing" }),
            .. FeatureGroup.All.Select(group => $"group.{group.Name}"),
            .. GradeTable.Standard.Grades.Select(grade => $"grade.{grade.Name}"),
        ];
        Assert.That(TextCatalogue.English.Keys.Where(key => key.StartsWith("feature.", StringComparison.Ordinal) || key.StartsWith("group.", StringComparison.Ordinal) || key.StartsWith("grade.", StringComparison.Ordinal)), Is.EquivalentTo(wanted));
        foreach (var unit in Enum.GetValues<FeatureUnit>().Where(unit => unit != FeatureUnit.YesNo))
            Assert.That(TextCatalogue.English.Keys, Does.Contain($"unit.{unit}"));
    }

    [Test]
    public void ChineseTextsAreChinese()
    {
        foreach (var key in TextCatalogue.Chinese.Keys.Where(key => key.StartsWith("feature.", StringComparison.Ordinal) || key.StartsWith("grade.", StringComparison.Ordinal)))
            Assert.That(TextCatalogue.Chinese[key], Does.Match("\\p{IsCJKUnifiedIdeographs}"), key);
    }

    [TestCase("ratio_worst", 1.27f, -34.2, "最低担保比例 127%：使评分降低34分。")]
    [TestCase("debt", 4.6151205f, 0.2, "负债 人民币100元：对评分几乎没有影响。")]
    [TestCase("ratio_worst", float.PositiveInfinity, 20, "最低担保比例：无负债，使评分提高20分。")]
    public void AReasonIsASentenceInChinese(string feature, float value, double points, string expected) =>
        Assert.That(ReasonText.In(Language.Chinese).Of(FeatureSet.Features.Single(one => one.Name == feature), value, points), Is.EqualTo(expected));

    private static IEnumerable<string> Places(string text) => Place().Matches(text).Select(match => match.Value);

    [GeneratedRegex(@"\{[^}]*\}")]
    private static partial Regex Place();
}
