using System.Text;
using GraphRisk.Intake.Import.Reading;
using GraphRisk.TestKit;

namespace GraphRisk.Intake.Tests.Import.Reading;

/// <summary>Workbooks: read as the CSV of their first sheet, damaged ones named.</summary>
internal sealed class SheetStreamTests
{
    private const string Heading = "client_no,name,former_name,kind,id_type,id_number,id_expires,birth_date,sex,phone,address,region,opened_on";

    /// <summary>A number of eighteen digits kept as a number would be damaged: it is text; a birth date is a day of Excel's calendar.</summary>
    private static readonly object?[] Client =
        ["1", "张,伟", null, "PERSON", "RESIDENT_ID", "330106195502031118", null, 20123.0, "M", null, "a \"quoted\"\nline", 33.0, 43831.0];

    [Test]
    public void ASheetIsTheCsvItWouldBeSavedAs()
    {
        using var stream = new SheetStream(new MemoryStream(Workbook(Client)));
        using var reader = new StreamReader(stream, Encoding.UTF8);
        Assert.That(reader.ReadToEnd(), Is.EqualTo(
            $"{Heading}\n1,\"张,伟\",,PERSON,RESIDENT_ID,330106195502031118,,1955-02-03,M,,\"a \"\"quoted\"\"\nline\",33,2020-01-01\n"));
    }

    [Test]
    public async Task AWorkbookLandsAsTheSameRowsInCsvDo()
    {
        using var sheet = new ImportBench();
        sheet.Write("brokers/B001/clients.xlsx", Workbook(Client));
        var report = await sheet.Import();
        using var text = new ImportBench();
        using var stream = new SheetStream(new MemoryStream(Workbook(Client)));
        using var copy = new MemoryStream();
        await stream.CopyToAsync(copy);
        text.Write("brokers/B001/clients.csv", copy.ToArray());
        await text.Import();
        Assert.That((report.Rows, report.Quarantined), Is.EqualTo((1, 0)));
        Assert.That(sheet.Store.Nodes("Person").Single().Properties, Is.EqualTo(text.Store.Nodes("Person").Single().Properties));
    }

    [TestCase(0.3)]
    [TestCase(0.6)]
    [TestCase(0.95)]
    public async Task ATornWorkbookIsNamedAndLandsNothing(double kept)
    {
        using var bench = new ImportBench();
        var whole = Workbook(Client);
        bench.Write("brokers/B001/clients.xlsx", whole[..(int)(whole.Length * kept)]);
        var report = await bench.Import();
        Assert.That((report.Files.Sum(file => file.Landed), report.Quarantined), Is.EqualTo((0, 1)));
        Assert.That(report.Files.Single().Reason, Does.Contain("cut off or damaged"));
        Assert.That(bench.Store.Nodes("Person"), Is.Empty);
    }

    [TestCase("<row r=\"1048576\"><c r=\"XFD1048576\"><v>1</v></c></row>", "a sheet of 16384 columns, over the limit of 1024")]
    [TestCase("<row><c><v>1</v></c>", "that cannot be read")]
    public async Task ASheetThatCannotBeReadIsNamedByWhatIsWrongWithIt(string rows, string why)
    {
        using var bench = new ImportBench();
        bench.Write("brokers/B001/clients.xlsx", WorkbookOf(Rows(Client) + rows));
        var report = await bench.Import();
        Assert.That(report.Files.Single().Reason, Does.Contain(why));
        Assert.That(bench.Quarantine.List().Single().WholeFile, Is.True);
    }

    [Test]
    public async Task ACellNoSpreadsheetProgramWritesIsRefusedBeforeItIsHeld()
    {
        using var bench = new ImportBench();
        bench.Write("brokers/B001/clients.xlsx", WorkbookOf(Rows(["1", new string('x', 3_000_000)])));
        Assert.That((await bench.Import()).Files.Single().Reason, Does.Contain("a cell of more than 1024 KB"));
    }

    [Test]
    public async Task AWorkbookWithADocumentTypeIsRefused()
    {
        using var bench = new ImportBench();
        bench.Write("brokers/B001/clients.xlsx", WorkbookOf(Rows(Client), "<!DOCTYPE worksheet [<!ENTITY e \"e\">]>"));
        Assert.That((await bench.Import()).Files.Single().Reason, Does.Contain("document type"));
    }

    [TestCase("clients.xlsx")]
    [TestCase("clients.csv")]
    public async Task AWorkbookOfTheOldKindIsNamedWhateverItIsCalled(string name)
    {
        using var bench = new ImportBench();
        bench.Write($"brokers/B001/{name}", [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1, .. new byte[4096]]);
        Assert.That((await bench.Import()).Files.Single().Reason, Does.Contain("save it as .xlsx"));
    }

    [TestCase("clients.xls", "save it as .xlsx")]
    [TestCase("clients.zip", "unpack it")]
    [TestCase("clients.doc", "no mapping is for this file")]
    public async Task AKindOfFileThatIsNotReadIsPassedOverWithWhatToDo(string name, string words)
    {
        using var bench = new ImportBench();
        bench.Write($"brokers/B001/{name}", "x");
        Assert.That((await bench.Import()).Files.Single().Reason, Does.Contain(words));
    }

    [Test]
    public async Task BlankRowsOfASheetAreNoRows()
    {
        using var bench = new ImportBench();
        bench.Write("brokers/B001/clients.xlsx", WorkbookOf(Rows(Client) + "<row r=\"5000\"><c/></row>"));
        var report = await bench.Import();
        Assert.That((report.Rows, report.Quarantined), Is.EqualTo((1, 0)));
    }

    private static byte[] Workbook(params object?[][] rows) => WorkbookOf(Rows(rows));

    private static string Rows(params object?[][] rows) =>
        string.Concat(rows.Prepend([.. Heading.Split(',')]).Select(row => $"<row>{string.Concat(row.Select(Workbooks.CellOf))}</row>"));

    private static byte[] WorkbookOf(string cells, string documentType = "") => Workbooks.Of(cells, documentType);
}
