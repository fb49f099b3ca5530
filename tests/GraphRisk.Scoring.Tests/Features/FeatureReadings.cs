using GraphRisk.Graph.Facts;
using GraphRisk.Market;
using GraphRisk.Scoring.Features;
using GraphRisk.TestKit;

namespace GraphRisk.Scoring.Tests.Features;

/// <summary>Reads one client's features by name.</summary>
internal static class FeatureReadings
{
    internal static Dictionary<string, float> Read(FactSketch market, DateOnly day, string client)
    {
        var features = FeatureSet.Open(new MarketReading(market.At(day)));
        var row = features.Compute([features.Snapshot.Nodes.Find(NodeId.Parse(client))]).Row(0).ToArray();
        return FeatureSet.Features.Select((feature, i) => (feature.Name, row[i])).ToDictionary(p => p.Name, p => p.Item2);
    }
}
