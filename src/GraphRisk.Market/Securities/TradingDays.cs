using System.Collections.Immutable;
using GraphRisk.Graph.Snapshots;
using GraphRisk.Market.Columns;

namespace GraphRisk.Market.Securities;

/// <summary>
/// The days on which the exchange traded, up to the as-of day: those on which any security has a close. They are what has been, so holidays and closures need no
/// calendar; nothing is said of days to come. One pass over the prices. Immutable.
/// </summary>
public sealed class TradingDays
{
    private readonly ImmutableArray<int> days;

    private TradingDays(ImmutableArray<int> days) => this.days = days;

    /// <summary>The days a snapshot knows prices of.</summary>
    public static TradingDays Of(Snapshot snapshot)
    {
        var close = NumberColumn.Of(snapshot, "Security", "close");
        var found = new HashSet<int>();
        for (var row = 0; row < snapshot.Nodes.RowCount("Security"); row++)
            foreach (var day in close.Days(row)) found.Add(day);
        found.RemoveWhere(day => day > snapshot.Stamp.AsOfDay.DayNumber);
        return new TradingDays([.. found.Order()]);
    }

    /// <summary>The trading day a number of trading days before a day; that day itself, or the last one before it, for 0. Null before the first.</summary>
    public DateOnly? Before(DateOnly day, int count) => Place(day) - count is >= 0 and var at ? DateOnly.FromDayNumber(days[at]) : null;

    /// <summary>Trading days after one day, up to and including another; negative where that is earlier.</summary>
    public int Between(DateOnly from, DateOnly to) => Place(to) - Place(from);

    /// <summary>Trading days from one day to another, both included, ascending.</summary>
    public IEnumerable<DateOnly> From(DateOnly first, DateOnly last) =>
        days.Where(day => day >= first.DayNumber && day <= last.DayNumber).Select(DateOnly.FromDayNumber);

    /// <summary>Place of the last trading day at or before a day; -1 before the first.</summary>
    private int Place(DateOnly day) => days.BinarySearch(day.DayNumber) is var found && found >= 0 ? found : ~found - 1;
}
