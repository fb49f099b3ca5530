using System.Text.Json;
using GraphRisk.Server.Tests.Served;

namespace GraphRisk.Server.Tests.Ownership;

/// <summary>Rules of law asked of one company or party: what is cited, what is refused, and what is no input for whom it is not open to.</summary>
public sealed class RulePartTests
{
    private ServedGraph served = null!;

    [OneTimeSetUp]
    public async Task Serve() => served = await ServedGraph.Of(new MarketSketch()
        .Node("Company/list:H", ("name", "甲公司"))
        .Node("Company/list:A", ("name", "乙公司"))
        .Edge("HOLDS", "Person/list:X", "Company/list:H", ("share", "0.6"))
        .Edge("HOLDS", "Company/list:H", "Company/list:A", ("share", "0.3"))
        .Edge("HOLDS", "Person/list:Y", "Company/list:A", ("shareMin", "0.2"), ("shareMax", "0.4"))
        .Edge("HOLDS", "Person/list:X", "Company/list:A", ("share", "0.02"))
        .Edge("RELATED_TO", "Person/list:Y", "Company/list:A", ("kind", "实际控制人")));

    [OneTimeTearDown]
    public async Task Close() => await served.DisposeAsync();

    [Test]
    public async Task AVerdictCitesRuleWordingLimbAndArticleWithBothEndsAndItsChains()
    {
        var answer = await AskAsync("""
            { beneficialOwners(company: "Company/list:A", rule: "eu-beneficial-owner", asOf: "2028-01-01") {
                applies version { name } readsTies findings { kind }
                verdicts { rule version limb { name article threshold operator } holders { id } via { id } holds lower stated upper cannotKnow chains { share shares } } } }
            """);
        Assert.That((answer.At("beneficialOwners.applies").GetBoolean(), answer.At("beneficialOwners.readsTies").GetBoolean()), Is.EqualTo((true, true)));
        Assert.That(
            Verdicts(answer, "beneficialOwners.verdicts"),
            Is.EquivalentTo(new[] { "shares art. 52(1) POSSIBLE 0.2..0.4", "votes art. 52(1) POSSIBLE 0.2..0.4", "control-by-other-means art. 53(3) CERTAIN", "control-of-owner art. 54(a) CERTAIN 0.32..0.32" }));
        var layered = answer.At("beneficialOwners.verdicts").EnumerateArray().Single(one => one.TextAt("limb.name") == "control-of-owner");
        Assert.That(layered.At("chains").EnumerateArray().Select(chain => chain.At("share").GetDecimal()), Is.EqualTo(new[] { 0.18m, 0.02m }));
        Assert.That(layered.At("via").ValueKind, Is.EqualTo(JsonValueKind.Object));
        Assert.That(answer.At("beneficialOwners.findings").EnumerateArray().Select(finding => finding.TextAt("kind")), Does.Contain("PART_UNSTATED"));
    }

    [Test]
    public async Task AWordingStillToComeIsAppliedAndSaidToBe()
    {
        var answer = await AskAsync("""{ beneficialOwners(company: "Company/list:A", rule: "eu-beneficial-owner", asOf: "2026-06-30") { applies version { from } } }""");
        Assert.That((answer.At("beneficialOwners.applies").GetBoolean(), answer.TextAt("beneficialOwners.version.from")), Is.EqualTo((false, "2027-07-10")));
    }

    [Test]
    public async Task ARuleOfListedCompaniesAppliesToThoseThatIssuedAListedSecurity()
    {
        await using var own = await ServedGraph.Of(new MarketSketch()
            .Node("Company/list:A", ("name", "甲股份有限公司")).Node("Company/list:B", ("name", "乙有限责任公司")).Node("Security/S", ("code", "600000.SH"))
            .Edge("ISSUED", "Company/list:A", "Security/S").Edge("HOLDS", "Person/list:X", "Company/list:A", ("share", "0.6")).Edge("HOLDS", "Person/list:X", "Company/list:B", ("share", "0.6")));
        async Task<bool> AppliesAsync(string company, string rule) =>
            (await own.Ask(ServedGraph.Regulator, $$"""{ controllers(company: "{{company}}", rule: "{{rule}}") { byRule { applies } } }""")).At("controllers.byRule.applies").GetBoolean();
        Assert.That((await AppliesAsync("Company/list:A", "cn-listed-control"), await AppliesAsync("Company/list:B", "cn-listed-control")), Is.EqualTo((true, false)));
    }

    [Test]
    public async Task TheThresholdOfARiskCategoryTakesThePlaceOfTheRules()
    {
        var answer = await AskAsync("""{ beneficialOwners(company: "Company/list:A", rule: "eu-beneficial-owner", threshold: 0.15, asOf: "2028-01-01") { verdicts { limb { name article } holds lower upper } } }""");
        Assert.That(Verdicts(answer, "beneficialOwners.verdicts"), Does.Contain("shares art. 52(1) CERTAIN 0.2..0.2").Or.Contain("shares art. 52(1) CERTAIN 0.2..0.4"));
    }

    [TestCase("""beneficialOwners(company: "Company/list:A", threshold: 25) { applies }""", "0.25 is 25%")]
    [TestCase("""ownershipLookThrough(company: "Company/list:A", threshold: 25) { semantics }""", "0.25 is 25%")]
    [TestCase("""controllers(company: "Company/list:A", majority: 50) { asked { id } }""", "0.5 is 50%")]
    [TestCase("""beneficialOwners(company: "Company/list:A", rule: "ofac-50") { applies }""", "Rules: cn-beneficial-owner, eu-beneficial-owner, fatf-beneficial-owner")]
    [TestCase("""controllers(company: "Company/list:A", rule: "none") { asked { id } }""", "cn-listed-control")]
    public async Task WhatIsNoPartOrNoRuleIsRefusedWithWhatWouldDo(string question, string reason) =>
        Assert.That(await served.AskText(ServedGraph.Regulator, $"{{ {question} }}"), Does.Contain("BAD_USER_INPUT").And.Contain(reason));

    [Test]
    public async Task ControlByARuleStandsBesideControlByMajority()
    {
        var answer = await AskAsync("""{ controllers(company: "Company/list:A", rule: "cn-listed-control") { control { votes } byRule { verdicts { limb { name article } holds lower upper } } } }""");
        Assert.That(answer.At("controllers.control").GetArrayLength(), Is.Zero);
        Assert.That(Verdicts(answer, "controllers.byRule.verdicts"), Is.EquivalentTo(new[] { "thirty art. 84(2) CERTAIN 0.32..0.32", "thirty art. 84(2) POSSIBLE 0.2..0.4", "actual-control art. 84(5) POSSIBLE" }));
    }

    [Test]
    public async Task GroupsConcertAndCloseLinksAnswer()
    {
        var answer = await AskAsync("""
            { group(party: "Company/list:H") { members { id } isComplete }
              concertParties(company: "Company/list:A") { agreed { holds } presumed { limb { name } } }
              closeLinks(party: "Company/list:A") { verdicts { limb { name article } holds lower upper } }
              aggregateOwnership(company: "Company/list:A") { verdicts { holds } }
              ownershipRules { rules { name versions { from limbs { name } } } } }
            """);
        Assert.That(answer.At("group.members").GetArrayLength(), Is.EqualTo(1));
        Assert.That(answer.At("concertParties.agreed").GetArrayLength(), Is.Zero);
        Assert.That(answer.At("concertParties.presumed").EnumerateArray().Select(one => one.TextAt("limb.name")), Is.EqualTo(new[] { "control", "large-holder" }));
        Assert.That(Verdicts(answer, "closeLinks.verdicts"), Does.Contain("capital art. 138(2)(a), (b) CERTAIN 0.3..0.3").And.Contain("capital art. 138(2)(a), (b) CERTAIN 0.2..0.4"));
        Assert.That(answer.At("aggregateOwnership.verdicts").GetArrayLength(), Is.Zero);
        Assert.That(answer.At("ownershipRules.rules").GetArrayLength(), Is.GreaterThan(10));
    }

    [Test]
    public async Task TiesThatAreNotOpenToTheViewerAreNoInput()
    {
        const string Question = """{ beneficialOwners(company: "Company/list:A", rule: "eu-beneficial-owner") { readsTies verdicts { limb { name } } } }""";
        var answer = JsonDocument.Parse(await served.AskText(ServedGraph.Client("Person/list:X"), Question)).RootElement.GetProperty("data");
        Assert.That(answer.At("beneficialOwners.readsTies").GetBoolean(), Is.False);
        Assert.That(answer.At("beneficialOwners.verdicts").EnumerateArray().Select(one => one.TextAt("limb.name")), Has.None.EqualTo("control-by-other-means"));
        Assert.That(await served.AskText(ServedGraph.Client("Person/list:X"), """{ aggregateOwnership(company: "Company/list:A") { applies } }"""), Does.Contain("FORBIDDEN"));
    }

    private Task<JsonElement> AskAsync(string question) => served.Ask(ServedGraph.Regulator, question);

    private static List<string> Verdicts(JsonElement answer, string path) => [.. answer.At(path).EnumerateArray().Select(Told)];

    private static string Told(JsonElement verdict)
    {
        var figure = verdict.At("lower").ValueKind == JsonValueKind.Null ? "" : $" {verdict.At("lower")}..{verdict.At("upper")}";
        return $"{verdict.TextAt("limb.name")} {verdict.TextAt("limb.article")} {verdict.TextAt("holds")}{figure}";
    }
}
