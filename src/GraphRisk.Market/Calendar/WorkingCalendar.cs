using System.Collections.Immutable;
using System.Globalization;
using System.Text;

namespace GraphRisk.Market.Calendar;

/// <summary>A day that lies in a year the calendar holds no data of.</summary>
public sealed class YearWithoutCalendarException(int year, ImmutableSortedSet<int> years)
    : Exception(FormattableString.Invariant($"There is no calendar of {year}: it holds {string.Join(", ", years)}. A term that reaches into {year} cannot be told before its holidays are in it."))
{
    /// <summary>The year.</summary>
    public int Year { get; } = year;
}

/// <summary>
/// Which days are worked, from a file: weekdays, less holidays, more the weekends that are worked to make up for them; and on which the exchanges trade, who are closed on every weekend. A year without data is an error,
/// never a guess. Immutable and thread-safe.
/// </summary>
public sealed class WorkingCalendar
{
    private const string Header = "year,kind,from,to,for";

    private readonly ImmutableHashSet<DateOnly> holidays;
    private readonly ImmutableHashSet<DateOnly> worked;
    private readonly ImmutableHashSet<DateOnly> closed;

    private WorkingCalendar(ImmutableHashSet<DateOnly> holidays, ImmutableHashSet<DateOnly> worked, ImmutableHashSet<DateOnly> closed, ImmutableSortedSet<int> years) =>
        (this.holidays, this.worked, this.closed, Years) = (holidays, worked, closed, years);

    /// <summary>China's.</summary>
    public static WorkingCalendar China { get; } = Read(Embedded());

    /// <summary>The civil day of an instant in China, by which terms of law run: eight hours ahead of UTC, without summer time since 1992.</summary>
    public static DateOnly DayOf(DateTimeOffset instant) => DateOnly.FromDateTime(instant.ToOffset(TimeSpan.FromHours(8)).DateTime);

    /// <summary>The day on which something done at an instant is done: the clock's; where sources reach further, as in a rehearsal, the last of theirs.</summary>
    public static DateOnly RealDay(DateTimeOffset instant, DateOnly lastOfSources) => DayOf(instant) is var clock && clock > lastOfSources ? clock : lastOfSources;

    /// <summary>The years it holds.</summary>
    public ImmutableSortedSet<int> Years { get; }

    /// <summary>The same with the years of another, which stand in place of its own.</summary>
    public WorkingCalendar With(WorkingCalendar other) => new(
        [.. holidays.Where(day => !other.Years.Contains(day.Year)), .. other.holidays], [.. worked.Where(day => !other.Years.Contains(day.Year)), .. other.worked],
        [.. closed.Where(day => !other.Years.Contains(day.Year)), .. other.closed], Years.Union(other.Years));

    /// <summary>Whether a day is worked.</summary>
    /// <exception cref="YearWithoutCalendarException">The calendar holds no data of its year.</exception>
    public bool IsWorkingDay(DateOnly day)
    {
        Require(day.Year);
        return worked.Contains(day) || (IsWeekday(day) && !holidays.Contains(day));
    }

    /// <summary>
    /// Whether the exchanges trade on a day: on weekdays that are no holidays, but for those on which they are closed all the same; on no weekend, worked or not.
    /// </summary>
    /// <exception cref="YearWithoutCalendarException">The calendar holds no data of its year.</exception>
    public bool IsTradingDay(DateOnly day)
    {
        Require(day.Year);
        return IsWeekday(day) && !holidays.Contains(day) && !closed.Contains(day);
    }

    /// <summary>The last day of a term of working days: the first of them is the first one after the day from which it runs.</summary>
    /// <param name="from">Day from which it runs, which does not count.</param>
    /// <param name="days">How many, from 1.</param>
    /// <exception cref="YearWithoutCalendarException">The term reaches into a year the calendar holds no data of.</exception>
    public DateOnly AfterWorkingDays(DateOnly from, int days) => After(from, days, IsWorkingDay);

    /// <summary>The last day of a term of trading days of the exchanges, counted likewise.</summary>
    /// <param name="from">Day from which it runs, which does not count.</param>
    /// <param name="days">How many, from 1.</param>
    /// <exception cref="YearWithoutCalendarException">The term reaches into a year the calendar holds no data of.</exception>
    public DateOnly AfterTradingDays(DateOnly from, int days) => After(from, days, IsTradingDay);

    /// <summary>Reads a calendar.</summary>
    /// <exception cref="InvalidDataException">A line is no row, or says what cannot be; the message names it.</exception>
    public static WorkingCalendar Read(string text)
    {
        var lines = text.Split('\n').Select((line, at) => (Text: line.TrimEnd('\r'), Number: at + 1)).Where(line => line.Text.Length > 0 && line.Text[0] != '#').ToList();
        if (lines.Count == 0 || lines[0].Text != Header) throw new InvalidDataException($"The calendar does not begin with '{Header}'.");
        var (holidays, worked, closed, years) = (new HashSet<DateOnly>(), new HashSet<DateOnly>(), new HashSet<DateOnly>(), new SortedSet<int>());
        foreach (var (line, number) in lines.Skip(1))
        {
            if (line.Split(',') is not [var year, var kind, var first, var last, _] || !int.TryParse(year, NumberStyles.None, CultureInfo.InvariantCulture, out var of)
                || DayOf(first) is not { } from || DayOf(last) is not { } to || to < from || from.Year != of || to.Year != of)
                throw Fault(number, "is no row of a year, a kind, two days of that year in order, and what for");
            years.Add(of);
            var into = kind switch { "holiday" => holidays, "working" => worked, "closed" => closed, _ => throw Fault(number, $"says '{kind}', which is neither holiday nor working nor closed") };
            for (var day = from; day <= to; day = day.AddDays(1))
                if (kind == "working" && IsWeekday(day)) throw Fault(number, $"says {kind} of {day:yyyy-MM-dd}, a {day.DayOfWeek}");
                else if (!into.Add(day)) throw Fault(number, $"says {day:yyyy-MM-dd} a second time");
        }

        return new WorkingCalendar([.. holidays], [.. worked], [.. closed], [.. years]);
    }

    private static DateOnly After(DateOnly from, int days, Func<DateOnly, bool> counts)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(days, 1);
        var day = from;
        while (days > 0)
        {
            day = day.AddDays(1);
            if (counts(day)) days--;
        }

        return day;
    }

    private void Require(int year)
    {
        if (!Years.Contains(year)) throw new YearWithoutCalendarException(year, Years);
    }

    private static bool IsWeekday(DateOnly day) => day.DayOfWeek is not (DayOfWeek.Saturday or DayOfWeek.Sunday);

    private static DateOnly? DayOf(string text) => DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null;

    private static InvalidDataException Fault(int line, string what) => new($"The calendar's line {line} {what}.");

    private static string Embedded()
    {
        using var reader = new StreamReader(typeof(WorkingCalendar).Assembly.GetManifestResourceStream("calendar/china.csv")!, Encoding.UTF8);
        return reader.ReadToEnd();
    }
}
