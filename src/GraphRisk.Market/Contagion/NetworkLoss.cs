using GraphRisk.Graph.Algorithms;
using GraphRisk.Graph.Algorithms.Contagion;
using GraphRisk.Market.Credit;
using GraphRisk.Market.Networks;

namespace GraphRisk.Market.Contagion;

/// <summary>
/// What the distress of all parties costs each of them over the whole network: linear <see cref="DebtRank"/> on
/// <see cref="Exposures"/>, the shock being <see cref="Distress"/>. A party's loss is the sum over its exposures of impact times
/// the final distress at the other end, so it is the sum of what each neighbour passes on.
/// </summary>
public sealed class NetworkLoss
{
    /// <summary>Losses below a hundred thousandth of what a party has are not followed.</summary>
    private static readonly DebtRankParameters Parameters = DebtRankParameters.Default with { Tolerance = 1e-5, MaxRounds = 1000 };

    private readonly Exposures exposures;
    private readonly double[] distress;

    internal NetworkLoss(Exposures exposures, Distress own, WorkMeter meter)
    {
        this.exposures = exposures;
        distress = DebtRank.Find(exposures.Impacts, own.ToArray(), Parameters, meter).Losses;
    }

    /// <summary>Part of what a party has that others' distress costs it, at most 1.</summary>
    /// <param name="party">Number of the party.</param>
    public double Of(int party)
    {
        var sum = 0.0;
        foreach (var exposure in exposures.Of(party)) sum += exposure.Impact * distress[exposure.To];
        return Math.Min(1, sum);
    }

    /// <summary>Distress of a party in the end, its own and what reaches it, 0 to 1.</summary>
    public double FinalDistressOf(int party) => distress[party];
}
