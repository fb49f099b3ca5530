using System.Globalization;
using System.Runtime;
using GraphRisk.Graph.Schema;
using GraphRisk.Graph.Snapshots;
using GraphRisk.Graph.Store;
using GraphRisk.Intake.Import;
using GraphRisk.Intake.Import.Mapping;
using GraphRisk.Intake.Import.Quarantine;
using GraphRisk.Intake.Resolution;
using GraphRisk.Market.Calendar;
using GraphRisk.Market.Publishing;
using GraphRisk.Stores;
using GraphRisk.Stores.Neo4j;
using GraphRisk.Stores.Replica;
using GraphRisk.Stores.Sqlite;
using GraphRisk.Workflow.Warnings.Rules;

namespace GraphRisk.Cli.Composition;

/// <summary>
/// Opens what a command works with: the schema, the store of the data folder, the importer with its quarantine.
/// </summary>
internal sealed class Workbench
{
    private readonly Host host;

    /// <summary>Opens nothing yet; says where others on the machine may look into the folders.</summary>
    public Workbench(Host host, DataFolder folder)
    {
        this.host = host = host.In(folder.Path);
        Folder = folder.SharedAsIn(host);
        foreach (var loose in new[] { Folder.Path, Folder.SharedKeys, Folder.SharedModels })
        {
            if (loose is not null && OwnerOnly.Advice(loose) is { } advice) host.Error.WriteLine(advice);
        }
    }

    /// <summary>How long those who wait for an answer, and the first attempt of everyone, wait for a server that is away.</summary>
    public static readonly TimeSpan Soon = TimeSpan.FromSeconds(3);

    public SchemaCatalog Catalog { get; } = SchemaCatalog.LoadEmbedded();

    /// <summary>The data folder; what is derived from a store stands apart for each, once the store is open.</summary>
    public DataFolder Folder { get; private set; }

    /// <summary>How the store is resolved, by weights kept beside it.</summary>
    public ResolutionOptions ResolutionOptions() => new() { ModelFile = Folder.Resolution };

    /// <summary>Working days: China's as shipped, and in their place or beside them the years the data folder tells.</summary>
    /// <exception cref="UserErrorException">The folder's file is no calendar.</exception>
    public WorkingCalendar Calendar()
    {
        try
        {
            return File.Exists(Folder.Calendar) ? WorkingCalendar.China.With(WorkingCalendar.Read(File.ReadAllText(Folder.Calendar))) : WorkingCalendar.China;
        }
        catch (InvalidDataException error)
        {
            throw new UserErrorException($"{Folder.Calendar}: {error.Message}");
        }
    }

    /// <summary>Rules of early warning: the shipped ones, and of brokers that have a file in the data folder their own; a file that holds none is a finding of every round.</summary>
    public WarningRuleShelf WarningRules()
    {
        var shelf = WarningRuleShelf.Shipped;
        if (!Directory.Exists(Folder.WarningRules)) return shelf;
        foreach (var file in Directory.GetFiles(Folder.WarningRules).Order(StringComparer.Ordinal)) shelf = shelf.WithOrFinding(Path.GetFileName(file), File.ReadAllText(file));
        return shelf;
    }

    /// <summary>The store on Neo4j where <c>GRAPHRISK_NEO4J_URL</c> names a server, else the embedded one of the data folder.</summary>
    /// <param name="cancellation">Ends the opening.</param>
    /// <param name="mayMake">Whether the command makes an embedded store where there is none.</param>
    /// <exception cref="UserErrorException">There is no embedded store, and the command makes none.</exception>
    /// <exception cref="StoreUnavailableException">The store cannot be opened, or is not the one that was here; a server that is away was waited for as long as it is for any request.</exception>
    public async ValueTask<IGraphStore> OpenStoreAsync(CancellationToken cancellation, bool mayMake = false)
    {
        if (Neo4jOptions.FromEnvironment(host.Variable) is not { } options) return OpenEmbedded(mayMake);
        try
        {
            return await OpenNeo4jAsync(options with { OpenFor = Soon }, cancellation);
        }
        catch (StoreUnavailableException error) when (error.IsAway)
        {
            await host.Error.WriteLineAsync(FormattableString.Invariant($"{error.Message} It is waited for, up to {options.RetryFor.TotalSeconds:0} s."));
            return await OpenNeo4jAsync(options, cancellation);
        }
    }

    /// <summary>
    /// The same for those who wait for an answer: what they ask is not tried again for long, and a server on Neo4j that is away
    /// is no hindrance where what it held was seen before.
    /// </summary>
    /// <param name="cancellation">Ends the opening.</param>
    /// <exception cref="StoreUnavailableException">The store cannot be opened, and it was never opened from this data folder.</exception>
    public async ValueTask<IGraphStore> OpenServedStoreAsync(CancellationToken cancellation)
    {
        if (Neo4jOptions.FromEnvironment(host.Variable) is not { } server) return OpenEmbedded(mayMake: false);
        var options = server with { RetryFor = Soon };
        try
        {
            return await OpenNeo4jAsync(options, cancellation);
        }
        catch (StoreUnavailableException error) when (error.IsAway && new KnownServers(Folder.KnownServers).Find(options) is { } identity)
        {
            await host.Error.WriteLineAsync($"{error.Message} Starting with what was derived from it before.");
            Folder = Folder with { StoreIdentity = identity };
            var late = new LateGraphStore(Catalog, async token =>
            {
                var store = await GraphStores.OpenNeo4jAsync(options, Catalog, host.Clock, token);
                if (store.Identity == identity) return store;
                await store.DisposeAsync();
                throw new StoreUnavailableException($"{options.Url} holds another store than it did; restart to serve that one.");
            });
            return ReplicatedGraphStore.OpenAway(late, Folder.Replica, host.Error.WriteLine);
        }
    }

    /// <summary>There is a store to open: a server is named, or the data folder has a file.</summary>
    public bool HasStore => Neo4jOptions.FromEnvironment(host.Variable) is not null || File.Exists(Folder.Store);

    /// <summary>The store for one look beside whatever server has it open; nothing is made where there is none.</summary>
    /// <param name="cancellation">Ends the opening.</param>
    /// <exception cref="UserErrorException">The data folder has no store.</exception>
    /// <exception cref="StoreUnavailableException">The store cannot be opened.</exception>
    public async ValueTask<IGraphStore> OpenForALookAsync(CancellationToken cancellation)
    {
        if (Neo4jOptions.FromEnvironment(host.Variable) is { } server)
            return await GraphStores.OpenNeo4jAsync(server with { OpenFor = Soon, RetryFor = Soon }, Catalog, host.Clock, cancellation);
        return OpenEmbedded(mayMake: false);
    }

    private SqliteGraphStore OpenEmbedded(bool mayMake) => GraphStores.OpenSqlite(Folder.Store, Catalog, StoreGuard.Require(Folder, mayMake));

    private async ValueTask<IGraphStore> OpenNeo4jAsync(Neo4jOptions options, CancellationToken cancellation)
    {
        var store = await GraphStores.OpenNeo4jAsync(options, Catalog, host.Clock, cancellation);
        Folder = Folder with { StoreIdentity = store.Identity };
        new KnownServers(Folder.KnownServers).Note(options, store.Identity);
        if (SchemaElements.Told(store.Unknown) is { } told) await host.Error.WriteLineAsync(told);
        return await ReplicatedGraphStore.OpenAsync(store, Folder.Replica, host.Error.WriteLine, cancellation: cancellation);
    }

    /// <summary>Where what is derived is shown beside the facts; the caller closes it.</summary>
    /// <exception cref="UserErrorException">The store is not on Neo4j.</exception>
    public async ValueTask<IGraphPublisher> OpenPublisherAsync(CancellationToken cancellation) =>
        Neo4jOptions.FromEnvironment(host.Variable) is { } options
            ? await GraphStores.OpenNeo4jPublisherAsync(options, Catalog, host.Clock, cancellation)
            : throw new UserErrorException("What is derived is published into a store on Neo4j; set GRAPHRISK_NEO4J_URL and its user and password.");

    /// <summary>Snapshots of the store, kept in the data folder so that a restart maps them.</summary>
    /// <param name="store">The store.</param>
    /// <param name="capacity">How many to keep in memory: one for work that goes from day to day, more for a server.</param>
    /// <param name="watch">Lets them answer while the store is away; null makes that an error.</param>
    public SnapshotProvider OpenSnapshots(IGraphStore store, int capacity, StoreWatch? watch = null)
    {
        // Nobody waits for a command's next millisecond, and collecting beside the work takes half as much memory again.
        if (watch is null) GCSettings.LatencyMode = GCLatencyMode.Batch;
        return new SnapshotProvider(
            store,
            new SnapshotProviderOptions
            {
                Capacity = capacity,
                Folder = Folder.Snapshots,
                Maps = watch is null,
                Report = host.Error.WriteLine,
            },
            watch);
    }

    /// <summary>
    /// Watches a store that is served. Only one on Neo4j is written by others too; what they write is seen after
    /// <c>GRAPHRISK_FRESHNESS</c> seconds, 1 where not set.
    /// </summary>
    /// <exception cref="UserErrorException">The variable is not a number of seconds.</exception>
    public StoreWatch WatchOf(IGraphStore store)
    {
        var freshness = host.Variable("GRAPHRISK_FRESHNESS") is not { Length: > 0 } text ? 1
            : double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var seconds) && seconds is >= 0 and <= 3600 ? seconds
            : throw new UserErrorException($"GRAPHRISK_FRESHNESS is '{text}', not a number of seconds from 0 to 3600.");
        return new StoreWatch(store, host.Clock, new StoreWatchOptions
        {
            Freshness = store is SqliteGraphStore ? TimeSpan.Zero : TimeSpan.FromSeconds(freshness),
            Report = host.Error.WriteLine,
        });
    }

    public QuarantineLog OpenQuarantine() => QuarantineLog.Open(Folder.Quarantine);

    public QuarantineReplay CreateReplay(QuarantineLog quarantine, IEnumerable<string> mappingFiles) =>
        new(Catalog, MappingSet.Load(Catalog, mappingFiles), quarantine);

    public Importer CreateImporter(QuarantineLog quarantine, IEnumerable<string> mappingFiles) =>
        new(Catalog, MappingSet.Load(Catalog, mappingFiles), quarantine);
}
