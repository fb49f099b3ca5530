using System.Text.RegularExpressions;
using GraphRisk.Graph.Schema;
using GraphRisk.Scoring.Features;
using GraphRisk.TestKit;

namespace GraphRisk.Scoring.Tests.Features;

public partial class FeatureSetTests
{
    [Test]
    public void NamesAreUniqueAndPlain()
    {
        Assert.That(FeatureSet.Features.Select(feature => feature.Name), Is.Unique);
        Assert.That(FeatureSet.Features.Select(feature => feature.Name), Is.All.Matches<string>(name => Plain().IsMatch(name)));
    }

    [Test]
    public void EveryFeatureSaysWhatItMeansAndWhatMissingMeans() => Assert.Multiple(() =>
    {
        foreach (var feature in FeatureSet.Features)
        {
            Assert.That(feature.Title, Is.Not.Empty, feature.Name);
            Assert.That(feature.Missing, Is.Not.Empty, feature.Name);
            Assert.That(feature.Inputs, Is.Not.Empty, feature.Name);
            Assert.That(feature.Direction, Is.InRange(-1, 1), feature.Name);
        }
    });

    [Test]
    public void EveryInputIsInTheSchemaAndTheLevelIsTheHighestOfThem()
    {
        Assert.That(() => FeatureSet.Features.Select(feature => feature.LevelUnder(FactSketch.Catalog)).ToArray(), Throws.Nothing);
        Assert.That(Level("ratio_worst"), Is.EqualTo(Sensitivity.Confidential));
        Assert.That(Level("is_company"), Is.EqualTo(Sensitivity.Public));
        Assert.That(Level("liabilities_to_assets"), Is.EqualTo(Sensitivity.Internal));
    }

    [Test]
    public void BothScopesArePresentAndShareNoColumn() => Assert.That(
        FeatureSet.Columns(FeatureScope.Own).Concat(FeatureSet.Columns(FeatureScope.Graph)).Order(),
        Is.EqualTo(Enumerable.Range(0, FeatureSet.Features.Count)));

    private static Sensitivity Level(string name) =>
        FeatureSet.Features.Single(feature => feature.Name == name).LevelUnder(FactSketch.Catalog);

    [GeneratedRegex("^[a-z][a-z_]*$")]
    private static partial Regex Plain();
}
