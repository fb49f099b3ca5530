using System.Text.Json;
using GraphRisk.Graph.Store;
using GraphRisk.Server.Http;
using GraphRisk.Server.Tests.Served;
using GraphRisk.TestKit;
using GraphRisk.TestKit.Faults;

namespace GraphRisk.Server.Tests.Outage;

/// <summary>The whole server over HTTP while its store fails.</summary>
public sealed class StoreOutageTests
{
    private static readonly StoreWatchOptions Watch = new()
    {
        LongestWait = TimeSpan.FromMilliseconds(300), Pause = TimeSpan.FromMilliseconds(10), GiveUp = TimeSpan.FromMilliseconds(500),
    };

    private UnsteadyStore store = null!;
    private LiveServer server = null!;
    private List<string> reports = null!;

    [SetUp]
    public async Task Serve()
    {
        reports = [];
        store = new UnsteadyStore(new InMemoryGraphStore(MarketSketch.Catalog));
        server = await LiveServer.StartAsync(store, Watch with { Report = reports.Add });
        Assert.That((await server.NameAsync(1, "甲公司")).Code, Is.Null);
        Assert.That(await server.NameOfAsync(1), Is.EqualTo("甲公司"));
    }

    [TearDown]
    public async Task Close()
    {
        await server.DisposeAsync();
        await store.DisposeAsync();
    }

    [TestCase(StoreState.Away)]
    [TestCase(StoreState.Hanging)]
    public async Task WhileTheStoreIsAwayTheLastSnapshotAnswersAndSaysHowOldItIs(StoreState state)
    {
        var sound = await server.AskAsync("{ store { available } }");
        Assert.That(sound.Body, Does.Not.Contain("stale"));
        store.State = state;
        Assert.That(await server.NameOfAsync(1), Is.EqualTo("甲公司"));
        var reply = await server.AskAsync("{ store { available seenAt age stamp { version } } }");
        var answer = JsonDocument.Parse(reply.Body).RootElement;
        Assert.Multiple(() =>
        {
            Assert.That(answer.At("data.store.available").GetBoolean(), Is.False);
            Assert.That(answer.At("data.store.age").GetDouble(), Is.GreaterThanOrEqualTo(0));
            Assert.That(answer.At("data.store.stamp.version").GetInt64(), Is.EqualTo(1));
            Assert.That(answer.At("extensions.stale.seconds").GetDouble(), Is.GreaterThanOrEqualTo(0));
            Assert.That(answer.TextAt("extensions.stale.storeSeenAt"), Is.Not.Null);
            Assert.That(reply.Headers.GetValues(Health.AgeHeader).Single(), Is.Not.Empty);
        });
        var health = await server.HealthAsync();
        Assert.That((health.TextAt("status"), health.TextAt("store")), Is.EqualTo(("degraded", "away")));
    }

    [TestCase(StoreState.Away)]
    [TestCase(StoreState.Hanging)]
    public async Task WhileTheStoreIsAwayCommandsAreRefusedAndNothingIsRecorded(StoreState state)
    {
        store.State = state;
        Assert.That(await server.NameOfAsync(1), Is.EqualTo("甲公司"));
        var refused = await server.NameAsync(2, "乙公司");
        Assert.That(refused.Code, Is.EqualTo(ErrorCodes.StoreUnavailable));
        Assert.That(refused.Body, Does.Contain("changes are refused. Send the command again later"));
        store.State = StoreState.There;
        Assert.That((await store.GetVersionAsync()).Number, Is.EqualTo(1));
    }

    [TestCase(StoreState.Away)]
    [TestCase(StoreState.Hanging)]
    public async Task WhenTheStoreIsBackTheServerCatchesUpWithoutARestart(StoreState state)
    {
        store.State = state;
        await server.NameOfAsync(1);
        store.State = StoreState.There;
        await Eventually(async () => (await server.HealthAsync()).TextAt("status") == "ok");
        Assert.That((await server.NameAsync(1, "丙公司")).Code, Is.Null);
        Assert.That(await server.NameOfAsync(1), Is.EqualTo("丙公司"));
        Assert.That((await server.AskAsync("{ store { available } }")).Body, Does.Not.Contain("stale"));
        Assert.That(reports, Has.Count.EqualTo(2).And.Exactly(1).EqualTo("The store is back."));
    }

    [Test]
    public async Task AQuestionThatTheLastSnapshotDoesNotAnswerIsRefused()
    {
        store.State = StoreState.Away;
        await server.NameOfAsync(1);
        var reply = await server.AskAsync("""{ store(asOf: "2025-01-01") { stamp { version } } }""");
        Assert.That(reply.Code, Is.EqualTo(ErrorCodes.StoreUnavailable));
        Assert.That(await server.NameOfAsync(1), Is.EqualTo("甲公司"), "A question that cannot be answered takes no snapshot from others.");
    }

    internal static async Task Eventually(Func<Task<bool>> holds)
    {
        while (!await holds()) await Task.Delay(20);
    }
}
