using System.Text.Json;
using GraphRisk.Server.Tests.Served;

namespace GraphRisk.Server.Tests.Store;

/// <summary>Finding 4: how much of what the store holds told brokers and clients the market by day.</summary>
public sealed class StorePartTests
{
    [Test]
    public async Task CountsAreTheRegulators()
    {
        await using var served = await ServedGraph.Of(SmallMarket.Sketch());
        var counts = await served.Ask(ServedGraph.Regulator, "{ store { nodes { type count } relationships { type count } age } }");
        Assert.That(counts.At("store.nodes").EnumerateArray().Single(count => count.TextAt("type") == "MarginContract").At("count").GetInt32(), Is.EqualTo(2));
        foreach (var viewer in (Server.Security.Viewer[])[ServedGraph.Broker("B001"), ServedGraph.Client(SmallMarket.Zhang), ServedGraph.Analyst])
            Assert.That(await served.Codes(viewer, "{ store { nodes { count } relationships { count } } }"), Is.EqualTo(new[] { "FORBIDDEN", "FORBIDDEN" }), $"{viewer.Role}");
    }

    [Test]
    public async Task ABrokerLearnsWhetherTheStoreIsThereAndNotHowOftenItIsWritten()
    {
        await using var served = await ServedGraph.Of(SmallMarket.Sketch());
        var answer = await served.Ask(ServedGraph.Broker("B001"), "{ store { available seenAt age stamp { version } } }");
        Assert.That(answer.At("store.available").GetBoolean(), Is.True);
        Assert.That(answer.At("store.age").ValueKind, Is.EqualTo(JsonValueKind.Null));
        Assert.That(answer.At("store.stamp.version").ValueKind, Is.EqualTo(JsonValueKind.Null));
    }
}
