using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using GraphRisk.Graph.Facts;
using GraphRisk.Graph.Schema;
using GraphRisk.Graph.Snapshots;
using GraphRisk.Intake.Import;
using GraphRisk.Intake.Import.Mapping;
using GraphRisk.Intake.Import.Quarantine;
using GraphRisk.Intake.Resolution;
using GraphRisk.Market;
using GraphRisk.Scoring.Labels;
using GraphRisk.Scoring.Models;
using GraphRisk.Scoring.Training;
using GraphRisk.Server;
using GraphRisk.Server.Budget;
using GraphRisk.Server.Http;
using GraphRisk.Server.Search;
using GraphRisk.Server.Security;
using GraphRisk.Stores;
using GraphRisk.Stores.Sqlite;
using GraphRisk.TestKit;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace GraphRisk.Benchmarks.Budget;

/// <summary>The sample market served over HTTP from a folder: imported, resolved and trained there at the first run.</summary>
internal sealed class ServedSample : IAsyncDisposable
{
    private static readonly DateTimeOffset RecordedAt = new(2026, 1, 5, 0, 0, 0, TimeSpan.Zero);

    private readonly WebApplication server;
    private readonly SqliteGraphStore? store;
    private readonly SearchIndex search;
    private readonly CreditModel? model;
    private string? once;
    private readonly HttpClient http = new() { Timeout = TimeSpan.FromHours(1) };

    private ServedSample(WebApplication server, SearchIndex search, SqliteGraphStore? store, CreditModel? model) =>
        (this.server, this.search, this.store, this.model) = (server, search, store, model);

    /// <summary>The loopback port it listens on.</summary>
    public int Port => new Uri(server.GraphQLAddress()).Port;

    public IServiceProvider Services => server.Services;

    /// <summary>A token as of <see cref="RegulatorWithReason"/> that stays the same.</summary>
    public string RegulatorWithReasonOnce => once ??= RegulatorWithReason;

    public string Regulator => TokenOf(Role.Regulator, null, "supervision");

    /// <summary>A regulator who states a reason, and reads what is masked otherwise.</summary>
    public string RegulatorWithReason => TokenOf(Role.Regulator, null, "supervision", "a load test");

    public string Broker => TokenOf(Role.Broker, "Broker/B001", "kyc");

    public string ClientToken(string id) => TokenOf(Role.Client, id, "own-record");

    /// <param name="folder">Where store, model and keys are kept.</param>
    /// <param name="budget">How the server shares out what it can do.</param>
    public static async Task<ServedSample> OpenAsync(string folder, BudgetOptions budget)
    {
        Directory.CreateDirectory(folder);
        var store = GraphStores.OpenSqlite(Path.Combine(folder, "store.db"), SchemaCatalog.LoadEmbedded());
        if ((await store.GetVersionAsync()).Number == 0) await FillAsync(store, folder);
        var snapshots = new SnapshotProvider(store);
        var latest = await snapshots.GetAsync(Validity.CloseOf(DateOnly.FromDateTime(RecordedAt.UtcDateTime)));
        var model = await ModelTraining.RunAsync(
            new TrainingHistory(latest, latest.Stamp.KnownAt, (day, known, cancellation) => snapshots.GetAsync(Validity.CloseOf(day), known, cancellation)),
            new TrainingOptions { Parallelism = 1 }, RecordedAt.AddHours(2));
        var day = DataReach.Of(new MarketReading(latest)).Last;
        var (server, search) = await StartAsync(store, new SnapshotProvider(store), model, day, folder, budget);
        return new ServedSample(server, search, store, model);
    }

    /// <summary>Another store than the sample's, served in the same way; whoever opened store and model closes them.</summary>
    /// <param name="snapshots">Where its snapshots come from.</param>
    /// <param name="day">Day a question without as-of is about.</param>
    /// <param name="folder">Where keys and the search index are kept.</param>
    public static async Task<ServedSample> OverAsync(SqliteGraphStore store, SnapshotProvider snapshots, CreditModel? model, DateOnly day, string folder)
    {
        Directory.CreateDirectory(folder);
        var (server, search) = await StartAsync(store, snapshots, model, day, folder, HostileLoad.WithoutShares());
        return new ServedSample(server, search, null, null);
    }

    private static async Task<(WebApplication Server, SearchIndex Search)> StartAsync(
        SqliteGraphStore store, SnapshotProvider snapshots, CreditModel? model, DateOnly day, string folder, BudgetOptions budget)
    {
        var options = new ServerOptions { DataDirectory = Path.Combine(folder, "data"), Port = 0, DevelopmentTokens = true, Budget = budget };
        var search = SearchIndex.Open(store.Catalog, Path.Combine(folder, "search"));
        var server = GraphServer.Build(options, new ServerDependencies
        {
            Store = store,
            Snapshots = snapshots,
            Search = search,
            Clock = TimeProvider.System,
            IdKey = KeyFile.LoadOrCreate(options.IdKeyPath),
            Model = model,
            Today = day,
        });
        await server.StartAsync();
        return (server, search);
    }

    /// <summary>Asks, and gives the first error's code, null without one, the answer's bytes, and the work it tells of.</summary>
    public async Task<(string? Code, int Bytes, long Work)> AskAsync(string token, string query, string variables = "{}")
    {
        var answer = await SendAsync(token, query, variables);
        using var json = JsonDocument.Parse(answer);
        var code = json.RootElement.TryGetProperty("errors", out var errors) ? errors[0].GetProperty("extensions").GetProperty("code").GetString() : null;
        var work = json.RootElement.TryGetProperty("extensions", out var told) && told.TryGetProperty("cost", out var cost)
            ? cost.GetProperty("work").GetProperty("spent").GetInt64() : 0;
        return (code, answer.Length, work);
    }

    /// <summary>Asks, and gives the answer.</summary>
    public async Task<JsonDocument> ReadAsync(string token, string query) => JsonDocument.Parse(await SendAsync(token, query));

    /// <summary>Writes a table to a file and gives its bytes.</summary>
    public async Task<long> SaveAsync(string token, string query, string type, string path)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(server.GraphQLAddress()))
        {
            Content = new StringContent(JsonSerializer.Serialize(new { query }), Encoding.UTF8, "application/json"),
        };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue(type));
        using var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        if (response.Content.Headers.ContentType?.MediaType != type) throw new InvalidOperationException(await response.Content.ReadAsStringAsync());
        await using var file = File.Create(path);
        await response.Content.CopyToAsync(file);
        return file.Length;
    }

    /// <summary>Ids of a client and of a company.</summary>
    public async Task<(string Client, string Company)> FindAsync()
    {
        using var json = await ReadAsync(
            Regulator, "{ clients(first: 200) { nodes { id } } search(text: \"有限公司\", types: [COMPANY], first: 1) { nodes { id } } }");
        var data = json.RootElement.TryGetProperty("data", out var found) ? found : throw new InvalidOperationException(json.RootElement.ToString());
        return (
            data.GetProperty("clients").GetProperty("nodes")[100].GetProperty("id").GetString()!,
            data.GetProperty("search").GetProperty("nodes")[0].GetProperty("id").GetString()!);
    }

    public async ValueTask DisposeAsync()
    {
        http.Dispose();
        await server.DisposeAsync();
        search.Dispose();
        model?.Dispose();
        if (store is not null) await store.DisposeAsync();
    }

    /// <summary>A token of a viewer, for a day.</summary>
    public string TokenOf(Viewer viewer) => server.Services.GetRequiredService<DevelopmentTokens>().Issue(viewer, TimeSpan.FromDays(1));

    private async Task<byte[]> SendAsync(string token, string query, string variables = "{}")
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(server.GraphQLAddress()))
        {
            Content = new StringContent(JsonSerializer.Serialize(new { query, variables = JsonNode.Parse(variables) }), Encoding.UTF8, "application/json"),
        };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        using var response = await http.SendAsync(request);
        return await response.Content.ReadAsByteArrayAsync();
    }

    private string TokenOf(Role role, string? of, string purpose, string? reason = null) => TokenOf(new Viewer(role, of, PurposeCatalog.Default.Find(purpose), reason));

    private static async Task FillAsync(SqliteGraphStore store, string folder)
    {
        using var quarantine = QuarantineLog.Open(Path.Combine(folder, "quarantine"));
        var importer = new Importer(store.Catalog, MappingSet.Load(store.Catalog), quarantine);
        await importer.ImportAsync(store, [Repository.PathOf("samples", "market")], new ImportOptions(RecordedAt));
        await new Resolver(store, new ResolutionOptions()).ResolveAsync(RecordedAt.AddHours(1));
    }
}
