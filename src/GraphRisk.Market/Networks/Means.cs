using GraphRisk.Graph.Algorithms;
using GraphRisk.Market.Credit;
using GraphRisk.Market.Securities;

namespace GraphRisk.Market.Networks;

/// <summary>
/// What each party could pay with, yuan: securities at the last close and, for a company, published equity if positive. The
/// base to which what it may lose is held; 0 where nothing is known. One pass over all positions.
/// </summary>
public sealed class Means
{
    private readonly double[] means;
    private readonly double[] securities;

    internal Means(Parties parties, Positions positions, double[] equity, WorkMeter meter)
    {
        (means, securities) = (new double[parties.Count], new double[parties.Count]);
        var held = new List<Position>();
        for (var party = 0; party < parties.Count; party++)
        {
            positions.Read(parties.NodeOf(party), held);
            meter.ChargeNode(held.Count);
            foreach (var position in held) securities[party] += (double)position.Value;
            means[party] = securities[party] + (equity[party] > 0 ? equity[party] : 0);
        }
    }

    /// <summary>Securities and equity of a party.</summary>
    public double Of(int party) => means[party];

    /// <summary>Its securities alone.</summary>
    public double SecuritiesOf(int party) => securities[party];
}
