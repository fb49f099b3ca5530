using System.Text.Json;
using GraphRisk.Graph.Facts;
using GraphRisk.Market;
using GraphRisk.Market.Stress;
using GraphRisk.Server.Security;
using GraphRisk.Server.Tests.Served;
using GraphRisk.TestKit;

namespace GraphRisk.Server.Tests.Stress;

/// <summary>Scenarios over the sample market: as the engine gives them, and as each viewer is answered.</summary>
public class SampleStressTests
{
    private const string Fall = "scenario: { name: \"fall\", prices: [{ on: MARKET, move: -0.2 }] }";

    [Test]
    public async Task WhatReallyHappenedStandsBesideWhatWasSupposed()
    {
        static string Asked(string more, string until) => $"{{ stressTest({Fall}, by: BROKER{more}) {{ rowCount actual{until} {{ until stamp {{ asOf }} rows {{ supposed {{ key before {{ contracts }} }} priceMove contracts repaid debt calls liquidated defaults defaultsSince uncovered }} }} }} }}";
        var actual = (await AskAsync(ServedGraph.Regulator, Asked(", asOf: \"2025-06-30\"", ""))).GetProperty("stressTest").GetProperty("actual");
        Assert.That(actual.TextAt("until"), Is.EqualTo("2025-12-31"), "the last day of the data");
        foreach (var row in actual.At("rows").EnumerateArray())
        {
            Assert.That(row.At("contracts").GetInt32(), Is.EqualTo(row.At("supposed.before.contracts").GetInt32()), row.TextAt("supposed.key"));
            Assert.That(row.At("defaultsSince").GetInt32(), Is.LessThanOrEqualTo(row.At("defaults").GetInt32()));
        }

        Assert.That(actual.At("rows").EnumerateArray().Sum(row => row.At("defaultsSince").GetInt32()), Is.Positive, "half a year has its defaults");
        var own = (await AskAsync(ServedGraph.Broker("B001"), Asked(", asOf: \"2025-06-30\"", "(until: \"2025-09-30\")"))).GetProperty("stressTest").GetProperty("actual");
        Assert.That(own.At("rows").EnumerateArray().Select(row => row.TextAt("supposed.key")), Is.EqualTo(new[] { "B001" }), "a broker is told of its own");
        Assert.That((await AskAsync(ServedGraph.Regulator, Asked("", ""))).GetProperty("stressTest").GetProperty("actual").ValueKind, Is.EqualTo(System.Text.Json.JsonValueKind.Null), "no later day is there");
        foreach (var until in (string[])["2025-06-30", "2031-01-01"])
            Assert.That(await (await SampleMarket.Served).Codes(ServedGraph.Regulator, Asked(", asOf: \"2025-06-30\"", $"(until: \"{until}\")")), Is.EqualTo(new[] { "BAD_USER_INPUT" }), until);
    }

    [Test]
    public async Task AFallByAFifthByBrokerAddsUp()
    {
        var answer = await AskAsync(ServedGraph.Regulator, $"{{ brokers: stressTest({Fall}, by: BROKER) {{ ...all }} market: stressTest({Fall}, by: MARKET) {{ ...all }} }} "
            + "fragment all on StressTest { borneByBrokers borneByClients paidByParties priceLosses uncoveredBefore rows { before { debt } after { debt collateral calls forcedSales failedContracts losses } rounds { calls topUp losses } } }");
        var (brokers, market) = (answer.GetProperty("brokers"), answer.GetProperty("market").GetProperty("rows")[0]);
        Assert.That(brokers.GetProperty("rows").GetArrayLength(), Is.EqualTo(6));
        foreach (var field in (string[])["debt", "collateral", "calls", "forcedSales", "failedContracts", "losses"])
            Assert.That(
                brokers.GetProperty("rows").EnumerateArray().Sum(row => Amount(row.GetProperty("after"), field)),
                Is.EqualTo(Amount(market.GetProperty("after"), field)), field);
        Assert.That(Amount(market.GetProperty("rounds")[1], "calls"), Is.GreaterThan(Amount(market.GetProperty("rounds")[0], "calls")));
        Assert.That(Amount(market.GetProperty("after"), "forcedSales"), Is.Positive);
        Assert.That(
            (double)(Amount(brokers, "borneByClients") + Amount(brokers, "paidByParties") + Amount(brokers, "borneByBrokers")),
            Is.EqualTo((double)(Amount(brokers, "priceLosses") + Amount(brokers, "uncoveredBefore"))).Within(1e-4), "what is lost somebody bears");
    }

    [Test]
    public async Task WithoutTheShockARowIsWhatAScenarioOfNothingLeavesIt()
    {
        const string Figures = "debt collateral calls forcedSales defaults uncovered losses";
        var fallen = (await AskAsync(ServedGraph.Regulator, $"{{ stressTest({Fall}, by: BROKER) {{ rows {{ key after {{ {Figures} }} withoutShock {{ {Figures} }} }} }} }}")).GetProperty("stressTest").GetProperty("rows");
        var quiet = (await AskAsync(ServedGraph.Regulator, $"{{ stressTest(scenario: {{ name: \"nothing\" }}, by: BROKER) {{ rows {{ key after {{ {Figures} }} }} }} }}")).GetProperty("stressTest").GetProperty("rows")
            .EnumerateArray().ToDictionary(row => row.GetProperty("key").GetString()!, row => row.GetProperty("after").GetRawText());
        Assert.That(fallen.EnumerateArray().Select(row => row.GetProperty("withoutShock").GetRawText()), Is.EqualTo(fallen.EnumerateArray().Select(row => quiet[row.GetProperty("key").GetString()!])));
        decimal Uncovered(string when) => fallen.EnumerateArray().Sum(row => Amount(row.GetProperty(when), "uncovered"));
        Assert.That(Uncovered("after"), Is.GreaterThan(Uncovered("withoutShock")));
        foreach (var row in fallen.EnumerateArray())
            Assert.That(Amount(row.GetProperty("after"), "uncovered"), Is.GreaterThanOrEqualTo(Amount(row.GetProperty("after"), "losses")), "losses are what means and guarantees leave of it");
    }

    [Test]
    public async Task InTheCrashQuarterSuspendedSecuritiesStayUnsoldAndBrokersAddUp()
    {
        var served = await SampleMarket.Served;
        var scenario = ScenarioReader.Parse(await File.ReadAllTextAsync(Repository.PathOf("samples", "scenarios", "crash-quarter.json")), "file");
        var market = new MarketReading(await served.Dependencies.Snapshots.GetAsync(Validity.CloseOf(scenario.Replay!.From)));
        var history = await served.Dependencies.Snapshots.GetAsync(Validity.CloseOf(scenario.Replay.To));
        var steps = ScenarioSteps.Of(scenario, market, history);
        Assert.That(steps.Max(step => step.Suspended.Count(suspended => suspended)), Is.GreaterThanOrEqualTo(8), "the quarter has suspensions");

        var answer = StressTest.Run(scenario, market, history);
        var whole = StressTable.Of(answer, StressDivision.Market).Single();
        var brokers = StressTable.Of(answer, StressDivision.Broker);
        for (var round = 0; round < answer.Rounds.Length; round++)
            Assert.That(
                Figures(brokers.Select(row => row.Rounds[round])), Is.EqualTo(Figures([whole.Rounds[round]])), $"round {round}");
        Assert.That(whole.Rounds.Max(round => round.Calls), Is.GreaterThan(whole.Before.Calls));
        Assert.That(whole.After.ForcedSales, Is.Positive);
        Assert.That(whole.Rounds.Max(round => round.Unsold), Is.Positive);
        Assert.That(Math.Abs(answer.Balance.Borne - answer.Balance.Lost) / answer.Balance.Lost, Is.LessThan(1e-9));
        Assert.That(answer.Ended, Is.True);
    }

    [Test]
    public async Task NothingOfASuspendedSecurityIsSold()
    {
        var served = await SampleMarket.Served;
        var market = new MarketReading(await served.Dependencies.Snapshots.GetAsync(Validity.CloseOf(served.Dependencies.Today!.Value)));
        string[] all = [.. market.Snapshot.Nodes.OfType("Security").ToArray().Select(node => market.Snapshot.Nodes.IdOf(node).Key)];
        var answer = StressTest.Run(new Scenario { Name = "closed", Prices = [new(ShockScope.Market, null, -0.3m)], Suspended = [.. all] }, market);
        var row = StressTable.Of(answer, StressDivision.Market).Single();
        Assert.That(row.After.ForcedSales, Is.Zero);
        Assert.That(row.After.Unsold, Is.Positive);
    }

    [Test]
    public async Task ABrokerSeesItsOwnClientsAndTheRegulatorTheSameOfThem()
    {
        const string Question = "restsOn leftOut rows { key before { contracts debt } }";
        var (ofBroker, ofAll) = ((await AskAsync(ServedGraph.Broker("B001"), $"{{ stressTest({Fall}, by: BROKER) {{ {Question} }} }}")).GetProperty("stressTest"), (await AskAsync(ServedGraph.Regulator, $"{{ stressTest({Fall}, by: BROKER) {{ {Question} }} }}")).GetProperty("stressTest"));
        Assert.That((ofBroker.GetProperty("restsOn").GetString(), ofAll.GetProperty("restsOn").GetString(), ofAll.GetProperty("leftOut").GetString()), Is.EqualTo(("OWN_RECORDS", "ALL_RECORDS", (string?)null)));
        Assert.That(ofBroker.GetProperty("leftOut").GetString(), Does.Contain("only other brokers state"));
        var (own, all) = (ofBroker.GetProperty("rows"), ofAll.GetProperty("rows"));
        Assert.That(own.GetArrayLength(), Is.EqualTo(1));
        Assert.That(all.EnumerateArray().Select(row => row.GetRawText()), Does.Contain(own[0].GetRawText()));
    }

    [Test]
    public async Task AClientIsRefusedAndAnAnalystGetsTwoDigits()
    {
        var served = await SampleMarket.Served;
        var refused = await served.AskText(ServedGraph.Client("Person/registry:P000123"), $"{{ stressTest({Fall}, by: MARKET) {{ rowCount }} }}");
        Assert.That(refused, Does.Contain("errors").And.Contain("\"stressTest\":null"));
        var analyst = ServedGraph.As(Role.Analyst, null, "data-quality");
        var rounded = (await AskAsync(analyst, $"{{ stressTest({Fall}, by: MARKET) {{ rows {{ before {{ debt }} }} }} }}")).GetProperty("stressTest");
        var debt = Amount(rounded.GetProperty("rows")[0].GetProperty("before"), "debt");
        Assert.That(debt.ToString("E28", System.Globalization.CultureInfo.InvariantCulture)[3..28].TrimEnd('0'), Is.Empty, $"{debt} has two digits");
    }

    [TestCase("prices: [{ on: MARKET, move: -0.2037 }]", "prices[0].move")]
    [TestCase("depth: { marketValueShare: 0.123, liquidity: 0.5 }", "depth.marketValueShare")]
    [TestCase("prices: [{ on: MARKET, move: -0.2 }], freeMeans: 0.4001", "freeMeans")]
    [TestCase("replay: { from: \"2024-09-30\", to: \"2024-12-31\" }", "replay")]
    public async Task WhoReadsRoundedFiguresAsksInCoarseSteps(string fields, string field)
    {
        var question = $"{{ stressTest(scenario: {{ name: \"x\", {fields} }}, by: MARKET) {{ rowCount }} }}";
        var refused = await (await SampleMarket.Served).AskText(ServedGraph.As(Role.Analyst, null, "data-quality"), question);
        Assert.That(refused, Does.Contain("\"BAD_USER_INPUT\"").And.Contain(field).And.Contain("Model validation opens it"));
        await AskAsync(ServedGraph.Analyst, question);
    }

    [TestCase("draws: 1", "draws")]
    [TestCase("lossGivenDefault: 0.2501", "lossGivenDefault")]
    [TestCase("correlation: 0.1501", "correlation")]
    [TestCase("confidence: 0.9901", "confidence")]
    public async Task SoAreCorrelatedDefaults(string arguments, string argument)
    {
        var question = $"{{ stressTest({Fall}, by: BROKER) {{ correlatedDefaults({arguments}) {{ clients }} }} }}";
        var refused = await (await SampleMarket.Served).AskText(ServedGraph.As(Role.Analyst, null, "data-quality"), question);
        Assert.That(refused, Does.Contain("\"BAD_USER_INPUT\"").And.Contain($"'{argument}'").And.Contain("Model validation opens it"));
        await AskAsync(ServedGraph.Analyst, question);
    }

    [Test]
    public async Task ADayTheSourcesHaveNotReachedIsRefused()
    {
        var refused = await (await SampleMarket.Served).AskText(ServedGraph.Regulator, $"{{ stressTest({Fall}, by: MARKET, asOf: \"2027-12-31\") {{ rowCount }} }}");
        Assert.That(refused, Does.Contain("\"BAD_USER_INPUT\"").And.Contain("is later than the sources reach"));
    }

    [Test]
    public async Task DrawnLossesAddUpAndTheSameSeedDrawsThemAgain()
    {
        const string Drawn = "correlatedDefaults(draws: 2000, confidence: 0.99) { draws clients unscored market { expected valueAtRisk expectedShortfall quantiles { level loss } } brokers { key contribution losses { expected expectedShortfall } } }";
        var question = $"{{ stressTest({Fall}, by: MARKET) {{ {Drawn} }} }}";
        var drawn = (await AskAsync(ServedGraph.Regulator, question)).GetProperty("stressTest").GetProperty("correlatedDefaults");
        var (market, brokers) = (drawn.GetProperty("market"), drawn.GetProperty("brokers").EnumerateArray().ToList());
        Assert.That((double)brokers.Sum(broker => Amount(broker, "contribution")), Is.EqualTo((double)Amount(market, "expectedShortfall")).Within(1e-4));
        Assert.That((double)brokers.Sum(broker => Amount(broker.GetProperty("losses"), "expected")), Is.EqualTo((double)Amount(market, "expected")).Within(1e-4));
        Assert.That(brokers.Sum(broker => Amount(broker.GetProperty("losses"), "expectedShortfall")), Is.GreaterThanOrEqualTo(Amount(market, "expectedShortfall")), "what is worst for each does not come in one year");
        Assert.That(Amount(market, "expectedShortfall"), Is.GreaterThan(Amount(market, "valueAtRisk")).And.GreaterThan(Amount(market, "expected")));
        Assert.That(drawn.GetProperty("unscored").GetInt32(), Is.Zero);
        Assert.That((await AskAsync(ServedGraph.Regulator, question)).GetProperty("stressTest").GetProperty("correlatedDefaults").GetRawText(), Is.EqualTo(drawn.GetRawText()));
        var other = (await AskAsync(ServedGraph.Regulator, question.Replace("draws: 2000", "draws: 2000, seed: 8", StringComparison.Ordinal))).GetProperty("stressTest").GetProperty("correlatedDefaults");
        Assert.That(other.GetRawText(), Is.Not.EqualTo(drawn.GetRawText()));
    }

    [Test]
    public async Task ABrokerDrawsWithTheScoresItsClientsAllowed()
    {
        const string Drawn = "correlatedDefaults(draws: 200) { clients unscored brokers { key } }";
        var own = (await AskAsync(ServedGraph.Broker("B001"), $"{{ stressTest({Fall}, by: MARKET) {{ {Drawn} }} }}")).GetProperty("stressTest").GetProperty("correlatedDefaults");
        Assert.That(own.GetProperty("brokers").EnumerateArray().Select(broker => broker.GetProperty("key").GetString()), Is.EqualTo(new[] { "B001" }));
        Assert.That(own.GetProperty("unscored").GetInt32(), Is.InRange(0, own.GetProperty("clients").GetInt32()));
    }

    [TestCase("draws: 0", "draws")]
    [TestCase("draws: 50001", "draws")]
    [TestCase("correlation: 1", "correlation")]
    [TestCase("confidence: 0", "confidence")]
    [TestCase("lossGivenDefault: -0.1", "lossGivenDefault")]
    [TestCase("seed: -1", "seed")]
    public async Task DrawsOutOfTheirBoundsAreBadInput(string arguments, string named)
    {
        var answer = await (await SampleMarket.Served).AskText(ServedGraph.Regulator, $"{{ stressTest({Fall}, by: MARKET) {{ correlatedDefaults({arguments}) {{ clients }} }} }}");
        Assert.That(answer, Does.Contain("\"BAD_USER_INPUT\"").And.Contain($"'{named}'"));
    }

    [TestCase("prices: [{ on: SECURITY, name: \"999999.SH\", move: -0.2 }]", "prices[0].name")]
    [TestCase("replay: { from: \"2024-09-30\", to: \"2031-01-01\" }", "replay.to")]
    [TestCase("defaultedClients: [\"Person/registry:nobody\"]", "")]
    public async Task AScenarioThatCannotBeIsRefusedByField(string fields, string field)
    {
        var served = await SampleMarket.Served;
        var answer = await served.AskText(ServedGraph.Regulator, $"{{ stressTest(scenario: {{ name: \"x\", {fields} }}, by: MARKET) {{ rowCount }} }}");
        Assert.That(answer, Does.Contain("errors").And.Contain(field));
    }

    [TestCase("depth: { marketValueShare: 1e28, liquidity: 1e28 }", "depth.marketValueShare")]
    [TestCase("depth: { marketValueShare: 1, volatility: 1e-28 }", "depth.volatility")]
    [TestCase("replay: { from: \"2024-09-30\", to: \"2024-12-31\", everyDays: 2147483647 }", "replay.everyDays")]
    [TestCase("prices: null", "$.prices")]
    public async Task AScenarioOutOfItsBoundsIsBadInput(string fields, string field)
    {
        var served = await SampleMarket.Served;
        var answer = await served.AskText(ServedGraph.Regulator, $"{{ stressTest(scenario: {{ name: \"x\", {fields} }}, by: MARKET) {{ rowCount }} }}");
        Assert.That(answer, Does.Contain("\"BAD_USER_INPUT\"").And.Contain(field));
    }

    private static async Task<JsonElement> AskAsync(Viewer viewer, string question)
    {
        var text = await (await SampleMarket.Served).AskText(viewer, question);
        Assert.That(text, Does.Not.Contain("\"errors\""));
        return JsonDocument.Parse(text).RootElement.GetProperty("data");
    }

    private static decimal Amount(JsonElement of, string field) =>
        of.GetProperty(field) is var value && value.ValueKind == JsonValueKind.String
            ? decimal.Parse(value.GetString()!, System.Globalization.CultureInfo.InvariantCulture)
            : value.GetDecimal();

    private static (decimal, decimal, decimal, int, int, decimal) Figures(IEnumerable<StressFigures> figures)
    {
        var all = figures.ToList();
        return (all.Sum(one => one.Debt), all.Sum(one => one.ForcedSales), all.Sum(one => one.Losses), all.Sum(one => one.Calls), all.Sum(one => one.FailedContracts), all.Sum(one => one.Unsold));
    }
}
