using GraphRisk.Server.Security;
using GraphRisk.Server.Tests.Served;

namespace GraphRisk.Server.Tests.Selection;

/// <summary>Filters as analysts, brokers and clients use them, and what they must not tell.</summary>
public sealed class SelectionTests
{
    private static readonly Viewer Regulator = ServedGraph.As(Role.Regulator, null, "supervision", "a test needs to see");

    private static MarketSketch Sketch => new MarketSketch()
        .Node("Broker/B001", ("code", "B001")).Node("Broker/B002", ("code", "B002"))
        .Node("Company/registry:A", ("name", "甲股份有限公司"), ("industry", "制造业"), ("registeredCapital", "300"), ("establishedOn", "2001-05-01"))
        .Node("Company/registry:B", ("name", "乙有限公司"), ("industry", "制造业"), ("registeredCapital", "100"), ("establishedOn", "2001-09-30"))
        .Node("Company/registry:C", ("name", "丙有限公司"), ("industry", "金融业"), ("establishedOn", "2010-01-01"))
        .Node("Person/registry:P", ("name", "王小明"), ("residentId", "110101199003070011"))
        .Edge("HOLDS", "Person/registry:P", "Company/registry:A", ("share", "0.6"))
        .Edge("HOLDS", "Company/registry:A", "Company/registry:B", ("share", "0.3"))
        .Edge("HOLDS", "Company/registry:A", "Company/registry:C", ("share", "0.8"))
        .Node("MarginContract/broker-B001:1", ("status", "OPEN"), ("debt", "1234567"))
        .Node("MarginContract/broker-B002:2", ("status", "OPEN"), ("debt", "7654321"))
        .Edge("CONTRACTED", "Company/registry:A", "MarginContract/broker-B001:1").Edge("GRANTED_BY", "MarginContract/broker-B001:1", "Broker/B001")
        .Edge("CONTRACTED", "Company/registry:B", "MarginContract/broker-B002:2").Edge("GRANTED_BY", "MarginContract/broker-B002:2", "Broker/B002");

    [TestCase("{ companies(where: { holders: { some: { edge: { share: { gte: 0.5 } } } } }) { nodes { name } } }", "甲股份有限公司", "丙有限公司")]
    [TestCase("{ companies(where: { holders: { none: { node: { person: { name: { eq: \"王小明\" } } } } } }) { nodes { name } } }", "乙有限公司", "丙有限公司")]
    [TestCase("{ companies(where: { holdings: { count: { gte: 2 } } }) { nodes { name } } }", "甲股份有限公司")]
    [TestCase("{ companies(where: { registeredCapital: { ne: 300 } }) { nodes { name } } }", "乙有限公司")]
    [TestCase("{ companies(where: { not: { registeredCapital: { eq: 300 } } }) { nodes { name } } }", "乙有限公司")]
    [TestCase("{ companies(where: { registeredCapital: { isNull: true } }) { nodes { name } } }", "丙有限公司")]
    [TestCase("{ companies(orderBy: [{ registeredCapital: DESC }]) { nodes { name } } }", "甲股份有限公司", "乙有限公司", "丙有限公司")]
    [TestCase("{ companies(orderBy: [{ industry: ASC }, { registeredCapital: ASC }]) { nodes { name } } }", "乙有限公司", "甲股份有限公司", "丙有限公司")]
    [TestCase("{ companies(where: { debt: { gt: 0 } }, orderBy: [{ debt: DESC }]) { nodes { name } } }", "乙有限公司", "甲股份有限公司")]
    [TestCase("{ company(name: \"甲股份有限公司\") { holdings(where: { edge: { share: { lt: 0.5 } } }) { nodes { name } } } }", "乙有限公司")]
    [TestCase("{ company(name: \"甲股份有限公司\") { holdings(orderBy: [{ edge: { share: DESC } }]) { nodes { name } } } }", "丙有限公司", "乙有限公司")]
    [TestCase("{ parties(where: { holdings: { some: {} } }) { nodes { name } } }", "甲股份有限公司", "王小明")]
    public async Task AFilterSelects(string question, params string[] names)
    {
        await using var served = await ServedGraph.Of(Sketch);
        var answer = await served.AskText(Regulator, question);
        var found = System.Text.RegularExpressions.Regex.Matches(answer, "\"name\":\"([^\"]*)\"").Select(match => match.Groups[1].Value);
        if (question.Contains("orderBy", StringComparison.Ordinal)) Assert.That(found, Is.EqualTo(names), answer);
        else Assert.That(found, Is.EquivalentTo(names), answer);
    }

    [Test]
    public async Task DebtByIndustryIsOneQuestion()
    {
        await using var served = await ServedGraph.Of(Sketch);
        var answer = await served.AskText(Regulator, """
            { companiesAggregate { count debt { sum } groups(by: [industry], orderBy: [{ debt: { sum: DESC } }]) { key { industry } count debt { sum average } } } }
            """);
        Assert.That(answer, Does.Contain("""
            {"count":3,"debt":{"sum":8888888},"groups":[{"key":{"industry":"制造业"},"count":2,"debt":{"sum":8888888,"average":4444444}},{"key":{"industry":"金融业"},"count":1,"debt":{"sum":0,"average":0}}]}
            """));
    }

    [Test]
    public async Task FiguresOverRelationshipsOfANode()
    {
        await using var served = await ServedGraph.Of(Sketch);
        var answer = await served.AskText(Regulator, """
            { company(name: "甲股份有限公司") { holdingsAggregate { count edge { share { sum max } } node { registeredCapital { sum } groups(by: [industry]) { key { industry } count } } }
              large: holdingsAggregate(where: { edge: { share: { gt: 0.5 } } }) { count edge { share { sum } } } } }
            """);
        Assert.That(answer, Does.Contain("""
            {"holdingsAggregate":{"count":2,"edge":{"share":{"sum":1.1,"max":0.8}},"node":{"registeredCapital":{"sum":100},"groups":[{"key":{"industry":"制造业"},"count":1},{"key":{"industry":"金融业"},"count":1}]}},"large":{"count":1,"edge":{"share":{"sum":0.8}}}}
            """));
    }

    [TestCase("B001", "regulator", "甲股份有限公司")]
    [TestCase("B002", "regulator", "")]
    [TestCase("B001", "B001", "甲股份有限公司")]
    [TestCase("B001", "B002", "")]
    public async Task WhoIsInDefaultWithOneBrokerIsAskedByItsContracts(string broker, string viewer, string name)
    {
        await using var served = await ServedGraph.Of(Sketch.Node("PledgeContract/broker-B001:3", ("status", "DEFAULT_DISPOSAL"), ("debt", "500"))
            .Node("Company/broker-B001:A", ("name", "甲股份有限公司")).Edge("CLIENT_OF", "Company/broker-B001:A", "Broker/B001").Match("Company/broker-B001:A", "Company/registry:A")
            .Edge("CONTRACTED", "Company/broker-B001:A", "PledgeContract/broker-B001:3").Edge("GRANTED_BY", "PledgeContract/broker-B001:3", "Broker/B001"));
        var answer = await served.AskText(viewer == "regulator" ? Regulator : ServedGraph.Broker(viewer), $$"""
            { companies(where: { contracts: { some: { node: { inDefault: { eq: true }, owed: { gte: 500 }, grantedBy: { some: { node: { code: { eq: "{{broker}}" } } } } } } } }) {
                nodes { name contracts(where: { node: { inDefault: { eq: true } } }) { nodes { owed coverage } } } } }
            """);
        Assert.That(answer, Does.Contain(name.Length == 0 ? "{\"nodes\":[]}" : $$$"""{"nodes":[{"name":"{{{name}}}","contracts":{"nodes":[{"owed":500,"coverage":0}]}}]}"""));
    }

    [Test]
    public async Task DaysAreGroupedByStepsOfTheCalendar()
    {
        await using var served = await ServedGraph.Of(Sketch);
        var answer = await served.AskText(Regulator, "{ companiesAggregate { groups(by: [establishedOnYear, establishedOnQuarter]) { key { establishedOnYear establishedOnQuarter } count } } }");
        Assert.That(answer, Does.Contain("""
            [{"key":{"establishedOnYear":"2001","establishedOnQuarter":"2001-Q2"},"count":1},{"key":{"establishedOnYear":"2001","establishedOnQuarter":"2001-Q3"},"count":1},{"key":{"establishedOnYear":"2010","establishedOnQuarter":"2010-Q1"},"count":1}]
            """));
    }

    [TestCase("{ persons(where: { residentId: { startsWith: \"1\" } }) { totalCount } }")]
    [TestCase("{ persons(where: { not: { residentId: { lt: \"5\" } } }) { totalCount } }")]
    [TestCase("{ persons(orderBy: [{ residentId: ASC }]) { totalCount } }")]
    [TestCase("{ companies(where: { holders: { some: { node: { person: { name: { startsWith: \"王\" } } } } } }) { totalCount } }")]
    [TestCase("{ parties(where: { name: { startsWith: \"王\" } }) { totalCount } }")]
    [TestCase("{ personsAggregate { residentId { distinct } } }")]
    public async Task WhatIsReadMaskedIsNotAskedBy(string question)
    {
        await using var served = await ServedGraph.Of(Sketch);
        Assert.Multiple(() =>
        {
            Assert.That(served.AskText(ServedGraph.RegulatorMasked, question).Result, Does.Contain(AccessCodes.ReasonRequired).And.Not.Contain("\"totalCount\":"), question);
            Assert.That(served.AskText(ServedGraph.Analyst, question).Result, Does.Contain(AccessCodes.Forbidden).And.Not.Contain("\"totalCount\":"), question);
        });
    }

    [Test]
    public async Task ABrokerSelectsByItsOwnContractsAlone()
    {
        await using var served = await ServedGraph.Of(Sketch);
        var answer = await served.AskText(ServedGraph.Broker("B001"), """
            { marginContracts(where: { debt: { gt: 0 } }) { totalCount } marginContractsAggregate { count debt { sum } } companies(where: { debt: { gt: 0 } }) { nodes { name debt } } }
            """);
        Assert.That(answer, Does.Contain("\"totalCount\":0").Or.Contain("\"totalCount\":1"), answer);
        Assert.That(answer, Does.Not.Contain("7654321").And.Not.Contain("8888888"), answer);
    }

    [Test]
    public async Task WhoReadsRoundedSelectsByRoundedValues()
    {
        await using var served = await ServedGraph.Of(Sketch);
        var analyst = ServedGraph.As(Role.Analyst, null, "data-quality");
        var question = "{ marginContracts(where: { debt: { between: [1200000, 1200000] } }) { totalCount } exact: marginContracts(where: { debt: { between: [1234567, 1234567] } }) { totalCount } marginContractsAggregate { debt { sum min } } }";
        var answer = await served.AskText(analyst, question);
        Assert.That(answer, Does.Contain("\"marginContracts\":{\"totalCount\":1}").And.Contain("\"exact\":{\"totalCount\":0}").And.Contain("{\"sum\":8900000,\"min\":1200000}"), answer);
    }

    [TestCase("{ companies(orderBy: [{ name: ASC, industry: DESC }]) { totalCount } }", "one field in each object")]
    [TestCase("{ companies(where: { name: { eq: null } }) { totalCount } }", "isNull")]
    [TestCase("{ companies(after: \"abc\") { totalCount } }", "'after' is no cursor")]
    [TestCase("{ companiesAggregate { groups(by: [industry, kind, region, status]) { count } } }", "one to 3")]
    [TestCase("{ companies(where: { registeredCapital: { between: [1] } }) { totalCount } }", "two values")]
    public async Task WhatCannotBeIsSaid(string question, string said)
    {
        await using var served = await ServedGraph.Of(Sketch);
        Assert.That(await served.AskText(Regulator, question), Does.Contain("BAD_USER_INPUT").And.Contain(said));
    }

    [Test]
    public async Task ACursorHoldsWhileRecordsAreJoined()
    {
        var sketch = new MarketSketch();
        for (var i = 0; i < 9; i++) sketch.Node($"Company/registry:{i}", ("name", $"第{i}公司"));
        await using var served = await ServedGraph.Of(sketch);
        var first = await served.Ask(Regulator, "{ companies(first: 4) { pageInfo { endCursor } nodes { name } } }");
        var cursor = first.GetProperty("companies").GetProperty("pageInfo").GetProperty("endCursor").GetString();

        // The last record of the page becomes one with the first: its place is gone, that of the one before it is not.
        await served.Record(new MarketSketch().Match("Company/registry:0", "Company/registry:3").Changes);
        var next = await served.AskText(Regulator, $"{{ companies(first: 2, after: \"{cursor}\") {{ nodes {{ name }} }} }}");
        Assert.That(next, Does.Contain("[{\"name\":\"第4公司\"},{\"name\":\"第5公司\"}]"), next);

        await served.Record(new MarketSketch().Match("Company/registry:0", "Company/registry:1").Match("Company/registry:0", "Company/registry:2").Changes);
        var from = await served.Ask(Regulator, "{ companies(first: 1) { pageInfo { endCursor } } }");
        Assert.That(await served.AskText(Regulator, $"{{ companies(first: 2, after: \"{from.GetProperty("companies").GetProperty("pageInfo").GetProperty("endCursor").GetString()}\") {{ nodes {{ name }} }} }}"),
            Does.Contain("第4公司"));
        Assert.That(await served.AskText(Regulator, $"{{ companies(first: 2, after: \"{cursor}\") {{ nodes {{ name }} }} }}"), Does.Contain("第4公司"), "The first record of the page still stands where it stood.");
    }

    [Test]
    public async Task ACursorHoldsWhileValuesChange()
    {
        var sketch = new MarketSketch();
        for (var i = 0; i < 6; i++) sketch.Node($"Company/registry:{i}", ("name", $"第{i}公司"), ("registeredCapital", $"{10 * i}"));
        await using var served = await ServedGraph.Of(sketch);
        var first = await served.Ask(Regulator, "{ companies(first: 3, orderBy: [{ registeredCapital: ASC }]) { pageInfo { endCursor } } }");
        var cursor = first.GetProperty("companies").GetProperty("pageInfo").GetProperty("endCursor").GetString();
        await served.Record(new MarketSketch().NodeFrom(new DateOnly(2024, 1, 1), "Company/registry:2", ("name", "第2公司"), ("registeredCapital", "45")).Changes);
        var next = await served.AskText(Regulator, $"{{ companies(first: 9, orderBy: [{{ registeredCapital: ASC }}], after: \"{cursor}\") {{ nodes {{ name }} }} }}");
        Assert.That(next, Does.Contain("[{\"name\":\"第3公司\"},{\"name\":\"第4公司\"},{\"name\":\"第2公司\"},{\"name\":\"第5公司\"}]"), "The row that moved is met again where it stands now; none is left out.");
    }

    [Test]
    public async Task WhatChangedBetweenTwoDaysIsOneQuestion()
    {
        var sketch = new MarketSketch()
            .NodeFrom(new DateOnly(2020, 1, 1), "Company/registry:A", ("name", "甲公司"), ("registeredCapital", "10"))
            .NodeFrom(new DateOnly(2020, 1, 1), "Company/registry:B", ("name", "乙公司"), ("registeredCapital", "20"))
            .NodeFrom(new DateOnly(2023, 6, 1), "Company/registry:A", ("name", "甲公司"), ("registeredCapital", "15"))
            .NodeFrom(new DateOnly(2023, 7, 1), "Company/registry:C", ("name", "丙公司"));
        await using var served = await ServedGraph.Of(sketch);
        Assert.That(
            await served.AskText(Regulator, """
                { companiesChanged(from: "2022-12-31", asOf: "2023-12-31") { totalCount edges { kind fields before { registeredCapital } after { name registeredCapital } } } }
                """),
            Does.Contain("""
                {"totalCount":2,"edges":[{"kind":"CHANGED","fields":["registeredCapital"],"before":{"registeredCapital":10},"after":{"name":"甲公司","registeredCapital":15}},{"kind":"CAME","fields":[],"before":null,"after":{"name":"丙公司","registeredCapital":null}}]}
                """));
        Assert.That(
            await served.AskText(Regulator, "{ companiesChanged(from: \"2022-12-31\", asOf: \"2023-12-31\", where: { registeredCapital: { gt: 12 } }) { nodes { name } } }"),
            Does.Contain("[{\"name\":\"甲公司\"}]"));
        Assert.That(await served.AskText(Regulator, "{ companiesChanged(from: \"2024-01-01\", asOf: \"2023-12-31\") { totalCount } }"), Does.Contain("must not be after"));
    }

    [Test]
    public async Task ACourseIsWhatEachDayAnswersAlone()
    {
        var sketch = new MarketSketch()
            .NodeFrom(new DateOnly(2020, 1, 1), "Company/registry:A", ("name", "甲公司"), ("registeredCapital", "10"))
            .NodeFrom(new DateOnly(2020, 1, 1), "Company/registry:B", ("name", "乙公司"), ("registeredCapital", "20"))
            .NodeFrom(new DateOnly(2023, 3, 1), "Company/registry:A", ("name", "甲公司"), ("registeredCapital", "15"))
            .NodeFrom(new DateOnly(2023, 4, 1), "Company/registry:C", ("name", "丙公司"), ("registeredCapital", "7"));
        await using var served = await ServedGraph.Of(sketch);
        Assert.That(
            await served.AskText(Regulator, """
                { companiesCourse(from: "2022-12-31", every: MONTH, asOf: "2023-04-30", where: { registeredCapital: { gte: 10 } }) {
                    points { day figures { count registeredCapital { sum } } nodes(first: 1) { name registeredCapital } } stamp { asOf } } }
                """),
            Does.Contain("""
                {"points":[{"day":"2022-12-31","figures":{"count":2,"registeredCapital":{"sum":30}},"nodes":[{"name":"甲公司","registeredCapital":10}]},{"day":"2023-01-31","figures":{"count":2,"registeredCapital":{"sum":30}},"nodes":[{"name":"甲公司","registeredCapital":10}]},{"day":"2023-02-28","figures":{"count":2,"registeredCapital":{"sum":30}},"nodes":[{"name":"甲公司","registeredCapital":10}]},{"day":"2023-03-31","figures":{"count":2,"registeredCapital":{"sum":35}},"nodes":[{"name":"甲公司","registeredCapital":15}]},{"day":"2023-04-30","figures":{"count":2,"registeredCapital":{"sum":35}},"nodes":[{"name":"甲公司","registeredCapital":15}]}]
                """.Trim()));
        Assert.That(await served.AskText(Regulator, "{ companiesCourse(from: \"2020-01-01\", every: DAY, asOf: \"2023-04-30\") { points { day } } }"), Does.Contain("makes more than 25 days"));
        Assert.That(await served.AskText(ServedGraph.Broker("B001"), "{ companiesCourse(from: \"2020-01-01\", asOf: \"2023-04-30\") { points { day } } }"), Does.Contain("makes more than 13 days"));
        Assert.That(await served.AskText(Regulator, "{ companiesCourse(from: \"2024-01-01\", asOf: \"2023-04-30\") { points { day } } }"), Does.Contain("must not be after"));
    }

    [TestCase("2024-06-30", "QUARTER", "2024-06-30", "2024-09-30", "2024-12-31", "2025-03-31")]
    [TestCase("2024-02-29", "MONTH", "2024-02-29", "2024-03-31", "2024-04-30")]
    [TestCase("2024-02-29", "YEAR", "2024-02-29", "2025-02-28")]
    [TestCase("2024-01-30", "MONTH", "2024-01-30", "2024-02-29", "2024-03-30")]
    public async Task ACourseFromTheEndOfAMonthIsOfMonthEnds(string from, string every, params string[] days)
    {
        await using var served = await ServedGraph.Of(Sketch);
        var answer = await served.AskText(Regulator, $"{{ companiesCourse(from: \"{from}\", every: {every}, asOf: \"{days[^1]}\") {{ points {{ day }} }} }}");
        Assert.That(answer, Does.Contain($"[{string.Join(',', days.Select(day => $"{{\"day\":\"{day}\"}}"))}]"));
    }

    [Test]
    public async Task TheCourseOfTheSampleMarketIsTheFiguresOfEachDay()
    {
        var served = await SampleMarket.Served;
        const string Figures = "{ count debt { sum } inDefault { distinct } creditScore { score { average } } }";
        foreach (var viewer in (Viewer[])[Regulator, ServedGraph.Broker("B001")])
        {
            using var course = System.Text.Json.JsonDocument.Parse(await served.AskText(viewer, $"{{ partiesCourse(from: \"2025-03-31\", every: QUARTER, asOf: \"2025-12-31\") {{ points {{ day figures {Figures} }} }} }}"));
            foreach (var point in course.RootElement.GetProperty("data").GetProperty("partiesCourse").GetProperty("points").EnumerateArray())
            {
                var day = point.GetProperty("day").GetString();
                var alone = await served.AskText(viewer, $"{{ partiesAggregate(asOf: \"{day}\") {Figures} }}");
                Assert.That(alone, Does.Contain($"\"partiesAggregate\":{point.GetProperty("figures").GetRawText()}"), $"{viewer.Role} {day}");
            }
        }
    }

    [TestCase("2029-01-31", "clients(first: 1, asOf: \"DAY\") { nodes { inDefault } }")]
    [TestCase("2029-01-31", "parties(first: 1, asOf: \"DAY\", where: { inDefault: { eq: true } }) { totalCount }")]
    public async Task WhoIsInDefaultOnADayTheSourcesHaveNotReachedIsNotSaid(string day, string question)
    {
        var answer = await (await SampleMarket.Served).AskText(Regulator, $"{{ {question.Replace("DAY", day, StringComparison.Ordinal)} }}");
        Assert.That(answer, Does.Contain("\"BAD_USER_INPUT\"").And.Contain("is later than the sources reach"));
    }

    [Test]
    public async Task BeforeTheFirstDebtWasStatedNothingIsKnownAndNoScoreIsGiven()
    {
        var served = await SampleMarket.Served;
        var known = await served.AskText(Regulator, "{ partiesAggregate(asOf: \"2022-12-31\") { count debt { count sum } inDefault { count } } }");
        Assert.That(known, Does.Contain("\"debt\":{\"count\":0,\"sum\":null},\"inDefault\":{\"count\":0}"));
        foreach (var question in (string[])["partiesAggregate(asOf: \"2022-12-31\") { creditScore { score { average } } }", "clients(first: 1, asOf: \"2022-12-31\") { nodes { ... on Company { creditScore { score } } ... on Person { creditScore { score } } } }"])
            Assert.That(await served.AskText(Regulator, $"{{ {question} }}"), Does.Contain("\"BAD_USER_INPUT\"").And.Contain("before the first debt was stated"), question);
    }

    [Test]
    public async Task ACodeIsCalledByItsNameInEitherLanguage()
    {
        await using var served = await ServedGraph.Of(new MarketSketch()
            .Node("Company/registry:A", ("name", "甲公司"), ("region", "440300")).Node("Company/registry:B", ("name", "乙公司"), ("region", "海外")));
        Assert.That(await served.AskText(Regulator, "{ companies { nodes { region regionName zh: regionName(language: ZH) } } }"), Does.Contain("""
            [{"region":"440300","regionName":"Guangdong","zh":"广东省"},{"region":"海外","regionName":null,"zh":null}]
            """.Trim()));
    }

    [TestCase("KY", "Cayman Islands", "开曼群岛")]
    [TestCase("GB-SCT", "United Kingdom", "英国")]
    [TestCase("CHN", null, null, Description = "three letters are another code, and not Switzerland's")]
    public async Task ACountryIsCalledByItsName(string code, string? english, string? chinese)
    {
        await using var served = await ServedGraph.Of(new MarketSketch().Node("Company/registry:A", ("name", "甲公司"), ("country", code)));
        var answer = await served.Ask(Regulator, "{ companies { nodes { countryName zh: countryName(language: ZH) } } }");
        Assert.That((answer.At("companies.nodes.0").TextAt("countryName"), answer.At("companies.nodes.0").TextAt("zh")), Is.EqualTo((english, chinese)));
    }

    [Test]
    public async Task WhoStandsAtTheOtherEndOfAClientsRelationshipIsAskedByAsThatOneIsRead()
    {
        // 东方置业 is a client of B001, and 王五, whom B001 does not know, holds a part of it.
        await using var served = await ServedGraph.Of(SmallMarket.Sketch()
            .Node(SmallMarket.Wang, ("name", "王五"), ("birthDate", "1970-02-03"))
            .Node("Company/broker-B001:K1", ("name", "东方置业有限公司")).Match(SmallMarket.Dongfang, "Company/broker-B001:K1")
            .Edge("CLIENT_OF", "Company/broker-B001:K1", "Broker/B001", ("clientNumber", "K1000000001")));
        var broker = ServedGraph.Broker("B001");
        Task<string> Count(Viewer viewer, string condition) => served.AskText(viewer, $"{{ companies(where: {{ uscc: {{ eq: \"91310000MA1FL0001B\" }}, holders: {condition} }}) {{ totalCount }} }}");
        foreach (var condition in (string[])["{ some: { node: { person: { birthDate: { eq: \"1970-02-03\" } } } } }", "{ some: { node: { person: { birthDate: { ne: \"1970-02-03\" } } } } }", "{ some: { node: { person: { birthDate: { lt: \"2000-01-01\" } } } } }"])
            Assert.That(await Count(broker, condition), Does.Contain("\"totalCount\":0"), condition);
        Assert.That(await Count(Regulator, "{ some: { node: { person: { birthDate: { eq: \"1970-02-03\" } } } } }"), Does.Contain("\"totalCount\":1"));
        Assert.That(await Count(broker, "{ some: { node: { company: { name: { startsWith: \"上海\" } } } } }"), Does.Contain("\"totalCount\":1"), "what is open of the other end is asked by");
    }
}
