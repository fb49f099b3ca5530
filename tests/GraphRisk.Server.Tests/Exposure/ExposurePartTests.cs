using System.Text.Json;
using GraphRisk.Server.Tests.Served;

namespace GraphRisk.Server.Tests.Exposure;

public sealed class ExposurePartTests
{
    /// <summary>上海华信 is a client of B001 too, controlled by 张三; its contract is linked exposure of B001 in him.</summary>
    private static readonly MarketSketch Market = SmallMarket.Sketch()
        .Node("Company/broker-B001:C9", ("name", "上海华信贸易有限公司")).Match(SmallMarket.Huaxin, "Company/broker-B001:C9")
        .Edge("CLIENT_OF", "Company/broker-B001:C9", "Broker/B001")
        .Node("PledgeContract/broker-B001:P9", ("contractNumber", "B001-P9"), ("status", "OPEN"), ("debt", "1000000"), ("performanceRatio", "0.8"))
        .Edge("CONTRACTED", "Company/broker-B001:C9", "PledgeContract/broker-B001:P9").Edge("GRANTED_BY", "PledgeContract/broker-B001:P9", "Broker/B001");

    private static readonly string Question = $$"""
        { linkedExposure(client: "{{SmallMarket.Zhang}}", broker: "B001") {
            own { debt } totalDebt totalUncovered shareOfNetCapital linked { strength exposure { party { id } debt uncovered contracts { contractNumber } } path { kind } } } }
        """;

    private ServedGraph served = null!;

    [OneTimeSetUp]
    public async Task Serve() => served = await ServedGraph.Of(Market);

    [OneTimeTearDown]
    public async Task Close() => await served.DisposeAsync();

    [Test]
    public async Task ABrokerSeesWhatItLendsToAllWhoAreTied()
    {
        var answer = await served.Ask(ServedGraph.Broker("B001"), Question);
        Assert.That(answer.At("linkedExposure.own.debt").GetDecimal(), Is.EqualTo(452000m), "not what he owes at B002");
        Assert.That(answer.At("linkedExposure.totalDebt").GetDecimal(), Is.EqualTo(1452000m));
        Assert.That(answer.At("linkedExposure.totalUncovered").GetDecimal(), Is.EqualTo(200000m), "of the margin contract only the ratio is stated, and it covers");
        Assert.That(answer.At("linkedExposure.shareOfNetCapital").GetDecimal(), Is.EqualTo(0.001452m));
        Assert.That(answer.TextAt("linkedExposure.linked.0.path.0.kind"), Is.EqualTo("CONTROL"));
        Assert.That(answer.TextAt("linkedExposure.linked.0.exposure.contracts.0.contractNumber"), Is.EqualTo("B001-P9"));
    }

    [Test]
    public async Task WhatDoubtfulMatchesMayAddStandsBesideTheTotalsAndItsProbabilityIsForThoseWhoReadAllRecords()
    {
        const string may = "Person/broker-B001:77";
        await using var doubting = await ServedGraph.Of(SmallMarket.Sketch()
            .Node(may, ("name", "张三")).Edge("CLIENT_OF", may, "Broker/B001")
            .Node("MarginContract/broker-B001:M77", ("contractNumber", "M77"), ("status", "OPEN"), ("debt", "200000"), ("currency", "CNY"))
            .Edge("CONTRACTED", may, "MarginContract/broker-B001:M77").Edge("GRANTED_BY", "MarginContract/broker-B001:M77", "Broker/B001")
            .Undecided(SmallMarket.Zhang, may, 0.25m).Undecided(SmallMarket.Zhang, SmallMarket.ZhangAtB002, 0.5m));
        var question = $$"""{ linkedExposure(client: "{{SmallMarket.Zhang}}", broker: "B001") { totalDebt possibleDebt expectedDebt doubtful { probability exposure { debt } } } }""";
        var whole = (await doubting.Ask(ServedGraph.Regulator, question)).At("linkedExposure");
        Assert.That((whole.At("possibleDebt").GetDecimal(), whole.At("expectedDebt").GetDecimal()), Is.EqualTo((200000m, 50000m)));
        Assert.That(whole.At("doubtful.0.probability").GetDouble(), Is.EqualTo(0.25));
        var told = (await doubting.Ask(ServedGraph.Broker("B001"), question)).At("linkedExposure");
        Assert.That(told.At("totalDebt").GetDecimal(), Is.EqualTo(whole.At("totalDebt").GetDecimal()));
        Assert.That(told.At("possibleDebt").GetDecimal(), Is.EqualTo(200000m));
        Assert.That(told.At("doubtful.0.exposure.debt").GetDecimal(), Is.EqualTo(200000m));
        Assert.That((told.At("expectedDebt").ValueKind, told.At("doubtful.0.probability").ValueKind), Is.EqualTo((JsonValueKind.Null, JsonValueKind.Null)));
    }

    [Test]
    public async Task ABrokerDoesNotSeeAnothersExposure()
    {
        Assert.That(await served.Codes(ServedGraph.Broker("B002"), Question), Is.EqualTo(new[] { "FORBIDDEN" }));
        var own = await served.Ask(ServedGraph.Broker("B002"), $$"""{ linkedExposure(client: "{{SmallMarket.ZhangAtB002}}") { own { debt } totalDebt linked { strength } } }""");
        Assert.That(own.At("linkedExposure.totalDebt").GetDecimal(), Is.EqualTo(300000m));
        Assert.That(own.At("linkedExposure.linked").GetArrayLength(), Is.Zero);
    }

    [Test]
    public async Task AClientIsNotToldWhatOthersOwe() =>
        Assert.That(await served.Codes(ServedGraph.Client(SmallMarket.Zhang), Question), Is.EqualTo(new[] { "FORBIDDEN" }));

    [Test]
    public async Task WhoIsNoClientOfTheBrokerIsNotFound() => Assert.That(
        await served.Codes(ServedGraph.Regulator, $$"""{ linkedExposure(client: "{{SmallMarket.Wang}}", broker: "B001") { totalDebt } }"""),
        Is.EqualTo(new[] { "NOT_FOUND" }));
}
