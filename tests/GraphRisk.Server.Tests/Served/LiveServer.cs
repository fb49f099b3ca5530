using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using GraphRisk.Graph.Snapshots;
using GraphRisk.Graph.Store;
using GraphRisk.Intake.Import.Mapping;
using GraphRisk.Intake.Import.Quarantine;
using GraphRisk.Server.Http;
using GraphRisk.Server.Import;
using GraphRisk.Server.Search;
using GraphRisk.Server.Security;
using GraphRisk.Server.Tests.Http;
using GraphRisk.TestKit;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace GraphRisk.Server.Tests.Served;

/// <summary>An answer that is not JSON, or an error in its place.</summary>
internal sealed record OtherReply(string? MediaType, byte[] Bytes, IReadOnlyList<KeyValuePair<string, IEnumerable<string>>> Headers)
{
    public string Text => Encoding.UTF8.GetString(Bytes);

    /// <summary>A header or trailer; null where it is not there.</summary>
    public string? Header(string name) => Headers.Where(header => header.Key == name).Select(header => string.Join(", ", header.Value)).FirstOrDefault();

    public void Deconstruct(out string? mediaType, out byte[] bytes) => (mediaType, bytes) = (MediaType, Bytes);
}

/// <summary>The whole server over a store, listening on a free loopback port, in a folder of its own.</summary>
internal sealed class LiveServer : IAsyncDisposable
{
    private static readonly DateOnly Today = new(2026, 6, 30);

    private readonly TemporaryFolder folder;
    private readonly WebApplication server;
    private readonly SearchIndex search;
    private readonly QuarantineLog quarantine;
    private readonly HttpClient client = new();
    private readonly Uri address;

    private LiveServer(TemporaryFolder folder, WebApplication server, SearchIndex search, QuarantineLog quarantine)
    {
        (this.folder, this.server, this.search, this.quarantine) = (folder, server, search, quarantine);
        address = new Uri(server.GraphQLAddress());
        var token = server.Services.GetRequiredService<DevelopmentTokens>().Issue(ServedGraph.Regulator, TimeSpan.FromDays(1));
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
    }

    /// <param name="store">The store; the caller closes it.</param>
    /// <param name="watch">How the store is watched.</param>
    /// <param name="keys">Folder of keys shared with other servers; its own where null.</param>
    public static async Task<LiveServer> StartAsync(IGraphStore store, StoreWatchOptions watch, string? keys = null)
    {
        var folder = new TemporaryFolder();
        var options = new ServerOptions { DataDirectory = folder.PathOf("data"), Port = 0, DevelopmentTokens = true, Timeout = TimeSpan.FromMinutes(5) };
        if (keys is not null) options = options with { KeyDirectory = keys };
        var search = SearchIndex.Open(store.Catalog, folder.PathOf("search"));
        var quarantine = QuarantineLog.Open(folder.PathOf("quarantine"));
        var server = GraphServer.Build(options, new ServerDependencies
        {
            Store = store,
            Snapshots = new SnapshotProvider(store, null, new StoreWatch(store, TimeProvider.System, watch)),
            Search = search,
            Clock = TimeProvider.System,
            IdKey = KeyFile.LoadOrCreate(options.IdKeyPath),
            Today = Today,
            // An import of one record is answered when it is done, however busy the machine.
            Import = new ImportDependencies(MappingSet.Load(store.Catalog), quarantine, folder.PathOf("import")) { Grace = TimeSpan.FromMinutes(5) },
        });
        await server.StartAsync();
        return new LiveServer(folder, server, search, quarantine);
    }

    /// <summary>The answer to a query in another media type, with its headers and bytes.</summary>
    /// <exception cref="HttpRequestException">The answer broke off.</exception>
    public async Task<OtherReply> TableAsync(string query, string accept, object? variables = null, Viewer? viewer = null, object? extensions = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, address)
        {
            Content = new StringContent(JsonSerializer.Serialize(new { query, variables, extensions }), Encoding.UTF8, "application/json"),
        };
        request.Headers.Accept.Add(MediaTypeWithQualityHeaderValue.Parse(accept));
        if (viewer is not null) request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", server.Services.GetRequiredService<DevelopmentTokens>().Issue(viewer, TimeSpan.FromDays(1)));
        using var response = await client.SendAsync(request);
        var bytes = await response.Content.ReadAsByteArrayAsync();
        return new OtherReply(response.Content.Headers.ContentType?.ToString(), bytes, [.. response.Headers, .. response.TrailingHeaders]);
    }

    public async Task<Reply> AskAsync(string query, object? variables = null, string? language = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, address)
        {
            Content = new StringContent(JsonSerializer.Serialize(new { query, variables }), Encoding.UTF8, "application/json"),
        };
        if (language is not null) request.Headers.AcceptLanguage.ParseAdd(language);
        using var response = await client.SendAsync(request);
        return new Reply(
            (int)response.StatusCode, response.Content.Headers.ContentType?.ToString(), response.Headers, response.Content.Headers, await response.Content.ReadAsStringAsync());
    }

    /// <summary>The data of an answer without errors.</summary>
    public async Task<JsonElement> DataAsync(string query, object? variables = null)
    {
        var reply = await AskAsync(query, variables);
        Assert.That(reply.Code, Is.Null, reply.Body);
        return JsonDocument.Parse(reply.Body).RootElement.GetProperty("data");
    }

    public async Task<JsonElement> HealthAsync() => JsonDocument.Parse(await client.GetStringAsync(new Uri(address, Health.Path))).RootElement;

    /// <summary>Records a company's name, as the registry's file would.</summary>
    public Task<Reply> NameAsync(int company, string name) => AskAsync(
        $$"""mutation { importRecords(file: "registry/companies.csv", resolve: false, text: "uscc,name,legal_form,industry,region,address,registered_capital,established\n{{Uscc(company)}},{{name}},有限责任公司,制造,31,,1000.00,2010-01-01\n") { asserted stamp { version } } }""");

    /// <summary>A company's name as it is known; null where it is not.</summary>
    public async Task<string?> NameOfAsync(int company)
    {
        var reply = await AskAsync($$"""{ node(id: "Company/registry:{{Uscc(company)}}") { ... on Company { name } } }""");
        if (reply.Code == "NOT_FOUND") return null;
        Assert.That(reply.Code, Is.Null, reply.Body);
        return JsonDocument.Parse(reply.Body).RootElement.TextAt("data.node.name");
    }

    public async ValueTask DisposeAsync()
    {
        client.Dispose();
        await server.DisposeAsync();
        search.Dispose();
        quarantine.Dispose();
        folder.Dispose();
    }

    private static string Uscc(int company) => "91310000MA1FL" + company.ToString("0000", CultureInfo.InvariantCulture) + "A";
}
