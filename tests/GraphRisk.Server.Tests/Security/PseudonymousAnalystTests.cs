using System.Text.Json;
using GraphRisk.Graph.Facts;
using GraphRisk.Server.Security;
using GraphRisk.Server.Tests.Served;

namespace GraphRisk.Server.Tests.Security;

/// <summary>An analyst works on pseudonyms: nothing it is given leads back to a person.</summary>
public sealed class PseudonymousAnalystTests
{
    private static readonly Viewer Steward = ServedGraph.As(Role.Analyst, "lab-7", "data-quality", "a reason does not help an analyst");

    private const string Everything = """
        { clients(first: 50) { nodes { ... on Person { id name aliases formerNames residentId maskedId birthDate address phone email
            records { record source recordKey spanStart spanEnd } judgements { id left right reasons judge }
            accounts { edges { cursor node { id number } } } contracts { edges { node { ... on MarginContract { id contractNumber debt maintenanceRatio debtHistory { value } } } } }
            brokers { edges { clientNumber } }
            mentionedIn { edges { records { spanStart spanEnd recordKey } node { title text url } } } } } } }
        """;

    private ServedGraph served = null!;

    [OneTimeSetUp]
    public async Task Serve()
    {
        served = await ServedGraph.Of(SmallMarket.Sketch()
            .Node("Document/court:D1", ("title", "张三借款纠纷公告"), ("text", "被告张三，身份证310101198001011234"), ("url", "https://court.example/张三"))
            .Node("Person/court:X1", ("name", "张三"), ("maskedId", "310101********1234"))
            .Match(SmallMarket.Zhang, "Person/court:X1"));
        await served.Record([Change.Assert(new RelationshipFact(
            "MENTIONS", new NodeId("Document", "court:D1"), NodeId.Parse(SmallMarket.Zhang), "", Properties.Of(("role", PropertyValue.Of("被告"))),
            Validity.Always, new Provenance("court", "D1", 0.8m, new TextSpan(2, 4))))]);
    }

    [OneTimeTearDown]
    public async Task Close() => await served.DisposeAsync();

    [TestCase("张")]
    [TestCase("張")]
    [TestCase("ZHANG")]
    [TestCase("李四")]
    [TestCase("1234")]
    [TestCase("3101")]
    [TestCase("13800001111")]
    [TestCase("世纪大道")]
    [TestCase("62000000001")]
    [TestCase("B001-M1")]
    [TestCase("C1000000001")]
    [TestCase("1980-01-02")]
    [TestCase("452000")]
    [TestCase("\"spanStart\":2")]
    [TestCase("the test says so")]
    public async Task NoValueThatLeadsBackToAPersonIsInAnyAnswer(string value)
    {
        var answer = await served.AskText(Steward, Everything);
        Assert.That(answer, Does.Contain("name-").And.Contain("account-").And.Contain("key-"));
        Assert.That(answer, Does.Not.Contain("errors"));
        Assert.That(System.Text.RegularExpressions.Regex.Replace(answer, "\"(id|record|left|right|cursor)\":\"[^\"]*\"|-[0-9a-f]{20}", ""), Does.Not.Contain(value));
    }

    [Test]
    public async Task AmountsHaveTwoDigitsDaysTheirYearAndAddressesTheirDistrict()
    {
        var answer = await served.Ask(Steward, Everything);
        var zhang = answer.At("clients.nodes").EnumerateArray().Single(one => one.At("contracts.edges").GetArrayLength() == 2);
        Assert.That(zhang.At("contracts.edges.0.node.debt").GetDecimal(), Is.EqualTo(450000m));
        Assert.That(zhang.At("contracts.edges.0.node.maintenanceRatio").GetDecimal(), Is.EqualTo(2.2m));
        Assert.That(zhang.At("contracts.edges.0.node.debtHistory.0.value").GetDecimal(), Is.EqualTo(450000m));
        Assert.That(zhang.TextAt("birthDate"), Is.EqualTo("1980-01-01"));
        Assert.That(zhang.TextAt("address"), Is.EqualTo("上海市浦东新区"));
    }

    [TestCase("张三")]
    [TestCase("310101198001011234")]
    [TestCase("62000000001")]
    [TestCase("借款纠纷")]
    public async Task NothingIsFoundByWhatIsHidden(string text)
    {
        var answer = await served.Ask(Steward, $$"""{ search(text: "{{text}}") { totalCount } }""");
        Assert.That(answer.At("search.totalCount").GetInt32(), Is.Zero);
    }

    [Test]
    public async Task CompaniesAreFoundAndNamed()
    {
        var answer = await served.Ask(Steward, """{ search(text: "上海华信贸易") { edges { text node { ... on Company { name uscc } } } } }""");
        Assert.That(answer.TextAt("search.edges.0.text"), Is.EqualTo("上海华信贸易有限公司"));
    }

    [TestCase(SmallMarket.Zhang)]
    [TestCase("Person/registry:NOBODY")]
    [TestCase("Account/62000000001")]
    [TestCase("Company/registry:91310000MA1FL0000A")]
    public async Task TheKeyOfARecordIsNoIdToAnAnalystWhetherItIsThereOrNot(string id)
    {
        var error = JsonDocument.Parse(await served.AskText(Steward, $$"""{ node(id: "{{id}}") { id } }""")).RootElement.At("errors.0");
        Assert.That(error.TextAt("extensions.code"), Is.EqualTo("FORBIDDEN"));
        Assert.That(error.TextAt("extensions.opens"), Does.Contain("An id that an answer gave to your project"));
    }

    [Test]
    public async Task AnIdIsUnderstoodInItsProjectAndNowhereElse()
    {
        var own = await IdOf(Steward);
        Assert.That((await served.Ask(Steward, $$"""{ node(id: "{{own}}") { id } }""")).TextAt("node.id"), Is.EqualTo(own));
        foreach (var other in (Viewer[])[Steward with { Of = "lab-8" }, ServedGraph.As(Role.Analyst, "lab-7", "model-validation"), ServedGraph.Regulator])
        {
            Assert.That(await IdOf(other), Is.Not.EqualTo(own));
            Assert.That(await served.Codes(other, $$"""{ node(id: "{{own}}") { id } }"""), Is.EqualTo(new[] { "BAD_USER_INPUT" }));
            Assert.That(await served.Codes(Steward, $$"""{ node(id: "{{await IdOf(other)}}") { id } }"""), Is.EqualTo(new[] { "BAD_USER_INPUT" }));
        }
    }

    [Test]
    public async Task ACursorIsUnderstoodInItsProjectAndNowhereElse()
    {
        const string question = "{ clients(first: 1) { pageInfo { endCursor } } }";
        var own = (await served.Ask(Steward, question)).TextAt("clients.pageInfo.endCursor");
        Assert.That((await served.Ask(ServedGraph.Regulator, question)).TextAt("clients.pageInfo.endCursor"), Is.Not.EqualTo(own));
        Assert.That(await served.Codes(ServedGraph.Regulator, $$"""{ clients(after: "{{own}}") { totalCount } }"""), Is.EqualTo(new[] { "BAD_USER_INPUT" }));
        Assert.That((await served.Ask(Steward, $$"""{ clients(after: "{{own}}") { nodes { id } } }""")).At("clients.nodes").GetArrayLength(), Is.EqualTo(1));
    }

    [Test]
    public async Task RecordsAreJudgedByTheIdsOfTheProject()
    {
        await using var own = await ServedGraph.Of(new MarketSketch().Node("Company/a:1", ("name", "甲公司")).Node("Company/b:2", ("name", "甲有限公司")));
        var found = await own.Ask(Steward, """{ search(text: "甲") { nodes { id } } }""");
        var ids = found.TextsAt("search.nodes", "id").ToArray();
        var judged = await own.Ask(Steward, $$"""mutation { judge(left: "{{ids[0]}}", right: "{{ids[1]}}", verdict: MATCH, reason: "one register") { areOne } }""");
        Assert.That(judged.At("judge.areOne").GetBoolean(), Is.True);
    }

    private async Task<string> IdOf(Viewer viewer) => (await served.Ask(viewer, "{ clients(first: 1) { nodes { id } } }")).TextAt("clients.nodes.0.id")!;
}
