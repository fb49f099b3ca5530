using System.IO.Compression;
using System.Text;
using GraphRisk.Intake.Import.Reading;

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
        Assert.That(bench.Store.Nodes("Person"), Is.Empty);
    }

    private static byte[] Workbook(params object?[][] rows)
    {
        var cells = new StringBuilder();
        foreach (var row in rows.Prepend([.. Heading.Split(',')]))
            cells.Append("<row>").AppendJoin("", row.Select(CellOf)).Append("</row>");
        using var file = new MemoryStream();
        using (var zip = new ZipArchive(file, ZipArchiveMode.Create, leaveOpen: true))
        {
            Add(zip, "[Content_Types].xml", """<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/><Override PartName="/xl/styles.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml"/></Types>""");
            Add(zip, "_rels/.rels", """<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>""");
            Add(zip, "xl/workbook.xml", """<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="clients" sheetId="1" r:id="r1"/></sheets></workbook>""");
            Add(zip, "xl/_rels/workbook.xml.rels", """<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="r2" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/styles" Target="styles.xml"/></Relationships>""");
            Add(zip, "xl/styles.xml", """<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><cellXfs count="2"><xf numFmtId="0"/><xf numFmtId="14" applyNumberFormat="1"/></cellXfs></styleSheet>""");
            Add(zip, "xl/worksheets/sheet1.xml", $"""<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>{cells}</sheetData></worksheet>""");
        }

        return file.ToArray();
    }

    /// <summary>Numbers from 1,000 on are days.</summary>
    private static string CellOf(object? value) => value switch
    {
        null => "<c/>",
        double day and >= 1_000 => FormattableString.Invariant($"<c s=\"1\"><v>{day}</v></c>"),
        double number => FormattableString.Invariant($"<c><v>{number}</v></c>"),
        _ => $"<c t=\"inlineStr\"><is><t xml:space=\"preserve\">{System.Security.SecurityElement.Escape((string)value)}</t></is></c>",
    };

    private static void Add(ZipArchive zip, string name, string text)
    {
        using var entry = zip.CreateEntry(name).Open();
        entry.Write(Encoding.UTF8.GetBytes(text));
    }
}
