using GraphRisk.Graph.Facts;
using GraphRisk.Scoring.Features;

namespace GraphRisk.Scoring.Tests.Features;

/// <summary>Reads one client's features by name.</summary>
internal static class FeatureReadings
{
    internal static Dictionary<string, float> Read(MarketSketch market, DateOnly day, string client)
    {
        var features = FeatureSet.Open(market.At(day));
        var row = features.Compute([features.Snapshot.Nodes.Find(NodeId.Parse(client))]).Row(0).ToArray();
        return FeatureSet.Features.Select((feature, i) => (feature.Name, row[i])).ToDictionary(p => p.Name, p => p.Item2);
    }
}
