using System.Globalization;
using GraphRisk.Intake.Import.Mapping;

namespace GraphRisk.Intake.Tests.Import.Mapping;

public sealed class NumbersTests
{
    [TestCase("1234.50", "1234.50")]
    [TestCase("-3", "-3")]
    [TestCase("1.5E3", "1500")]
    [TestCase("1,234,567.89", "1234567.89")]
    [TestCase("１２３．４５", "123.45")]
    [TestCase("１，２３４", "1234")]
    [TestCase("12.5%", "0.125")]
    [TestCase("12.5％", "0.125")]
    [TestCase("¥ 1,000", "1000")]
    [TestCase("1.2亿", "120000000")]
    [TestCase("500万元", "5000000")]
    public void ANumberIsReadAsItIsWritten(string text, string expected)
    {
        Assert.That(Numbers.TryDecimal(text, out var number), Is.True);
        Assert.That(number, Is.EqualTo(decimal.Parse(expected, CultureInfo.InvariantCulture)));
    }

    [TestCase("300", "3000000")]
    [TestCase("300万", "3000000")]
    [TestCase("300万元", "3000000")]
    [TestCase("0.03亿", "3000000")]
    [TestCase("3百万", "3000000")]
    [TestCase("3000000元", "3000000")]
    [TestCase("¥300", "3000000")]
    [TestCase("1,200", "12000000")]
    public void AUnitInTheCellStandsForThatOfTheColumn(string text, string expected)
    {
        Assert.That(Numbers.TryDecimal(text, 10_000, out var number), Is.True);
        Assert.That(number, Is.EqualTo(decimal.Parse(expected, CultureInfo.InvariantCulture)));
    }

    [TestCase("5%")]
    [TestCase("79228162514264337593543950335")]
    public void APartOfAHundredAndWhatIsTooLargeAreNoAmounts(string text) => Assert.That(Numbers.TryDecimal(text, 10_000, out _), Is.False);

    [TestCase("余额(万元)", 10_000)]
    [TestCase("余额（单位：亿）", 100_000_000)]
    [TestCase("授信 (万)", 10_000)]
    [TestCase("余额", 1)]
    public void AHeadingTellsTheUnit(string heading, int unit) => Assert.That(Numbers.UnitOf(heading), Is.EqualTo(unit));

    [TestCase("")]
    [TestCase("1,5")]
    [TestCase("1,2345")]
    [TestCase("12,34,567")]
    [TestCase("1.234,5")]
    [TestCase("abc")]
    [TestCase("1 2")]
    [TestCase("99999999999999999999999999999")]
    public void WhatCanBeReadInTwoWaysIsNoNumber(string text) => Assert.That(Numbers.TryDecimal(text, out _), Is.False);

    [TestCase("33.3333", "0.333333")]
    [TestCase("33.3333%", "0.333333")]
    public void APercentageIsAFractionWithOrWithoutItsSign(string text, string expected)
    {
        Assert.That(Numbers.TryPercent(text, out var fraction), Is.True);
        Assert.That(fraction, Is.EqualTo(decimal.Parse(expected, CultureInfo.InvariantCulture)));
    }
}
