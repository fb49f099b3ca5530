using GraphRisk.Graph.Snapshots;
using GraphRisk.Graph.Store;
using GraphRisk.Intake.Import.Mapping;
using GraphRisk.Scoring.Registry;
using GraphRisk.Server;
using GraphRisk.Server.Http;
using GraphRisk.Server.Import;
using GraphRisk.Server.Search;
using GraphRisk.Server.Security;
using GraphRisk.Server.Security.Audit;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Hosting;

namespace GraphRisk.Cli.Composition;

/// <summary>A GraphQL server over a store, with the snapshots, model, search index and quarantine of the data folder.</summary>
internal sealed class Service : IAsyncDisposable
{
    private readonly WebApplication server;
    private readonly List<IDisposable> opened;
    private readonly Func<CancellationToken, Task> follow;
    private readonly CancellationTokenSource stop = new();
    private Task following = Task.CompletedTask;

    private Service(WebApplication server, List<IDisposable> opened, Func<CancellationToken, Task> follow)
    {
        this.server = server;
        this.opened = opened;
        this.follow = follow;
    }

    /// <summary>Address of the endpoint; known once the server has started.</summary>
    public string Address => server.GraphQLAddress();

    /// <summary>Opens everything and builds the server; it does not listen yet.</summary>
    /// <param name="host">Clock and writers.</param>
    /// <param name="bench">Data folder and schema.</param>
    /// <param name="store">The store; the caller closes it after the service.</param>
    /// <param name="asOf">Day a question without as-of is about; the last day the sources speak of where null.</param>
    /// <param name="options">Who signs people in, where to listen, where keys are.</param>
    /// <param name="cancellation">Ends the opening.</param>
    /// <param name="isForOneQuestion">What a question may not need is opened when it does: the model, and the search index is not brought up to the store.</param>
    public static async Task<Service> OpenAsync(
        Host host, Workbench bench, IGraphStore store, DateOnly? asOf, ServerOptions options, CancellationToken cancellation, bool isForOneQuestion = false)
    {
        GraphRiskServer.Check(options);
        var (calendar, rules) = (bench.Calendar(), bench.WarningRules());
        var snapshots = bench.OpenSnapshots(store, capacity: 4, bench.WatchOf(store));
        var opening = Task.Run(() => (Search: SearchIndex.Open(bench.Catalog, bench.Folder.Search, host.Error.WriteLine), Mappings: MappingSet.Load(bench.Catalog)), cancellation);
        var day = asOf ?? await LastDay.FindAsync(snapshots, host.Clock, cancellation) ?? DateOnly.FromDateTime(host.Clock.GetUtcNow().UtcDateTime);
        var champion = new Lazy<ChampionWatch>(() => new ChampionWatch(host, bench.Folder));
        if (!isForOneQuestion) _ = champion.Value;
        var quarantine = bench.OpenQuarantine();
        var accessLog = AuditIndex.Open(options.Audit);
        var (search, mappings) = await opening;
        var dependencies = new ServerDependencies
        {
            Store = store,
            Snapshots = snapshots,
            Search = search,
            Clock = host.Clock,
            Champion = () => champion.Value.Now(),
            Reports = FiledRecords.Reports(bench.Folder),
            FiledScores = FiledRecords.FiledScoresOf(bench.Folder),
            Models = version => champion.Value.Of(version),
            Import = new ImportDependencies(mappings, quarantine, bench.Folder.Sources),
            Resolution = bench.ResolutionOptions(),
            IdKey = KeyFile.LoadOrCreate(options.IdKeyPath),
            Today = day,
            FollowsData = asOf is null,
            AccessLog = accessLog,
            Calendar = calendar,
            WarningRules = rules,
        };
        List<IDisposable> opened = [search, quarantine, accessLog, new Opened(champion)];
        return new Service(GraphServer.Build(options, dependencies), opened, token => isForOneQuestion ? Task.CompletedTask : FollowAsync(host, store, search, token));
    }

    /// <summary>Listens, and meanwhile brings the search index up to the store, which the first search would wait for; not for one question.</summary>
    public async Task StartAsync(CancellationToken cancellation)
    {
        await server.StartAsync(cancellation);
        following = Task.Run(() => follow(stop.Token), CancellationToken.None);
    }

    /// <summary>Says in one line that it listens, and answers until it is told to stop.</summary>
    public async Task AnswerAsync(Host host, CancellationToken cancellation)
    {
        await host.Out.WriteLineAsync($"ready {Address}");
        await host.Out.FlushAsync(cancellation);
        await server.WaitForShutdownAsync(cancellation);
    }

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        try
        {
            await following;
        }
        finally
        {
            await server.DisposeAsync();
            foreach (var piece in opened) piece.Dispose();
            stop.Dispose();
        }
    }

    /// <summary>Closes the models there are, where any was opened.</summary>
    private sealed class Opened(Lazy<ChampionWatch> champion) : IDisposable
    {
        public void Dispose()
        {
            if (champion.IsValueCreated) champion.Value.Dispose();
        }
    }

    private static async Task FollowAsync(Host host, IGraphStore store, SearchIndex search, CancellationToken cancellation)
    {
        try
        {
            await search.CatchUpAsync(store, (await store.GetVersionAsync(cancellation)).Number, cancellation);
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            // The server ends; what the index has is kept.
        }
        catch (StoreUnavailableException error)
        {
            await host.Error.WriteLineAsync($"{error.Message} The search index follows at the next search.");
        }
    }
}
