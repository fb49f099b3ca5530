using System.Text;
using GraphRisk.Graph.Schema;
using GraphRisk.Intake.Import;
using GraphRisk.Intake.Import.Mapping;
using GraphRisk.Intake.Import.Quarantine;

namespace GraphRisk.Intake.Tests.Import;

/// <summary>A folder of its own with a store in memory and a quarantine, for one test.</summary>
internal sealed class ImportBench : IDisposable
{
    private static readonly SchemaCatalog Catalog = SchemaCatalog.LoadEmbedded();
    private static readonly MappingSet Shipped = MappingSet.Load(Catalog);
    private static int number;

    public ImportBench()
    {
        Folder = Path.Combine(Path.GetTempPath(), $"graphrisk-import-{Environment.ProcessId}-{Interlocked.Increment(ref number)}");
        if (Directory.Exists(Folder)) Directory.Delete(Folder, recursive: true);
        Directory.CreateDirectory(Data);
        Quarantine = QuarantineLog.Open(Data);
    }

    public static ImportOptions Options { get; } = new(new DateTimeOffset(2025, 1, 1, 0, 0, 0, TimeSpan.Zero));

    public string Folder { get; }

    public string Data => Path.Combine(Folder, "data");

    public string Files => Path.Combine(Folder, "files");

    public MemoryStore Store { get; set; } = new();

    public QuarantineLog Quarantine { get; private set; }

    public MappingSet Mappings { get; set; } = Shipped;

    public string Write(string path, string text) => Write(path, Encoding.UTF8.GetBytes(text));

    public string Write(string path, byte[] bytes)
    {
        var full = Path.Combine(Files, path);
        Directory.CreateDirectory(Path.GetDirectoryName(full)!);
        File.WriteAllBytes(full, bytes);
        return full;
    }

    public Task<ImportReport> Import(ImportOptions? options = null, params string[] paths) =>
        new Importer(Catalog, Mappings, Quarantine).ImportAsync(Store, paths.Length == 0 ? [Files] : paths, options ?? Options);

    /// <summary>Closes and opens the quarantine, as another run would.</summary>
    public void Reopen()
    {
        Quarantine.Dispose();
        Quarantine = QuarantineLog.Open(Data);
    }

    public void Dispose()
    {
        Quarantine.Dispose();
        Directory.Delete(Folder, recursive: true);
    }
}
