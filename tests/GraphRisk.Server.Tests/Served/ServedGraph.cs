using System.Text;
using System.Text.Json;
using GraphQL;
using GraphQL.SystemTextJson;
using GraphQL.Types;
using GraphRisk.Graph.Facts;
using GraphRisk.Graph.Snapshots;
using GraphRisk.Graph.Store;
using GraphRisk.Server.Budget;
using GraphRisk.Server.Http;
using GraphRisk.Server.Nodes;
using GraphRisk.Server.Search;
using GraphRisk.Server.Security;
using GraphRisk.Server.Selection;
using GraphRisk.Server.Sessions;
using GraphRisk.TestKit;

namespace GraphRisk.Server.Tests.Served;

/// <summary>A graph in memory behind the GraphQL schema as it is served, without HTTP: guarded, with viewers and error shapes.</summary>
internal sealed class ServedGraph : IAsyncDisposable
{
    public static readonly DateOnly Today = new(2024, 6, 30);
    public static readonly DateTimeOffset Now = Validity.StartOf(Today).AddHours(9);

    private static readonly GraphQLSerializer Serializer = new(
        json => json.Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping, new ErrorShape());

    private readonly TemporaryFolder folder = new();
    private readonly ISchema schema;
    private readonly List<Exception> faults = [];
    private int sets;

    private ServedGraph(IGraphStore store, Func<ServerDependencies, ServerDependencies>? change)
    {
        Store = store;
        Dependencies = new ServerDependencies
        {
            Store = store,
            Snapshots = SnapshotsOf(store),
            Search = SearchIndex.Open(store.Catalog, folder.PathOf("search")),
            Clock = new FixedClock(Now),
            IdKey = "a key for tests only"u8.ToArray(),
            Today = Today,
        };
        Dependencies = change?.Invoke(Dependencies) ?? Dependencies;
        schema = GraphServer.SchemaOf(Dependencies);
        Session = new GraphSession(store, Dependencies.Snapshots, Dependencies.Clock, new DataDay(Dependencies.Snapshots, Dependencies.Clock, Dependencies.Today, Dependencies.FollowsData));
        AccessEnforcement.Enforce(schema, GraphServer.GroundsOf(Session, Dependencies));
    }

    /// <summary>Snapshots of a small store, as many days of it as tests ask about: building them takes most of the time of tests that go from day to day.</summary>
    public static SnapshotProvider SnapshotsOf(IGraphStore store) => new(store, new SnapshotProviderOptions { Capacity = 32 });

    public IGraphStore Store { get; }

    public ServerDependencies Dependencies { get; }

    public GraphSession Session { get; }

    public ISchema Schema => schema;

    public static Viewer Regulator { get; } = As(Role.Regulator, null, "supervision", "a test needs to see");

    public static Viewer RegulatorMasked { get; } = As(Role.Regulator, null, "supervision");

    public static Viewer Analyst { get; } = As(Role.Analyst, null, "model-validation");

    public static Viewer Broker(string code) => As(Role.Broker, $"Broker/{code}", "kyc", "a test needs to see");

    public static Viewer Client(string id) => As(Role.Client, id, "own-record");

    public static Viewer As(Role role, string? of, string? purpose, string? reason = null) =>
        new(role, of, PurposeCatalog.Default.Find(purpose), reason);

    public static async Task<ServedGraph> Of(MarketSketch sketch, Func<ServerDependencies, ServerDependencies>? change = null)
    {
        var served = new ServedGraph(new InMemoryGraphStore(MarketSketch.Catalog), change);
        await served.Record(sketch.Changes);
        return served;
    }

    public static ServedGraph Over(IGraphStore store, Func<ServerDependencies, ServerDependencies>? change = null) => new(store, change);

    /// <summary>Records changes, each call an hour after the one before.</summary>
    public async Task<StoreVersion> Record(IEnumerable<Change> changes)
    {
        sets++;
        var result = await Store.AppendAsync(new ChangeSet($"set {sets}", Now.AddDays(-7).AddHours(sets), "test", [.. changes]));
        return result.Version;
    }

    /// <summary>The global id a viewer is given for a node.</summary>
    public string IdOf(Viewer viewer, NodeId id) => new NodeIds(new GraphRisk.Server.Composition.Sealer(Dependencies.IdKey.Span)).Of(viewer, id);

    /// <summary>The whole answer as JSON text.</summary>
    public async Task<string> AskText(Viewer viewer, string query, string variables = "{}", QuestionBudget? budget = null)
    {
        var request = budget is null ? new RequestContext(viewer, "test") : new RequestContext(viewer, "test", budget);
        var options = new ExecutionOptions
        {
            Schema = schema,
            Query = query,
            Variables = VariableReader.Read(Encoding.UTF8.GetBytes(variables)),
            UserContext = request,
            CancellationToken = budget?.Cancellation ?? default,
            UnhandledExceptionDelegate = fault =>
            {
                lock (faults) faults.Add(fault.OriginalException);
                return Task.CompletedTask;
            },
        };
        options.Listeners.Add(new EstimateListener(new BudgetOptions()));
        options.Listeners.Add(new InputHints());
        var result = await new OrderedExecuter().ExecuteAsync(options);
        if (faults.Count > 0) throw new AggregateException("A resolver failed with a fault, not with a typed error.", faults);
        using var stream = new MemoryStream();
        await Serializer.WriteAsync(stream, result);
        return Encoding.UTF8.GetString(stream.ToArray());
    }

    /// <summary>The data of an answer that must be without errors.</summary>
    public async Task<JsonElement> Ask(Viewer viewer, string query, string variables = "{}")
    {
        var text = await AskText(viewer, query, variables);
        var answer = JsonDocument.Parse(text).RootElement;
        Assert.That(answer.TryGetProperty("errors", out _), Is.False, text);
        return answer.GetProperty("data");
    }

    /// <summary>The codes of the errors of an answer, in order.</summary>
    public async Task<string[]> Codes(Viewer viewer, string query, string variables = "{}")
    {
        var answer = JsonDocument.Parse(await AskText(viewer, query, variables)).RootElement;
        return answer.TryGetProperty("errors", out var errors)
            ? [.. errors.EnumerateArray().Select(error => error.GetProperty("extensions").GetProperty("code").GetString()!)]
            : [];
    }

    public async ValueTask DisposeAsync()
    {
        Dependencies.Search.Dispose();
        await Store.DisposeAsync();
        folder.Dispose();
    }

    internal sealed class FixedClock(DateTimeOffset now) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => now;
    }
}

internal static class Answers
{
    /// <summary>What a path of names and positions leads to, such as <c>company.holders.edges.0.node.name</c>.</summary>
    public static JsonElement At(this JsonElement element, string path)
    {
        foreach (var step in path.Split('.'))
            element = int.TryParse(step, out var index) ? element[index] : element.GetProperty(step);
        return element;
    }

    public static string? TextAt(this JsonElement element, string path) => element.At(path).GetString();

    /// <summary>The texts of one field over a list.</summary>
    public static string?[] TextsAt(this JsonElement element, string list, string field) =>
        [.. element.At(list).EnumerateArray().Select(item => item.TextAt(field))];
}
