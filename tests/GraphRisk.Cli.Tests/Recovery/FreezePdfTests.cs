using System.Collections.Immutable;
using GraphRisk.Cli.Recovery.Printing;
using GraphRisk.Workflow.Recovery;
using PdfSharp.Pdf.IO;

namespace GraphRisk.Cli.Tests.Recovery;

/// <summary>A request to freeze as a PDF.</summary>
public sealed class FreezePdfTests
{
    private static readonly DateTimeOffset At = new(2025, 9, 30, 8, 0, 0, TimeSpan.Zero);

    [Test]
    public void TheSamePaperIsTheSamePagesAndMoreAssetsTakeMore()
    {
        var font = ChineseFont.Read(ChineseFont.Find() ?? throw new IgnoreException("No font with Chinese is on this system."));
        var (one, again, many) = (FreezePdf.Write(Paper(1), font, At), FreezePdf.Write(Paper(1), font, At), FreezePdf.Write(Paper(200), font, At));
        Assert.That(again, Is.EqualTo(one));
        Assert.That(PagesOf(one), Is.InRange(1, 2));
        Assert.That(PagesOf(many), Is.InRange(5, 40));
    }

    [Test]
    public void WhatIsNoFontIsNamed()
    {
        var file = new FileInfo(Path.GetTempFileName());
        try
        {
            File.WriteAllText(file.FullName, "ttcf");
            Assert.That(() => ChineseFont.Read(file), Throws.TypeOf<InvalidDataException>().With.Message.Contain(file.FullName));
        }
        finally
        {
            file.Delete();
        }
    }

    private static int PagesOf(byte[] pdf)
    {
        using var document = PdfReader.Open(new MemoryStream(pdf), PdfDocumentOpenMode.Import);
        return document.PageCount;
    }

    private static FreezePaper Paper(int assets) => new("F-0123-4567-89AB-CDEF", new FreezeDocument(
        new FreezeParty("长江证券股份有限公司", ["USCC 91420000700821272A"], "湖北省武汉市江汉区新华路特8号"), new FreezeParty("张三", ["RESIDENT_ID 310101198001011234"], null),
        new FreezeContract("B001-M1", "MarginContract", new DateOnly(2024, 1, 2), "D-0123-4567-89AB-CDEF", new DateOnly(2025, 6, 30), "LIQUIDITY"), new FreezeClaim(1_000_000m, 12_345.67m, 0m, 1_012_345.67m),
        [.. Enumerable.Range(0, assets).Select(at => new FreezeAsset("Position", "上海华信贸易有限公司", "Possible", ["Control 上海华信贸易有限公司 60%"], $"620000000{at:00}", "600519.SH", null, 1_200m + at, 1_812_000.55m, 900_000m, ["Pledged 600 P1 东海证券"], at % 2 == 0))],
        new DateOnly(2025, 9, 30), FreezeDocument.CommonBasis, ["融资融券合同", "2025-09-30 对账单"], At, At), [new FreezeStep("DRAFTED", new DateOnly(2025, 9, 30), null), new FreezeStep("APPROVED", new DateOnly(2025, 9, 30), "批复 7")]);
}
