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
    public async Task ARuleIsAskedOfAllCompaniesAndFilteredByBothEnds()
    {
        const string Fields = "{ totalCount rule { name } version { from } readsTies nodes { asked { ... on Company { name } } limb { name article } company { ... on Company { name } } holds lower upper chains { share } proof { lacks } } pageInfo { hasNextPage endCursor } }";
        var one = await AskAsync($$"""{ beneficialOwners(company: "Company/list:A", rule: "eu-beneficial-owner", asOf: "2028-01-01") { verdicts { limb { name article } holds lower upper } } }""");
        var all = (await AskAsync($$"""{ all: ownershipVerdicts(rule: "eu-beneficial-owner", company: { name: { eq: "乙公司" } }, asOf: "2028-01-01") {{Fields}} }""")).At("all");
        Assert.That(Verdicts(all, "nodes"), Is.EquivalentTo(Verdicts(one, "beneficialOwners.verdicts")).And.Count.EqualTo(all.At("totalCount").GetInt32()));
        Assert.That(all.At("nodes").EnumerateArray().Select(verdict => (verdict.TextAt("asked.name"), verdict.TextAt("company.name"))), Is.All.EqualTo(("乙公司", "乙公司")));

        async Task<JsonElement> OfAsync(string arguments) => (await AskAsync($$"""{ all: ownershipVerdicts(rule: "eu-beneficial-owner", asOf: "2028-01-01", {{arguments}}) {{Fields}} }""")).At("all");
        var ofX = await OfAsync("""party: "Person/list:X" """);
        Assert.That(ofX.At("nodes").EnumerateArray().Select(verdict => verdict.TextAt("company.name")).Distinct(), Is.EquivalentTo(new[] { "甲公司", "乙公司" }));
        Assert.That((await OfAsync("""holder: { company: { name: { eq: "甲公司" } } }""")).At("totalCount").GetInt32(), Is.Zero, "natural persons alone are beneficial owners");
        Assert.That(Verdicts(await OfAsync("""limbs: ["shares"], holds: POSSIBLE"""), "nodes"), Is.EqualTo(new[] { "shares art. 52(1) POSSIBLE 0.2..0.4" }));

        var whole = (await OfAsync("first: 200")).At("nodes").EnumerateArray().Select(Told).ToList();
        var (turned, cursor) = (new List<string>(), "null");
        while (true)
        {
            var page = await OfAsync($"first: 2, after: {cursor}");
            turned.AddRange(Verdicts(page, "nodes"));
            if (!page.At("pageInfo.hasNextPage").GetBoolean()) break;
            cursor = $"\"{page.TextAt("pageInfo.endCursor")}\"";
        }

        Assert.That(turned, Is.EqualTo(whole).And.Count.GreaterThan(4));
    }

    [Test]
    public async Task ConcertOfAllCompaniesIsToldByTheCompanyWhoseInvestorsTheyAre()
    {
        await using var own = await ServedGraph.Of(new MarketSketch()
            .Node("Company/list:A", ("name", "甲股份有限公司")).Node("Company/list:B", ("name", "乙股份有限公司")).Node("Company/list:C", ("name", "丙有限责任公司")).Node("Company/list:H", ("name", "持股公司"))
            .Node("Security/S", ("code", "600000.SH")).Node("Security/T", ("code", "600001.SH")).Edge("ISSUED", "Company/list:A", "Security/S").Edge("ISSUED", "Company/list:B", "Security/T")
            .Edge("HOLDS", "Person/list:P", "Company/list:H", ("share", "0.6"))
            .Edge("HOLDS", "Person/list:P", "Company/list:A", ("share", "0.1")).Edge("HOLDS", "Company/list:H", "Company/list:A", ("share", "0.2"))
            .Edge("HOLDS", "Person/list:P", "Company/list:B", ("share", "0.1")).Edge("HOLDS", "Company/list:H", "Company/list:B", ("share", "0.2"))
            .Edge("HOLDS", "Person/list:P", "Company/list:C", ("share", "0.1")).Edge("HOLDS", "Company/list:H", "Company/list:C", ("share", "0.2")));
        const string Question = """{ all: ownershipVerdicts(rule: "cn-concert", holds: CERTAIN, limbs: ["control"]) { nodes { asked { ... on Company { name } } holders { __typename } company { ... on Company { name } } proof { sufficient { holding { share } } } } } }""";
        var found = (await own.Ask(ServedGraph.Regulator, Question)).At("all.nodes").EnumerateArray().ToList();
        Assert.That(found.Select(one => (one.TextAt("asked.name"), one.TextAt("holders.0.__typename"), one.TextAt("company.name"))), Is.EquivalentTo(new[]
        {
            ("甲股份有限公司", "Person", "持股公司"), ("乙股份有限公司", "Person", "持股公司"),
        }), "the third is no listed company, of which the rule is");
        Assert.That(found.Select(one => one.At("proof.sufficient").GetArrayLength()), Is.All.GreaterThan(0));
    }

    [TestCase("""ownershipVerdicts(threshold: 25) { totalCount }""", "0.25 is 25%")]
    [TestCase("""ownershipVerdicts(limbs: ["none"]) { totalCount }""", "Limbs:")]
    [TestCase("""ownershipVerdicts(lists: ["OFAC"]) { totalCount }""", "is read by rules of sanctions")]
    public async Task WhatARegisterIsNotAskedByIsRefused(string question, string reason) =>
        Assert.That(await served.AskText(ServedGraph.Regulator, $"{{ {question} }}"), Does.Contain("BAD_USER_INPUT").And.Contain(reason));

    [Test]
    public async Task ListedPartiesOfAllCompaniesAreNotToldToWhomListsAreNotOpen() =>
        Assert.That(await served.AskText(ServedGraph.Client("Person/list:X"), """{ ownershipVerdicts(rule: "ofac-50") { totalCount } }"""), Does.Contain("FORBIDDEN"));

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
