using GraphRisk.Scoring.Features;

namespace GraphRisk.Scoring.Tests.Features;

public class PartsOfOthersTests
{
    [Test]
    public void ThePartsOfEveryFeatureAddUpToIt([Range(1, 5)] int seed)
    {
        var features = FeatureSet.Open(RandomMarket.Draw(seed, 60).At(MarketSketch.Start.AddDays(700)));
        var clients = features.Parties.Clients();
        var matrix = features.Compute(clients);
        var seen = new HashSet<string>();
        for (var row = 0; row < clients.Length; row++)
            foreach (var feature in PartsOfOthers.Features)
            {
                var column = FeatureSet.Features.Select(f => f.Name).ToList().IndexOf(feature);
                var value = FeatureSet.Features[column].Unit == FeatureUnit.LogYuan ? Math.Exp(matrix.Row(row)[column]) - 1 : matrix.Row(row)[column];
                var parts = features.Others.Of(clients[row], feature)!;
                Assert.That((double)parts.Sum(part => part.Amount), Is.EqualTo(value).Within(1e-3 + 1e-4 * Math.Abs(value)), $"{feature} of {clients[row]}");
                Assert.That(parts.Select(part => part.Party), Has.None.EqualTo(clients[row]), $"{feature}: nobody is another to itself");
                if (parts.Count > 0) seen.Add(feature);
            }

        Assert.That(seen, Does.Contain("debtor_stress").And.Contain("held_stress").And.Contain("group_debt"));
    }

    [Test]
    public void AnExtremeIsNoSum() =>
        Assert.That(FeatureSet.Open(RandomMarket.Draw(1, 10).At(MarketSketch.Start.AddDays(700))).Others.Of(0, "device_stress"), Is.Null);
}
