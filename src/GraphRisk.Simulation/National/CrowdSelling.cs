namespace GraphRisk.Simulation.National;

/// <summary>How forced sellers behave; see <see cref="CrowdSelling"/>.</summary>
/// <param name="CallLine">Maintenance ratio at or below which a holder must sell.</param>
/// <param name="RestoreTo">Ratio the sale restores.</param>
/// <param name="Participation">Most of the float that can be sold in a day.</param>
/// <param name="Impact">Return per unit of float sold: 6 means that selling 1% moves the price by -6%.</param>
/// <param name="Recovery">Part of the accumulated price pressure that is bought back each day.</param>
public sealed record CrowdParameters(double CallLine, double RestoreTo, double Participation, double Impact, double Recovery)
{
    public static CrowdParameters Default { get; } = new(1.30, 1.40, 0.0022, 6, 0.004);
}

/// <summary>
/// The fire sale of one security: what its margin holders are forced to sell, and what that does to its price.
/// </summary>
/// <remarks>
/// The crowd is a mean field: nine representative holders with maintenance ratios from 1.45 to 2.65, together holding the
/// security's crowding as a part of its float. A holder at or below the call line sells x = (restore*D - V)/(restore - 1),
/// everything when V is no more than D (the margin spiral; Cont and Schaanning 2017 for the linear impact). Sales queue
/// and are worked off at a limited part of the float a day, so one quarter's sellers press on the next quarter's
/// prices: that is how one holder's trouble reaches another through what both hold. Because the crowd is a mean field
/// and not the sum over simulated clients, communities stay independent of one another and the market streams.
/// </remarks>
public sealed class CrowdSelling(CrowdParameters parameters, double crowding)
{
    private const int Holders = 9;
    private readonly double[] value = [.. Enumerable.Repeat(1.0, Holders)];
    private readonly double[] debt = [.. Enumerable.Range(0, Holders).Select(i => 1 / Target(i))];
    private double queue;

    /// <summary>Log-price pressure owed to forced sales so far, zero or negative.</summary>
    public double PriceImpact { get; private set; }

    /// <summary>Today's return from sales worked off and from earlier pressure being bought back.</summary>
    public double Trade()
    {
        var sold = Math.Min(queue, parameters.Participation);
        queue -= sold;
        var back = -PriceImpact * parameters.Recovery;
        var change = back - (parameters.Impact * sold);
        PriceImpact += change;
        return change;
    }

    /// <summary>Marks the holders to today's price and queues what they must sell from tomorrow.</summary>
    public void Mark(double dailyReturn)
    {
        for (var i = 0; i < Holders; i++)
        {
            value[i] *= 1 + dailyReturn;
            if (debt[i] > 1e-6 && value[i] <= parameters.CallLine * debt[i]) Sell(i);
            else debt[i] += 0.004 * Math.Max(0, (value[i] / Target(i)) - debt[i]);
        }
    }

    private void Sell(int i)
    {
        var needed = ((parameters.RestoreTo * debt[i]) - value[i]) / (parameters.RestoreTo - 1);
        var sale = value[i] <= debt[i] ? value[i] : Math.Min(needed, value[i]);
        queue += crowding / Holders * sale;
        value[i] -= sale;
        debt[i] = Math.Max(0, debt[i] - sale);
    }

    private static double Target(int i) => 1.45 + (0.15 * i);
}
