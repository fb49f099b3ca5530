using System.Diagnostics;
using System.Globalization;
using GraphRisk.Graph.Schema;
using GraphRisk.Graph.Store;
using GraphRisk.Intake.Import;
using GraphRisk.Intake.Import.Mapping;
using GraphRisk.Intake.Import.Quarantine;
using GraphRisk.Stores;
using GraphRisk.TestKit;

namespace GraphRisk.Benchmarks.Import;

/// <summary>
/// Imports a folder into an embedded store, then once more, which changes nothing, and once into nowhere, which shows what
/// reading and mapping cost alone. Prints rows per second on the clock and per second of processor, and peak memory.
/// <code>dotnet run -c Release --project tests/GraphRisk.Benchmarks -- import SOURCE FOLDER</code>
/// </summary>
internal static class ImportLoad
{
    public static async Task RunAsync(string source, string folder)
    {
        if (Directory.Exists(folder) && Directory.EnumerateFileSystemEntries(folder).Any()) throw new IOException($"'{folder}' is not empty.");
        Directory.CreateDirectory(folder);
        var catalog = SchemaCatalog.LoadEmbedded();
        using var quarantine = QuarantineLog.Open(folder);
        var importer = new Importer(catalog, MappingSet.Load(catalog), quarantine);
        await using (var store = GraphStores.OpenSqlite(Path.Combine(folder, "import.db"), catalog))
        {
            await StepAsync("import", importer, store, source);
            await StepAsync("import again", importer, store, source);
        }

        await using var nowhere = new NullStore(catalog);
        await StepAsync("read and map alone", importer, nowhere, source);
    }

    private static async Task StepAsync(string name, Importer importer, IGraphStore store, string source)
    {
        var process = Process.GetCurrentProcess();
        var (watch, before) = (Stopwatch.StartNew(), process.TotalProcessorTime);
        var report = await importer.ImportAsync(store, [source], new ImportOptions(new DateTimeOffset(2025, 1, 1, 0, 0, 0, TimeSpan.Zero)));
        process.Refresh();
        var (clock, processor) = (watch.Elapsed.TotalSeconds, (process.TotalProcessorTime - before).TotalSeconds);
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{name}: {report.Rows} rows, {report.Files.Sum(file => file.Facts)} facts, {report.Asserted} new, {report.Quarantined} quarantined; "
            + $"{clock:0.0} s, {report.Rows / clock:0} rows/s; processor {processor:0.0} s, {report.Rows / processor:0} rows/s of processor; "
            + $"peak {process.PeakWorkingSet64 >> 20} MiB"));
    }
}
