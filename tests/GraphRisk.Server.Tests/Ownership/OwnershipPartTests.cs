using GraphRisk.Server.Tests.Served;

namespace GraphRisk.Server.Tests.Ownership;

public sealed class OwnershipPartTests
{
    private ServedGraph served = null!;

    [OneTimeSetUp]
    public async Task Serve() => served = await ServedGraph.Of(SmallMarket.Sketch());

    [OneTimeTearDown]
    public async Task Close() => await served.DisposeAsync();

    [TestCase("WALK")]
    [TestCase("CORRECTED")]
    [TestCase("SIMPLE_PATH")]
    public async Task OwnersAreSeenThroughTheirCompanies(string semantics)
    {
        var answer = await served.Ask(ServedGraph.Regulator, $$"""
            { ownershipLookThrough(company: "{{SmallMarket.Dongfang}}", semantics: {{semantics}}) {
                semantics residual findings { kind }
                stakes { totalCount nodes { share lower upper direct isUltimate holder { __typename ... on Person { name } ... on Company { name } }
                  chains { isComplete chains { share shares parties { id } } } } } } }
            """);
        Assert.That(answer.TextAt("ownershipLookThrough.semantics"), Is.EqualTo(semantics));
        Assert.That(
            answer.At("ownershipLookThrough.stakes.nodes").EnumerateArray().Select(stake => stake.At("share").GetDecimal()),
            Is.EqualTo(new[] { 0.3m, 0.25m, 0.18m }));
        var zhang = answer.At("ownershipLookThrough.stakes.nodes.2");
        Assert.That(zhang.At("direct").GetDecimal(), Is.Zero);
        Assert.That(zhang.At("isUltimate").GetBoolean(), Is.True);
        Assert.That(zhang.At("chains.chains.0.shares").EnumerateArray().Select(share => share.GetDecimal()), Is.EqualTo(new[] { 0.6m, 0.3m }));
    }

    [Test]
    public async Task AThresholdOfLawCountsWhatReachesIt()
    {
        var answer = await served.Ask(ServedGraph.Regulator, $$"""
            { company(id: "{{SmallMarket.Dongfang}}") { owners(threshold: 0.25, ultimate: true) { stakes { nodes { share } } } } }
            """);
        Assert.That(answer.At("company.owners.stakes.nodes").EnumerateArray().Select(stake => stake.At("share").GetDecimal()), Is.EqualTo(new[] { 0.25m }));
    }

    [Test]
    public async Task AProofNamesTheHoldingsThatCarryAStakeOrAControl()
    {
        const string Proof = "proof { sufficient { holder { id } company { id } share statements { from { id } to { id } share records { source } } } decisive { share } }";
        var answer = await served.Ask(ServedGraph.Regulator, $$"""
            { owners: ownershipLookThrough(company: "{{SmallMarket.Dongfang}}", threshold: 0.15) { stakes { nodes { share {{Proof}} } } }
              controllers(company: "{{SmallMarket.Huaxin}}") { control { controllers { id } {{Proof}} } } }
            """);
        var chain = answer.At("owners.stakes.nodes").EnumerateArray().Single(stake => stake.At("share").GetDecimal() == 0.18m).At("proof");
        Assert.That(chain.At("sufficient").EnumerateArray().Select(one => one.At("share").GetDecimal()), Is.EquivalentTo(new[] { 0.6m, 0.3m }));
        Assert.That(chain.At("decisive").EnumerateArray().Select(one => one.At("share").GetDecimal()), Is.EqualTo(new[] { 0.6m }), "the larger one is named");
        foreach (var one in chain.At("sufficient").EnumerateArray())
        {
            var statement = one.At("statements.0");
            Assert.That((statement.TextAt("from.id"), statement.TextAt("to.id"), statement.At("share").GetDecimal()), Is.EqualTo((one.TextAt("holder.id"), one.TextAt("company.id"), one.At("share").GetDecimal())));
            Assert.That(statement.TextAt("records.0.source"), Is.Not.Empty);
        }

        var control = answer.At("controllers.control.0.proof");
        Assert.That(control.TextAt("sufficient.0.holder.id"), Is.EqualTo(answer.TextAt("controllers.control.0.controllers.0.id")));
        Assert.That(control.At("decisive").GetArrayLength(), Is.EqualTo(1));
    }

    [Test]
    public async Task AVerdictByARuleNamesWhatItStandsAndFallsWith()
    {
        var answer = await served.Ask(ServedGraph.Regulator, $$"""
            { closeLinks(party: "{{SmallMarket.Huaxin}}") { verdicts { limb { name } holders { id } company { id } proof {
                sufficient { holding { holder { id } company { id } share statements { from { id } } } agreement { id } relationship } decisive { holding { share } } isOfEverySubset lacks } } } }
            """);
        var verdicts = answer.At("closeLinks.verdicts").EnumerateArray().ToList();
        Assert.That(verdicts, Is.Not.Empty);
        foreach (var verdict in verdicts)
        {
            Assert.That(verdict.At("proof.lacks").ValueKind, Is.EqualTo(System.Text.Json.JsonValueKind.Null));
            Assert.That(verdict.At("proof.decisive").GetArrayLength(), Is.GreaterThan(0));
            var held = verdict.At("proof.sufficient").EnumerateArray().Select(one => one.At("holding")).ToList();
            Assert.That(held, Has.Some.Matches<System.Text.Json.JsonElement>(one => one.TextAt("company.id") == verdict.TextAt("company.id")));
        }
    }

    [Test]
    public async Task AHoldersCompaniesAreSeenThroughToo()
    {
        var answer = await served.Ask(ServedGraph.Regulator, $$"""
            { ownershipLookThrough(holder: "{{SmallMarket.Zhang}}") { stakes { nodes { share company { name } } } } }
            """);
        Assert.That(
            answer.At("ownershipLookThrough.stakes.nodes").EnumerateArray().Select(stake => $"{stake.TextAt("company.name")} {stake.At("share")}"),
            Is.EqualTo(new[] { "上海华信贸易有限公司 0.6", "东方置业有限公司 0.18" }));
    }

    [Test]
    public async Task OwnersWhoAddToMoreThanTheWholeAreAFindingAndKeepTheirShares()
    {
        await using var own = await ServedGraph.Of(new MarketSketch()
            .Node("Company/list:1", ("name", "三方公司"))
            .Edge("HOLDS", "Person/list:2", "Company/list:1", ("share", "1"))
            .Edge("HOLDS", "Person/list:3", "Company/list:1", ("share", "0.67"))
            .Edge("HOLDS", "Person/list:4", "Company/list:1", ("share", "0.34")));
        var answer = await own.Ask(ServedGraph.Regulator, """
            { ownershipLookThrough(company: "Company/list:1") { findings { kind amount detail companies { ... on Company { name } } } stakes { nodes { share } } } }
            """);
        Assert.That(answer.TextAt("ownershipLookThrough.findings.0.kind"), Is.EqualTo("SHARES_ABOVE_ONE"));
        Assert.That(answer.At("ownershipLookThrough.findings.0.amount").GetDecimal(), Is.EqualTo(2.01m));
        Assert.That(answer.TextAt("ownershipLookThrough.findings.0.companies.0.name"), Is.EqualTo("三方公司"));
        Assert.That(
            answer.At("ownershipLookThrough.stakes.nodes").EnumerateArray().Sum(stake => stake.At("share").GetDecimal()), Is.EqualTo(2.01m), "not rescaled");
    }

    [Test]
    public async Task AHolderAboveHalfControls()
    {
        var answer = await served.Ask(ServedGraph.Regulator, $$"""
            { controllers(company: "{{SmallMarket.Huaxin}}") { control { votes isUltimate agreement { id } controllers { id ... on Person { birthDate } } blocks { votes } } }
              client(id: "{{SmallMarket.Zhang}}") { controls { control { company { name } } } } }
            """);
        Assert.That(answer.At("controllers.control").GetArrayLength(), Is.EqualTo(1));
        Assert.That(answer.At("controllers.control.0.votes").GetDecimal(), Is.EqualTo(0.6m));
        Assert.That(answer.At("controllers.control.0.isUltimate").GetBoolean(), Is.True);
        Assert.That(answer.TextAt("controllers.control.0.controllers.0.birthDate"), Is.EqualTo("1980-01-01"));
        Assert.That(answer.TextAt("client.controls.control.0.company.name"), Is.EqualTo("上海华信贸易有限公司"));
    }

    [Test]
    public async Task NobodyControlsByHalfOrLess()
    {
        var answer = await served.Ask(ServedGraph.Regulator, $$"""{ company(id: "{{SmallMarket.Dongfang}}") { controllers { control { votes } } } }""");
        Assert.That(answer.At("company.controllers.control").GetArrayLength(), Is.Zero);
    }

    /// <summary>T holds a fifth of itself, X 45% and Y nobody says how much: 56.25% of what counts, in look-through and in control, and Y by name.</summary>
    [Test]
    public async Task WhatIsPossibleAndWhatCountsIsAskedForAndSaid()
    {
        await using var own = await ServedGraph.Of(new MarketSketch()
            .Node("Company/list:1", ("name", "甲公司"))
            .Edge("HOLDS", "Person/list:2", "Company/list:1", ("share", "0.45"))
            .Edge("HOLDS", "Company/list:1", "Company/list:1", ("share", "0.2"))
            .Edge("HOLDS", "Person/list:3", "Company/list:1"));
        var answer = await own.Ask(ServedGraph.Regulator, """
            { stated: ownershipLookThrough(company: "Company/list:1", threshold: 0.5625, operator: ABOVE) { operator stakes { totalCount } }
              cancelled: ownershipLookThrough(company: "Company/list:1", semantics: SIMPLE_PATH, treasury: CANCELLED) { treasury stakes { nodes { share } } }
              possible: ownershipLookThrough(company: "Company/list:1", threshold: 0.25, bound: POSSIBLE) {
                bound threshold findings { kind holders { id } } unstated { least most holders { id } } stakes { nodes { share lower upper remainder } } }
              walk: ownershipLookThrough(company: "Company/list:1", semantics: WALK, selfPairs: true) { stakes { totalCount } }
              controllers(company: "Company/list:1") { control { votes } }
              counted: controllers(company: "Company/list:1", treasury: COUNTED) { control { votes } }
              limb: controllers(company: "Company/list:1", treasury: COUNTED, majority: 0.45, operator: AT_LEAST) { control { votes } } }
            """);
        Assert.That(answer.At("stated.stakes.totalCount").GetInt32(), Is.Zero);
        Assert.That(answer.At("cancelled.stakes.nodes.0.share").GetDecimal(), Is.EqualTo(0.5625m));
        Assert.That(answer.At("possible.stakes.nodes").GetArrayLength(), Is.EqualTo(2));
        Assert.That(answer.At("possible.stakes.nodes.1.upper").GetDecimal(), Is.EqualTo(0.4375m), "0.35 of 0.8");
        Assert.That(answer.At("possible.unstated.most").GetDecimal(), Is.EqualTo(0.35m));
        Assert.That(answer.TextAt("possible.findings.0.holders.0.id"), Is.EqualTo(answer.TextAt("possible.unstated.holders.0.id")));
        Assert.That(answer.At("walk.stakes.totalCount").GetInt32(), Is.EqualTo(2));
        Assert.That(answer.At("controllers.control.0.votes").GetDecimal(), Is.EqualTo(0.5625m));
        Assert.That(answer.At("counted.control").GetArrayLength(), Is.Zero);
        Assert.That(answer.At("limb.control.0.votes").GetDecimal(), Is.EqualTo(0.65m), "counted, what the company holds of itself follows its controller");
    }

    [Test]
    public async Task BeforeTheFirstFactItIsSaidThatNothingIsStated()
    {
        await using var own = await ServedGraph.Of(new MarketSketch().NodeFrom(new DateOnly(2020, 1, 1), "Company/list:1", ("name", "甲公司")));
        string Of(string day) => $$"""{ ownershipLookThrough(company: "Company/list:1", asOf: "{{day}}") { residual } }""";
        Assert.That(await own.AskText(ServedGraph.Regulator, Of("2019-06-30")), Does.Contain("There is no fact of 2019-06-30 or before"));
        Assert.That(await own.Codes(ServedGraph.Regulator, Of("2019-06-30")), Is.EqualTo(new[] { "NOT_FOUND" }));
        Assert.That(await own.Codes(ServedGraph.Regulator, Of("2020-06-30")), Is.Empty);
    }

    [TestCase("{ ownershipLookThrough { residual } }")]
    [TestCase("{ ownershipLookThrough(company: \"Company/registry:91310000MA1FL0000A\", threshold: -1) { residual } }")]
    public async Task WhatCannotBeMeantIsBadInput(string query) =>
        Assert.That(await served.Codes(ServedGraph.Regulator, query), Is.EqualTo(new[] { "BAD_USER_INPUT" }));
}
