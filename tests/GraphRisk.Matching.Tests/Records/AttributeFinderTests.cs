using System.Globalization;
using GraphRisk.Matching.Records;

namespace GraphRisk.Matching.Tests.Records;

/// <summary>What columns are taken for, by heading and by content.</summary>
public sealed class AttributeFinderTests
{
    private const int Rows = 300;

    [TestCase("given_name", AttributeKind.GivenName)]
    [TestCase("First Name", AttributeKind.GivenName)]
    [TestCase("fname", AttributeKind.GivenName)]
    [TestCase("SURNAME", AttributeKind.Surname)]
    [TestCase("lastName", AttributeKind.Surname)]
    [TestCase("dob", AttributeKind.BirthDate)]
    [TestCase("date_of_birth", AttributeKind.BirthDate)]
    [TestCase("soc_sec_id", AttributeKind.Identifier)]
    [TestCase("street_number", AttributeKind.HouseNumber)]
    [TestCase("address_1", AttributeKind.Street)]
    [TestCase("Address", AttributeKind.Address)]
    [TestCase("mailing address", AttributeKind.Address)]
    [TestCase("Email Address", AttributeKind.Email)]
    [TestCase("suburb", AttributeKind.City)]
    [TestCase("zip", AttributeKind.Postcode)]
    [TestCase("PostCode", AttributeKind.Postcode)]
    [TestCase("PHONE_NUMBER", AttributeKind.Phone)]
    [TestCase("Company Name", AttributeKind.OrganisationName)]
    [TestCase("company number", AttributeKind.Identifier)]
    [TestCase("姓名", AttributeKind.PersonName)]
    [TestCase("客户名称", AttributeKind.Name)]
    [TestCase("企业名称", AttributeKind.OrganisationName)]
    [TestCase("身份证号", AttributeKind.Identifier)]
    [TestCase("手机号码", AttributeKind.Phone)]
    [TestCase("出生日期", AttributeKind.BirthDate)]
    [TestCase("通讯地址", AttributeKind.Address)]
    [TestCase("统一社会信用代码", AttributeKind.Identifier)]
    public void AHeadingIsUnderstood(string heading, AttributeKind kind) => Assert.That(Headings.KindOf(heading), Is.EqualTo(kind));

    [TestCase("account_opening_date", true)]
    [TestCase("开户日期", true)]
    [TestCase("LastUpdated", true)]
    [TestCase("passport issue date", true)]
    [TestCase("有效期至", true)]
    [TestCase("year", false)]
    [TestCase("date of death", false)]
    public void ADateOfAdministrationIsKnownByItsHeading(string heading, bool isSo) => Assert.That(Headings.IsAdministrative(heading), Is.EqualTo(isSo));

    [TestCase("x7")]
    [TestCase("zone")]
    [TestCase("mailbox count")]
    public void AHeadingThatSaysNothingIsNotUnderstood(string heading) => Assert.That(Headings.KindOf(heading), Is.Null);

    [Test]
    public void ContentDecidesWhereTheHeadingSaysNothing()
    {
        var columns = new (string Heading, Func<int, string> Cell, AttributeKind Kind)[]
        {
            ("c1", row => $"user{row / 2}@example.org", AttributeKind.Email),
            ("c2", row => new DateOnly(1950, 1, 1).AddDays(row * 37 % 9000).ToString("dd/MM/yyyy", CultureInfo.InvariantCulture), AttributeKind.Date),
            ("c3", row => $"(0{200 + row / 2}) {5550000 + row / 2 * 37}", AttributeKind.Phone),
            ("c4", row => $"{row / 2 + 1} {(row % 3 == 0 ? "Mill" : "Castle")} Lane, York", AttributeKind.Address),
            ("c5", row => $"QX{row / 2 * 7919 % 99991:00000}", AttributeKind.Identifier),
            ("c6", row => row % 3 == 0 ? "gold" : "silver", AttributeKind.Category),
            ("c7", row => $"www.site{row / 2}.example", AttributeKind.Website),
            ("c8", row => $"{Words(row / 2)} Holdings Ltd", AttributeKind.OrganisationName),
            ("c9", row => Words(row / 2), AttributeKind.Text),
            ("c10", row => CheckedNumber(row / 2), AttributeKind.Identifier),
        };
        using var files = new RecordFiles().Add("a.csv", Table(columns.Select(column => (column.Heading, column.Cell))));
        var found = files.Read().Columns;
        Assert.Multiple(() =>
        {
            foreach (var column in columns) Assert.That(found.Single(one => one.Name == column.Heading).Kind, Is.EqualTo(column.Kind), column.Heading);
            Assert.That(found.Single(one => one.Name == "c10").Scheme, Is.EqualTo("USCC"));
        });
    }

    [Test]
    public void WordsBesideANamedNameAreText()
    {
        using var files = new RecordFiles().Add("a.csv", Table([("site name", row => $"{Words(row / 2)} {(row % 4 < 2 ? "School" : "House")}"), ("x7", row => Words(row / 2 + 40))]));
        Assert.That(files.Read().Columns.Select(column => column.Kind), Is.EqualTo(new AttributeKind?[] { AttributeKind.OrganisationName, AttributeKind.Text }));
    }

    [Test]
    public void AHeadingThatTheValuesContradictIsNotBelieved()
    {
        using var files = new RecordFiles().Add("a.csv", Table([("name", row => Words(row / 2)), ("email address", row => $"{row % 28 + 1}/{row % 12 + 1}/2011"), ("website", row => row % 2 == 0 ? "yes" : "no")]));
        var found = files.Read().Columns;
        Assert.That(found.Select(column => column.Kind), Is.EqualTo(new AttributeKind?[] { AttributeKind.Name, AttributeKind.Date, AttributeKind.Category }));
    }

    [Test]
    public void WhatNamesOrCountsTheRecordsOrSaysTheSameOfAllIsNoEvidence()
    {
        using var files = new RecordFiles().Add("a.csv", Table(
        [
            ("name", row => Words(row / 2)), ("n", row => $"{row + 17}"), ("code", row => $"Z{row * 7919 % 99991}"), ("land", _ => "NZ"), ("note", row => row == 5 ? "late" : ""), ("left", _ => ""),
        ]));
        Assert.That(files.Read().Columns.Select(column => column.Role), Is.EqualTo(new[]
        {
            ColumnRole.Evidence, ColumnRole.Key, ColumnRole.Key, ColumnRole.Ignored, ColumnRole.Ignored, ColumnRole.Ignored,
        }));
    }

    [Test]
    public void NumbersUniqueWithinEachOfTwoSourcesAreEvidenceWhereTheyRecurBetweenThem()
    {
        string Rowed(int shift) => Table([("rec", row => $"{(char)('a' + shift)}-{row}"), ("tax id", row => $"{(row + shift * 150) * 7919 % 99991 + 100000}"), ("name", row => Words(row))]);
        using var files = new RecordFiles().Add("a.csv", Rowed(0)).Add("b.csv", Rowed(1));
        Assert.That(files.Read().Columns.Select(column => (column.Role, column.Kind)), Is.EqualTo(new (ColumnRole, AttributeKind?)[]
        {
            (ColumnRole.Key, null), (ColumnRole.Evidence, AttributeKind.Identifier), (ColumnRole.Evidence, AttributeKind.Name),
        }));
    }

    [Test]
    public void ColumnsOfTwoFilesThatSayTheSameAreOne()
    {
        using var files = new RecordFiles().Add("a.csv", "客户名称,手机,tax id\n王小明,13800138000,T1\n李娜,13900139000,T1\n")
            .Add("b.csv", "full name,mobile,fax,passport\nWang Xiaoming,138 0013 8000,555-0142,E2\nBo Ek,139 0013 9111,555-0143,E2\n");
        var table = files.Read().Table;
        Assert.That(table.Attributes.Select(attribute => attribute.Name), Is.EqualTo(new[] { "客户名称", "手机", "mobile", "fax" }));
        Assert.That((RecordFiles.Values(table, "客户名称", 0), RecordFiles.Values(table, "客户名称", 2)), Is.EqualTo((new[] { "王小明" }, new[] { "wang xiaoming" })));
    }

    [Test]
    public void AMappingIsObeyedAndRefusedWhereItNamesWhatIsNot()
    {
        using var files = new RecordFiles().Add("a.csv", Table([("name", row => Words(row / 2)), ("b", row => $"{row % 7}"), ("c", row => $"k{row}")]));
        var mapping = RecordMapping.Load(files.Beside("m.yaml", "name: organisation-name\nB: HouseNumber\nc: key\n"));
        Assert.That(files.Read(mapping: mapping).Columns.Select(column => (column.Role, column.Kind)), Is.EqualTo(new (ColumnRole, AttributeKind?)[]
        {
            (ColumnRole.Evidence, AttributeKind.OrganisationName), (ColumnRole.Evidence, AttributeKind.HouseNumber), (ColumnRole.Key, null),
        }));
        Assert.That(() => files.Read(mapping: RecordMapping.Load(files.Beside("m.yaml", "nobody: name\n"))), Throws.TypeOf<InvalidDataException>().With.Message.Contains("'nobody'"));
        Assert.That(() => RecordMapping.Load(files.Beside("m.yaml", "name: colour\n")), Throws.TypeOf<InvalidDataException>().With.Message.Contains("'colour' is no kind"));
        Assert.That(() => RecordMapping.Load(files.Beside("m.yaml", "name: [a\n")), Throws.TypeOf<InvalidDataException>().With.Message.Contains("m.yaml"));
    }

    private static string Table(IEnumerable<(string Heading, Func<int, string> Cell)> columns)
    {
        var all = columns.ToList();
        var rows = Enumerable.Range(0, Rows).Select(row => string.Join(',', all.Select(column => $"\"{column.Cell(row)}\"")));
        return $"{string.Join(',', all.Select(column => column.Heading))}\n{string.Join('\n', rows)}\n";
    }

    /// <summary>Two words that differ from number to number.</summary>
    private static string Words(int number)
    {
        const string First = "bdfgklmnprst", Second = "aeiou";
        string Word(int seed) => string.Concat(Enumerable.Range(0, 3).Select(at => $"{First[(seed / (int)Math.Pow(7, at) + at) % First.Length]}{Second[(seed + at * 3) % Second.Length]}"));
        return $"{Word(number)} {Word(number * 31 + 5)}";
    }

    /// <summary>A unified social credit code with its check character.</summary>
    private static string CheckedNumber(int number)
    {
        const string Letters = "0123456789ABCDEFGHJKLMNPQRTUWXY";
        int[] weights = [1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28];
        var organisation = $"{number * 99991 % 99999999:00000000}";
        var body = $"91310000{organisation}{Matching.Identifiers.OrganizationCode.CheckCharacter(organisation)}";
        var sum = body.Select((letter, at) => Letters.IndexOf(letter, StringComparison.Ordinal) * weights[at]).Sum();
        return body + Letters[(31 - sum % 31) % 31];
    }
}
