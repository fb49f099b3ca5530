using GraphRisk.Graph.Facts;
using GraphRisk.Server.Security;
using GraphRisk.Server.Tests.Served;

namespace GraphRisk.Server.Tests.Selection;

/// <summary>What a newcomer tried: groups, changes, edge lists and cursors, and what they say where something cannot be.</summary>
public sealed class SelectionNewcomerTests
{
    private static readonly Viewer Regulator = ServedGraph.As(Role.Regulator, null, "supervision", "a test needs to see");
    private static readonly Viewer DataAnalyst = ServedGraph.As(Role.Analyst, null, "data-quality");

    private static MarketSketch Sketch => new MarketSketch()
        .Node("Broker/B001", ("code", "B001"), ("name", "第一证券")).Node("Broker/B002", ("code", "B002"), ("name", "第二证券"))
        .Node("Company/registry:A", ("name", "甲公司"), ("industry", "制造业"), ("kind", "PARTNERSHIP"))
        .Node("Company/registry:B", ("name", "乙公司"), ("industry", "金融业"), ("kind", "COMPANY"))
        .Node("Company/registry:C", ("name", "丙公司"), ("kind", "FUND"))
        .Node("Person/registry:P", ("name", "王小明"), ("birthDate", "1990-03-07"))
        .Node("Person/registry:Q", ("name", "李大明"), ("birthDate", "1990-11-30"))
        .Node("Person/registry:R", ("name", "赵一"))
        .Edge("HOLDS", "Person/registry:P", "Company/registry:A", ("share", "0.6"))
        .Edge("HOLDS", "Person/registry:Q", "Company/registry:A", ("share", "0.4"))
        .Edge("HOLDS", "Company/registry:A", "Company/registry:B", ("share", "0.3"))
        .Node("MarginContract/broker-B001:1", ("status", "OPEN"), ("debt", "100"))
        .Node("MarginContract/broker-B002:2", ("status", "OPEN"), ("debt", "200"))
        .Node("MarginContract/broker-B002:3", ("status", "OPEN"), ("debt", "300"))
        .Edge("CLIENT_OF", "Person/registry:P", "Broker/B001").Edge("CLIENT_OF", "Person/registry:Q", "Broker/B002")
        .Edge("CONTRACTED", "Person/registry:P", "MarginContract/broker-B001:1").Edge("GRANTED_BY", "MarginContract/broker-B001:1", "Broker/B001")
        .Edge("CONTRACTED", "Company/registry:A", "MarginContract/broker-B002:2").Edge("CONTRACTED", "Company/registry:B", "MarginContract/broker-B002:2")
        .Edge("GRANTED_BY", "MarginContract/broker-B002:2", "Broker/B002").Edge("GRANTED_BY", "MarginContract/broker-B002:3", "Broker/B002");

    [TestCase("{ marginContractsAggregate { groups(across: [{ grantedBy: name }]) { across { grantedBy { name } } debt { sum } } } }",
        "[{\"across\":{\"grantedBy\":{\"name\":\"第一证券\"}},\"debt\":{\"sum\":100}},{\"across\":{\"grantedBy\":{\"name\":\"第二证券\"}},\"debt\":{\"sum\":500}}]")]
    [TestCase("{ marginContractsAggregate { groups(across: [{ contractors: industry }]) { across { contractors { industry withheld } } debt { sum } } } }",
        "[{\"across\":{\"contractors\":{\"industry\":\"制造业\",\"withheld\":[]}},\"debt\":{\"sum\":200}},{\"across\":{\"contractors\":{\"industry\":\"金融业\",\"withheld\":[]}},\"debt\":{\"sum\":200}},"
        + "{\"across\":{\"contractors\":{\"industry\":null,\"withheld\":[]}},\"debt\":{\"sum\":400}}]")]
    [TestCase("{ marginContractsAggregate { groups(across: [{ grantedBy: name }, { grantedBy: code }]) { across { grantedBy { name code } } count } } }",
        "[{\"across\":{\"grantedBy\":{\"name\":\"第一证券\",\"code\":\"B001\"}},\"count\":1},{\"across\":{\"grantedBy\":{\"name\":\"第二证券\",\"code\":\"B002\"}},\"count\":2}]")]
    [TestCase("{ companiesAggregate { groups(by: [kind]) { key { kind } } } }", "[{\"key\":{\"kind\":\"COMPANY\"}},{\"key\":{\"kind\":\"PARTNERSHIP\"}},{\"key\":{\"kind\":\"FUND\"}}]")]
    [TestCase("{ companiesAggregate { groups(by: [industry], orderBy: [{ key: DESC }]) { key { industry } } } }", "[{\"key\":{\"industry\":\"金融业\"}},{\"key\":{\"industry\":\"制造业\"}},{\"key\":{\"industry\":null}}]")]
    [TestCase("{ personsAggregate { groups(by: [birthDateYear]) { key { birthDateYear } count } } }", "[{\"key\":{\"birthDateYear\":\"1990\"},\"count\":2},{\"key\":{\"birthDateYear\":null},\"count\":1}]")]
    public async Task GroupsAreReadAsOneExpects(string question, string expected)
    {
        await using var served = await ServedGraph.Of(Sketch);
        Assert.That(await served.AskText(Regulator, question), Does.Contain(expected));
    }

    [Test]
    public async Task GradesAreAskedForAndGroupedByRank()
    {
        var served = await SampleMarket.Served;
        var answer = await served.Ask(Regulator, "{ partiesAggregate(where: { creditScore: { grade: { gte: BB } } }) { groups(by: [grade]) { key { grade } } } }");
        var ranks = GraphRisk.Server.Selection.DerivedFields.Grades;
        var found = answer.GetProperty("partiesAggregate").GetProperty("groups").EnumerateArray().Select(group => ranks.IndexOf(group.GetProperty("key").GetProperty("grade").GetString()!)).ToList();
        Assert.That(found, Is.Ordered.And.Not.Empty.And.All.AtLeast(ranks.IndexOf("BB")));
    }

    [Test]
    public async Task AGroupSaysWhetherItsKeyIsUnknownOrWithheld()
    {
        await using var served = await ServedGraph.Of(Sketch);
        var answer = await served.AskText(ServedGraph.Broker("B001"), "{ personsAggregate { count groups(by: [sex]) { key { sex withheld } count } } }");
        Assert.That(answer, Does.Contain("{\"key\":{\"sex\":null,\"withheld\":[]},\"count\":1}").Or.Contain("{\"key\":{\"sex\":null,\"withheld\":[\"sex\"]}"), answer);
        Assert.That(answer, Does.Contain("\"withheld\":[\"sex\"]"), "Persons that are no clients of the asker.");
    }

    [TestCase("{ persons(where: { birthDate: { eq: \"1990-01-01\" } }) { totalCount } }", "\"totalCount\":2")]
    [TestCase("{ persons(where: { birthDate: { gt: \"1990-01-01\" } }) { totalCount } }", "\"totalCount\":0")]
    [TestCase("{ persons(where: { birthDate: { eq: \"1990-03-07\" } }) { totalCount } }", "\"totalCount\":0")]
    [TestCase("{ personsAggregate { groups(by: [birthDate]) { key { birthDate } count } } }", "{\"key\":{\"birthDate\":\"1990-01-01\"},\"count\":2}")]
    [TestCase("{ personsAggregate { birthDate { distinct min max } } }", "{\"distinct\":1,\"min\":\"1990-01-01\",\"max\":\"1990-01-01\"}")]
    public async Task AnAnalystAsksForDaysOfBirthByTheYear(string question, string expected)
    {
        await using var served = await ServedGraph.Of(Sketch);
        Assert.That(await served.AskText(DataAnalyst, question), Does.Contain(expected));
    }

    [Test]
    public async Task RelationshipsAreRows()
    {
        await using var served = await ServedGraph.Of(Sketch);
        Assert.That(
            await served.AskText(Regulator, "{ holdsRelationships(where: { edge: { share: { gt: 0.35 } } }, orderBy: [{ edge: { share: DESC } }]) { totalCount nodes { share from { __typename name } to { name } } } }"),
            Does.Contain("""
                {"totalCount":2,"nodes":[{"share":0.6,"from":{"__typename":"Person","name":"王小明"},"to":{"name":"甲公司"}},{"share":0.4,"from":{"__typename":"Person","name":"李大明"},"to":{"name":"甲公司"}}]}
                """));
        Assert.That(
            await served.AskText(Regulator, "{ holdsRelationships(where: { from: { company: { industry: { eq: \"制造业\" } } }, to: { kind: { eq: COMPANY } } }) { nodes { from { name } to { name } } } }"),
            Does.Contain("[{\"from\":{\"name\":\"甲公司\"},\"to\":{\"name\":\"乙公司\"}}]"));
    }

    [Test]
    public async Task ABrokerMeetsTheRelationshipsOfItsClientsAlone()
    {
        await using var served = await ServedGraph.Of(Sketch);
        var answer = await served.AskText(ServedGraph.Broker("B001"), "{ contractedRelationships { totalCount nodes { to { id } } } clientOfRelationships { totalCount } }");
        Assert.That(answer, Does.Not.Contain("\"totalCount\":2").And.Not.Contain("\"totalCount\":3"), answer);
        Assert.That(await served.AskText(ServedGraph.As(Role.Analyst, null, null), "{ contractedRelationships { totalCount } }"), Does.Contain(AccessCodes.PurposeRequired));
    }

    [Test]
    public async Task ACursorOfAnotherQuestionIsRefused()
    {
        await using var served = await ServedGraph.Of(Sketch);
        var page = await served.Ask(Regulator, "{ companies(first: 1, where: { kind: { isNull: false }, name: { isNull: false } }) { pageInfo { endCursor } stamp { asOf knownAt } } }");
        var companies = page.GetProperty("companies");
        var cursor = companies.GetProperty("pageInfo").GetProperty("endCursor").GetString();
        var (asOf, knownAt) = (companies.GetProperty("stamp").GetProperty("asOf").GetString(), companies.GetProperty("stamp").GetProperty("knownAt").GetString());
        var same = "where: { name: { isNull: false }, kind: { isNull: false } }";
        string[] continues = [$"companies(after: \"{cursor}\", {same})", $"companies(after: \"{cursor}\", {same}, asOf: \"{asOf}\", knownAt: \"{knownAt}\")"];
        string[] others =
        [
            $"companies(after: \"{cursor}\")", $"companies(after: \"{cursor}\", {same}, orderBy: [{{ name: ASC }}])", $"companies(after: \"{cursor}\", where: {{ name: {{ isNull: true }} }})",
            $"companies(after: \"{cursor}\", {same}, asOf: \"2020-01-01\")", $"persons(after: \"{cursor}\")",
        ];
        foreach (var question in continues) Assert.That(await served.AskText(Regulator, $"{{ {question} {{ nodes {{ name }} }} }}"), Does.Not.Contain("errors").And.Contain("乙公司"), question);
        foreach (var question in others) Assert.That(await served.AskText(Regulator, $"{{ {question} {{ totalCount }} }}"), Does.Contain("BAD_USER_INPUT").And.Contain("'after' is a cursor of"), question);
    }

    [TestCase("{ companies(where: { industry: \"x\" }) { totalCount } }", "{}", "Write industry: { eq: … }")]
    [TestCase("query ($w: CompanyWhere) { companies(where: $w) { totalCount } }", "{\"w\": {\"industry\": \"x\"}}", "eq: … }")]
    [TestCase("{ market(by: BROKERS) { by } }", "{}", "MarketDivision is one of BROKER, JURISDICTION, MARKET.")]
    [TestCase("{ companies(where: { kind: { in: [COMPANY, GUILD] } }) { totalCount } }", "{}", "CompanyKind is one of COMPANY, ")]
    [TestCase("query ($by: MarketDivision!) { market(by: $by) { by } }", "{\"by\":\"BROKERS\"}", "MarketDivision is one of BROKER, JURISDICTION, MARKET.")]
    [TestCase("{ companiesCourse(from: \"30.6.2024\") { points { day } } }", "{}", "Date: Calendar day, YYYY-MM-DD.")]
    [TestCase("query ($from: Date!) { companiesCourse(from: $from) { points { day } } }", "{\"from\":\"2024/06/30\"}", "Date: Calendar day, YYYY-MM-DD.")]
    [TestCase("{ companies(asOf: \"yesterday\") { totalCount } }", "{}", "AsOf: When an answer is to hold in the world: a day, YYYY-MM-DD")]
    [TestCase("{ companies(orderBy: DEBT_DESC) { totalCount } }", "{}", "Write orderBy: [{ name: DESC }]")]
    [TestCase("{ companies(orderBy: \"debt\") { totalCount } }", "{}", "Write orderBy: [{ name: DESC }]")]
    [TestCase("{ companies(where: { and: [{ listings: { some: { kind: { eq: SANCTION } } } }] }) { totalCount } }", "{}", "ListedAsTargetWhere has no 'kind', but the node it leads to has: write node: { kind: … }.")]
    [TestCase("{ companies(first: 1) { nodes { listings(where: { kind: { eq: SANCTION } }) { totalCount } } } }", "{}", "write node: { kind: … }.")]
    [TestCase("{ companies(where: { indsutry: { eq: \"x\" } }) { totalCount } }", "{}", "CompanyWhere has no 'indsutry'. Did you mean industry")]
    [TestCase("{ companies(where: { industry: { like: \"x\" } }) { totalCount } }", "{}", "StringFilter has no 'like'")]
    [TestCase("query ($w: CompanyWhere) { companies(where: $w) { totalCount } }", "{\"w\": {\"indsutry\": {\"eq\": \"x\"}}}", "Did you mean industry")]
    public async Task WhatIsWrittenAsElsewhereIsToldHowToWrite(string question, string variables, string said)
    {
        await using var served = await ServedGraph.Of(Sketch);
        Assert.That(await served.AskText(Regulator, question, variables), Does.Contain("VALIDATION_FAILED").And.Contain(said));
    }

    [Test]
    public async Task GroupsAreNeverCutWithoutAWord()
    {
        var sketch = new MarketSketch();
        for (var i = 0; i < 130; i++) sketch.Node($"Company/registry:{i}", ("name", $"第{i}公司"), ("region", $"第{i}区"));
        await using var served = await ServedGraph.Of(sketch);
        Assert.That(await served.AskText(Regulator, "{ companiesAggregate { groups(by: [region]) { count } } }"), Does.Contain("there are 130 groups").And.Contain("groupsConnection"));
        Assert.That((await served.Ask(Regulator, "{ companiesAggregate { groups(by: [region], first: 130) { count } } }")).GetProperty("companiesAggregate").GetProperty("groups").GetArrayLength(), Is.EqualTo(130));
        Assert.That(await served.AskText(Regulator, "{ companiesAggregate { groupsConnection(by: [region], first: 2) { totalCount pageInfo { hasNextPage } } } }"), Does.Contain("{\"totalCount\":130,\"pageInfo\":{\"hasNextPage\":true}}"));
    }

    [Test]
    public async Task DerivedFieldsAreComparedBetweenTwoDays()
    {
        await using var served = await ServedGraph.Of(Changing);
        Assert.That(
            await served.AskText(Regulator, "{ companiesChanged(from: \"2022-12-31\", asOf: \"2023-12-31\", orderBy: [{ debt: DESC }]) { edges { kind fields before { debt } after { debt } } } }"),
            Does.Contain("""
                [{"kind":"CHANGED","fields":["debt"],"before":{"debt":70},"after":{"debt":90}},{"kind":"CHANGED","fields":["registeredCapital"],"before":{"debt":0},"after":{"debt":0}}]
                """));
        Assert.That(
            await served.AskText(Regulator, "{ companiesChanged(from: \"2022-12-31\", asOf: \"2023-12-31\", compare: [marketFactsDebt]) { edges { fields } } }"),
            Does.Contain("[{\"fields\":[\"marketFacts.debt\"]}]"));
        Assert.That(
            await served.AskText(ServedGraph.Analyst, "{ companiesChanged(from: \"2022-12-31\", asOf: \"2023-12-31\", compare: [marketFactsDebt]) { edges { fields } } }"),
            Does.Contain(AccessCodes.Forbidden));
    }

    [Test]
    public async Task RelationshipsThatCameAndWentAreOneQuestion()
    {
        await using var served = await ServedGraph.Of(Changing);
        Assert.That(
            await served.AskText(Regulator, "{ holdsRelationshipsChanged(from: \"2022-12-31\", asOf: \"2023-12-31\") { totalCount edges { kind fields before { share } after { share from { name } to { name } } } } }"),
            Does.Contain("""
                {"totalCount":2,"edges":[{"kind":"CHANGED","fields":["share"],"before":{"share":0.2},"after":{"share":0.5,"from":{"name":"甲公司"},"to":{"name":"乙公司"}}},{"kind":"CAME","fields":[],"before":null,"after":{"share":0.1,"from":{"name":"乙公司"},"to":{"name":"甲公司"}}}]}
                """));
    }

    private static MarketSketch Changing => new MarketSketch()
        .NodeFrom(new DateOnly(2020, 1, 1), "Company/registry:A", ("name", "甲公司"), ("registeredCapital", "10"))
        .NodeFrom(new DateOnly(2023, 6, 1), "Company/registry:A", ("name", "甲公司"), ("registeredCapital", "15"))
        .NodeFrom(new DateOnly(2020, 1, 1), "Company/registry:B", ("name", "乙公司"))
        .NodeFrom(new DateOnly(2020, 1, 1), "MarginContract/broker-B001:1", ("status", "OPEN"), ("debt", "70"))
        .NodeFrom(new DateOnly(2023, 6, 1), "MarginContract/broker-B001:1", ("status", "OPEN"), ("debt", "90"))
        .Edge("CONTRACTED", "Company/registry:B", "MarginContract/broker-B001:1")
        .EdgeIn(Validity.Between(null, new DateOnly(2023, 6, 1)), "HOLDS", "Company/registry:A", "Company/registry:B", ("share", "0.2"))
        .EdgeIn(Validity.Since(new DateOnly(2023, 6, 1)), "HOLDS", "Company/registry:A", "Company/registry:B", ("share", "0.5"))
        .EdgeIn(Validity.Since(new DateOnly(2023, 7, 1)), "HOLDS", "Company/registry:B", "Company/registry:A", ("share", "0.1"));
}
