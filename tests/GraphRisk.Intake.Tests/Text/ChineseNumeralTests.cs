using GraphRisk.Intake.Text;

namespace GraphRisk.Intake.Tests.Text;

public sealed class ChineseNumeralTests
{
    [TestCase("二〇二四", 2024)]
    [TestCase("十", 10)]
    [TestCase("十二", 12)]
    [TestCase("九十二", 92)]
    [TestCase("三千零五十", 3050)]
    [TestCase("一亿二千万", 120_000_000)]
    [TestCase("贰佰玖拾贰万伍仟", 2_925_000)]
    [TestCase("壹亿零叁万", 100_030_000)]
    [TestCase("两万", 20_000)]
    [TestCase("三万亿", 3_000_000_000_000)]
    [TestCase("廿三", 23)]
    public void ANumeralIsRead(string text, long number) => Assert.That(ChineseNumeral.Parse(text), Is.EqualTo(number));

    [TestCase("")]
    [TestCase("万")]
    [TestCase("三四十")]
    [TestCase("一a")]
    [TestCase("亿万亿万亿万亿万亿万")]
    public void WhatIsNoNumeralIsNone(string text) => Assert.That(ChineseNumeral.Parse(text), Is.Null);

    [Test]
    public void EveryNumberIsReadFromItsWritingWithUnits()
    {
        var random = new Random(7);
        for (var i = 0; i < 2000; i++)
        {
            var number = random.NextInt64(1, 1_000_000_000_000);
            Assert.That(ChineseNumeral.Parse(Write(number)), Is.EqualTo(number), Write(number));
        }
    }

    private static string Write(long number)
    {
        if (number >= 100_000_000) return Write(number / 100_000_000) + "亿" + Rest(number % 100_000_000, 10_000_000);
        if (number >= 10_000) return Write(number / 10_000) + "万" + Rest(number % 10_000, 1000);
        foreach (var (unit, name) in ((long, string)[])[(1000, "千"), (100, "百"), (10, "十")])
            if (number >= unit) return "零一二三四五六七八九"[(int)(number / unit)] + name + Rest(number % unit, unit / 10);
        return "零一二三四五六七八九"[(int)number].ToString();
    }

    private static string Rest(long number, long first) => number == 0 ? "" : (number < first ? "零" : "") + Write(number);
}
