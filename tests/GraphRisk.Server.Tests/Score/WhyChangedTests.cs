using System.Text.Json;
using GraphRisk.Graph.Facts;
using GraphRisk.Graph.Snapshots;
using GraphRisk.Market;
using GraphRisk.Scoring.Models;
using GraphRisk.Scoring.Registry;
using GraphRisk.Server.Security;
using GraphRisk.Server.Tests.Served;
using GraphRisk.TestKit;

namespace GraphRisk.Server.Tests.Score;

/// <summary>
/// 张三 in June 2024: on the 15th B001 states his debt of 452,000 as 902,000, on the 20th it calls him; on the 16th B002 states his ratio of 1.4 as 1.2;
/// on the 22nd 上海华信, which he controls and which answers for him, defaults with B003.
/// </summary>
public sealed class WhyChangedTests
{
    private const string Moves = """
        { points modelChanged model baseline ownRisk contagion filedBefore filedAfter recordsComplete text chinese: text(language: ZH) before { score grade probabilityOfDefault } after { score points }
          reasons { feature scope points text byTime before { value band points } after { value band points } records { event type kind fields } }
          records { event type kind fields isOwn before { id } after { id } about { id } } }
        """;

    private const string Question = $$"""{ whyChanged(client: "{{SmallMarket.ZhangAtB001}}", from: "2024-06-01", to: "2024-06-30") {{Moves}} }""";

    [Test]
    public async Task TheDifferenceAddsUpAndEachRecordOfJuneIsNamed()
    {
        await using var served = await LinkedDebtors.Serve(June());
        var why = (await served.Ask(ServedGraph.Regulator, Question)).At("whyChanged");
        var (first, last) = (await ScoreAsync(served, "2024-06-01"), await ScoreAsync(served, "2024-06-30"));
        Assert.That(why.At("points").GetDouble(), Is.EqualTo(last.At("points").GetDouble() - first.At("points").GetDouble()).Within(1e-9));
        Assert.That(why.At("points").GetDouble(), Is.Negative);
        Assert.That(why.At("model").GetDouble() + why.At("baseline").GetDouble() + why.At("ownRisk").GetDouble() + why.At("contagion").GetDouble(), Is.EqualTo(why.At("points").GetDouble()).Within(1e-9));
        foreach (var (scope, part) in new[] { ("OWN", "ownRisk"), ("CONTAGION", "contagion") })
            Assert.That(Reasons(why).Where(reason => reason.TextAt("scope") == scope).Sum(reason => reason.At("points").GetDouble()), Is.EqualTo(why.At(part).GetDouble()).Within(1e-8), scope);
        Assert.That((why.At("modelChanged").GetBoolean(), why.At("model").GetDouble(), why.At("filedBefore").GetBoolean()), Is.EqualTo((false, 0.0, false)));
        Assert.That(Told(why), Is.EquivalentTo(new[]
        {
            "STATEMENT MarginContract CHANGED debt own", "STATEMENT MarginContract CHANGED maintenanceRatio own", "CREDIT_EVENT CreditEvent CAME  own", "NEIGHBOUR_DEFAULT CreditEvent CAME  other",
        }));
        var debt = Reason(why, "debt");
        Assert.That((debt.At("before.value").GetDouble(), debt.At("after.value").GetDouble()), Is.EqualTo((Math.Log(752_001), Math.Log(1_202_001))).Within(1e-5));
        Assert.That(debt.At("records").EnumerateArray().Select(record => record.At("fields").ToString()), Is.EqualTo(new[] { "[\"debt\"]" }), "the other contract's ratio is no debt");
        Assert.That(debt.TextAt("text"), Does.StartWith("Debt: from CNY 752,000 to CNY 1,202,000, "));
        Assert.That(Reason(why, "margin_calls_year").At("records").GetArrayLength(), Is.EqualTo(1));
        Assert.That(why.TextAt("text"), Does.StartWith($"From {first.At("score")} ("));
        Assert.That(why.TextAt("chinese"), Does.StartWith($"评分由{first.At("score")}（"));
    }

    [Test]
    public async Task ABrokerWithTheScoreAloneIsToldItsOwnRecordsAndNoFigure()
    {
        await using var served = await LinkedDebtors.Serve(June().Authorise("SCORE"));
        var why = (await served.Ask(ServedGraph.Broker("B001"), Question)).At("whyChanged");
        Assert.That(Told(why), Is.EquivalentTo(new[] { "STATEMENT MarginContract CHANGED debt own", "CREDIT_EVENT CreditEvent CAME  own" }));
        Assert.That(Reasons(why), Is.All.Matches<JsonElement>(reason => reason.At("points").ValueKind == JsonValueKind.Null));
        Assert.That(why.At("points").GetDouble() % 1, Is.Zero, "points are whole");
        Assert.That(Reasons(why), Is.All.Matches<JsonElement>(reason => reason.At("byTime").ValueKind == JsonValueKind.Null), "another broker's record may have");
        Assert.That(why.GetRawText(), Does.Not.Contain("752,000").And.Not.Contain("1,202,000").And.Not.Contain(LinkedDebtors.GroupDebt).And.Not.Contain("B002").And.Not.Contain("B003"));
    }

    [Test]
    public async Task TheClientIsToldOfItsOwnAndNotOfItsCompany()
    {
        await using var served = await LinkedDebtors.Serve(June());
        var why = (await served.Ask(ServedGraph.Client(SmallMarket.Zhang), $$"""{ whyChanged(from: "2024-06-01") {{Moves}} }""")).At("whyChanged");
        Assert.That(Told(why), Is.EquivalentTo(new[] { "STATEMENT MarginContract CHANGED debt own", "STATEMENT MarginContract CHANGED maintenanceRatio own", "CREDIT_EVENT CreditEvent CAME  own" }));
        Assert.That(Reason(why, "debt").At("points").ValueKind, Is.EqualTo(JsonValueKind.Number));
    }

    [Test]
    public async Task RightsAreThoseOfTheScoreAndDaysMustBeInOrder()
    {
        await using var served = await LinkedDebtors.Serve(June());
        Assert.That(await served.Codes(ServedGraph.Broker("B001"), Question), Is.EqualTo(new[] { "AUTHORISATION_REQUIRED" }));
        Assert.That(await served.Codes(ServedGraph.Client(SmallMarket.Wang), Question), Is.EqualTo(await served.Codes(ServedGraph.Client(SmallMarket.Wang), $$"""{ creditScore(client: "{{SmallMarket.ZhangAtB001}}") { score } }""")));
        Assert.That(await served.Codes(ServedGraph.Regulator, Question.Replace("2024-06-01", "2024-07-01", StringComparison.Ordinal)), Is.EqualTo(new[] { "BAD_USER_INPUT" }));
        Assert.That(await served.Codes(ServedGraph.Regulator, Question.Replace("to: \"2024-06-30\"", "to: \"2024-06-30\", asOf: \"2024-06-15\"", StringComparison.Ordinal)), Is.EqualTo(new[] { "BAD_USER_INPUT" }));
    }

    [Test]
    public async Task DaysThatGoByMoveWhatCountsDays()
    {
        await using var served = await LinkedDebtors.Serve(June());
        var why = (await served.Ask(ServedGraph.Regulator, Question.Replace("06-01", "06-25", StringComparison.Ordinal))).At("whyChanged");
        Assert.That(Told(why), Is.Empty, "nothing was recorded in the last five days");
        var since = Reason(why, "days_since_call");
        Assert.That((since.At("before.value").GetDouble(), since.At("after.value").GetDouble(), since.At("byTime").GetBoolean()), Is.EqualTo((5.0, 10.0, true)));
    }

    [Test]
    public async Task AHistoryIsWhatWasFiledWithTheModelsPartApart()
    {
        using var folder = new TemporaryFolder();
        var model = (await SampleMarket.Served).Dependencies.Model!;
        using var other = WithTenPointsMore(model, folder.PathOf("other"));
        var file = folder.PathOf("filed.ndjson");
        await using var served = await ServedGraph.Of(June(), dependencies => dependencies with { Model = model, FiledScores = new FiledScores(file), Models = version => version == other.Version ? other : null });
        foreach (var (day, by) in new[] { (1, model), (10, model), (25, model), (25, other) })
            new ScoreFile(file).AppendChanged([.. await FiledAsync(served, by, new DateOnly(2024, 6, day))]);
        var history = (await served.Ask(ServedGraph.Regulator, $$"""
            { client(id: "{{SmallMarket.Zhang}}") { ... on Person { scoreHistory(from: "2024-06-02") { steps { day filedAt dayBefore scoreBefore score gradeBefore grade modelBefore model why {{Moves}} } } } } }
            """)).At("client.scoreHistory.steps");
        Assert.That(history.GetArrayLength(), Is.EqualTo(1), "on the 10th nothing had changed, and of the 25th the last one counts");
        var step = history[0];
        Assert.That((step.TextAt("dayBefore"), step.TextAt("day"), step.TextAt("modelBefore"), step.TextAt("model")), Is.EqualTo(("2024-06-01", "2024-06-25", model.Version, other.Version)));
        Assert.That(step.At("score").GetInt32(), Is.LessThan(step.At("scoreBefore").GetInt32()));
        Assert.That(step.TextAt("filedAt"), Is.EqualTo("2024-06-30T09:00:00.000Z"));
        var why = step.At("why");
        Assert.That((why.At("modelChanged").GetBoolean(), why.At("filedBefore").GetBoolean(), why.At("filedAfter").GetBoolean()), Is.EqualTo((true, true, true)));
        Assert.That(why.At("model").GetDouble(), Is.EqualTo(10).Within(1e-9), "that model gives everybody ten points more");
        Assert.That(why.At("ownRisk").GetDouble() + why.At("contagion").GetDouble() + 10, Is.EqualTo(why.At("points").GetDouble()).Within(1e-9));
        Assert.That(Told(why), Has.Length.EqualTo(4));
        Assert.That(why.TextAt("chinese"), Does.Contain("评分模型已更换").And.Contain("+10.0分"));
        var again = await served.Ask(ServedGraph.Regulator, $$"""{ scoreHistory(client: "{{SmallMarket.Zhang}}") { steps(first: 1) { day why { points } } } }""");
        Assert.That(again.At("scoreHistory.steps.0.why.points").GetDouble(), Is.EqualTo(why.At("points").GetDouble()));
        Assert.That(await served.Codes(ServedGraph.Broker("B001"), $$"""{ scoreHistory(client: "{{SmallMarket.ZhangAtB001}}") { steps { day } } }"""), Is.EqualTo(new[] { "AUTHORISATION_REQUIRED" }));
    }

    [Test]
    public async Task AScoreIsFoundThoughItWasFiledUnderARecordThatTheBrokerDoesNotKnow()
    {
        using var folder = new TemporaryFolder();
        var model = (await SampleMarket.Served).Dependencies.Model!;
        var file = folder.PathOf("filed.ndjson");
        const string At1 = "Person/broker-B001:T1", At2 = "Person/broker-B002:T2";
        var sketch = June().Node(At2, ("name", "赵六")).Edge("CLIENT_OF", At2, "Broker/B002", ("clientNumber", "T2")).Node(At1, ("name", "赵六")).Edge("CLIENT_OF", At1, "Broker/B001", ("clientNumber", "T1")).Match(At2, At1)
            .Node("Authorisation/broker-B001:T9", ("scope", "SCORE"), ("purposes", "kyc"), ("givenOn", "2024-01-02")).Edge("AUTHORISED_BY", "Authorisation/broker-B001:T9", At1).Edge("AUTHORISES", "Authorisation/broker-B001:T9", "Broker/B001");
        await using var served = await ServedGraph.Of(sketch, dependencies => dependencies with { Model = model, FiledScores = new FiledScores(file) });
        FiledScore[] filed = [.. await FiledAsync(served, model, new DateOnly(2024, 6, 10))];
        new ScoreFile(file).Append(filed);
        Assert.That(filed.Select(score => score.Client), Does.Contain(At2).And.Not.Contain(At1), "the record known first names the client");
        var answer = await served.Ask(ServedGraph.Broker("B001"), $$"""{ scoreHistory(client: "{{At1}}") { steps { day score } } whyChanged(client: "{{At1}}", from: "2024-06-10") { filedBefore filedAfter } }""");
        Assert.That(answer.At("scoreHistory.steps.0.score").GetInt32(), Is.EqualTo(filed.Single(score => score.Client == At2).Score));
        Assert.That((answer.At("whyChanged.filedBefore").GetBoolean(), answer.At("whyChanged.filedAfter").GetBoolean()), Is.EqualTo((true, false)));
        Assert.That(answer.GetRawText(), Does.Not.Contain("B002"));
    }

    private static MarketSketch June() => LinkedDebtors.Sketch()
        .NodeFrom(new DateOnly(2024, 6, 15), "MarginContract/broker-B001:M1", ("contractNumber", "B001-M1"), ("status", "OPEN"), ("debt", "902000.00"), ("maintenanceRatio", "2.2124"), ("currency", "CNY"))
        .NodeFrom(new DateOnly(2024, 6, 16), "MarginContract/broker-B002:M7", ("contractNumber", "B002-M7"), ("status", "OPEN"), ("debt", "300000"), ("maintenanceRatio", "1.2"), ("currency", "CNY"))
        .Happened("CreditEvent/broker-B001:E1", new DateOnly(2024, 6, 20), "MARGIN_CALL", SmallMarket.ZhangAtB001)
        .Happened("CreditEvent/broker-B003:E2", new DateOnly(2024, 6, 22), "DEFAULT", "Company/broker-B003:H");

    private static CreditModel WithTenPointsMore(CreditModel model, string path)
    {
        model.Save(path);
        var definition = File.ReadAllText(Path.Combine(path, "model.json")).Replace("\"baseScore\": 600", "\"baseScore\": 610", StringComparison.Ordinal);
        File.WriteAllText(Path.Combine(path, "model.json"), definition);
        var version = Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes($"{File.ReadAllText(Path.Combine(path, "model.txt"))}\0{definition}")))[..16];
        File.WriteAllText(Path.Combine(path, "card.json"), File.ReadAllText(Path.Combine(path, "card.json")).Replace(model.Version, version, StringComparison.Ordinal));
        return CreditModel.Load(path);
    }

    private static async Task<IEnumerable<FiledScore>> FiledAsync(ServedGraph served, CreditModel model, DateOnly day) =>
        ScoredMarket.Of(model, new MarketReading(await served.Dependencies.Snapshots.GetAsync(Validity.CloseOf(day)))).Filed(ServedGraph.Now);

    private static async Task<JsonElement> ScoreAsync(ServedGraph served, string day) =>
        (await served.Ask(ServedGraph.Regulator, $$"""{ creditScore(client: "{{SmallMarket.Zhang}}", asOf: "{{day}}") { score points } }""")).At("creditScore");

    private static List<JsonElement> Reasons(JsonElement why) => [.. why.At("reasons").EnumerateArray()];

    private static JsonElement Reason(JsonElement why, string feature) => Reasons(why).Single(reason => reason.TextAt("feature") == feature);

    private static string[] Told(JsonElement why) =>
    [
        .. why.At("records").EnumerateArray().Select(record =>
            $"{record.TextAt("event")} {record.TextAt("type")} {record.TextAt("kind")} {string.Join(",", record.At("fields").EnumerateArray().Select(field => field.GetString()))} {(record.At("isOwn").GetBoolean() ? "own" : "other")}"),
    ];
}

internal static class Happenings
{
    /// <summary>A credit event that befell a party.</summary>
    public static MarketSketch Happened(this MarketSketch sketch, string id, DateOnly day, string kind, string party) => sketch
        .NodeFrom(day, id, ("kind", kind), ("occurredOn", day.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture)))
        .EdgeIn(Validity.Since(day), "BEFELL", id, party);
}
