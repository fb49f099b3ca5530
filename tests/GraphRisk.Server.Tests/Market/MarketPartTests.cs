using System.Globalization;
using System.Text.Json;
using GraphRisk.Server.Security;
using GraphRisk.Server.Tests.Served;

namespace GraphRisk.Server.Tests.Market;

public sealed class MarketPartTests
{
    private const string Whole = "{ market(by: MARKET) { edition rows { key brokers clients debt marginDebt } } }";

    private ServedGraph served = null!;

    [SetUp]
    public async Task Serve() => served = await ServedGraph.Of(SmallMarket.Sketch().Node("Broker/B003", ("code", "B003"), ("jurisdiction", "31")));

    [TearDown]
    public async Task Close() => await served.DisposeAsync();

    [Test]
    public async Task TheRegulatorComparesBrokers()
    {
        var answer = await served.Ask(ServedGraph.Regulator, "{ market(by: BROKER) { edition rows { key clients debt scoredClients } } }");
        Assert.That(answer.TextsAt("market.rows", "key"), Is.EqualTo(new[] { "B001", "B002", "B003" }));
        Assert.That(answer.At("market.rows").EnumerateArray().Select(row => row.At("debt").GetDecimal()), Is.EqualTo(new[] { 452000m, 300000m, 0m }));
        Assert.That(answer.At("market.rows").EnumerateArray().Select(row => row.At("clients").GetInt32()), Is.EqualTo(new[] { 1, 2, 0 }));
        Assert.That(answer.At("market.rows.0.scoredClients").ValueKind, Is.EqualTo(JsonValueKind.Null), "without a model there is no score");
        Assert.That(answer.At("market.edition").ValueKind, Is.EqualTo(JsonValueKind.Null), "as it stands");
    }

    [Test]
    public async Task BeforeTheFirstDebtIsStatedNothingIsSaidOfDebts()
    {
        await using var early = await ServedGraph.Of(new MarketSketch()
            .Node("Broker/B001", ("code", "B001"), ("netCapital", "1000")).Node("Person/broker-B001:1", ("name", "甲")).Edge("CLIENT_OF", "Person/broker-B001:1", "Broker/B001"));
        foreach (var viewer in (Viewer[])[ServedGraph.Regulator, ServedGraph.Broker("B001")])
        {
            var row = (await early.Ask(viewer, "{ market(by: BROKER) { rows { clients clientsWithDebt debt marginDebt pledgeDebt repoDebt netCapital } } }")).At("market.rows.0");
            foreach (var figure in (string[])["clientsWithDebt", "debt", "marginDebt", "pledgeDebt", "repoDebt"]) Assert.That(row.At(figure).ValueKind, Is.EqualTo(JsonValueKind.Null), $"{viewer.Role} {figure}");
            Assert.That((row.At("clients").GetInt32(), row.At("netCapital").GetDecimal()), Is.EqualTo((1, 1000m)));
        }
    }

    [Test]
    public async Task AClientOfTwoBrokersCountsOnceInTheMarket()
    {
        var answer = await served.Ask(ServedGraph.Regulator, "{ market(by: MARKET) { rows { key clients debt } } }");
        Assert.That(answer.At("market.rows.0.clients").GetInt32(), Is.EqualTo(2));
        Assert.That(answer.At("market.rows.0.debt").GetDecimal(), Is.EqualTo(752000m));
    }

    [Test]
    public async Task ABrokerSeesItsOwnRowAsItStands()
    {
        var own = await served.Ask(ServedGraph.Broker("B001"), "{ market(by: BROKER) { edition rows { key clients debt } } }");
        Assert.That(own.TextsAt("market.rows", "key"), Is.EqualTo(new[] { "B001" }));
        Assert.That(own.At("market.rows.0.debt").GetDecimal(), Is.EqualTo(452000m));
        Assert.That(await served.Codes(ServedGraph.Broker("B001"), "{ market(by: BROKER, asOf: \"2024-06-01\") { rows { debt } } }"), Is.Empty, "its own past is its own");
    }

    [Test]
    public async Task BeforeAnythingIsPublishedTheMarketIsEmpty()
    {
        foreach (var viewer in Others)
            Assert.That((await served.Ask(viewer, Whole)).At("market.rows").GetArrayLength(), Is.Zero, $"{viewer.Role}");
    }

    [Test]
    public async Task NoInstantOfTheAskersChoiceReachesTheMarketsFigures()
    {
        foreach (var viewer in Others)
            foreach (var instant in (string[])["asOf: \"2024-06-29\"", "knownAt: \"2024-06-25T00:00:00Z\""])
                Assert.That(
                    await served.Codes(viewer, $"{{ market(by: MARKET, {instant}) {{ rows {{ debt }} }} }}"), Is.EqualTo(new[] { "PUBLISHED_ONLY" }), $"{viewer.Role} {instant}");
    }

    [Test]
    public async Task TheMarketLessOnesOwnPartIsNotAnotherBrokersContract()
    {
        await served.Ask(ServedGraph.Regulator, Publish("2024-05"));
        foreach (var viewer in Others)
        {
            var answer = await served.Ask(viewer, Whole);
            Assert.That(answer.TextAt("market.edition"), Is.EqualTo("2024-05-31"), $"{viewer.Role}");
            Assert.That(answer.At("market.rows.0.brokers").GetInt32(), Is.EqualTo(3), "who is a broker is public");
            foreach (var figure in (string[])["clients", "debt", "marginDebt"])
                Assert.That(answer.At($"market.rows.0.{figure}").ValueKind, Is.EqualTo(JsonValueKind.Null), $"{figure} of two brokers");
        }
    }

    [Test]
    public async Task WhatManyMakeUpIsPublishedToThreeDigitsAndStandsUntilTheNextEdition()
    {
        await served.Record(Economy(clients: 40).Changes);
        await served.Ask(ServedGraph.Regulator, Publish("2024-05"));
        var before = await served.AskText(ServedGraph.Broker("B001"), Whole);
        Assert.That(JsonDocument.Parse(before).RootElement.At("data.market.rows.0.debt").GetDecimal(), Is.EqualTo(41_600_000m), "of 41,572,000");
        await served.Record(Economy(clients: 43).Changes);
        Assert.That(await served.AskText(ServedGraph.Broker("B001"), Whole), Is.EqualTo(before), "what came in later is not in it");
        await served.Ask(ServedGraph.Regulator, Publish("2024-06"));
        var newer = await served.Ask(ServedGraph.Broker("B001"), Whole);
        Assert.That(newer.TextAt("market.edition"), Is.EqualTo("2024-06-30"));
        var older = await served.Ask(ServedGraph.Broker("B001"), Whole.Replace("by: MARKET", "by: MARKET, month: \"2024-05\"", StringComparison.Ordinal));
        Assert.That(older.GetRawText(), Is.EqualTo(JsonDocument.Parse(before).RootElement.At("data").GetRawText()));
    }

    [Test]
    public async Task AMonthIsPublishedOnceAndWhenItIsOver()
    {
        await served.Ask(ServedGraph.Regulator, Publish("2024-05"));
        Assert.That(await served.Codes(ServedGraph.Regulator, Publish("2024-05")), Is.EqualTo(new[] { "CONFLICT" }));
        Assert.That(await served.Codes(ServedGraph.Regulator, Publish("2024-07")), Is.EqualTo(new[] { "BAD_USER_INPUT" }));
        Assert.That(await served.Codes(ServedGraph.Regulator, Publish("May")), Is.EqualTo(new[] { "BAD_USER_INPUT" }));
        Assert.That(await served.Codes(ServedGraph.Broker("B001"), Publish("2024-04")), Is.EqualTo(new[] { "FORBIDDEN" }));
        Assert.That(await served.Codes(ServedGraph.Broker("B001"), Whole.Replace("by: MARKET", "by: MARKET, month: \"2024-04\"", StringComparison.Ordinal)), Is.EqualTo(new[] { "NOT_FOUND" }));
    }

    private static Viewer[] Others => [ServedGraph.Broker("B001"), ServedGraph.Client(SmallMarket.Zhang), ServedGraph.Analyst];

    private static string Publish(string month) => $$"""mutation { publishStatistics(month: "{{month}}") { edition rows } }""";

    /// <summary>Clients of four brokers in turn, each owing a million and a little, under contracts of the three kinds in turn.</summary>
    private static MarketSketch Economy(int clients)
    {
        var sketch = new MarketSketch().Node("Broker/B004", ("code", "B004"), ("jurisdiction", "42"));
        for (var i = 0; i < clients; i++)
        {
            var (broker, number) = ($"B00{1 + i % 4}", i.ToString(CultureInfo.InvariantCulture));
            var kind = ((string[])["MarginContract", "PledgeContract", "RepoContract"])[i % 3];
            var (client, contract) = ($"Person/broker-{broker}:E{number}", $"{kind}/broker-{broker}:E{number}");
            sketch.Node(client, ("name", $"王{number}")).Edge("CLIENT_OF", client, $"Broker/{broker}")
                .Node(contract, ("status", "OPEN"), ("debt", (1_001_000 + 1_000 * i).ToString(CultureInfo.InvariantCulture)))
                .Edge("CONTRACTED", client, contract).Edge("GRANTED_BY", contract, $"Broker/{broker}");
        }

        return sketch;
    }
}
