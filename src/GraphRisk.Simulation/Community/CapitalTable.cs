using GraphRisk.Simulation.Randomness;

namespace GraphRisk.Simulation.Community;

/// <summary>Divides a company's capital among its holders in whole parts that sum to the whole.</summary>
public static class CapitalTable
{
    /// <summary>
    /// Adds a row per holder; fractions must sum to less than 1 and the last holder takes what is left. In one company of
    /// fifteen the articles move a tenth of the votes of the others to the first holder.
    /// </summary>
    public static void Add(CommunityBuilder builder, Company company, IReadOnlyList<(Party Holder, double Fraction)> holders)
    {
        var shares = new int[holders.Count];
        var left = Shareholding.Whole;
        for (var i = 0; i < holders.Count - 1; i++) left -= shares[i] = Round(holders[i].Fraction);
        shares[^1] = left;
        var votes = builder.Shape.Chance(1 / 15.0) ? Shifted(shares) : shares;
        var founded = company.Established;
        for (var i = 0; i < shares.Length; i++)
            if (shares[i] > 0)
                builder.Community.Shareholdings.Add(new Shareholding(holders[i].Holder, company, shares[i], votes[i], new Period(founded, null)));
    }

    /// <summary>A majority between 51 and 95%, or all of it.</summary>
    public static double Majority(Draws draws) => draws.Chance(0.25) ? 1.0 : draws.Between(0.51, 0.95);

    /// <summary>Percentages in registers are mostly round.</summary>
    private static int Round(double fraction) => (int)Math.Round(fraction * 200) * (Shareholding.Whole / 200);

    private static int[] Shifted(int[] shares)
    {
        var votes = (int[])shares.Clone();
        for (var i = 1; i < votes.Length; i++)
        {
            var moved = shares[i] / 10;
            votes[i] -= moved;
            votes[0] += moved;
        }

        return votes;
    }
}
