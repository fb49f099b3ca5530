using System.Net.Http.Headers;
using System.Text.Json;
using System.Text;
using GraphRisk.Cli.Composition;
using GraphRisk.Graph.Store;
using GraphRisk.Stores;
using GraphRisk.Stores.Neo4j;
using GraphRisk.Stores.Neo4j.Http;
using GraphRisk.TestKit;
using GraphRisk.TestKit.Faults;

namespace GraphRisk.Cli.Tests.Composition;

/// <summary>A server that is started while its Neo4j is away.</summary>
[NonParallelizable]
public sealed class OutageStartTests
{
    private const string Question = "{ clients(first: 3) { nodes { ... on Company { id name } ... on Person { id name } records { source recordKey } } } }";
    private readonly TemporaryFolder folder = new();
    private string token = "";

    [OneTimeTearDown]
    public void Delete() => folder.Dispose();

    [Test]
    public async Task AnswersFromItsLastSnapshotUntilNeo4jIsBack()
    {
        var variable = Neo4jTestServer.Require();
        var options = Neo4jOptions.FromEnvironment(variable)!;
        using (var client = new QueryApiClient(options, TimeProvider.System))
            foreach (var statement in Neo4jTestServer.Emptying)
                await client.RunAsync(statement, new Dictionary<string, object?>(), AccessMode.Write);
        await using var line = FaultProxy.Before(options.Url);
        using var output = new StringWriter();
        using var error = new StringWriter();
        var host = new Host(
            TimeProvider.System, output, error, name => name == "GRAPHRISK_NEO4J_URL" ? line.Through(options.Url).ToString() : variable(name));
        Assert.That(await CommandLine.RunAsync(["generate", "--clients", "40", "--out", folder.PathOf("market")], host), Is.Zero);
        Assert.That(await CommandLine.RunAsync(["import", folder.PathOf("market"), "--data", folder.PathOf("data")], host), Is.Zero);
        output.GetStringBuilder().Clear();
        Assert.That(await CommandLine.RunAsync(["token", "--role", "regulator", "--purpose", "supervision", "--data", folder.PathOf("data")], host), Is.Zero);
        token = output.ToString().Trim();
        var before = await ServeAsync(host, async (ask, _) => (await ask(Question)).GetRawText());
        Assert.That(before, Does.Contain("name").And.Not.Contain("errors"));

        line.Turn(LineState.Down);
        await ServeAsync(host, async (ask, store) =>
        {
            var answer = await ask(Question);
            Assert.That(answer.GetProperty("data").GetRawText(), Is.EqualTo(JsonDocument.Parse(before).RootElement.GetProperty("data").GetRawText()));
            Assert.That(answer.GetProperty("extensions").TryGetProperty("stale", out _), Is.True);
            line.Turn(LineState.Open);
            while (!(await ask("{ store { available } }")).GetProperty("data").GetProperty("store").GetProperty("available").GetBoolean())
                await Task.Delay(50);
            Assert.That((await ask(Question)).GetRawText(), Is.EqualTo(before), "and says no longer that it is stale");
            return (await store.GetVersionAsync()).Number;
        });
        Assert.That(error.ToString(), Does.Contain("Starting with what was derived from it before"));

        line.Turn(LineState.Down);
        var elsewhere = new Workbench(host, new DataFolder(folder.PathOf("empty")).Create());
        Assert.That(
            async () => await elsewhere.OpenServedStoreAsync(default), Throws.InstanceOf<StoreUnavailableException>(),
            "a data folder that never saw the store has nothing to answer with");
    }

    private async Task<T> ServeAsync<T>(Host host, Func<Func<string, Task<JsonElement>>, IGraphStore, Task<T>> use)
    {
        var bench = new Workbench(host, new DataFolder(folder.PathOf("data")));
        await using var store = await bench.OpenServedStoreAsync(default);
        await using var service = await Service.OpenAsync(
            host, bench, store, null, bench.Folder.ToServerOptions() with { Port = 0, DevelopmentTokens = true }, default);
        await service.StartAsync(default);
        using var http = new HttpClient();
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return await use(async query =>
        {
            using var content = new StringContent(JsonSerializer.Serialize(new { query }), Encoding.UTF8, "application/json");
            using var response = await http.PostAsync(service.Address, content);
            return JsonDocument.Parse(await response.Content.ReadAsStringAsync()).RootElement.Clone();
        }, store);
    }
}
