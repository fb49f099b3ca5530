using GraphRisk.Simulation.Names;
using GraphRisk.Simulation.Randomness;

namespace GraphRisk.Simulation.National;

/// <summary>
/// Daily closes of every security and, beside each, the part of its fall that forced sales made.
/// </summary>
/// <remarks>
/// return = beta x market + industry + own noise + forced sales (see <see cref="IForcedSales"/>), cut at the daily limit. A
/// suspended security keeps its last close and nobody can sell it; what happened meanwhile comes out after resumption, limit by
/// limit. In a market crash a part of the companies have their shares suspended for one to six weeks. Closes are
/// rounded to the cent before anything uses them, so collateral can be recomputed from the files.
/// </remarks>
public sealed class PriceHistory
{
    /// <summary>Chance that a share is suspended from a day on, on a usual day and on one of a crash.</summary>
    private const double Usual = 0.0005;
    private const double InCrash = 0.014;
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
        Quotation[] quotations = [.. securities.Select(s => new Quotation(parameters.Seed, s, factor))];
        var sales = SalesOf(parameters, securities);
        var (returns, halted) = (new double[securities.Count], new bool[securities.Count]);
        for (var day = 0; day < days; day++)
        {
            for (var i = 0; i < quotations.Length; i++)
            {
                (returns[i], halted[i]) = quotations[i].Live(day, sales);
                close[(i * days) + day] = quotations[i].Price;
                suspended[(i * days) + day] = halted[i];
                pressure[(i * days) + day] = (float)sales.PriceImpact(i);
            }

            sales.Mark(returns, halted);
        }
    }

    public double Close(int security, int day) => close[(security * days) + day];

    /// <summary>Log-price pressure of forced sales on that day, zero or negative.</summary>
    public double PriceImpact(int security, int day) => pressure[(security * days) + day];

    public bool Suspended(int security, int day) => suspended[(security * days) + day];

    private static IForcedSales SalesOf(MarketParameters parameters, IReadOnlyList<Security> securities) => parameters.Contagion switch
    {
        ContagionProcess.Intensity => new CrowdSales(securities.Select(s => s.Crowding)),
        ContagionProcess.Clearing => new LargeAccountSales(LargeAccountParameters.Default, parameters.Seed, securities),
        _ => new CrowdSales(securities.Select(_ => 0.0)),
    };

    /// <summary>One security from day to day.</summary>
    private sealed class Quotation(ulong seed, Security security, MarketFactor factor)
    {
        private readonly Draws draws = new(seed, DrawStream.Prices, security.Index);
        private readonly Draws suspensions = new(seed, DrawStream.Suspensions, security.Index);
        private readonly int industry = security.Issuer is null ? -1 : IndustryIndex(security.Issuer.Industry);
        private double pending;
        private int suspendedUntil = -1;

        public double Price { get; private set; } = security.FirstPrice;

        public (double Return, bool Suspended) Live(int day, IForcedSales sales)
        {
            var halted = Halted(day);
            pending += (security.Beta * factor.Market(day)) + (security.Volatility * draws.Normal())
                + (industry < 0 ? 0 : factor.Industry(industry, day));
            if (halted) return (0, true);
            pending += sales.Trade(security.Index);
            var move = Math.Clamp(pending, -security.DailyLimit, security.DailyLimit);
            pending -= move;
            Price = Math.Max(0.5, Math.Round(Price * (1 + move), 2));
            return (move, false);
        }

        private bool Halted(int day)
        {
            if (security.IsFund) return false;
            var crash = factor.InCrash(day);
            if (day > suspendedUntil && suspensions.Chance(crash ? InCrash : Usual))
                suspendedUntil = day + (crash ? suspensions.Between(4, 29) : suspensions.Between(5, 40));
            return day <= suspendedUntil;
        }
    }

    private static int IndustryIndex(string industry)
    {
        for (var i = 0; i < NameTables.Industries.Count; i++)
            if (NameTables.Industries[i] == industry) return i;
        throw new ArgumentException($"No industry {industry}", nameof(industry));
    }
}
