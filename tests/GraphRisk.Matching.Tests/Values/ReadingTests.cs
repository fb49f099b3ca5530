using GraphRisk.Matching.Records;
using GraphRisk.Matching.Values;

namespace GraphRisk.Matching.Tests.Values;

/// <summary>Values as people write them, in the forms in which they are compared.</summary>
public sealed class ReadingTests
{
    private static readonly string[] ManyAmerican = [.. Enumerable.Range(13, 18).SelectMany(day => new[] { $"3/{day}/1970", $"11/{day}/81" })];

    [TestCase("1978-11-12", "1978-11-12")]
    [TestCase("19781112", "1978-11-12")]
    [TestCase("1978/11/12 00:00:00", "1978-11-12")]
    [TestCase("1978-11-12T08:30:00Z", "1978-11-12")]
    [TestCase("1978年11月12日", "1978-11-12")]
    [TestCase("24-May-11", "2011-05-24")]
    [TestCase("Mar 1 1970", "1970-03-01")]
    [TestCase("1st March 1970", "1970-03-01")]
    [TestCase("3/25/89", "1989-03-25")]
    [TestCase("20/8/1991", "1991-08-20")]
    [TestCase("31.12.1969", "1969-12-31")]
    [TestCase("25121969", "1969-12-25")]
    [TestCase("12/11/1978", "1978-12-11 1978-11-12")]
    [TestCase("7/7/77", "1977-07-07")]
    [TestCase("1978", "1978")]
    [TestCase("11/1978", "1978-11")]
    [TestCase("1978-11", "1978-11")]
    [TestCase("197811", "1978-11")]
    [TestCase("May 2011", "2011-05")]
    [TestCase("28806", "1978-11-12")]
    [TestCase("19560431", "1956-04-31")]
    [TestCase("1900-01-01", "")]
    [TestCase("9999-12-31", "")]
    [TestCase("unknown", "")]
    [TestCase("不详", "")]
    public void ADateIsReadInEveryOrder(string written, string expected) =>
        Assert.That(string.Join(' ', Read(AttributeKind.BirthDate, written)), Is.EqualTo(expected));

    [Test]
    public void AColumnThatSaysWhichIsTheMonthDecides()
    {
        var read = new DateReading(ManyAmerican);
        var readings = new List<string>();
        read.Read("12/11/1978", readings);
        Assert.That(readings, Is.EqualTo(new[] { "1978-12-11" }));
        readings.Clear();
        new DateReading([.. ManyAmerican, "25/1/1970", "26/1/1970"]).Read("12/11/1978", readings);
        Assert.That(readings, Is.EqualTo(new[] { "1978-12-11", "1978-11-12" }));
    }

    [TestCase("702-919-1300", "7029191300")]
    [TestCase("(702) 919 1300 ext. 12", "7029191300")]
    [TestCase("18188922818", "8188922818")]
    [TestCase("+1 818 892 2818", "8188922818")]
    [TestCase("212-555-1234", "2125551234")]
    [TestCase("321-3212", "3213212")]
    [TestCase("0352 6553537", "3526553537")]
    [TestCase("+39 0352 6553537", "3526553537")]
    [TestCase("+7(4812)85-62-34", "4812856234")]
    [TestCase("(4812)85-62-34", "4812856234")]
    [TestCase("92-42-7925774", "427925774")]
    [TestCase("+92 42-7925774", "427925774")]
    [TestCase("0000000000", "")]
    [TestCase("n/a", "")]
    public void ATelephoneNumberIsReadWithinItsCountry(string written, string expected) =>
        Assert.That(string.Concat(Read(AttributeKind.Phone, written, "702-919-1300", "512-353-8633", "202-321-3212")), Is.EqualTo(expected));

    [TestCase("+86 138 0013 8000", "13800138000")]
    [TestCase("8613800138000", "13800138000")]
    [TestCase("008613800138000", "13800138000")]
    [TestCase("１３８００１３８０００", "13800138000")]
    public void AChineseMobileNumberKeepsItsOne(string written, string expected) =>
        Assert.That(Read(AttributeKind.Phone, written, "13912345678", "13700001234"), Is.EqualTo(new[] { expected }));

    [TestCase("\"Jay Jones\" <JJones@fmail.com>", "jjones@fmail.com")]
    [TestCase("Maria Sentosa<msentosa@fmail.com>", "msentosa@fmail.com")]
    [TestCase(" BSmith@Work.com ", "bsmith@work.com")]
    public void AMailboxIsReadWithoutTheNameBeforeIt(string written, string expected) => Assert.That(Read(AttributeKind.Email, written), Is.EqualTo(new[] { expected }));

    [TestCase("http://www.Example.org/", "example.org")]
    [TestCase("example.org", "example.org")]
    public void ASiteIsReadWithoutProtocol(string written, string expected) => Assert.That(Read(AttributeKind.Website, written), Is.EqualTo(new[] { expected }));

    [TestCase("123 Main Street, Las Vegas NV 89132", "123 main st las vegas nv 89132")]
    [TestCase("123 E. Main St.", "123 e main st")]
    [TestCase("Suite 900, 1450 North City Road", "ste 900 1450 n city rd")]
    [TestCase("9304 W. 015th Street", "9304 w 15 st")]
    [TestCase("169 Third Ave", "169 3 ave")]
    [TestCase("P.O. Box 12987", "pobox 12987")]
    [TestCase("PO BOX 12987", "pobox 12987")]
    [TestCase("Hardenbergstraße 87", "hardenbergstr 87")]
    [TestCase("Hardenbergstrasse 87", "hardenbergstr 87")]
    [TestCase("Hardenbergstr. 87", "hardenbergstr 87")]
    [TestCase("北京市朝阳区建国路88号3号楼501室", "北京 朝阳 建国路 88 3 501")]
    [TestCase("北京 朝阳區建國路八十八号三号楼５０１", "北京 朝阳 建国路 88 3 501")]
    public void AnAddressIsReadInWords(string written, string expected) => Assert.That(Read(AttributeKind.Address, written), Is.EqualTo(new[] { expected }));

    [TestCase(AttributeKind.HouseNumber, "No. 12 A", "12a")]
    [TestCase(AttributeKind.HouseNumber, "007", "7")]
    [TestCase(AttributeKind.Postcode, "927230000", "92723")]
    [TestCase(AttributeKind.Postcode, "92723-0000", "92723")]
    [TestCase(AttributeKind.Postcode, "LE11 1UU", "le111uu")]
    [TestCase(AttributeKind.Region, "OHIO", "oh")]
    [TestCase(AttributeKind.Region, "Texas", "tx")]
    [TestCase(AttributeKind.Region, "United States", "us")]
    [TestCase(AttributeKind.Region, "CAN", "ca")]
    [TestCase(AttributeKind.Region, "Hong Kong", "hk")]
    [TestCase(AttributeKind.Region, "江苏省", "江苏")]
    [TestCase(AttributeKind.City, "St. Kilda", "st kilda")]
    [TestCase(AttributeKind.City, "南京市", "南京")]
    [TestCase(AttributeKind.Sex, "Male", "m")]
    [TestCase(AttributeKind.Sex, "女", "f")]
    [TestCase(AttributeKind.Sex, "Unknown", "")]
    [TestCase(AttributeKind.RecordType, "INDIVIDUAL", "person")]
    [TestCase(AttributeKind.RecordType, "企业", "organisation")]
    [TestCase(AttributeKind.Identifier, "521-21-2123", "521212123")]
    [TestCase(AttributeKind.Identifier, "0000000", "")]
    [TestCase(AttributeKind.Identifier, "123456789", "")]
    [TestCase(AttributeKind.Identifier, "310101********1234", "")]
    [TestCase(AttributeKind.Identifier, "3.30106E+17", "")]
    [TestCase(AttributeKind.Number, "$1,200.50", "1200.5")]
    [TestCase(AttributeKind.Surname, "  Medina   Sentosa ", "medina sentosa")]
    [TestCase(AttributeKind.Name, "ＡＢＣ Ltd", "abc ltd")]
    [TestCase(AttributeKind.Name, "--", "")]
    [TestCase(AttributeKind.Text, "HALF DAY/FULL DAY", "half day full day")]
    public void AValueIsReadAsItsKindIs(AttributeKind kind, string written, string expected) => Assert.That(string.Join(' ', Read(kind, written)), Is.EqualTo(expected));

    [Test]
    public void EveryKindHasAReadingThatBearsAnything()
    {
        string[] strange = ["", " ", "\u0000", "<", ">", "@", "+", "00", "0", "\ud840", "１", "'", "=\"\"", "月", "号", "十", new string('9', 400), "1/1/1/1/1", "+()-", "\u001f", "12\u001f"];
        foreach (var kind in Enum.GetValues<AttributeKind>())
        {
            var read = ValueReadings.Of(kind, null, strange, strange);
            var readings = new List<string>();
            foreach (var text in strange) Assert.That(() => read(text, readings), Throws.Nothing, $"{kind} '{text}'");
            Assert.That(readings, Has.All.Matches<string>(reading => reading.Length > 0), $"{kind}");
        }
    }

    private static List<string> Read(AttributeKind kind, string written, params string[] sample)
    {
        var readings = new List<string>();
        ValueReadings.Of(kind, null, sample, sample)(written, readings);
        return readings;
    }
}
