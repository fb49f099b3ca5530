using GraphRisk.Graph.Algorithms;
using GraphRisk.Graph.Algorithms.Contagion;
using GraphRisk.Market.Credit;
using GraphRisk.Market.Networks;

namespace GraphRisk.Market.Contagion;

/// <summary>
/// What the distress of all parties costs each of them over the whole network: linear <see cref="DebtRank"/> on
/// <see cref="Exposures"/>, the shock being <see cref="Distress"/>. A party's loss is the sum over its exposures of impact times
/// the distress at the other end in the end, so it is the sum of what each neighbour passes on.
/// <para>
/// A party's own trouble is no contagion to it, but a guarantee carries trouble both ways. So the distress a neighbour passes on
/// is taken without what it has from that very party: its own shock and what its other counterparties pass to it (the cavity of
/// Mézard and Parisi 2003, exact where no circle leads back by another way).
/// </para>
/// </summary>
public sealed class NetworkLoss
{
    /// <summary>Losses below a hundred thousandth of what a party has are not followed.</summary>
    private static readonly DebtRankParameters Parameters = DebtRankParameters.Default with { Tolerance = 1e-5, MaxRounds = 1000 };

    private readonly Exposures exposures;
    private readonly Distress own;
    private readonly double[] final;

    internal NetworkLoss(Exposures exposures, Distress own, WorkMeter meter)
    {
        this.exposures = exposures;
        this.own = own;
        final = DebtRank.Find(exposures.Impacts, own.ToArray(), Parameters, meter).Losses;
    }

    /// <summary>Part of what a party has that one exposure costs it.</summary>
    /// <param name="party">Number of the party.</param>
    /// <param name="exposure">One of its exposures.</param>
    public double Passed(int party, Exposure exposure)
    {
        var distress = own.Of(exposure.To);
        foreach (var further in exposures.Of(exposure.To))
        {
            if (distress >= 1) break;
            if (further.To != party) distress += further.Impact * final[further.To];
        }

        return exposure.Impact * Math.Min(1, distress);
    }

    /// <summary>What some exposures of a party cost it together, at most 1.</summary>
    public double Of(int party, ReadOnlySpan<Exposure> among)
    {
        var sum = 0.0;
        foreach (var exposure in among) sum += Passed(party, exposure);
        return Math.Min(1, sum);
    }
}
