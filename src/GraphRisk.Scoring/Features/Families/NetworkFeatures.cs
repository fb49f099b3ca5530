using GraphRisk.Graph.Algorithms;
using GraphRisk.Market;
using GraphRisk.Market.Contagion;
using GraphRisk.Market.Networks;
using static GraphRisk.Scoring.Features.FeatureUnit;

namespace GraphRisk.Scoring.Features.Families;

/// <summary>What reaches the client over more than one step: measures on the whole network of exposures.</summary>
internal sealed class NetworkFeatures : FeatureFamily<NetworkFeatures.Facts>
{
    /// <param name="Loss">Part of what the client has that others' distress costs it over all steps.</param>
    /// <param name="FirstRound">The same by those it is exposed to directly.</param>
    internal readonly record struct Facts(double Loss, double FirstRound);

    protected override IReadOnlyList<(Feature Feature, Func<Facts, double> Value)> Table { get; } =
    [
        (Define("network_loss"), f => f.Loss),
        (Define("network_loss_beyond"), f => Math.Max(0, f.Loss - f.FirstRound)),
    ];

    protected override Func<int, int, Facts> Gather(MarketReading market, Neighbourhoods around, WorkMeter meter)
    {
        var (loss, distress) = (market.NetworkLoss(meter), market.Distress(meter));
        return (_, party) =>
        {
            var (exposures, first) = (around.ExposuresOf(party).ToArray(), 0.0);
            foreach (var exposure in exposures) first += exposure.Impact * distress.Of(exposure.To);
            return new Facts(loss.Of(party, exposures), Math.Min(1, first));
        };
    }

    private static Feature Define(string name) =>
        new(name, FeatureGroup.Network, Level, 1,
        [
            "GUARANTEES.amount", "HOLDS.share", "CreditEvent.kind", "CreditEvent.occurredOn", "MarginContract.maintenanceRatio",
            "PledgeContract.performanceRatio", "POSITION.quantity", "Company.totalAssets",
        ]);
}
