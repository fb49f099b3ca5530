using GraphRisk.Simulation.National;

namespace GraphRisk.Simulation.Credit;

/// <summary>What a month's prices did to one contract.</summary>
/// <param name="Lowest">Lowest ratio of the month.</param>
/// <param name="LowestWithoutFireSales">The same had forced sales of the last half year not pressed on prices; no lower.</param>
/// <param name="CalledOn">First day at or below the call line, or -1.</param>
public readonly record struct MonthPath(double Lowest, double LowestWithoutFireSales, int CalledOn)
{
    /// <summary>Trading days over which pressure counts as fire sale.</summary>
    private const int HalfYear = 122;

    public static MonthPath Of(CreditContract contract, PriceHistory prices, int first, int last)
    {
        var (lowest, lowestDay, called) = (double.MaxValue, first, -1);
        for (var day = first; day <= last; day++)
        {
            var ratio = contract.Ratio(prices, day);
            if (ratio < lowest) (lowest, lowestDay) = (ratio, day);
            if (called < 0 && ratio <= contract.CallLine) called = day;
        }

        var since = Math.Max(contract.FirstDay, lowestDay - HalfYear);
        return new MonthPath(lowest, contract.RatioWithoutFireSales(prices, lowestDay, since), called);
    }
}
