using GraphRisk.Server.Tables;

namespace GraphRisk.Server.Tests.Tables;

public sealed class CsvTextTests
{
    [TestCase("=cmd|'/C calc'!A0", "\"'=cmd|'/C calc'!A0\"")]
    [TestCase("+86 10", "\"'+86 10\"")]
    [TestCase("-1+1", "\"'-1+1\"")]
    [TestCase("@SUM(A1)", "\"'@SUM(A1)\"")]
    [TestCase("\t=1", "\"'\t=1\"")]
    [TestCase("\r=1", "\"'\r=1\"")]
    [TestCase("＝1", "\"'＝1\"")]
    public void ATextThatASpreadsheetWouldRunIsMadeHarmless(string text, string cell) => Assert.That(CsvText.Of(text), Is.EqualTo(cell));

    [TestCase("Person/registry:P1", "Person/registry:P1")]
    [TestCase("张三, \"A\"", "\"张三, \"\"A\"\"\"")]
    [TestCase("a=b", "a=b")]
    [TestCase("", "")]
    public void AnyOtherTextStaysWhatItIs(string text, string cell) => Assert.That(CsvText.Of(text), Is.EqualTo(cell));
}
