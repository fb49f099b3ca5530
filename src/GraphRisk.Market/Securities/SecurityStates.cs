using GraphRisk.Graph.Snapshots;
using GraphRisk.Market.Columns;

namespace GraphRisk.Market.Securities;

/// <summary>What a security's own prices say, up to the as-of date; NaN is "not known".</summary>
/// <param name="Close">Last close, yuan.</param>
/// <param name="Volatility">Standard deviation of daily log returns over the last 60 prices.</param>
/// <param name="Drawdown">1 - close / highest close of a year; 0 at the top.</param>
/// <param name="QuarterReturn">close / close a quarter earlier - 1.</param>
/// <param name="MarketValue">Shares outstanding x close.</param>
/// <param name="Suspended">Not traded on the day.</param>
public readonly record struct SecurityState(
    double Close, double Volatility, double Drawdown, double QuarterReturn, double MarketValue, bool Suspended);

/// <summary>The state of every security, by its row among securities. One pass over a year of prices.</summary>
public sealed class SecurityStates
{
    private const int Window = 60;
    private const int Quarter = 91;
    private const int Year = 365;
    private readonly SecurityState[] states;

    public SecurityStates(Snapshot snapshot)
    {
        var today = snapshot.Stamp.AsOfDay.DayNumber;
        var close = NumberColumn.Of(snapshot, "Security", "close");
        var shares = NumberColumn.Of(snapshot, "Security", "sharesOutstanding");
        var suspended = TruthColumn.Of(snapshot, "Security", "suspended");
        states = new SecurityState[snapshot.Nodes.RowCount("Security")];
        for (var row = 0; row < states.Length; row++)
        {
            var last = close[row];
            states[row] = new SecurityState(
                last, Volatility(close.History(row)), 1 - last / HighestOfYear(close, row, today),
                last / close.At(row, today - Quarter) - 1, last * shares[row], suspended[row] ?? false);
        }
    }

    /// <summary>Securities with a state.</summary>
    public int Count => states.Length;

    /// <summary>The state of the security in a row among securities.</summary>
    public SecurityState this[int row] => states[row];

    private static double HighestOfYear(NumberColumn close, int row, int today)
    {
        var days = close.Days(row);
        var values = close.History(row);
        var highest = double.NaN;
        for (var i = days.Length - 1; i >= 0 && days[i] > today - Year; i--)
            highest = Numbers.Greatest(highest, (double)values[i]);
        return highest;
    }

    private static double Volatility(ReadOnlySpan<decimal> prices)
    {
        var recent = prices.Length > Window + 1 ? prices[^(Window + 1)..] : prices;
        if (recent.Length < 20)
            return double.NaN; // too few to say
        double sum = 0, squares = 0;
        for (var i = 1; i < recent.Length; i++)
        {
            var move = Math.Log((double)recent[i] / (double)recent[i - 1]);
            sum += move;
            squares += move * move;
        }
        var n = recent.Length - 1;
        return Math.Sqrt(Math.Max(0, squares / n - sum / n * (sum / n)));
    }
}
