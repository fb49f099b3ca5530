using GraphRisk.Graph.Algorithms;
using GraphRisk.Market;
using GraphRisk.Scoring.Features;
using GraphRisk.TestKit;

namespace GraphRisk.Scoring.Tests.Features;

public class PartsOfOthersTests
{
    [Test]
    public void ThePartsOfEveryFeatureAddUpToIt([Range(1, 5)] int seed)
    {
        var features = Open(seed, 60);
        var clients = features.Parties.Clients();
        var matrix = features.Compute(clients);
        var seen = new HashSet<string>();
        for (var row = 0; row < clients.Length; row++)
            foreach (var feature in PartsOfOthers.Features)
            {
                var column = FeatureSet.Features.Select(f => f.Name).ToList().IndexOf(feature);
                if (feature == "network_loss" && matrix.Row(row)[column] >= 1) continue; // capped: the parts say what it is made of, not more
                var value = FeatureSet.Features[column].Unit == FeatureUnit.LogYuan ? Math.Exp(matrix.Row(row)[column]) - 1 : matrix.Row(row)[column];
                var parts = features.OthersOf(WorkMeter.Unlimited).Of(clients[row], feature)!;
                Assert.That((double)parts.Sum(part => part.Amount), Is.EqualTo(value).Within(1e-3 + 1e-4 * Math.Abs(value)), $"{feature} of {clients[row]}");
                Assert.That(parts.Select(part => part.Party), Has.None.EqualTo(clients[row]), $"{feature}: nobody is another to itself");
                if (parts.Count > 0) seen.Add(feature);
            }

        Assert.That(seen, Does.Contain("debtor_distress").And.Contain("held_distress").And.Contain("group_debt").And.Contain("network_loss"));
    }

    [Test]
    public void AnExtremeIsNoSum() =>
        Assert.That(Open(1, 10).OthersOf(WorkMeter.Unlimited).Of(0, "device_distress"), Is.Null);

    private static SnapshotFeatures Open(int seed, int clients) =>
        FeatureSet.Open(new MarketReading(DrawnMarket.Draw(seed, clients).At(FactSketch.Start.AddDays(700))));
}
