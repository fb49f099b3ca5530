using System.Globalization;
using GraphRisk.Simulation.Community;
using GraphRisk.Simulation.Credit;
using GraphRisk.Simulation.National;
using GraphRisk.Simulation.Publishing;
using GraphRisk.Simulation.Randomness;

namespace GraphRisk.Simulation.Casework;

/// <summary>What those who work on the cases of a community share: days, persons, numbers as they are written, and the draws that belong to casework alone.</summary>
internal sealed class CaseOffice(MarketFiles files, NationalLayer nation, Draws draws)
{
    public const string Client = "CLIENT", Officer = "OFFICER", Supervisor = "SUPERVISOR", Platform = "PLATFORM";

    private static readonly string[] Surnames = ["li", "wang", "zhang", "liu", "chen", "yang", "zhao", "huang", "zhou", "wu", "xu", "sun"];
    private static readonly string[] Given = ["wei", "fang", "min", "jing", "lei", "qiang", "yan", "jun", "xia", "tao", "hui"];
    private const int Officers = 7;

    /// <summary>Draws of casework.</summary>
    public Draws Draws => draws;

    /// <summary>Trading days of the history.</summary>
    public TradingCalendar Calendar => nation.Calendar;

    /// <summary>Moves made so far.</summary>
    public List<CaseRow> Rows { get; } = [];

    /// <summary>A case that begins.</summary>
    public CaseTrail Open(Broker? broker, string kind, string number) => new(Rows, Calendar.Last, broker, kind, number);

    /// <summary>What is so about a case, whatever is decided.</summary>
    public void Tell(Broker? broker, string kind, string number, Party party, string truth) => files.Truth.Case(broker?.Source ?? "supervisor", kind, number, party, truth);

    /// <summary>The code of a security.</summary>
    public string CodeOf(int security) => nation.Securities[security].Code;

    /// <summary>The first trading day not before a day, some calendar days on.</summary>
    public static DateOnly After(DateOnly day, int days)
    {
        var next = day.AddDays(days);
        while (!TradingCalendar.Trades(next)) next = next.AddDays(1);
        return next;
    }

    /// <summary>Some trading days on.</summary>
    public static DateOnly TradingDaysAfter(DateOnly day, int days)
    {
        for (; days > 0; days--) day = After(day, 1);
        return day;
    }

    /// <summary>A person of a broker, or of the supervisor; not one of some.</summary>
    public string Person(Broker? broker, params string?[] besides)
    {
        while (true)
        {
            var of = ((broker?.Index ?? 90) * Officers) + draws.Below(Officers);
            var name = $"{Surnames[of % Surnames.Length]}.{Given[of % Given.Length]}";
            if (!besides.Contains(name)) return name;
        }
    }

    /// <summary>The id of a client's record at a broker.</summary>
    public static string IdOf(ClientRelation client) => $"{(client.Party is Community.Person ? "Person" : "Company")}/{client.Broker.Source}:{client.ClientNo}";

    public static string Money(double yuan) => Math.Round(yuan, 2, MidpointRounding.AwayFromZero).ToString("0.00", CultureInfo.InvariantCulture);

    public static string Ratio(double value) => value.ToString("0.0000", CultureInfo.InvariantCulture);

    public static string Whole(long number) => number.ToString(CultureInfo.InvariantCulture);

    public static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
