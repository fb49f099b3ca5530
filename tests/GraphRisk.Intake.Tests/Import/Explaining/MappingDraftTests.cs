using System.Text;
using GraphRisk.Graph.Schema;
using GraphRisk.Intake.Import.Explaining;
using GraphRisk.Intake.Import.Mapping;

namespace GraphRisk.Intake.Tests.Import.Explaining;

/// <summary>Drafts of mappings: tables as people have them are understood, and whatever the headings, the draft loads.</summary>
internal sealed class MappingDraftTests
{
    private static readonly SchemaCatalog Catalog = SchemaCatalog.LoadEmbedded();
    private static readonly MappingSet Shipped = MappingSet.Load(Catalog);

    /// <summary>Each a table and what its first row becomes.</summary>
    private static readonly TestCaseData[] Tables =
    [
        new("投资者编号,投资者姓名,身份证号码,性别,手机号码,账户余额\n7,张伟,330106195502031118,男,13800000001,100.5\n8,李四,11010519491231002X,女,13800000002,200.5\n",
            "Person/t:7 [always] name: 张伟, phone: 13800000001, residentId: 330106195502031118, sex: MALE"),
        new("余额,编号,名称,代码A\n12.5,7,张伟,330106195502031118\n13.5,8,李四,11010519491231002X\n", "Person/t:7 [always] name: 张伟, residentId: 330106195502031118"),
        new("序,企业名称,统一社会信用代码,注册资本（万元）,成立日期\n一,甲有限公司,91110000600037341L,300,2012年1月4日\n二,乙有限公司,91330106MA2NEND03N,1.2亿,2012年10月14日\n",
            "Company/t:91110000600037341L [always] currency: CNY, establishedOn: 2012-01-04, name: 甲有限公司, registeredCapital: 3000000, uscc: 91110000600037341L"),
        new("客户名称;客户性质;证件类型;证件号码;客户号\n甲有限公司;机构;营业执照;91110000600037341L;1\n张伟;个人;身份证;330106195502031118;2\nJohn;个人;护照;E12345678;3\n",
            "Company/t:1 [always] name: 甲有限公司, uscc: 91110000600037341L"),
        new("id\tname\tdate of birth\temail\n1\tAnn\t31/12/1949\ta@b.cd\n2\tBob\t1/2/1950\tb@b.cd\n", "Person/t:1 [always] birthDate: 1949-12-31, email: a@b.cd, name: Ann"),
        new("name,born,amount\nAnn,12/31/1949,1\nBob,1/2/1950,2\n", "Person/t:Ann [always] birthDate: 1949-12-31, name: Ann"),
        new("客户经理姓名,客户姓名,客户号\n王五,张伟,2\n王五,李四,3\n", "Person/t:2 [always] name: 张伟"),
        new("客户号,姓名,身份证号,统一社会信用代码\n1,张伟,330106195502031118,\n2,甲有限公司,,91110000600037341L\n", "Person/t:1 [always] name: 张伟, residentId: 330106195502031118"),
    ];

    [TestCaseSource(nameof(Tables))]
    public void ATableAboutClientsIsUnderstood(string text, string fact)
    {
        using var bench = new ImportBench();
        var path = bench.Write("t.csv", text);
        var draft = new MappingDraft(Catalog, Shipped).Of(path);
        Assert.That(Explained(path, draft).Records[0].Facts, Is.EqualTo(new[] { fact }), draft);
    }

    [TestCase("owner,owned,share,votes\nAlpha,Beta,0.6,0.75\nBeta,Gamma,0.4,\n", "Company/t:Alpha -HOLDS-> Company/t:Beta [always] share: 0.6, votes: 0.75", "Company/t:Alpha [always] name: Alpha")]
    [TestCase("owner;owned;share;votes;from;to\nAlpha;Beta;60;75;2019-03-01;2024-01-01\nBeta;Gamma;40;40;2020-01-01;\n", "Company/t:Alpha -HOLDS-> Company/t:Beta [from 2019-03-01 to 2024-01-01] share: 0.6, votes: 0.75", "Company/t:Beta [always] name: Beta")]
    [TestCase("股东名称,股东类型,公司名称,持股比例,表决权比例\n张伟,个人,甲有限公司,60%,60%\n乙有限公司,企业,甲有限公司,40%,40%\n", "Person/t:张伟 -HOLDS-> Company/t:甲有限公司 [always] share: 0.6, votes: 0.6", "Person/t:张伟 [always] name: 张伟")]
    public void ATableOfHoldingsIsUnderstood(string text, string holding, string node)
    {
        using var bench = new ImportBench();
        var path = bench.Write("t.csv", text);
        var draft = new MappingDraft(Catalog, Shipped).Of(path);
        var records = Explained(path, draft).Records;
        Assert.That(records[0].Facts, Does.Contain(holding).And.Contain(node), $"{string.Join('\n', records[0].Facts)}\n{draft}");
        Assert.That(records.Select(record => record.Fault), Is.All.Null);
    }

    [TestCase("客户号,客户姓名,开户券商,开户日期\n1,张伟,B001,2020/1/2\n2,李四,B002,2020年3月4日\n", "Broker/B001 [always] code: B001", "Person/t:1 -CLIENT_OF-> Broker/B001 [from 2020-01-02")]
    [TestCase("client no;name;custodian\n1;Ann Lee;Harbour Securities\n2;Bob Ray;\n", "Broker/Harbour Securities [always] code: Harbour Securities, name: Harbour Securities", "Person/t:1 -CLIENT_OF-> Broker/Harbour Securities [always")]
    public void WhereAColumnNamesTheBrokerItsRowsAreClients(string text, string broker, string tie)
    {
        using var bench = new ImportBench();
        var path = bench.Write("t.csv", text);
        var draft = new MappingDraft(Catalog, Shipped).Of(path);
        var records = Explained(path, draft).Records;
        Assert.That(records[0].Facts, Does.Contain(broker).And.Some.StartsWith(tie), $"{string.Join('\n', records[0].Facts)}\n{draft}");
        Assert.That(records.Select(record => record.Fault), Is.All.Null);
    }

    [Test]
    public void WhereNoColumnNamesTheBrokerTheDraftSaysHowRowsBecomeClients()
    {
        using var bench = new ImportBench();
        var path = bench.Write("t.csv", "客户号,客户姓名,开户日期\n1,张伟,2020/1/2\n2,李四,2020/3/4\n");
        var draft = new MappingDraft(Catalog, Shipped).Of(path);
        var taken = string.Join('\n', draft.Split('\n').Select(line => line.TrimStart().StartsWith("# broker:", StringComparison.Ordinal) || line.Contains("CLIENT_OF", StringComparison.Ordinal) ? line.Replace("# ", "", StringComparison.Ordinal) : line));
        Assert.That(Explained(path, draft).Records[0].Facts, Has.Count.EqualTo(1), draft);
        Assert.That(Explained(path, taken.Replace("   whose clients", "   # whose clients", StringComparison.Ordinal)).Records[0].Facts, Has.Some.Contains("CLIENT_OF"), taken);
    }

    [Test]
    public void ANumberThatManyRowsShareIsSomebodyElses()
    {
        using var bench = new ImportBench();
        var path = bench.Write("t.csv", "record_no,company_uscc,holder_name,holder_kind\n" + string.Concat(Enumerable.Range(1, 9).Select(i => $"{i},91110000600037341L,N{i},PERSON\n")));
        Assert.That(new MappingDraft(Catalog, Shipped).Of(path), Does.Contain("not understood: company_uscc"));
    }

    [Test]
    public void WhateverStandsInTheHeadingsTheDraftLoadsAndReadsTheFile()
    {
        string[] pieces = ["\"", "'", "{", "}", "|", ": ", " #", "\n", "\\", "[", "]", "*", "&", "-", "name", "客户", "号", "yes", "~", "%", "@", ",", "\u2028", "\t"];
        var random = new Random(7);
        for (var round = 0; round < 300; round++)
        {
            var headings = Enumerable.Range(0, random.Next(2, 7)).Select(_ => string.Concat(Enumerable.Range(0, random.Next(0, 5)).Select(_ => pieces[random.Next(pieces.Length)]))).ToList();
            if (headings.Count(heading => heading.Trim().Length > 0) < 2) continue;
            static string Cell(string text) => $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
            using var bench = new ImportBench();
            var rows = new StringBuilder().AppendJoin(',', headings.Select(Cell)).Append('\n');
            for (var row = 0; row < 3; row++) rows.AppendJoin(',', headings.Select((_, i) => $"v{row}{i}")).Append('\n');
            var path = bench.Write("t.csv", rows.ToString());
            var draft = new MappingDraft(Catalog, Shipped).Of(path);
            var told = Explained(path, draft);
            Assert.That((told.Fault, told.Records.Count(record => record.Fault is null)), Is.EqualTo(((string?)null, 3)), $"{rows}\n{draft}\n{string.Join('\n', told.Records.Select(record => record.Fault))}");
        }
    }

    private static FileExplanation Explained(string path, string draft) =>
        new ImportExplainer(Catalog, new MappingSet(new MappingLoader(Catalog).Load("t.yaml", draft))).Explain([path], ImportBench.Options, 3).Single();
}
