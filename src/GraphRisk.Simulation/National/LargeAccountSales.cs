using GraphRisk.Simulation.Randomness;

namespace GraphRisk.Simulation.National;

/// <summary>How large accounts are sold out; see <see cref="LargeAccountSales"/>.</summary>
/// <param name="SellBelow">Assets to debt below which an account is sold down.</param>
/// <param name="RestoreTo">Assets to debt a sale restores.</param>
/// <param name="Turnover">Usual daily turnover as a part of the float.</param>
/// <param name="Impact">Volatilities a sale of one day's usual turnover moves the price by.</param>
/// <param name="Participation">Most of a day's turnover that forced sales can be.</param>
/// <param name="Resilience">Part of the pressure that is gone the next day.</param>
public sealed record LargeAccountParameters(
    double SellBelow, double RestoreTo, double Turnover, double Impact, double Participation, double Resilience)
{
    public static LargeAccountParameters Default { get; } = new(1.26, 1.5, 0.013, 1.9, 0.36, 0.011);
}

/// <summary>
/// Fire sales across securities: accounts that hold several securities on credit are sold down where one of them falls,
/// which presses on the others and on whoever holds those.
/// </summary>
/// <remarks>
/// <para>Three accounts to a security, each with two to five of them, drawn where securities are crowded; all that hold one security
/// have equal parts of what is held of it on credit. An account whose assets fall below a multiple of its debt is sold down in
/// proportion to what can be sold: x = (restore*D - V)/(restore - 1), and all where that is more. Orders queue and are worked off at
/// a limited part of the day's turnover. Impact follows the square-root law (Almgren, Thum, Hauptmann, Li 2005): volatility x the
/// root of the part of turnover. Overlapping portfolios as in Greenwood, Landier, Thesmar (2015).</para>
/// <para>Suspended securities are not sold: the account sells what else it has. Cost: holdings x days.</para>
/// </remarks>
public sealed class LargeAccountSales : IForcedSales
{
    private const int AccountsPerSecurity = 3;
    private readonly LargeAccountParameters parameters;
    private readonly IReadOnlyList<Security> securities;
    private readonly LargeAccount[] accounts;
    private readonly double[] queue;
    private readonly double[] pressure;
    private readonly double[] capital;

    public LargeAccountSales(LargeAccountParameters parameters, ulong seed, IReadOnlyList<Security> securities)
    {
        (this.parameters, this.securities) = (parameters, securities);
        (queue, pressure) = (new double[securities.Count], new double[securities.Count]);
        capital = [.. securities.Select(s => s.FloatShares * s.FirstPrice)];
        accounts = Draw(new Draws(seed, DrawStream.LargeAccounts, 0));
    }

    public double Trade(int security)
    {
        var sold = Math.Min(queue[security], parameters.Participation * parameters.Turnover);
        queue[security] -= sold;
        var change = -pressure[security] * parameters.Resilience;
        if (sold > 0) change -= parameters.Impact * securities[security].Volatility * Math.Sqrt(sold / parameters.Turnover);
        pressure[security] += change;
        return change;
    }

    public double PriceImpact(int security) => Math.Min(0, pressure[security]);

    public void Mark(ReadOnlySpan<double> returns, ReadOnlySpan<bool> suspended)
    {
        foreach (var account in accounts)
        {
            account.Mark(returns);
            if (account.Debt > 1 && account.Value < parameters.SellBelow * account.Debt) Sell(account, suspended);
        }
    }

    private void Sell(LargeAccount account, ReadOnlySpan<bool> suspended)
    {
        var sellable = account.ValueOfTraded(suspended);
        if (sellable <= 0) return;
        var needed = ((parameters.RestoreTo * account.Debt) - account.Value) / (parameters.RestoreTo - 1);
        var part = Math.Min(1, needed / sellable);
        for (var i = 0; i < account.Held.Length; i++)
        {
            var security = account.Held[i];
            if (suspended[security]) continue;
            queue[security] += account.Sell(i, part) / capital[security];
        }
    }

    private LargeAccount[] Draw(Draws draws)
    {
        var crowded = new WeightedTable<int>(securities.Select(s => (s.Index, s.Crowding)));
        var held = new int[securities.Count * AccountsPerSecurity][];
        for (var i = 0; i < held.Length; i++)
            held[i] = [.. Enumerable.Range(0, draws.Between(2, 5)).Select(_ => crowded.Pick(draws)).Distinct()];
        var holders = new int[securities.Count];
        foreach (var security in held.SelectMany(h => h)) holders[security]++;
        return [.. held.Select(h => new LargeAccount(
            h, [.. h.Select(s => capital[s] * securities[s].Crowding / holders[s])], draws.Between(1.42, 2.9)))];
    }
}
