using System.Collections.Immutable;

namespace GraphRisk.Graph.Algorithms.Contagion;

/// <summary>Investors, what they hold, and how prices answer to sales.</summary>
/// <param name="Holdings">What each investor holds.</param>
/// <param name="Leverage">Debt over equity of each investor, kept constant by selling; 0 up.</param>
/// <param name="PriceImpact">Relative fall of each security's price for one unit of money sold; 0 up.</param>
public sealed record FireSaleMarket(Portfolios Holdings, double[] Leverage, double[] PriceImpact);

/// <summary>What a shock and the sales after it cost.</summary>
/// <param name="Market">The market before the shock.</param>
/// <param name="Shock">Relative move of each price at first.</param>
/// <param name="Rounds">Rounds in which somebody sold.</param>
/// <param name="ShockLosses">Lost by each investor through the shock itself; negative for a gain.</param>
/// <param name="Losses">Lost by each investor through the sales of all, itself included, in all rounds.</param>
/// <param name="AggregateVulnerability">Those losses of all over the equity of all before the shock.</param>
/// <param name="Ended">False where the rounds were used up while somebody would still sell.</param>
public sealed record FireSaleAnswer(
    FireSaleMarket Market, double[] Shock, ImmutableArray<SaleRound> Rounds, double[] ShockLosses, double[] Losses,
    double AggregateVulnerability, bool Ended)
{
    /// <summary>Whose sale of what cost an investor how much: the terms of its entry in <see cref="Losses"/>.</summary>
    public ImmutableArray<SaleLoss> TermsOf(int investor)
    {
        var terms = new Dictionary<(int Seller, int Security), double>();
        for (var (position, end) = Market.Holdings.Range(investor); position < end; position++)
        {
            var (security, value) = (Market.Holdings.SecurityOf(position), Market.Holdings.Values[position]);
            var move = Shock[security];
            foreach (var round in Rounds)
            {
                round.Attribute(security, value, terms);
                value = FireSale.Left(value, move, round.SoldBy(investor, security));
                move = round.Moves[security];
            }
        }

        return SaleRound.Terms(investor, terms);
    }
}

/// <summary>
/// Fire sales over overlapping portfolios (Greenwood, Landier and Thesmar 2015).
/// <para>
/// A fall of prices lowers an investor's assets; to return to its leverage it sells leverage × loss, every security in
/// proportion to its holding; sales depress prices linearly, and everybody who holds those securities loses. One round
/// is the published model. In the next round the fall that the sales made is the shock, to what is then left.
/// </para>
/// <para>
/// As published, all amounts of a round are at the values before its shock: sales in those proportions, and losses on
/// holdings not yet diminished by the round's own sales. An investor that gained does not buy, none sells more than it
/// has left, and no price falls below nothing. Each loss is the sum over securities and sellers of holding × fall ×
/// the seller's part of the flow. State: value of each position. A round costs the positions.
/// </para>
/// </summary>
public static class FireSale
{
    private const double Tolerance = 1e-12;

    /// <summary>The rounds that follow a shock.</summary>
    /// <param name="market">The market.</param>
    /// <param name="shock">Relative move of each security's price, negative for a fall, not below -1.</param>
    /// <param name="maxRounds">Rounds at most; 1 is the published model.</param>
    /// <param name="meter">Pays for it.</param>
    public static FireSaleAnswer After(FireSaleMarket market, IReadOnlyList<double> shock, int maxRounds = 1, WorkMeter? meter = null)
    {
        var holdings = market.Holdings;
        var (values, moves, losses) = (holdings.Values.ToArray(), shock.ToArray(), new double[holdings.HolderCount]);
        double[] totals = [.. Enumerable.Range(0, losses.Length).Select(holdings.TotalOf)];
        var sensible = Tolerance * totals.Sum();
        var rounds = ImmutableArray.CreateBuilder<SaleRound>();
        SaleRound? NextRound()
        {
            var sold = Sales(market, values, moves, meter ?? WorkMeter.Unlimited);
            return sold.Sum() > sensible ? new SaleRound(holdings, sold, (security, flow) => -market.PriceImpact[security] * flow) : null;
        }

        var next = NextRound();
        for (; next is not null && rounds.Count < maxRounds; next = NextRound())
        {
            rounds.Add(next);
            Fall(holdings, next, values, moves, losses);
            moves = next.Moves.ToArray();
        }

        var equity = totals.Select((total, investor) => total / (1 + market.Leverage[investor])).Sum();
        return new FireSaleAnswer(
            market, [.. shock], rounds.ToImmutable(), ShockLosses(holdings, shock), losses, equity > 0 ? losses.Sum() / equity : 0, next is null);
    }

    /// <summary>What is left of a position after the fall of its price and a sale.</summary>
    internal static double Left(double value, double move, double sold) => Math.Max(0, (value * (1 + move)) - sold);

    /// <summary>Sold of each position.</summary>
    private static double[] Sales(FireSaleMarket market, double[] values, double[] moves, WorkMeter meter)
    {
        var sold = new double[values.Length];
        for (var investor = 0; investor < market.Holdings.HolderCount; investor++)
        {
            var (start, end) = market.Holdings.Range(investor);
            meter.ChargeNode(end - start);
            var (total, gained) = (0.0, 0.0);
            for (var position = start; position < end; position++)
            {
                total += values[position];
                gained += values[position] * moves[market.Holdings.SecurityOf(position)];
            }

            var sale = Math.Min(total + gained, market.Leverage[investor] * Math.Max(0, -gained));
            for (var position = start; position < end && sale > 0; position++) sold[position] = sale * values[position] / total;
        }

        return sold;
    }

    /// <summary>Counts the losses of a round and takes its shock and sales off the values.</summary>
    private static void Fall(Portfolios holdings, SaleRound round, double[] values, double[] moves, double[] losses)
    {
        for (var investor = 0; investor < losses.Length; investor++)
        {
            for (var (position, end) = holdings.Range(investor); position < end; position++)
            {
                var security = holdings.SecurityOf(position);
                losses[investor] -= values[position] * round.Moves[security];
                values[position] = Left(values[position], moves[security], round.SoldBy(investor, security));
            }
        }
    }

    private static double[] ShockLosses(Portfolios holdings, IReadOnlyList<double> shock)
    {
        var losses = new double[holdings.HolderCount];
        for (var investor = 0; investor < losses.Length; investor++)
            for (var (position, end) = holdings.Range(investor); position < end; position++)
                losses[investor] -= holdings.Values[position] * shock[holdings.SecurityOf(position)];
        return losses;
    }
}
