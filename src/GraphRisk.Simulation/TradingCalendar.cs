namespace GraphRisk.Simulation;

/// <summary>
/// The trading days of the history, cut into months and quarters.
/// </summary>
/// <remarks>
/// Weekdays without the fixed-date national holidays (1-3 January, 1-5 May, 1-7 October) and without the last week of
/// January, which stands for the lunar new year. Days are numbered from 0; months and quarters too.
/// </remarks>
public sealed class TradingCalendar
{
    private readonly List<DateOnly> days = [];
    private readonly int[] monthStart;

    public TradingCalendar(DateOnly start, int quarters)
    {
        Months = quarters * 3;
        Quarters = quarters;
        Start = start;
        monthStart = new int[Months + 1];
        for (var m = 0; m < Months; m++)
        {
            monthStart[m] = days.Count;
            var first = start.AddMonths(m);
            for (var day = first; day.Month == first.Month; day = day.AddDays(1))
                if (Trades(day)) days.Add(day);
        }

        monthStart[Months] = days.Count;
    }

    public DateOnly Start { get; }

    public int Months { get; }

    public int Quarters { get; }

    public int Days => days.Count;

    public DateOnly Last => days[^1];

    public DateOnly this[int day] => days[day];

    /// <summary>First trading day of a month.</summary>
    public int FirstOf(int month) => monthStart[month];

    /// <summary>Last trading day of a month.</summary>
    public int LastOf(int month) => monthStart[month + 1] - 1;

    public static bool EndsQuarter(int month) => month % 3 == 2;

    public int MonthOf(DateOnly date) => ((date.Year - Start.Year) * 12) + date.Month - Start.Month;

    /// <summary>2023Q3.</summary>
    public static string QuarterName(DateOnly date) => $"{date.Year}Q{(date.Month + 2) / 3}";

    /// <summary>Whether securities are traded on a day.</summary>
    public static bool Trades(DateOnly day) =>
        day.DayOfWeek is not (DayOfWeek.Saturday or DayOfWeek.Sunday)
        && (day.Month, day.Day) is not ((1, <= 3) or (1, >= 25) or (5, <= 5) or (10, <= 7));
}
