using GraphRisk.Market.Calendar;

namespace GraphRisk.Cli;

/// <summary>Something the user of the command line can mend; the message says what and how.</summary>
internal sealed class UserErrorException(string message) : Exception(message)
{
    /// <summary>Days reach into a year that no calendar tells.</summary>
    public static UserErrorException BeyondCalendar(YearWithoutCalendarException error) => new($"{error.Message} An operator adds a year in calendar.csv of the data folder.");
}
