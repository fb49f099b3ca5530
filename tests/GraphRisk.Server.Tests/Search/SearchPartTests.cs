using GraphRisk.Server.Security;
using GraphRisk.Server.Tests.Served;

namespace GraphRisk.Server.Tests.Search;

public sealed class SearchPartTests
{
    private ServedGraph served = null!;

    [OneTimeSetUp]
    public async Task Serve() => served = await ServedGraph.Of(SmallMarket.Sketch());

    [OneTimeTearDown]
    public async Task Close() => await served.DisposeAsync();

    [TestCase("上海华信贸易有限公司", "EXACT", "上海华信贸易有限公司")]
    [TestCase("上海華信貿易有限公司", "EXACT", "上海华信贸易有限公司")]
    [TestCase("上海华信商行", "EXACT", "上海华信贸易有限公司")]
    [TestCase("上海华信", "PREFIX", "上海华信贸易有限公司")]
    [TestCase("shanghaihuaxinmaoyiyouxiangongsi", "PINYIN", "上海华信贸易有限公司")]
    [TestCase("Shanghai Huaxin Mao", "PINYIN_PREFIX", "上海华信贸易有限公司")]
    [TestCase("shhxmyyxgs", "INITIALS", "上海华信贸易有限公司")]
    [TestCase("华信贸易", "WITHIN", "上海华信贸易有限公司")]
    [TestCase("上海信贸", "WITHIN", "上海华信贸易有限公司")]
    [TestCase("huaxinmaoyi", "PINYIN_WITHIN", "上海华信贸易有限公司")]
    [TestCase("huaxin mao", "PINYIN_WITHIN", "上海华信贸易有限公司")]
    [TestCase("上海华信贸易之有限公司", "WORDS", "上海华信贸易有限公司")]
    [TestCase("91310000MA1FL0001B", "IDENTIFIER", "东方置业有限公司")]
    [TestCase("９１３１００００ＭＡ１ＦＬ０００１Ｂ", "IDENTIFIER", "东方置业有限公司")]
    public async Task ACompanyIsFoundHoweverItIsTyped(string text, string match, string name)
    {
        var answer = await served.Ask(
            ServedGraph.Regulator, "query($text: String!) { search(text: $text) { edges { match score node { ... on Company { name } } } } }",
            $$"""{ "text": "{{text}}" }""");
        Assert.That(answer.TextAt("search.edges.0.node.name"), Is.EqualTo(name));
        Assert.That(answer.TextAt("search.edges.0.match"), Is.EqualTo(match));
    }

    [TestCase("张三")]
    [TestCase("张小三")]
    [TestCase("zhang san")]
    [TestCase("San Zhang")]
    [TestCase("310101198001011234")]
    [TestCase("zs")]
    public async Task APersonIsFoundByAnyOfItsRecordsAndIsOne(string text)
    {
        var answer = await served.Ask(ServedGraph.Regulator, $$"""{ search(text: "{{text}}", types: [PERSON]) { totalCount edges { text } } }""");
        Assert.That(answer.At("search.totalCount").GetInt32(), Is.EqualTo(1));
    }

    [Test]
    public async Task AWholeNameComesBeforeABeginningAndABeginningBeforeWords()
    {
        await using var own = await ServedGraph.Of(new MarketSketch()
            .Node("Company/a:1", ("name", "北京远洋华信"))
            .Node("Company/a:2", ("name", "华信银行"))
            .Node("Company/a:3", ("name", "华信")));
        var answer = await own.Ask(ServedGraph.Regulator, """{ search(text: "华信") { edges { match node { ... on Company { name } } } } }""");
        Assert.That(
            answer.At("search.edges").EnumerateArray().Select(edge => edge.TextAt("node.name")),
            Is.EqualTo(new[] { "华信", "华信银行", "北京远洋华信" }));
    }

    [Test]
    public async Task WhatStandsInALegalFormCountsLessAndOfEqualHitsThoseOfWhomMoreRecordsSpeakComeFirst()
    {
        await using var own = await ServedGraph.Of(new MarketSketch()
            .Node("Broker/B001", ("code", "B001"), ("name", "东海证券股份有限公司"))
            .Node("Company/a:1", ("name", "华信股份有限公司南山区支行"))
            .Node("Company/a:2", ("name", "乾元重型机械股份有限公司"))
            .Node("Company/b:2", ("name", "乾元重型机械股份有限公司"))
            .Node("Company/a:3", ("name", "远洋股份合作社"))
            .Match("Company/a:2", "Company/b:2"));
        var answer = await own.Ask(ServedGraph.Regulator, """{ search(text: "股份") { nodes { ... on Company { name } ... on Broker { name } } } }""");
        Assert.That(
            answer.At("search.nodes").EnumerateArray().Select(node => node.TextAt("name")),
            Is.EqualTo(new[] { "远洋股份合作社", "乾元重型机械股份有限公司", "东海证券股份有限公司", "华信股份有限公司南山区支行" }));
    }

    [TestCase("600000", ExpectedResult = "600000.SH")]
    [TestCase("600000.sh", ExpectedResult = "600000.SH")]
    [TestCase("00700", ExpectedResult = "00700.HK")]
    public async Task<string?> ASecurityIsFoundByItsCodeWithoutTheMarket(string text)
    {
        await using var own = await ServedGraph.Of(new MarketSketch()
            .Node("Security/600000.SH", ("code", "600000.SH"), ("name", "利宏利")).Node("Security/00700.HK", ("code", "00700.HK"), ("name", "乾元")));
        var answer = await own.Ask(ServedGraph.Regulator, $$"""{ search(text: "{{text}}") { edges { match node { ... on Security { code } } } } }""");
        Assert.That(answer.At("search.edges").EnumerateArray().Select(edge => edge.TextAt("match")), Is.EqualTo(new[] { "IDENTIFIER" }));
        return answer.TextAt("search.edges.0.node.code");
    }

    [Test]
    public async Task PagesOfASearchFollowOneAnother()
    {
        var first = await served.Ask(ServedGraph.Regulator, """{ search(text: "有限公司", first: 1) { totalCount nodes { id } pageInfo { endCursor hasNextPage } } }""");
        Assert.That(first.At("search.totalCount").GetInt32(), Is.EqualTo(2));
        var second = await served.Ask(
            ServedGraph.Regulator, $$"""{ search(text: "有限公司", first: 1, after: "{{first.TextAt("search.pageInfo.endCursor")}}") { nodes { id } pageInfo { hasNextPage } } }""");
        Assert.That(second.TextAt("search.nodes.0.id"), Is.Not.EqualTo(first.TextAt("search.nodes.0.id")));
        Assert.That(second.At("search.pageInfo.hasNextPage").GetBoolean(), Is.False);
    }

    [TestCase("李四")]
    [TestCase("110101197001010011")]
    [TestCase("62000000007")]
    public async Task ABrokerDoesNotFindWhatItMayNotRead(string text)
    {
        var answer = await served.Ask(ServedGraph.Broker("B001"), $$"""{ search(text: "{{text}}") { totalCount } }""");
        Assert.That(answer.At("search.totalCount").GetInt32(), Is.Zero);
    }

    [Test]
    public async Task ABrokerFindsByNameWhomOpenSourcesTellAndNothingElseOfThem()
    {
        const string Question = "{ search(text: \"王五\") { nodes { ... on Person { name } } } }";
        Assert.That((await served.Ask(ServedGraph.Broker("B001"), Question)).TextAt("search.nodes.0.name"), Is.EqualTo("王五"));
        Assert.That(await served.Codes(ServedGraph.Broker("B001"), Question.Replace("name }", "birthDate }", StringComparison.Ordinal)), Is.EqualTo(new[] { "FORBIDDEN" }));
        Assert.That((await served.Ask(ServedGraph.As(Role.Broker, "Broker/B001", "kyc"), "{ persons { nodes { name } } }")).At("persons.nodes").EnumerateArray().Select(one => one.TextAt("name")), Does.Contain("王*").And.Not.Contain("王五"), "in the clear for a reason");
    }

    [TestCase("ZHANG SAN", Description = "how B002 writes the name")]
    public async Task ABrokerDoesNotFindItsClientByWhatAnotherBrokerWrote(string text)
    {
        var answer = await served.Ask(ServedGraph.Broker("B001"), $$"""{ search(text: "{{text}}") { edges { match } } }""");
        Assert.That(answer.At("search.edges").EnumerateArray().Select(edge => edge.TextAt("match")), Is.EqualTo(new[] { "PINYIN" }));
    }

    [TestCase("张三")]
    [TestCase("62000000001")]
    public async Task AnAnalystCannotSearchWhatIsMaskedForIt(string text)
    {
        var answer = await served.Ask(ServedGraph.Analyst, $$"""{ search(text: "{{text}}") { totalCount } }""");
        Assert.That(answer.At("search.totalCount").GetInt32(), Is.Zero);
    }

    [Test]
    public async Task AMaskedViewerFindsANameAndSeesItMasked()
    {
        var answer = await served.Ask(ServedGraph.RegulatorMasked, """{ search(text: "张三") { edges { text node { ... on Person { name } } } } }""");
        Assert.That(answer.TextAt("search.edges.0.text"), Does.Contain("*"));
        Assert.That(answer.TextAt("search.edges.0.node.name"), Does.Contain("*"));
    }

    [TestCase("310101198001011234")]
    [TestCase("62000000001")]
    [TestCase("B001-M1")]
    public async Task AnIdentifierThatIsReadMaskedIsFoundForAReasonOnly(string text)
    {
        async Task<int> Count(Viewer viewer) => (await served.Ask(viewer, $$"""{ search(text: "{{text}}") { totalCount } }""")).At("search.totalCount").GetInt32();
        Assert.That(await Count(ServedGraph.RegulatorMasked), Is.Zero);
        Assert.That(await Count(ServedGraph.Regulator), Is.GreaterThan(0));
        Assert.That(await Count(ServedGraph.Broker("B001") with { Reason = null }), Is.GreaterThan(0), "A broker finds its own client by the number the client gave it.");
    }

    [Test]
    public async Task SearchKnowsOnlyWhatWasKnownThen()
    {
        await using var own = await ServedGraph.Of(new MarketSketch().Node("Company/a:1", ("name", "甲公司")));
        var first = await own.Store.GetVersionAsync();
        await own.Record(new MarketSketch().Node("Company/a:1", ("name", "乙公司")).Changes);
        const string question = "query($text: String!, $at: DateTime) { search(text: $text, knownAt: $at) { totalCount } }";
        async Task<int> Count(string text, bool then) => (await own.Ask(
            ServedGraph.Regulator, question,
            $$"""{ "text": "{{text}}", "at": {{(then ? $"\"{first.RecordedAt:yyyy-MM-ddTHH:mm:ss.fffZ}\"" : "null")}} }""")).At("search.totalCount").GetInt32();
        Assert.That(await Count("甲公司", then: true), Is.EqualTo(1));
        Assert.That(await Count("甲公司", then: false), Is.Zero, "the recording was replaced");
        Assert.That(await Count("乙公司", then: true), Is.Zero);
        Assert.That(await Count("乙公司", then: false), Is.EqualTo(1));
    }

    [Test]
    public async Task ANameThatBeginsLaterIsNotFoundBefore()
    {
        await using var own = await ServedGraph.Of(new MarketSketch()
            .NodeFrom(new DateOnly(2019, 1, 1), "Company/a:1", ("name", "甲公司"))
            .NodeFrom(new DateOnly(2023, 1, 1), "Company/a:1", ("name", "乙公司")));
        async Task<int> Count(string text, string asOf) =>
            (await own.Ask(ServedGraph.Regulator, $$"""{ search(text: "{{text}}", asOf: "{{asOf}}") { totalCount } }""")).At("search.totalCount").GetInt32();
        Assert.That(await Count("乙公司", "2022-12-31"), Is.Zero);
        Assert.That(await Count("乙公司", "2023-01-01"), Is.EqualTo(1));
        Assert.That(await Count("甲公司", "2024-01-01"), Is.EqualTo(1), "a name it held before");
    }
}
