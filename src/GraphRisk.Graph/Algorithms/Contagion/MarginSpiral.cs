using System.Collections.Immutable;

namespace GraphRisk.Graph.Algorithms.Contagion;

/// <summary>The lines of margin accounts and the market they sell into.</summary>
/// <param name="CallLine">Collateral over debt below which an account must sell, above 1.</param>
/// <param name="RestoreTo">Ratio that selling restores, above 1.</param>
/// <param name="Depth">Money that must be sold at once to bring the price to nothing.</param>
/// <param name="MaxRounds">Rounds after which the spiral is cut off.</param>
public sealed record MarginSpiralParameters(double CallLine, double RestoreTo, double Depth, int MaxRounds = 1000);

/// <summary>One round of sales.</summary>
/// <param name="Sold">Sold by each account, in money at the price before impact.</param>
/// <param name="PriceFactor">Price after the round over the price before the shock.</param>
/// <param name="Ratios">Collateral over debt of each account after the round; null without debt.</param>
public sealed record MarginSpiralRound(ImmutableArray<double> Sold, double PriceFactor, ImmutableArray<double?> Ratios);

/// <summary>The whole spiral.</summary>
/// <param name="Rounds">Rounds in which somebody sold.</param>
/// <param name="PriceFactor">Price in the end over the price before the shock.</param>
/// <param name="Collateral">Collateral left to each account.</param>
/// <param name="ResidualDebt">Debt left to each account that has no collateral any more; 0 for the others.</param>
/// <param name="Ended">False where the rounds were used up.</param>
public sealed record MarginSpiralAnswer(
    ImmutableArray<MarginSpiralRound> Rounds, double PriceFactor, ImmutableArray<double> Collateral,
    ImmutableArray<double> ResidualDebt, bool Ended);

/// <summary>
/// The spiral of margin calls (Brunnermeier and Pedersen 2009; here in rounds): a fall takes accounts below their line,
/// they sell, the price falls further, more accounts are below it.
/// <para>
/// An account with collateral V below CallLine × debt D sells x = (RestoreTo × D - V) / (RestoreTo - 1), which brings it
/// to V - x = RestoreTo × (D - x); where V ≤ D, or x would exceed V, it sells all. All that sell in a round do so at once
/// at the price before impact; the price then falls by the sum over the depth, at most to nothing. State: collateral and
/// debt of each account, the price. A round costs the accounts; with each, somebody's debt falls.
/// </para>
/// </summary>
public static class MarginSpiral
{
    /// <summary>What follows a shock.</summary>
    /// <param name="collateral">Value of each account's collateral before the shock.</param>
    /// <param name="debt">Debt of each account.</param>
    /// <param name="shock">Relative move of the price, negative for a fall.</param>
    /// <param name="parameters">Lines and market.</param>
    public static MarginSpiralAnswer After(
        ReadOnlySpan<double> collateral, ReadOnlySpan<double> debt, double shock, MarginSpiralParameters parameters)
    {
        var (value, owed, price) = (collateral.ToArray(), debt.ToArray(), 1 + shock);
        for (var i = 0; i < value.Length; i++) value[i] *= 1 + shock;
        var rounds = ImmutableArray.CreateBuilder<MarginSpiralRound>();
        while (rounds.Count < parameters.MaxRounds && Sell(value, owed, parameters) is { } sold)
        {
            var impact = Math.Max(0, 1 - (sold.Sum() / parameters.Depth));
            price *= impact;
            for (var i = 0; i < value.Length; i++) value[i] *= impact;
            rounds.Add(new MarginSpiralRound([.. sold], price, [.. value.Zip(owed, Ratio)]));
        }

        return new MarginSpiralAnswer(
            rounds.ToImmutable(), price, [.. value], [.. value.Zip(owed, (left, rest) => left <= 0 ? rest : 0)],
            !value.Zip(owed).Any(pair => MustSell(pair.First, pair.Second, parameters)));
    }

    /// <summary>Sells where it must be; what each account sold, or null where none had to.</summary>
    private static double[]? Sell(double[] value, double[] owed, MarginSpiralParameters parameters)
    {
        double[]? sold = null;
        for (var i = 0; i < value.Length; i++)
        {
            if (!MustSell(value[i], owed[i], parameters)) continue;
            var wanted = ((parameters.RestoreTo * owed[i]) - value[i]) / (parameters.RestoreTo - 1);
            var amount = value[i] <= owed[i] ? value[i] : Math.Min(wanted, value[i]);
            (sold ??= new double[value.Length])[i] = amount;
            value[i] -= amount;
            owed[i] = Math.Max(0, owed[i] - amount);
        }

        return sold;
    }

    private static bool MustSell(double value, double owed, MarginSpiralParameters parameters) =>
        value > 0 && owed > 0 && value < parameters.CallLine * owed;

    private static double? Ratio(double value, double owed) => owed > 0 ? value / owed : null;
}
