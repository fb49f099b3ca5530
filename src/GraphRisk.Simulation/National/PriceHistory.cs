using GraphRisk.Simulation.Names;
using GraphRisk.Simulation.Randomness;

namespace GraphRisk.Simulation.National;

/// <summary>
/// Daily closes of every security and, beside each, the part of its fall that forced sales made.
/// </summary>
/// <remarks>
/// return = beta x market + industry + own noise + crowd (see <see cref="CrowdSelling"/>), cut at the daily limit. A
/// suspended security keeps its last close; what happened meanwhile comes out after resumption, limit by limit. Closes are
/// rounded to the cent before anything uses them, so collateral can be recomputed from the files.
/// </remarks>
public sealed class PriceHistory
{
    private readonly int days;
    private readonly double[] close;
    private readonly float[] pressure;
    private readonly bool[] suspended;

    public PriceHistory(MarketParameters parameters, TradingCalendar calendar, IReadOnlyList<Security> securities)
    {
        days = calendar.Days;
        close = new double[securities.Count * days];
        pressure = new float[close.Length];
        suspended = new bool[close.Length];
        var factor = new MarketFactor(parameters, calendar, NameTables.Industries.Count);
        foreach (var security in securities)
            Simulate(new Draws(parameters.Seed, DrawStream.Prices, security.Index), security, factor);
    }

    public double Close(int security, int day) => close[(security * days) + day];

    /// <summary>Log-price pressure of forced sales on that day, zero or negative.</summary>
    public double Pressure(int security, int day) => pressure[(security * days) + day];

    public bool Suspended(int security, int day) => suspended[(security * days) + day];

    private void Simulate(Draws draws, Security security, MarketFactor factor)
    {
        var crowd = new CrowdSelling(CrowdParameters.Default, security.Crowding);
        var industry = security.Issuer is null ? -1 : IndustryIndex(security.Issuer.Industry);
        var (price, pending, suspendedUntil) = (security.FirstPrice, 0.0, -1);
        for (var t = 0; t < days; t++)
        {
            if (t > suspendedUntil && draws.Chance(0.0005)) suspendedUntil = t + draws.Between(5, 40);
            var suspended = t <= suspendedUntil && !security.IsFund;
            pending += (security.Beta * factor.Market(t)) + (security.Volatility * draws.Normal())
                + (industry < 0 ? 0 : factor.Industry(industry, t));
            var move = 0.0;
            if (!suspended)
            {
                pending += crowd.Trade();
                move = Math.Clamp(pending, -security.DailyLimit, security.DailyLimit);
                pending -= move;
                price = Math.Max(0.5, Math.Round(price * (1 + move), 2));
            }

            crowd.Mark(move);
            var slot = (security.Index * days) + t;
            close[slot] = price;
            pressure[slot] = (float)crowd.Pressure;
            this.suspended[slot] = suspended;
        }
    }

    private static int IndustryIndex(string industry)
    {
        for (var i = 0; i < NameTables.Industries.Count; i++)
            if (NameTables.Industries[i] == industry) return i;
        throw new ArgumentException($"No industry {industry}", nameof(industry));
    }
}
