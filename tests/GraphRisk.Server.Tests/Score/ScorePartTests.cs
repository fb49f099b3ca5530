using GraphRisk.Server.Security;
using GraphRisk.Server.Tests.Served;

namespace GraphRisk.Server.Tests.Score;

public sealed class ScorePartTests
{
    private const string Client = "Company/broker-B001:0010000622";

    [Test]
    public async Task PointsAddUpToTheScore()
    {
        var served = await SampleMarket.Served;
        var answer = await served.Ask(ServedGraph.Regulator, $$"""
            { creditScore(client: "{{Client}}") { score points baseline ownRisk contagion groups { scope points } reasons { scope points } modelVersion } model { version } }
            """);
        var score = answer.At("creditScore");
        var (points, baseline) = (score.At("points").GetDouble(), score.At("baseline").GetDouble());
        var (own, contagion) = (score.At("ownRisk").GetDouble(), score.At("contagion").GetDouble());
        Assert.That(baseline + own + contagion, Is.EqualTo(points).Within(1e-6));
        Assert.That(Math.Clamp(Math.Round(points), 300, 850), Is.EqualTo(score.At("score").GetInt32()).Within(1));
        double Sum(string list, string scope) => score.At(list).EnumerateArray().Where(one => one.TextAt("scope") == scope).Sum(one => one.At("points").GetDouble());
        Assert.That(Sum("reasons", "OWN"), Is.EqualTo(own).Within(1e-6));
        Assert.That(Sum("reasons", "CONTAGION"), Is.EqualTo(contagion).Within(1e-6));
        Assert.That(Sum("groups", "CONTAGION"), Is.EqualTo(contagion).Within(1e-6));
        Assert.That(score.TextAt("modelVersion"), Is.EqualTo(answer.TextAt("model.version")));
    }

    [Test]
    public async Task TheProbabilityLiesInItsIntervalAndWordsComeInBothLanguages()
    {
        var served = await SampleMarket.Served;
        var answer = await served.Ask(ServedGraph.Regulator, $$"""
            { creditScore(client: "{{Client}}") { probabilityOfDefault probabilityLow probabilityHigh thinFile english: gradeMeaning chinese: gradeMeaning(language: ZH)
              reasons(first: 3, language: ZH) { title text } groups(language: ZH) { title } } }
            """);
        var score = answer.At("creditScore");
        Assert.That(score.At("probabilityOfDefault").GetDouble(), Is.InRange(score.At("probabilityLow").GetDouble(), score.At("probabilityHigh").GetDouble()));
        Assert.That(score.At("probabilityLow").GetDouble(), Is.LessThan(score.At("probabilityHigh").GetDouble()));
        Assert.That(score.At("thinFile").GetBoolean(), Is.False);
        Assert.That(score.TextAt("english"), Does.Match("^[a-z :,-]+$"));
        Assert.That(score.TextAt("chinese"), Does.Match("\\p{IsCJKUnifiedIdeographs}"));
        Assert.That(score.TextAt("groups.0.title"), Is.EqualTo("负债与担保比例"));
        foreach (var reason in score.At("reasons").EnumerateArray()) Assert.That(reason.TextAt("text"), Does.EndWith("。"));
    }

    [Test]
    public async Task ABrokerScoresItsOwnClientsOnly()
    {
        var served = await SampleMarket.Served;
        const string question = "{ creditScore(client: \"" + Client + "\") { score } }";
        var own = await served.Ask(ServedGraph.As(Role.Broker, "Broker/B001", "monitoring", "a test needs to see"), question);
        Assert.That(own.At("creditScore.score").GetInt32(), Is.InRange(300, 850));
        Assert.That(await served.Codes(ServedGraph.Broker("B003"), question), Is.EqualTo(new[] { "FORBIDDEN" }).Or.EqualTo(new[] { "NOT_FOUND" }));
    }

    [Test]
    public async Task WhatIsWorkedOutLaterDoesNotReadAFieldsContextThatServesAnotherByThen()
    {
        var served = await SampleMarket.Served;
        const string scores = "creditScore { probabilityLow probabilityHigh score reasons(first: 3) { text } }";
        var answer = await served.Ask(
            ServedGraph.Regulator, "{ clients(first: 60) { nodes { ... on Person { " + scores + " } ... on Company { " + scores + " } } } }");
        Assert.That(answer.TryGetProperty("errors", out _), Is.False);
    }

    [Test]
    public async Task AServerWithoutAModelSaysSo()
    {
        await using var served = await ServedGraph.Of(SmallMarket.Sketch());
        Assert.That(await served.Codes(ServedGraph.Regulator, $$"""{ creditScore(client: "{{SmallMarket.Zhang}}") { score } }"""), Is.EqualTo(new[] { "UNAVAILABLE" }));
        Assert.That(await served.Codes(ServedGraph.Regulator, "{ model { version } }"), Is.EqualTo(new[] { "UNAVAILABLE" }));
    }

    [Test]
    public async Task AScoreOfThePastIsTheScoreOfThatDay()
    {
        var served = await SampleMarket.Served;
        var answer = await served.Ask(ServedGraph.Regulator, $$"""
            { creditScore(client: "{{Client}}", asOf: "2024-12-31") { score stamp { asOf } } }
            """);
        Assert.That(answer.TextAt("creditScore.stamp.asOf"), Is.EqualTo("2024-12-31T23:59:59.999Z"));
        Assert.That(answer.At("creditScore.score").GetInt32(), Is.InRange(300, 850));
    }
}
