using GraphRisk.Graph.Entitlements;
using GraphRisk.Graph.Facts;
using GraphRisk.Graph.Schema;
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
using GraphRisk.Stores;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace GraphRisk.Cli.Composition;

/// <summary>A GraphQL server over a store, with the snapshots, model, search index and quarantine of the data folder.</summary>
internal sealed class Service : IAsyncDisposable
{
    /// <summary>What an answer may take beside its limit until its last byte has left.</summary>
    public static readonly TimeSpan ClosingGrace = TimeSpan.FromSeconds(5);

    private readonly WebApplication server;
    private readonly List<IDisposable> opened;
    private readonly Func<CancellationToken, Task> prepare;
    private readonly TimeSpan longestAnswer;

    private Service(WebApplication server, List<IDisposable> opened, TimeSpan longestAnswer, Func<CancellationToken, Task> prepare)
    {
        this.server = server;
        this.opened = opened;
        this.longestAnswer = longestAnswer;
        this.prepare = prepare;
    }

    private Presence Presence => server.Services.GetRequiredService<Presence>();

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
        var watch = bench.WatchOf(store);
        store = new ObservedGraphStore(store, host.Clock);
        var snapshots = bench.OpenSnapshots(store, capacity: 4, watch);
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
        return new Service(GraphServer.Build(options, dependencies), opened, options.Timeout, token => PrepareAsync(host, store, snapshots, day, search, token));
    }

    /// <summary>Listens; whoever asks is answered, the first as late as what it needs is made.</summary>
    /// <exception cref="UserErrorException">An address cannot be listened on.</exception>
    public async Task StartAsync(CancellationToken cancellation)
    {
        try
        {
            await server.StartAsync(cancellation);
        }
        catch (IOException error)
        {
            throw new UserErrorException($"{error.Message.TrimEnd('.')}: another program listens there, or the machine has no such address. End that program, or give another with --port, --listen or --metrics-listen.");
        }
    }

    /// <summary>
    /// Makes what the first questions would wait for, says in one line that it is ready, and answers until it is told to stop. Then it refuses new questions and finishes
    /// those it has, which takes as long as a question may.
    /// </summary>
    public async Task AnswerAsync(Host host, CancellationToken cancellation)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation, server.Lifetime.ApplicationStopping);
        try
        {
            await prepare(stop.Token);
            Presence.MarkReady();
            await host.Out.WriteLineAsync($"ready {Address}");
            await host.Out.FlushAsync(stop.Token);
            await Task.Delay(Timeout.InfiniteTimeSpan, stop.Token);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // It was told to stop.
        }

        if (await Presence.EndAsync(longestAnswer + ClosingGrace) is > 0 and var cut)
            await host.Error.WriteLineAsync(FormattableString.Invariant($"{cut} questions were not answered in time and are broken off."));
        await server.StopAsync(CancellationToken.None);
    }

    public async ValueTask DisposeAsync()
    {
        await server.DisposeAsync();
        foreach (var piece in opened) piece.Dispose();
    }

    /// <summary>Closes the models there are, where any was opened.</summary>
    private sealed class Opened(Lazy<ChampionWatch> champion) : IDisposable
    {
        public void Dispose()
        {
            if (champion.IsValueCreated) champion.Value.Dispose();
        }
    }

    /// <summary>The snapshots of the day, the whole and what is open to brokers, and the search index.</summary>
    private static async Task PrepareAsync(Host host, IGraphStore store, SnapshotProvider snapshots, DateOnly day, SearchIndex search, CancellationToken cancellation)
    {
        try
        {
            foreach (var entitlement in new[] { Entitlement.Whole, Entitlement.OfOpen(Sensitivity.Internal) })
                await snapshots.GetAsync(Validity.CloseOf(day), null, entitlement, cancellation);
            await search.CatchUpAsync(store, (await store.GetVersionAsync(cancellation)).Number, cancellation);
        }
        catch (Exception error) when (error is StoreUnavailableException or IOException)
        {
            await host.Error.WriteLineAsync($"{error.Message} What is not made yet is made at the first question that needs it.");
        }
    }
}
