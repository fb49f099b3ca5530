using GraphRisk.Server.Tests.Served;

namespace GraphRisk.Server.Tests.Market;

public sealed class MarketPartTests
{
    private ServedGraph served = null!;

    [OneTimeSetUp]
    public async Task Serve() => served = await ServedGraph.Of(SmallMarket.Sketch().Node("Broker/B003", ("code", "B003"), ("jurisdiction", "31")));

    [OneTimeTearDown]
    public async Task Close() => await served.DisposeAsync();

    [Test]
    public async Task TheRegulatorComparesBrokers()
    {
        var answer = await served.Ask(ServedGraph.Regulator, "{ market(by: BROKER) { rows { key clients debt scoredClients } } }");
        Assert.That(answer.TextsAt("market.rows", "key"), Is.EqualTo(new[] { "B001", "B002", "B003" }));
        Assert.That(answer.At("market.rows").EnumerateArray().Select(row => row.At("debt").GetDecimal()), Is.EqualTo(new[] { 452000m, 300000m, 0m }));
        Assert.That(answer.At("market.rows").EnumerateArray().Select(row => row.At("clients").GetInt32()), Is.EqualTo(new[] { 1, 2, 0 }));
        Assert.That(answer.At("market.rows.0.scoredClients").ValueKind, Is.EqualTo(System.Text.Json.JsonValueKind.Null), "without a model there is no score");
    }

    [Test]
    public async Task AClientOfTwoBrokersCountsOnceInTheMarket()
    {
        var answer = await served.Ask(ServedGraph.Regulator, "{ market(by: MARKET) { rows { key clients debt } } }");
        Assert.That(answer.At("market.rows.0.clients").GetInt32(), Is.EqualTo(2));
        Assert.That(answer.At("market.rows.0.debt").GetDecimal(), Is.EqualTo(752000m));
    }

    [Test]
    public async Task ABrokerSeesItsOwnRowAndSumsOverManyOnly()
    {
        var own = await served.Ask(ServedGraph.Broker("B001"), "{ market(by: BROKER) { rows { key } } whole: market(by: MARKET) { rows { brokers } } }");
        Assert.That(own.TextsAt("market.rows", "key"), Is.EqualTo(new[] { "B001" }));
        Assert.That(own.At("whole.rows.0.brokers").GetInt32(), Is.EqualTo(3));
        var few = await served.Ask(ServedGraph.Broker("B001"), "{ market(by: JURISDICTION) { rows { key } } }");
        Assert.That(few.At("market.rows").GetArrayLength(), Is.Zero, "a sum over two brokers tells each of them the other's");
    }

    [Test]
    public async Task AClientDoesNotSeeTheMarket() =>
        Assert.That(await served.Codes(ServedGraph.Client(SmallMarket.Zhang), "{ market(by: MARKET) { rows { debt } } }"), Is.EqualTo(new[] { "FORBIDDEN" }));
}
