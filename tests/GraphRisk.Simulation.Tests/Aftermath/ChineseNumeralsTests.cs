using GraphRisk.Simulation.Aftermath;

namespace GraphRisk.Simulation.Tests.Aftermath;

public class ChineseNumeralsTests
{
    [TestCase(0, "零")]
    [TestCase(5, "伍")]
    [TestCase(10, "壹拾")]
    [TestCase(1_005, "壹仟零伍")]
    [TestCase(20_300, "贰万零叁佰")]
    [TestCase(430_000, "肆拾叁万")]
    [TestCase(3_456_789, "叁佰肆拾伍万陆仟柒佰捌拾玖")]
    [TestCase(100_000_001, "壹亿零壹")]
    [TestCase(100_010_000, "壹亿零壹万")]
    public void AmountsAreWrittenAsOnCheques(long yuan, string text) => Assert.That(ChineseNumerals.Capital(yuan), Is.EqualTo(text));

    [TestCase(2024, 9, 12, "二〇二四年九月十二日")]
    [TestCase(2023, 10, 20, "二〇二三年十月二十日")]
    [TestCase(2025, 12, 31, "二〇二五年十二月三十一日")]
    public void DatesAreWrittenInCharacters(int year, int month, int day, string text) =>
        Assert.That(ChineseNumerals.Written(new DateOnly(year, month, day)), Is.EqualTo(text));
}
