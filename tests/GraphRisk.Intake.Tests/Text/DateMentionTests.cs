using GraphRisk.Intake.Text;

namespace GraphRisk.Intake.Tests.Text;

public sealed class DateMentionTests
{
    [TestCase("2019年07月13日", "2019-07-13")]
    [TestCase("２０２４年３月３０日", "2024-03-30")]
    [TestCase("于二〇二四年九月十二日裁定", "2024-09-12")]
    [TestCase("二零二五年十二月三十一日", "2025-12-31")]
    [TestCase("20190709", "2019-07-09")]
    [TestCase("2019.7.9", "2019-07-09")]
    [TestCase("立案2019-07-09。", "2019-07-09")]
    public void ADayIsRead(string text, string day) =>
        Assert.That(DateMention.FindAll(text).Single().Day, Is.EqualTo(DateOnly.ParseExact(day, "yyyy-MM-dd")));

    [TestCase("2019年13月13日")]
    [TestCase("2019年2月30日")]
    [TestCase("票号26968845")]
    [TestCase("1101051949123100")]
    public void WhatIsNoDayOfTheCalendarIsLeftOut(string text) => Assert.That(DateMention.FindAll(text), Is.Empty);

    [Test]
    public void APeriodHasTwoDaysWithTheirPlaces()
    {
        const string text = "2024年04月26日至二〇二四年十二月二十二日，";
        Assert.That(DateMention.FindAll(text).Select(date => text[date.Start..date.End]), Is.EqualTo(new[] { "2024年04月26日", "二〇二四年十二月二十二日" }));
    }
}
