using GraphRisk.Graph.Facts;
using GraphRisk.Graph.Store;
using GraphRisk.Stores.Neo4j;
using GraphRisk.Stores.Neo4j.Http;
using GraphRisk.TestKit;
using GraphRisk.TestKit.Faults;

namespace GraphRisk.Stores.Tests.Neo4j;

/// <summary>
/// Imports over a line that fails all the time, against a real server: what is stored is what would have been. Over TLS, where
/// every altered byte breaks the connection. Skipped where <c>GRAPHRISK_TEST_NEO4J_URL</c> names no server.
/// </summary>
[NonParallelizable]
public sealed class FaultyLineTests
{
    private const int Faults = 500;

    private static readonly FaultKind[] Kinds =
    [
        FaultKind.Delay, FaultKind.Drip, FaultKind.Drip, FaultKind.Flip, FaultKind.Flip, FaultKind.Flip, FaultKind.Truncate,
        FaultKind.Truncate, FaultKind.Reset, FaultKind.Reset, FaultKind.Reset, FaultKind.Refuse, FaultKind.Drip, FaultKind.Flip, FaultKind.Truncate,
        FaultKind.Reset, FaultKind.Refuse, FaultKind.Delay, FaultKind.BlackHole,
    ];

    [Test]
    public async Task FiveHundredFaultsDuringAnImportChangeNothingOfWhatIsStored()
    {
        var server = Neo4jServer.Require();
        await Neo4jServer.EmptyAsync();
        await using var front = new TlsFront(server.Url);
        var plan = new FaultPlan(seed: 20261122, Kinds) { Limit = Faults, Reach = 500_000 };
        await using var line = FaultProxy.Before(front.Url, plan);
        using var folder = new TemporaryFolder();
        await File.WriteAllTextAsync(folder.PathOf("front.pem"), front.CertificatePem);
        var options = server with
        {
            Url = line.Through(front.Url),
            CertificateFile = folder.PathOf("front.pem"),
            ConnectTimeout = TimeSpan.FromSeconds(3),
            AnswerTimeout = TimeSpan.FromSeconds(3),
            SilenceTimeout = TimeSpan.FromSeconds(3),
            RetryFor = TimeSpan.FromMinutes(10),
            RetryDelay = TimeSpan.FromMilliseconds(10),
            BreakAfter = 1000,
        };

        var changes = new RandomChanges(11);
        await using var undisturbed = new InMemoryGraphStore(GraphText.Catalog);
        await using var disturbed = await Neo4jGraphStore.OpenAsync(options, GraphText.Catalog, TimeProvider.System);
        while (plan.Injected < Faults)
        {
            var set = changes.Next(20);
            Assert.That(await disturbed.AppendAsync(set), Is.EqualTo(await undisturbed.AppendAsync(set)), $"set {set.Id}, as the caller is told");
        }

        TestContext.Out.WriteLine($"{string.Join(", ", plan.ByKind.OrderBy(pair => pair.Key))} in {(await undisturbed.GetVersionAsync()).Number} versions");
        Assert.That(await disturbed.ReadChangesAsync(0).ToListAsync(), Is.EqualTo(await undisturbed.ReadChangesAsync(0).ToListAsync()));
        Assert.That(await ContentHash.ComputeAsync(disturbed), Is.EqualTo(await ContentHash.ComputeAsync(undisturbed)));
        Assert.That(await disturbed.CheckAsync(), Is.Empty);
        Assert.That(await FactsStandingTwiceAsync(server), Is.Empty);
    }

    [Test]
    public async Task AWholeReadOverALineThatFailsIsTheSameRead()
    {
        var server = Neo4jServer.Require();
        await Neo4jServer.EmptyAsync();
        var changes = new RandomChanges(12, parties: 200);
        await using var sound = await Neo4jGraphStore.OpenAsync(server, GraphText.Catalog, TimeProvider.System);
        for (var i = 0; i < 5; i++) await sound.AppendAsync(changes.Next(500));
        var expected = await ContentHash.ComputeAsync(sound);
        await using var front = new TlsFront(server.Url);
        using var folder = new TemporaryFolder();
        await File.WriteAllTextAsync(folder.PathOf("front.pem"), front.CertificatePem);
        var plan = new FaultPlan(seed: 5, Kinds) { Limit = 100, Reach = 200_000 };
        await using var line = FaultProxy.Before(front.Url, plan);
        await using var disturbed = await Neo4jGraphStore.OpenAsync(
            server with
            {
                Url = line.Through(front.Url), CertificateFile = folder.PathOf("front.pem"), RetryDelay = TimeSpan.FromMilliseconds(10),
                SilenceTimeout = TimeSpan.FromSeconds(2), AnswerTimeout = TimeSpan.FromSeconds(2), BreakAfter = 1000,
            },
            GraphText.Catalog, TimeProvider.System);
        for (var i = 0; i < 4; i++) Assert.That(await ContentHash.ComputeAsync(disturbed), Is.EqualTo(expected));
        Assert.That(plan.Injected, Is.Positive);
        TestContext.Out.WriteLine($"{string.Join(", ", plan.ByKind.OrderBy(pair => pair.Key))} during 4 reads");
    }

    private static async Task<string[]> FactsStandingTwiceAsync(Neo4jOptions server)
    {
        using var client = new QueryApiClient(server, TimeProvider.System);
        var answer = await client.RunAsync(
            """
            MATCH ()-[r]->() WHERE r._fact IS NOT NULL WITH r._fact AS fact, count(*) AS times WHERE times > 1 RETURN fact
            UNION ALL MATCH (n) WHERE n._fact IS NOT NULL AND NOT n:Former WITH n._fact AS fact, count(*) AS times WHERE times > 1 RETURN fact
            """,
            new Dictionary<string, object?>(), AccessMode.Read);
        return [.. answer.Rows.Select(row => (string)row[0]!)];
    }
}
