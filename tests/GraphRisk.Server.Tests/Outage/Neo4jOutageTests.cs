using GraphRisk.Graph.Store;
using GraphRisk.Server.Http;
using GraphRisk.Server.Tests.Served;
using GraphRisk.TestKit;
using GraphRisk.TestKit.Faults;

namespace GraphRisk.Server.Tests.Outage;

/// <summary>The whole server over a real Neo4j behind a line that fails; skipped where <c>GRAPHRISK_TEST_NEO4J_URL</c> names none.</summary>
[NonParallelizable]
public sealed class Neo4jOutageTests
{
    private static readonly StoreWatchOptions Watch = new()
    {
        LongestWait = TimeSpan.FromSeconds(1), Pause = TimeSpan.FromMilliseconds(50), GiveUp = TimeSpan.FromSeconds(2),
    };

    [TestCase(LineState.Down)]
    [TestCase(LineState.BlackHole)]
    public async Task AServerOutlivesItsStore(LineState outage)
    {
        var options = await Neo4jServer.RequireEmptyAsync();
        await using var line = FaultProxy.Before(options.Url);
        using var folder = new TemporaryFolder();
        await using var store = await Neo4jServer.OpenAsync(
            options with { Url = line.Through(options.Url), RetryFor = TimeSpan.FromSeconds(3), BreakFor = TimeSpan.FromSeconds(1) },
            folder.PathOf("replica.db"));
        await using var server = await LiveServer.StartAsync(store, Watch);
        await StoreOutageTests.Eventually(async () => (await server.NameAsync(1, "甲公司")).Code is null); // An empty database takes its time for the first.
        for (var round = 0; round < 2; round++)
        {
            var before = await server.NameOfAsync(1);
            line.Turn(outage);
            Assert.That(await server.NameOfAsync(1), Is.EqualTo(before));
            await StoreOutageTests.Eventually(async () => (await server.HealthAsync()).TextAt("status") == "degraded");
            Assert.That((await server.NameAsync(1, $"乙{round}公司")).Code, Is.EqualTo(ErrorCodes.StoreUnavailable));
            Assert.That(await server.NameOfAsync(1), Is.EqualTo(before));
            line.Turn(LineState.Open);
            await StoreOutageTests.Eventually(async () => (await server.HealthAsync()).TextAt("status") == "ok");
            Assert.That((await server.NameAsync(1, $"乙{round}公司")).Code, Is.Null);
            // A store that needs longer than is waited for it is away once more, and what was last seen of it is the answer.
            await StoreOutageTests.Eventually(async () => await server.NameOfAsync(1) == $"乙{round}公司");
        }

        Assert.That((await store.GetVersionAsync()).Number, Is.EqualTo(3), "one set, then one for each round");
    }

    [Test]
    public async Task ResetsOfTheLineAreNotNoticed()
    {
        var options = await Neo4jServer.RequireEmptyAsync();
        await using var line = FaultProxy.Before(options.Url);
        using var folder = new TemporaryFolder();
        await using var store = await Neo4jServer.OpenAsync(options with { Url = line.Through(options.Url) }, folder.PathOf("replica.db"));
        await using var server = await LiveServer.StartAsync(store, Watch with { LongestWait = TimeSpan.FromMinutes(5), GiveUp = TimeSpan.FromMinutes(5) });
        for (var i = 0; i < 10; i++)
        {
            var named = server.NameAsync(1, $"第{i}公司");
            line.Cut();
            Assert.That((await named).Code, Is.Null);
            Assert.That(await server.NameOfAsync(1), Is.EqualTo($"第{i}公司"));
        }

        Assert.That((await store.GetVersionAsync()).Number, Is.EqualTo(10));
    }
}
