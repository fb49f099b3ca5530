using System.Globalization;

namespace GraphRisk.Matching.Values;

/// <summary>
/// The numbers of a date as written, before it is decided which is day and which month and they are a <see cref="PartialDay"/>: a year alone, year and month, or two numbers of
/// which one is the month. Read are 1978-11-12, 12.11.78, 11/12/1978, 19781112, 24-May-11, May 24 2011, 1978年11月12日,
/// 11/1978, 1978, and a spreadsheet's serial number. A time behind the day does not count. Parts that name no day that ever was
/// stay as they are written: a slip of one digit still is like the right date.
/// </summary>
/// <param name="Year">The year; two digits count from 1931 to 2030.</param>
/// <param name="First">The first of the two other numbers; 0 where there is none.</param>
/// <param name="Second">The second; 0 where there is none.</param>
/// <param name="Order">Which of the two is the month.</param>
internal readonly record struct DateParts(int Year, int First, int Second, DateOrder Order)
{
    private const int LastShortYear = 30;
    private const int FirstSerial = 3655;
    private const int LastSerial = 55152;
    private static readonly string[] Months = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

    /// <summary>Year, month and day lie within their bounds in at least one order.</summary>
    public bool IsWhole => Year is >= 1800 and <= 2100 && First is >= 0 and <= 31 && Second is >= 0 and <= 31 && (First <= 12 || Second <= 12);

    /// <summary>The parts; null where a text is no date.</summary>
    public static DateParts? Find(string text)
    {
        Span<int> numbers = stackalloc int[3];
        Span<int> lengths = stackalloc int[3];
        var (count, month, monthAt) = (0, 0, -1);
        for (var i = 0; i < text.Length;)
        {
            if (char.IsAsciiDigit(text[i]))
            {
                var start = i;
                while (i < text.Length && char.IsAsciiDigit(text[i])) i++;
                if (count == 3) break;
                if (i - start > 8) return null;
                (numbers[count], lengths[count]) = (int.Parse(text.AsSpan(start, i - start), CultureInfo.InvariantCulture), i - start);
                count++;
                if (IsTime(text, i, count)) return null;
            }
            else if (char.IsAsciiLetter(text[i]))
            {
                var start = i;
                while (i < text.Length && char.IsAsciiLetter(text[i])) i++;
                if (MonthOf(text.AsSpan(start, i - start)) is { } named && monthAt < 0) (month, monthAt) = (named, count);
                else if (!IsBesideNumber(text.AsSpan(start, i - start)) && count < 3) return null;
            }
            else if (!" -/.,年月日　'\t:+".Contains(text[i]))
            {
                return null;
            }
            else
            {
                i++;
            }
        }

        return monthAt >= 0 ? Named(numbers[..count], lengths[..count], month) : Numbered(numbers[..count], lengths[..count]);
    }

    private static DateParts? Named(ReadOnlySpan<int> numbers, ReadOnlySpan<int> lengths, int month)
    {
        if (numbers.Length == 1) return lengths[0] == 4 ? new DateParts(numbers[0], month, 0, DateOrder.MonthFirst) : null;
        if (numbers.Length < 2) return null;
        return lengths[0] == 4
            ? new DateParts(numbers[0], month, numbers[1], DateOrder.MonthFirst)
            : lengths[1] is 2 or 4 ? new DateParts(YearOf(numbers[1], lengths[1]), month, numbers[0], DateOrder.MonthFirst) : null;
    }

    private static DateParts? Numbered(ReadOnlySpan<int> numbers, ReadOnlySpan<int> lengths) => numbers.IsEmpty ? null : (numbers.Length, lengths[0]) switch
    {
        (1, 8) => Together(numbers[0]),
        (1, 6) when numbers[0] / 100 is >= 1800 and <= 2100 => new DateParts(numbers[0] / 100, numbers[0] % 100, 0, DateOrder.MonthFirst),
        (1, 4) => new DateParts(numbers[0], 0, 0, DateOrder.MonthFirst),
        (1, 4 or 5) when numbers[0] is >= FirstSerial and <= LastSerial => Serial(numbers[0]),
        (1, _) => null,
        (2, 4) => new DateParts(numbers[0], numbers[1], 0, DateOrder.MonthFirst),
        (2, _) when lengths[1] == 4 => new DateParts(numbers[1], numbers[0], 0, DateOrder.MonthFirst),
        (2, _) => null,
        (_, 4) => new DateParts(numbers[0], numbers[1], numbers[2], DateOrder.MonthFirst),
        (_, 1 or 2) when lengths[2] is 2 or 4 && lengths[1] <= 2 => new DateParts(YearOf(numbers[2], lengths[2]), numbers[0], numbers[1], DateOrder.Unknown),
        _ => null,
    };

    /// <summary>Eight digits: the year in front where it can be one, else at the end.</summary>
    private static DateParts Together(int digits)
    {
        var atEnd = digits % 10_000;
        return digits / 10_000 is >= 1800 and <= 2100 || atEnd is < 1800 or > 2100
            ? new DateParts(digits / 10_000, digits / 100 % 100, digits % 100, DateOrder.MonthFirst)
            : new DateParts(atEnd, digits / 1_000_000, digits / 10_000 % 100, DateOrder.Unknown);
    }

    private static DateParts Serial(int days)
    {
        var day = new DateOnly(1899, 12, 30).AddDays(days);
        return new DateParts(day.Year, day.Month, day.Day, DateOrder.MonthFirst);
    }

    private static int YearOf(int number, int length) => length == 4 ? number : number <= LastShortYear ? 2000 + number : 1900 + number;

    private static int? MonthOf(ReadOnlySpan<char> word)
    {
        if (word.Length < 3) return null;
        for (var month = 0; month < Months.Length; month++)
            if (word.StartsWith(Months[month], StringComparison.OrdinalIgnoreCase)) return month + 1;
        return null;
    }

    private static bool IsBesideNumber(ReadOnlySpan<char> word) =>
        word.Equals("T", StringComparison.Ordinal) || word.Equals("st", StringComparison.OrdinalIgnoreCase) || word.Equals("nd", StringComparison.OrdinalIgnoreCase)
        || word.Equals("rd", StringComparison.OrdinalIgnoreCase) || word.Equals("th", StringComparison.OrdinalIgnoreCase) || word.Equals("of", StringComparison.OrdinalIgnoreCase);

    /// <summary>Whether the first number is an hour.</summary>
    private static bool IsTime(string text, int at, int count) => count == 1 && at < text.Length && text[at] == ':';
}
