using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using GraphRisk.Cli.Commands;
using GraphRisk.Cli.Composition;
using GraphRisk.Graph.Store;
using GraphRisk.Server.Search;
using GraphRisk.Server.Security;
using GraphRisk.TestKit;

namespace GraphRisk.Cli.Tests.Analysts;

/// <summary>
/// The published market as <c>graphrisk serve</c> serves it, over HTTP, asked by a regulator to whom names are shown. Ids
/// are opaque, so each party that Neo4j shows is asked for by its id there; by what is answered ids are read back.
/// </summary>
internal sealed class ServedMarket : IAsyncDisposable
{
    private const int NodesOfARequest = 50;
    private readonly TemporaryFolder folder = new();
    private readonly Dictionary<string, string> plain = new(StringComparer.Ordinal);
    private readonly HttpClient http = new();
    private readonly PublishedMarket market;
    private IGraphStore store = null!;
    private Service service = null!;

    private ServedMarket(PublishedMarket market)
    {
        this.market = market;
        var variable = Neo4jTestServer.Require();
        Host = new Host(TimeProvider.System, TextWriter.Null, TextWriter.Null, name => name == "GRAPHRISK_MODELS" ? market.Models : variable(name));
    }

    /// <summary>What a command has from outside, to work over the same store and model.</summary>
    public Host Host { get; }

    public static async Task<ServedMarket> StartAsync(PublishedMarket market)
    {
        var served = new ServedMarket(market);
        await served.ServeAsync();
        await served.LearnIdsAsync();
        return served;
    }

    /// <summary>A path in the folder of the server.</summary>
    public string PathOf(string name) => folder.PathOf(name);

    /// <summary>The data of an answer without errors.</summary>
    public async Task<JsonElement> AskAsync(string query, params (string Name, object? Value)[] variables)
    {
        var answer = await PostAsync(query, variables);
        Assert.That(answer.TryGetProperty("errors", out _), Is.False, $"{query} {answer.GetRawText()}");
        return answer.GetProperty("data");
    }

    /// <summary>The answers to one root field of many nodes, many in a request; <c>$id</c> stands for the id of each.</summary>
    public async IAsyncEnumerable<(string Id, JsonElement Answer)> AskOfEachAsync(IEnumerable<string> nodes, string field)
    {
        foreach (var ids in nodes.Chunk(NodesOfARequest))
        {
            var fields = ids.Select((id, at) => $"n{at}: {field.Replace("$id", JsonSerializer.Serialize(id), StringComparison.Ordinal)}");
            var data = await AskAsync($"{{ {string.Join(' ', fields)} }}");
            for (var at = 0; at < ids.Length; at++) yield return (ids[at], data.GetProperty($"n{at}"));
        }
    }

    /// <summary>The code with which a question is refused.</summary>
    public async Task<string?> RefusalAsync(string query, params (string Name, object? Value)[] variables)
    {
        var answer = await PostAsync(query, variables);
        Assert.That(answer.TryGetProperty("errors", out var errors), Is.True, $"{query} {answer.GetRawText()}");
        return errors[0].TextAt("extensions.code");
    }

    /// <summary>All edges of a connection, page by page; the query takes <c>$after</c>.</summary>
    public async Task<List<JsonElement>> EdgesAsync(string query, string connection, params (string Name, object? Value)[] variables)
    {
        var edges = new List<JsonElement>();
        for (string? after = null; ;)
        {
            var page = (await AskAsync(query, [.. variables, ("after", after)])).At(connection);
            edges.AddRange(page.GetProperty("edges").EnumerateArray());
            if (!page.At("pageInfo.hasNextPage").GetBoolean()) return edges;
            after = page.TextAt("pageInfo.endCursor");
        }
    }

    /// <summary>The id in Neo4j of what a path leads to; an id that nothing there has is left as it is.</summary>
    public string IdAt(JsonElement element, string path) => plain.GetValueOrDefault(element.TextAt(path), element.TextAt(path));

    /// <summary>The same over a list, ordered.</summary>
    public string[] IdsAt(JsonElement element, string path) =>
        [.. element.At(path).EnumerateArray().Select(item => IdAt(item, "id")).Order(StringComparer.Ordinal)];

    public async ValueTask DisposeAsync()
    {
        http.Dispose();
        if (service is not null) await service.DisposeAsync();
        if (store is not null) await store.DisposeAsync();
        folder.Dispose();
    }

    private async Task ServeAsync()
    {
        var data = new DataFolder(folder.PathOf("data")).Create();
        var bench = new Workbench(Host, data);
        store = await bench.OpenServedStoreAsync(default);
        // The first search reads every change of the store, which takes a busy machine longer than a question may.
        using (var search = SearchIndex.Open(bench.Catalog, bench.Folder.Search))
            await search.CatchUpAsync(store, (await store.GetVersionAsync()).Number);
        service = await Service.OpenAsync(
            Host, bench, store, null, bench.Folder.ToServerOptions() with { Port = 0, DevelopmentTokens = true }, default);
        await service.StartAsync(default);
        var token = TokenCommand.Issue(
            Host, data, TokenCommand.ViewerOf(Role.Regulator, null, "supervision", "a test needs to see"), TimeSpan.FromDays(1));
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
    }

    private async Task LearnIdsAsync()
    {
        var rows = await market.RunAsync("MATCH (n:Party) RETURN n.id AS id UNION MATCH (n:Agreement) RETURN 'Agreement/' + n.key AS id");
        await foreach (var (id, node) in AskOfEachAsync(rows.Select(row => (string)row["id"]!), "node(id: $id) { id }"))
            plain.Add(node.TextAt("id"), id);
    }

    private async Task<JsonElement> PostAsync(string query, (string Name, object? Value)[] variables)
    {
        var body = JsonSerializer.Serialize(new { query, variables = variables.ToDictionary(pair => pair.Name, pair => pair.Value) });
        using var content = new StringContent(body, Encoding.UTF8, "application/json");
        using var response = await http.PostAsync(service.Address, content);
        return JsonDocument.Parse(await response.Content.ReadAsStringAsync()).RootElement;
    }
}

internal static class ServedAnswers
{
    /// <summary>What a path of names leads to, such as <c>exposure.party.id</c>.</summary>
    public static JsonElement At(this JsonElement element, string path) =>
        path.Split('.').Aggregate(element, (reached, name) => reached.GetProperty(name));

    /// <summary>The text a path leads to.</summary>
    public static string TextAt(this JsonElement element, string path) => element.At(path).GetString()!;
}
