using GraphRisk.Graph.Schema;
using GraphRisk.Graph.Snapshots;
using GraphRisk.Graph.Store;
using GraphRisk.Intake.Import;
using GraphRisk.Intake.Import.Mapping;
using GraphRisk.Intake.Import.Quarantine;
using GraphRisk.Stores;

namespace GraphRisk.Cli.Composition;

/// <summary>
/// Opens what a command works with: the schema, the store of the data folder, the importer with its quarantine.
/// </summary>
internal sealed class Workbench(Host host, DataFolder folder)
{
    public SchemaCatalog Catalog { get; } = SchemaCatalog.LoadEmbedded();

    public DataFolder Folder { get; } = folder;

    public IGraphStore OpenStore() => GraphStores.OpenSqlite(Folder.Store, Catalog);

    /// <summary>Snapshots of the store, kept in the data folder so that a restart maps them.</summary>
    public SnapshotProvider OpenSnapshots(IGraphStore store) => new(store, new SnapshotProviderOptions
    {
        Capacity = 3,
        Folder = Folder.Snapshots,
        Report = host.Error.WriteLine,
    });

    public QuarantineLog OpenQuarantine() => QuarantineLog.Open(Folder.Quarantine);

    public QuarantineReplay CreateReplay(QuarantineLog quarantine, IEnumerable<string> mappingFiles) =>
        new(Catalog, MappingSet.Load(Catalog, mappingFiles), quarantine);

    public Importer CreateImporter(QuarantineLog quarantine, IEnumerable<string> mappingFiles) =>
        new(Catalog, MappingSet.Load(Catalog, mappingFiles), quarantine);
}
