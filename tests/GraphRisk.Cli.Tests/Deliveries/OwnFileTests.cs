using GraphRisk.TestKit;

namespace GraphRisk.Cli.Tests.Deliveries;

/// <summary>The worked example of the guide to imports runs as it is written.</summary>
internal sealed class OwnFileTests
{
    private static readonly string Folder = Path.Combine(Repository.Root, "samples", "deliveries");

    private DeliveryBench bench = null!;

    private static string Delivery => Path.Combine(Folder, "kehu.csv");

    private static string Mapping => Path.Combine(Folder, "kehu.yaml");

    [SetUp]
    public void Open() => bench = new DeliveryBench();

    [TearDown]
    public void Close() => bench.Dispose();

    [Test]
    public async Task AFileNoMappingIsForIsNamed()
    {
        var explained = await CommandRun.OfAsync("import", Delivery, "--explain");
        Assert.That(explained.ExitCode, Is.EqualTo(1));
        Assert.That(explained.Out, Does.Contain("mapping new"));
        var imported = await CommandRun.OfAsync("import", Delivery, "--data", bench.Data);
        Assert.That(imported.Out, Does.Contain("no mapping is for"));
    }

    [Test]
    public async Task TheDraftReadsTheFileAsTheGuideDoes()
    {
        var draft = await CommandRun.OfAsync("mapping", "new", Delivery);
        Assert.That(draft.ExitCode, Is.Zero, draft.Error);
        async Task<string> Facts(string mapping) => string.Join('\n', (await CommandRun.OfAsync("import", Delivery, "--mapping", mapping, "--explain")).Out
            .Split('\n').Where(line => line.TrimStart().StartsWith("Person/", StringComparison.Ordinal) || line.TrimStart().StartsWith("Company/", StringComparison.Ordinal)));
        Assert.That(await Facts(bench.Write("draft.yaml", draft.Out)), Is.EqualTo((await Facts(Mapping)).Replace("/desk:", "/kehu:", StringComparison.Ordinal)).And.Not.Empty, draft.Out);
    }

    [Test]
    public async Task TheExampleIsExplainedAndImported()
    {
        var explained = await CommandRun.OfAsync("import", Delivery, "--mapping", Mapping, "--explain");
        Assert.That(explained.ExitCode, Is.Zero, explained.Error);
        Assert.That(explained.Out, Does.Contain("GB18030").And.Contain("备注").And.Contain("ignored").And.Contain("registeredCapital: 12000000").And.Contain("registeredCapital: 3000000"));
        var report = await bench.Import(Delivery, "--mapping", Mapping);
        Assert.That(report.GetProperty("files")[0].GetProperty("landed").GetInt64(), Is.EqualTo(3));
        Assert.That(report.GetProperty("files")[0].GetProperty("unread")[0].GetString(), Is.EqualTo("备注"));
    }

    /// <summary>As a newcomer has it: GB 18030, cells of several lines, own headings, days in two ways, amounts in 万, and a column with the broker. The draft as it is ends with clients.</summary>
    [TestCase("csv")]
    [TestCase("xlsx")]
    public async Task ATableWithAColumnOfBrokersEndsWithClients(string format)
    {
        string[][] rows =
        [
            ["资金账号", "客户姓名(全称)", "客户类别", "证件号码", "出生年月日", "所属券商", "开户时间", "注册资本（万元）", "备注"],
            ["A-100", "张伟", "个人", "330106195502031118", "1955-02-03", "B001", "2019/3/4", "", "两行\n备注, 有逗号"],
            ["A-101", "杭州样本科技有限公司", "机构", "91330106MA2NEND03N", "", "B002", "2020年5月6日", "1,200", "他说\"好\""],
            ["A-102", "李娜", "个人", "11010519491231002X", "1949-12-31", "B001", "2021/12/1", "", ""],
        ];
        var path = bench.Write($"mine.{format}", "");
        if (format == "csv")
            await File.WriteAllBytesAsync(path, System.Text.CodePagesEncodingProvider.Instance.GetEncoding("GB18030")!.GetBytes(
                string.Concat(rows.Select(row => string.Join(',', row.Select(cell => $"\"{cell.Replace("\"", "\"\"", StringComparison.Ordinal)}\"")) + "\r\n"))));
        else
            await File.WriteAllBytesAsync(path, Workbooks.Of(rows));
        var draft = await CommandRun.OfAsync("mapping", "new", path);
        Assert.That(draft.ExitCode, Is.Zero, draft.Error);
        var report = await bench.Import(path, "--mapping", bench.Write("draft.yaml", draft.Out));
        Assert.That((report.GetProperty("files")[0].GetProperty("landed").GetInt64(), report.GetProperty("flagged").GetInt64()), Is.EqualTo((3L, 0L)), draft.Out);
        var clients = await bench.Ask("""{ clients(broker: "B001") { totalCount } }""");
        Assert.That(clients.GetProperty("totalCount").GetInt32(), Is.EqualTo(2));
        Assert.That((await bench.Ask("""{ clients { totalCount } }""")).GetProperty("totalCount").GetInt32(), Is.EqualTo(3));
        Assert.That((await bench.Ask("""{ company(uscc: "91330106MA2NEND03N") { registeredCapital } }""")).GetProperty("registeredCapital").GetDecimal(), Is.EqualTo(12_000_000m));
    }
}
