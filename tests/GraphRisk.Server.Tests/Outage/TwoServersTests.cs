using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using GraphRisk.Graph.Store;
using GraphRisk.Server.Tests.Served;
using GraphRisk.TestKit;

namespace GraphRisk.Server.Tests.Outage;

/// <summary>
/// Two whole servers over one Neo4j: reads and writes of several clients go to either by chance. A read that began longer
/// than the bound after a write was confirmed sees it; at the end every write is there, once.
/// </summary>
[NonParallelizable]
public sealed class TwoServersTests
{
    private static readonly TimeSpan Bound = TimeSpan.FromMilliseconds(500);

    [TestCase(150)]
    [TestCase(10_000, Explicit = true, Reason = "takes a quarter of an hour")]
    public async Task NoReadIsStalerThanTheBoundAndNoWriteIsLost(int operations)
    {
        const int clients = 8, companies = 20;
        var options = await Neo4jServer.RequireEmptyAsync();
        using var folder = new TemporaryFolder();
        await using var firstStore = await Neo4jServer.OpenAsync(options, folder.PathOf("first.db"));
        await using var secondStore = await Neo4jServer.OpenAsync(options, folder.PathOf("second.db"));
        var watch = new StoreWatchOptions { Freshness = Bound, LongestWait = TimeSpan.FromMinutes(5), GiveUp = TimeSpan.FromMinutes(5) };
        await using var first = await LiveServer.StartAsync(firstStore, watch, folder.PathOf("keys"));
        await using var second = await LiveServer.StartAsync(secondStore, watch, folder.PathOf("keys"));
        LiveServer[] servers = [first, second];
        var confirmed = new ConcurrentQueue<(int Number, long At)>[companies];
        for (var i = 0; i < companies; i++) confirmed[i] = [];
        var turns = Enumerable.Range(0, companies).Select(_ => new SemaphoreSlim(1)).ToArray();
        var (next, writes, reads) = (0, 0, 0);
        var began = Stopwatch.GetTimestamp();
        await Task.WhenAll(Enumerable.Range(0, clients).Select(client => Task.Run(async () =>
        {
            var random = new Random(client);
            while (Interlocked.Increment(ref next) <= operations)
            {
                var (server, company) = (servers[random.Next(2)], random.Next(companies));
                if (random.Next(5) == 0) await WriteAsync(server, company);
                else await ReadAsync(server, company);
            }
        })));
        TestContext.Out.WriteLine(FormattableString.Invariant(
            $"{reads} reads, {writes} writes, bound {Bound.TotalMilliseconds} ms, {Stopwatch.GetElapsedTime(began).TotalSeconds:0} s"));
        Assert.That((await firstStore.GetVersionAsync()).Number, Is.EqualTo(writes), "A write is a version, and once.");
        await Task.Delay(Bound);
        foreach (var server in servers)
            for (var company = 0; company < companies; company++)
                Assert.That(NumberOf(await server.NameOfAsync(company)), Is.EqualTo(confirmed[company].LastOrDefault().Number));

        async Task WriteAsync(LiveServer server, int company)
        {
            // Writes on one company follow one another, so that the number a reader should see is known; those on others run beside it.
            await turns[company].WaitAsync();
            try
            {
                var number = confirmed[company].LastOrDefault().Number + 1;
                var reply = await server.NameAsync(company, $"公司{number}");
                Assert.That(reply.Code, Is.Null, reply.Body);
                confirmed[company].Enqueue((number, Stopwatch.GetTimestamp()));
                Assert.That(NumberOf(await server.NameOfAsync(company)), Is.EqualTo(number), $"Through the server that wrote it is seen at once: {reply.Body} {(await server.AskAsync("{ store { available seenAt stamp { version knownAt } } }")).Body}");
                Interlocked.Increment(ref writes);
            }
            finally
            {
                turns[company].Release();
            }
        }

        async Task ReadAsync(LiveServer server, int company)
        {
            var start = Stopwatch.GetTimestamp();
            var atLeast = confirmed[company].Where(write => Stopwatch.GetElapsedTime(write.At, start) >= Bound).Select(write => write.Number).LastOrDefault();
            Assert.That(NumberOf(await server.NameOfAsync(company)), Is.GreaterThanOrEqualTo(atLeast));
            Interlocked.Increment(ref reads);
        }
    }

    [Test]
    public async Task WhatAServerWroteItShowsAtOnceHoweverOldItMayShowTheRest()
    {
        await using var store = new InMemoryGraphStore(MarketSketch.Catalog);
        await using var server = await LiveServer.StartAsync(store, new StoreWatchOptions { Freshness = TimeSpan.FromDays(1) });
        for (var number = 1; number <= 3; number++)
        {
            await server.NameAsync(1, $"公司{number}");
            Assert.That(NumberOf(await server.NameOfAsync(1)), Is.EqualTo(number));
        }
    }

    [Test]
    public async Task AnIdOfOneServerIsUnderstoodByTheOther()
    {
        await using var store = new InMemoryGraphStore(MarketSketch.Catalog);
        using var keys = new TemporaryFolder();
        await using var first = await LiveServer.StartAsync(store, new StoreWatchOptions(), keys.PathOf("keys"));
        await using var second = await LiveServer.StartAsync(store, new StoreWatchOptions(), keys.PathOf("keys"));
        await first.NameAsync(1, "甲公司");
        var id = (await first.DataAsync("""{ search(text: "甲公司") { edges { node { id } } } }""")).TextAt("search.edges.0.node.id");
        Assert.That((await second.DataAsync($$"""{ node(id: "{{id}}") { ... on Company { name } } }""")).TextAt("node.name"), Is.EqualTo("甲公司"));
    }

    private static int NumberOf(string? name) => name is null ? 0 : int.Parse(name["公司".Length..], CultureInfo.InvariantCulture);
}
