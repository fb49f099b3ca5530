using GraphRisk.Graph.Facts;
using GraphRisk.Graph.Schema;
using GraphRisk.Graph.Snapshots;
using GraphRisk.Graph.Store;
using GraphRisk.Intake.Import;
using GraphRisk.Intake.Import.Mapping;
using GraphRisk.Intake.Import.Quarantine;
using GraphRisk.Intake.Resolution;
using GraphRisk.Simulation;
using GraphRisk.Stores;

namespace GraphRisk.Benchmarks.Models;

/// <summary>A generated market in a store of its own; a folder that holds a store already is used as it is.</summary>
internal sealed class GeneratedMarket : IAsyncDisposable
{
    internal const int Seed = 7;
    internal static readonly DateTimeOffset Recorded = new(2026, 1, 5, 0, 0, 0, TimeSpan.Zero);
    private static readonly DateOnly LastDay = new(2026, 1, 1);

    private readonly IGraphStore store;
    private readonly SnapshotProvider snapshots;

    private GeneratedMarket(IGraphStore store, string truth)
    {
        (this.store, Truth) = (store, truth);
        snapshots = new SnapshotProvider(store, new SnapshotProviderOptions { Capacity = 1 });
    }

    /// <summary>Folder of what the generator knows and no source says.</summary>
    public string Truth { get; }

    public static async Task<GeneratedMarket> OpenAsync(int clients, ContagionProcess process, string folder)
    {
        var (sources, path) = (Path.Combine(folder, "market"), Path.Combine(folder, "store.db"));
        var isMade = File.Exists(path);
        if (!isMade) MarketGenerator.Generate(new MarketParameters(clients, Seed) { Contagion = process }, sources);
        var store = GraphStores.OpenSqlite(path, SchemaCatalog.LoadEmbedded());
        if (!isMade)
        {
            using (var quarantine = QuarantineLog.Open(Path.Combine(folder, "quarantine")))
                await new Importer(store.Catalog, MappingSet.Load(store.Catalog), quarantine).ImportAsync(store, [sources], new ImportOptions(Recorded));
            await new Resolver(store, new ResolutionOptions()).ResolveAsync(Recorded.AddHours(1));
        }
        return new GeneratedMarket(store, Path.Combine(sources, "truth"));
    }

    /// <summary>Everything the sources say.</summary>
    public ValueTask<Snapshot> LatestAsync() => AtAsync(LastDay);

    public ValueTask<Snapshot> AtAsync(DateOnly day) => snapshots.GetAsync(Validity.CloseOf(day));

    public ValueTask DisposeAsync() => store.DisposeAsync();
}
