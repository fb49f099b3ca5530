using System.Text.Json;
using System.Text.RegularExpressions;
using GraphRisk.Disclosure.Scores;
using GraphRisk.Server.Tests.Served;

namespace GraphRisk.Server.Tests.Score;

/// <summary>Finding 1: reasons of a score told one broker what its client owes another, and everyone what a linked debtor owes.</summary>
public sealed partial class ScoreDisclosureTests
{
    private const string All = "score grade probabilityOfDefault ownRisk contagion points groups { points effect } reasons { feature title value band points effect text }";
    private const string Question = $$"""{ creditScore(client: "{{SmallMarket.ZhangAtB001}}") { {{All}} } }""";

    [Test]
    public async Task WithoutAnAuthorisationThereIsNoScoreAndTheRefusalSaysWhatToFile()
    {
        await using var served = await LinkedDebtors.Serve(LinkedDebtors.Sketch());
        var answer = JsonDocument.Parse(await served.AskText(ServedGraph.Broker("B001"), Question)).RootElement;
        Assert.That(answer.TextAt("errors.0.extensions.code"), Is.EqualTo("AUTHORISATION_REQUIRED"));
        Assert.That(answer.TextAt("errors.0.extensions.scope"), Is.EqualTo("SCORE"));
        Assert.That(answer.TextAt("errors.0.extensions.opens"), Does.Contain("SCORE"));
    }

    [Test]
    public async Task WithTheScoreReasonsAreInWordsAndBands()
    {
        await using var served = await LinkedDebtors.Serve(LinkedDebtors.Sketch().Authorise("SCORE"));
        var score = (await served.Ask(ServedGraph.Broker("B001"), Question)).At("creditScore");
        Assert.That(score.At("score").GetInt32(), Is.InRange(300, 850));
        Assert.That(score.At("ownRisk").GetDouble() % 1, Is.Zero, "points are whole");
        foreach (var reason in score.At("reasons").EnumerateArray())
        {
            Assert.That(reason.At("points").ValueKind, Is.EqualTo(JsonValueKind.Null));
            if (FeatureDoor.Of(reason.TextAt("feature")!)?.Basis == FactBasis.Public) continue;
            Assert.That(reason.At("value").ValueKind, Is.EqualTo(JsonValueKind.Null), reason.TextAt("feature"));
            Assert.That(Digit().IsMatch(reason.TextAt("text")!.Replace(reason.TextAt("title")!, "", StringComparison.Ordinal)), Is.False, reason.TextAt("text"));
        }

        Assert.That(Reason(score, "debt").TextAt("band"), Is.EqualTo("LOW"));
        Assert.That(score.GetRawText(), Does.Not.Contain(LinkedDebtors.DebtAtB002).And.Not.Contain(LinkedDebtors.GroupDebt));
    }

    [Test]
    public async Task WithTheFactsTheClientsOwnFiguresAreShownAndThoseOfOneOtherAreNot()
    {
        await using var served = await LinkedDebtors.Serve(LinkedDebtors.Sketch().Authorise("FACTS"));
        var score = (await served.Ask(ServedGraph.Broker("B001"), Question)).At("creditScore");
        Assert.That(Reason(score, "debt").TextAt("text"), Does.Contain("752,000"), "over both brokers");
        Assert.That(Reason(score, "group_debt").TextAt("band"), Is.EqualTo("LOW"));
        Assert.That(Reason(score, "group_debt").At("value").ValueKind, Is.EqualTo(JsonValueKind.Null));
        Assert.That(score.GetRawText(), Does.Not.Contain(LinkedDebtors.GroupDebt));
    }

    [TestCase("SCORE", false)]
    [TestCase("FACTS", true)]
    public async Task WhatWouldImproveAScoreIsToldInWordsToWhomOnlyTheScoreWasAllowed(string scope, bool withFigures)
    {
        await using var served = await LinkedDebtors.Serve(LinkedDebtors.Sketch().Authorise(scope));
        var changes = (await served.Ask(ServedGraph.Broker("B001"), $$"""{ creditScore(client: "{{SmallMarket.ZhangAtB001}}") { wouldImprove { kind goal amount from to points score grade text } } }"""))
            .At("creditScore.wouldImprove").EnumerateArray().ToList();
        foreach (var change in changes)
        {
            foreach (var field in (string[])["goal", "points", "score", "grade"])
                Assert.That(change.At(field).ValueKind == JsonValueKind.Null, Is.EqualTo(!withFigures), field);
            foreach (var field in (string[])["amount", "from", "to"])
                if (!withFigures) Assert.That(change.At(field).ValueKind, Is.EqualTo(JsonValueKind.Null), field);
            Assert.That(Digit().IsMatch(change.TextAt("text")!), Is.EqualTo(withFigures), change.TextAt("text"));
        }

        Assert.That(changes, Is.Not.Empty, "there is something to do");
    }

    [Test]
    public async Task TheFactsAreOpenForAPurposeTheAuthorisationNamesOnly()
    {
        await using var served = await LinkedDebtors.Serve(LinkedDebtors.Sketch().Authorise("FACTS", "admission").Authorise("SCORE", "kyc", number: "A2"));
        var forKyc = (await served.Ask(LinkedDebtors.BrokerFor("kyc"), Question)).At("creditScore");
        Assert.That(Reason(forKyc, "debt").At("value").ValueKind, Is.EqualTo(JsonValueKind.Null));
        var forAdmission = (await served.Ask(LinkedDebtors.BrokerFor("admission"), Question)).At("creditScore");
        Assert.That(Reason(forAdmission, "debt").At("value").ValueKind, Is.EqualTo(JsonValueKind.Number));
        Assert.That(await served.Codes(LinkedDebtors.BrokerFor("monitoring"), Question), Is.EqualTo(new[] { "AUTHORISATION_REQUIRED" }));
    }

    [Test]
    public async Task AWithdrawalClosesTheQuestionAboutTheDayBeforeIt()
    {
        await using var served = await LinkedDebtors.Serve(LinkedDebtors.Sketch().Authorise("SCORE", withdrawnOn: "2024-06-29"));
        Assert.That(await served.Codes(ServedGraph.Broker("B001"), Question), Is.EqualTo(new[] { "AUTHORISATION_REQUIRED" }));
        var older = Question.Replace("\") {", "\", asOf: \"2024-06-28\") {", StringComparison.Ordinal);
        Assert.That(await served.Codes(ServedGraph.Broker("B001"), older), Is.EqualTo(new[] { "AUTHORISATION_REQUIRED" }));
    }

    [Test]
    public async Task TheClientSeesItsOwnFiguresAndNotWhatItsCompanyOwes()
    {
        await using var served = await LinkedDebtors.Serve(LinkedDebtors.Sketch());
        var score = (await served.Ask(ServedGraph.Client(SmallMarket.Zhang), $"{{ creditScore {{ {All} }} }}")).At("creditScore");
        Assert.That(Reason(score, "debt").TextAt("text"), Does.Contain("752,000"));
        Assert.That(Reason(score, "debt").At("points").ValueKind, Is.EqualTo(JsonValueKind.Number));
        Assert.That(Reason(score, "group_debt").TextAt("band"), Is.EqualTo("LOW"));
        Assert.That(score.GetRawText(), Does.Not.Contain(LinkedDebtors.GroupDebt));
    }

    [Test]
    public async Task TheRegulatorSeesWhatALinkedPartyOwes()
    {
        await using var served = await LinkedDebtors.Serve(LinkedDebtors.Sketch());
        var score = (await served.Ask(ServedGraph.Regulator, Question)).At("creditScore");
        Assert.That(Reason(score, "group_debt").TextAt("text"), Does.Contain(LinkedDebtors.GroupDebt));
    }

    private static JsonElement Reason(JsonElement score, string feature) =>
        score.At("reasons").EnumerateArray().Single(reason => reason.TextAt("feature") == feature);

    [GeneratedRegex("[0-9]")]
    private static partial Regex Digit();
}
