using GraphRisk.Graph.Algorithms;
using GraphRisk.Graph.Algorithms.Linkage;
using GraphRisk.Market.Columns;
using GraphRisk.Market.Credit;

namespace GraphRisk.Market.Contagion;

/// <summary>
/// How long ago the broker of a party that is linked to one sold its collateral by force (强平). Links are those of <see cref="LinkedParties"/>, looked for from those who were
/// sold out, who are few; a link holds from either end. Only the last quarter counts. Cost: events of all parties, and the links of those sold out.
/// </summary>
public sealed class LinkedForcedSales
{
    /// <summary>Days for which a forced sale is near.</summary>
    public const int Days = 91;

    private readonly double[] since;

    internal LinkedForcedSales(Parties parties, CreditEvents events, Func<LinkedParties> links, WorkMeter meter)
    {
        since = new double[parties.Count];
        Array.Fill(since, double.NaN);
        LinkedParties? linked = null;
        for (var party = 0; party < parties.Count; party++)
        {
            meter.ChargeNode(1);
            if (events.DaysSinceForcedSale(parties.NodeOf(party)) is not (var ago and <= Days)) continue;
            linked ??= links();
            foreach (var other in linked.Of(parties.NodeOf(party), meter).Linked)
                if (parties.IndexOf(other.Party) is >= 0 and var at) since[at] = Numbers.Least(since[at], ago);
        }
    }

    /// <summary>Days since the latest forced sale of a party linked to one; NaN where there was none within the quarter.</summary>
    public double DaysSince(int party) => since[party];
}
