using GraphRisk.Market.Calendar;

namespace GraphRisk.Market.Tests.Calendar;

public sealed class WorkingCalendarTests
{
    private const string Header = "year,kind,from,to,for\n";

    [TestCase(2024, 251)]
    [TestCase(2025, 248)]
    [TestCase(2026, 248)]
    public void AYearHasSoManyWorkingDays(int year, int working)
    {
        var days = Enumerable.Range(0, DateTime.IsLeapYear(year) ? 366 : 365).Select(new DateOnly(year, 1, 1).AddDays).ToList();
        Assert.That(days.Count(WorkingCalendar.China.IsWorkingDay), Is.EqualTo(working));
    }

    [TestCase("2026-02-14", true)]
    [TestCase("2026-02-17", false)]
    [TestCase("2026-03-02", true)]
    [TestCase("2026-03-07", false)]
    [TestCase("2024-02-09", true)]
    [TestCase("2025-10-08", false)]
    public void ADayIsWorkedOrNot(string day, bool worked) => Assert.That(WorkingCalendar.China.IsWorkingDay(DateOnly.Parse(day)), Is.EqualTo(worked));

    // The exchanges traded on 242 days of 2024 and 243 of 2025: on no weekend, and not on the eve of the year of the dragon, which was worked.
    [TestCase(2024, 242)]
    [TestCase(2025, 243)]
    public void AYearHasSoManyTradingDays(int year, int trading) =>
        Assert.That(Enumerable.Range(0, DateTime.IsLeapYear(year) ? 366 : 365).Select(new DateOnly(year, 1, 1).AddDays).Count(WorkingCalendar.China.IsTradingDay), Is.EqualTo(trading));

    [TestCase("2024-02-09", false)]
    [TestCase("2024-02-18", false)]
    [TestCase("2026-02-14", false)]
    [TestCase("2026-03-02", true)]
    public void ADayIsTradedOnOrNot(string day, bool traded) => Assert.That(WorkingCalendar.China.IsTradingDay(DateOnly.Parse(day)), Is.EqualTo(traded));

    [TestCase("2024-02-07", 2, "2024-02-19")]
    [TestCase("2025-09-26", 1, "2025-09-29")]
    [TestCase("2025-09-30", 2, "2025-10-10")]
    public void ATermOfTradingDaysEndsOn(string from, int days, string end) =>
        Assert.That(WorkingCalendar.China.AfterTradingDays(DateOnly.Parse(from), days), Is.EqualTo(DateOnly.Parse(end)));

    // Twenty working days over the Spring Festival of 2026: 11 to 14 February are four, 24 to 28 five (the 28th is a Saturday that is worked), 2 to 6, 9 to 13 March ten, the 16th one.
    [TestCase("2026-02-10", 20, "2026-03-16")]
    [TestCase("2026-03-02", 1, "2026-03-03")]
    [TestCase("2025-09-26", 2, "2025-09-29")]
    [TestCase("2025-12-31", 1, "2026-01-04")]
    public void ATermOfWorkingDaysEndsOn(string from, int days, string end) =>
        Assert.That(WorkingCalendar.China.AfterWorkingDays(DateOnly.Parse(from), days), Is.EqualTo(DateOnly.Parse(end)));

    [Test]
    public void AYearWithoutDataIsAnErrorAndNoGuess()
    {
        Assert.That(() => WorkingCalendar.China.IsWorkingDay(new DateOnly(2023, 6, 1)), Throws.TypeOf<YearWithoutCalendarException>().With.Message.Contains("no calendar of 2023"));
        Assert.That(() => WorkingCalendar.China.AfterWorkingDays(new DateOnly(2026, 12, 15), 20), Throws.TypeOf<YearWithoutCalendarException>().With.Property("Year").EqualTo(2027));
    }

    [TestCase("2026-03-01T15:59:59Z", "2026-03-01")]
    [TestCase("2026-03-01T16:00:00Z", "2026-03-02")]
    [TestCase("2026-03-02T00:30:00+08:00", "2026-03-02")]
    [TestCase("2026-03-01T23:00:00-05:00", "2026-03-02")]
    public void ADayIsThatOfChina(string instant, string day) => Assert.That(WorkingCalendar.DayOf(DateTimeOffset.Parse(instant)), Is.EqualTo(DateOnly.Parse(day)));

    [Test]
    public void AYearIsAddedAndAYearToldAnewStandsInPlaceOfTheOld()
    {
        var later = WorkingCalendar.China.With(WorkingCalendar.Read(Header + "2027,holiday,2027-01-01,2027-01-03,x\n2026,holiday,2026-12-31,2026-12-31,x\n2026,working,2026-12-19,2026-12-19,x"));
        Assert.That(later.Years, Is.EqualTo(new[] { 2024, 2025, 2026, 2027 }));
        Assert.That(later.IsWorkingDay(new DateOnly(2026, 10, 1)), Is.True, "the year was told anew without National Day");
        Assert.That(later.IsWorkingDay(new DateOnly(2026, 12, 19)), Is.True);
        Assert.That(later.IsWorkingDay(new DateOnly(2025, 10, 1)), Is.False, "what is not told anew stays");
        Assert.That(later.AfterWorkingDays(new DateOnly(2026, 12, 30), 1), Is.EqualTo(new DateOnly(2027, 1, 4)));
    }

    [TestCase("day,kind\n", "does not begin")]
    [TestCase(Header + "2024,holiday,2024-01-02,2024-01-01,x", "line 2")]
    [TestCase(Header + "2024,holiday,2023-12-31,2024-01-01,x", "line 2")]
    [TestCase(Header + "2024,working,2024-01-03,2024-01-03,x", "a Wednesday")]
    [TestCase(Header + "2024,feast,2024-01-03,2024-01-03,x", "'feast'")]
    [TestCase(Header + "2024,holiday,2024-01-01,2024-01-01,x\n2024,holiday,2024-01-01,2024-01-01,x", "a second time")]
    public void WhatIsNoCalendarIsRefusedByItsLine(string text, string fault) =>
        Assert.That(() => WorkingCalendar.Read(text), Throws.TypeOf<InvalidDataException>().With.Message.Contains(fault));
}
