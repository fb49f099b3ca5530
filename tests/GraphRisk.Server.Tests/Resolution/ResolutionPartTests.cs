using System.Text.Json;
using GraphRisk.Intake.Resolution.Ledger;
using GraphRisk.Server.Security;
using GraphRisk.Server.Tests.Served;

namespace GraphRisk.Server.Tests.Resolution;

public sealed class ResolutionPartTests
{
    private static readonly Viewer Steward = ServedGraph.As(Role.Regulator, "office-7", "data-quality");

    [Test]
    public async Task AMatchJoinsTwoRecordsAndRevokingItTakesThemApart()
    {
        await using var served = await ServedGraph.Of(new MarketSketch()
            .Node("Person/registry:1", ("name", "赵六")).Node("Person/broker-B001:9", ("name", "ZHAO LIU")));
        var judged = await served.Ask(Steward, """
            mutation { judge(left: "Person/broker-B001:9", right: "Person/registry:1", verdict: MATCH, reason: "same passport seen on 2024-06-01") {
                areOne left { id } right { id } judgements { id verdict judge left right } stamp { version } } }
            """);
        Assert.That(judged.At("judge.areOne").GetBoolean(), Is.True);
        Assert.That(judged.TextAt("judge.judgements.0.judge"), Is.EqualTo("office-7"));
        Assert.That(judged.At("judge.stamp.version").GetInt64(), Is.EqualTo(2));
        var read = await served.Ask(Steward, """{ client(id: "Person/registry:1") { records { source } judgements { verdict judge } } }""");
        Assert.That(read.TextsAt("client.records", "source"), Is.EquivalentTo(new[] { "registry", "broker-B001" }));

        var revoked = await served.Ask(Steward, $$"""
            mutation { revoke(judgement: "{{judged.TextAt("judge.judgements.0.id")}}", reason: "the passport was another's") { areOne judgements { verdict } stamp { version } } }
            """);
        Assert.That(revoked.At("revoke.areOne").GetBoolean(), Is.False);
        Assert.That(revoked.TextAt("revoke.judgements.0.verdict"), Is.EqualTo("NO_MATCH"));
        var before = await served.Ask(Steward, $$"""{ client(id: "Person/registry:1", knownAt: "{{ServedGraph.Now:yyyy-MM-ddTHH:mm:ss.fffZ}}") { records { source } } }""");
        Assert.That(before.At("client.records").GetArrayLength(), Is.LessThanOrEqualTo(2));
    }

    [Test]
    public async Task WeightsAreToldToThoseWhoReadAllRecords()
    {
        await using var served = await ServedGraph.Of(SmallMarket.Sketch()
            .Node("Person/broker-B001:8", ("name", "甲")).Edge("CLIENT_OF", "Person/broker-B001:8", "Broker/B001").Node("Person/broker-B001:9", ("name", "甲"))
            .Ruled("Person/broker-B001:8", "Person/broker-B001:9", Verdict.Match, 0.5858m));
        const string question = """{ client(id: "Person/broker-B001:8") { judgements { verdict score bits judge reasons steps { name bits reason } } } }""";
        var whole = (await served.Ask(Steward, question)).At("client.judgements.0");
        Assert.That((whole.TextAt("judge"), whole.At("bits").GetDecimal(), whole.At("score").GetDecimal()), Is.EqualTo(("test", 0.5m, 0.5858m)));
        Assert.That(whole.At("steps").EnumerateArray().Sum(step => step.At("bits").GetDecimal()), Is.EqualTo(0.5m));
        var told = (await served.Ask(ServedGraph.Broker("B001"), question)).At("client.judgements.0");
        Assert.That((told.TextAt("verdict"), told.TextAt("judge"), told.At("steps").GetArrayLength()), Is.EqualTo(("MATCH", "weights", 0)));
        Assert.That((told.At("score").ValueKind, told.At("bits").ValueKind), Is.EqualTo((JsonValueKind.Null, JsonValueKind.Null)));
        Assert.That(told.At("reasons").EnumerateArray().Select(reason => reason.GetString()), Is.EqualTo(new[] { "Same name." }));
    }

    [Test]
    public async Task WhyAMatchIsSetAsideNamesNoRecordsOfOthers()
    {
        const string aside = "Person/broker-B002:5 and Person/registry:1: different-resident-id: 1 | 2";
        await using var served = await ServedGraph.Of(SmallMarket.Sketch()
            .Node("Person/broker-B001:8", ("name", "甲")).Edge("CLIENT_OF", "Person/broker-B001:8", "Broker/B001").Node("Person/broker-B001:9", ("name", "甲"))
            .SetAside("Person/broker-B001:8", "Person/broker-B001:9", aside));
        const string question = """{ client(id: "Person/broker-B001:8") { judgements { reasons } } }""";
        var told = (await served.Ask(ServedGraph.Broker("B001"), question)).At("client.judgements.0.reasons").EnumerateArray().Select(reason => reason.GetString());
        Assert.That(told, Is.Not.Empty.And.None.Contains("B002").And.None.Contains("different-resident-id"));
    }

    [Test]
    public async Task ChartsAreForThoseWhoJudge()
    {
        await using var served = await ServedGraph.Of(SmallMarket.Sketch()
            .Node("Person/registry:7", ("name", "甲")).Node("Person/registry:8", ("name", "甲")).Ruled("Person/registry:7", "Person/registry:8", Verdict.Match, 0.99m));
        const string question = "{ resolution { charts { personWeights probabilities clusterSizes } } }";
        var charts = (await served.Ask(Steward, question)).At("resolution.charts");
        Assert.That(charts.At("personWeights").ValueKind, Is.EqualTo(JsonValueKind.Null), "nothing was learned");
        Assert.That(charts.TextAt("probabilities"), Does.StartWith("<svg").And.Contain("0.95 to 1.00"));
        Assert.That(charts.TextAt("clusterSizes"), Does.StartWith("<svg").And.Contain("2 records"));
        Assert.That(await served.Codes(ServedGraph.Broker("B001"), question), Is.EqualTo(new[] { "FORBIDDEN" }));
        Assert.That(await served.Codes(ServedGraph.Analyst, question), Is.EqualTo(new[] { "PURPOSE_NOT_ALLOWED" }));
    }

    [Test]
    public async Task TheCanonicalIdSurvivesAMatchThatIsRevoked()
    {
        await using var served = await ServedGraph.Of(SmallMarket.Sketch());
        const string id = "{ client(id: \"" + SmallMarket.Zhang + "\") { id } }";
        var before = (await served.Ask(Steward, id)).TextAt("client.id");
        var judged = await served.Ask(Steward, $$"""
            mutation { judge(left: "{{SmallMarket.Zhang}}", right: "{{SmallMarket.Wang}}", verdict: MATCH, reason: "a mistake") { left { id } judgements { id } } }
            """);
        Assert.That(judged.TextAt("judge.left.id"), Is.EqualTo(before));
        await served.Ask(Steward, $$"""mutation { revoke(judgement: "{{judged.TextAt("judge.judgements.0.id")}}", reason: "it was one") { areOne } }""");
        Assert.That((await served.Ask(Steward, id)).TextAt("client.id"), Is.EqualTo(before));
    }

    [TestCase("judge(left: \"Person/registry:1\", right: \"Person/registry:9\", verdict: MATCH, reason: \"r\")", "NOT_FOUND")]
    [TestCase("judge(left: \"Person/registry:1\", right: \"Person/registry:1\", verdict: MATCH, reason: \"r\")", "BAD_USER_INPUT")]
    [TestCase("judge(left: \"Person/registry:1\", right: \"Company/registry:2\", verdict: MATCH, reason: \"r\")", "BAD_USER_INPUT")]
    [TestCase("judge(left: \"Person/registry:1\", right: \"Person/registry:3\", verdict: MATCH, reason: \"  \")", "BAD_USER_INPUT")]
    [TestCase("revoke(judgement: \"Person/registry:1\", reason: \"r\")", "BAD_USER_INPUT")]
    public async Task WhatCannotBeJudgedIsRefusedAndChangesNothing(string command, string code)
    {
        await using var served = await ServedGraph.Of(new MarketSketch()
            .Node("Person/registry:1", ("name", "甲")).Node("Company/registry:2", ("name", "乙")).Node("Person/registry:3", ("name", "丙")));
        Assert.That(await served.Codes(Steward, $"mutation {{ {command} {{ areOne }} }}"), Is.EqualTo(new[] { code }));
        Assert.That((await served.Store.GetVersionAsync()).Number, Is.EqualTo(1));
    }

    [Test]
    public async Task WhoLookedBeforeAnotherJudgedIsTold()
    {
        await using var served = await ServedGraph.Of(SmallMarket.Sketch());
        const string pair = "left: \"" + SmallMarket.Zhang + "\", right: \"" + SmallMarket.Wang + "\", reason: \"r\"";
        await served.Ask(Steward, $"mutation {{ judge({pair}, verdict: NO_MATCH) {{ areOne }} }}");
        Assert.That(await served.Codes(Steward, $"mutation {{ judge({pair}, verdict: MATCH, seenAt: \"2001-01-01T00:00:00Z\") {{ areOne }} }}"), Is.EqualTo(new[] { "CONFLICT" }));
        var later = await served.Ask(Steward, $"mutation {{ judge({pair}, verdict: MATCH, seenAt: \"2101-01-01T00:00:00Z\") {{ areOne }} }}");
        Assert.That(later.At("judge.areOne").GetBoolean(), Is.True);
    }

    [Test]
    public async Task OnlyThoseWhoMayJudgeDoAndOnlyForThePurpose()
    {
        await using var served = await ServedGraph.Of(SmallMarket.Sketch());
        const string command = "mutation { judge(left: \"" + SmallMarket.Zhang + "\", right: \"" + SmallMarket.Wang + "\", verdict: NO_MATCH, reason: \"r\") { areOne } }";
        Assert.That(await served.Codes(ServedGraph.Broker("B001"), command), Is.EqualTo(new[] { "FORBIDDEN" }));
        Assert.That(await served.Codes(ServedGraph.Client(SmallMarket.Zhang), command), Is.EqualTo(new[] { "FORBIDDEN" }));
        Assert.That(await served.Codes(ServedGraph.Analyst, command), Is.EqualTo(new[] { "PURPOSE_NOT_ALLOWED" }));
    }

    [Test]
    public async Task ABrokerSeesJudgementsOfRecordsItKnowsOnly()
    {
        await using var served = await ServedGraph.Of(SmallMarket.Sketch());
        var answer = await served.Ask(ServedGraph.Broker("B001"), $$"""{ client(id: "{{SmallMarket.Zhang}}") { judgements { verdict judge } } }""");
        Assert.That(answer.At("client.judgements").GetArrayLength(), Is.EqualTo(1));
    }
}
