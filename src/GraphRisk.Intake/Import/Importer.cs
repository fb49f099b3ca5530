using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Threading.Channels;
using GraphRisk.Graph.Facts;
using GraphRisk.Graph.Schema;
using GraphRisk.Graph.Store;
using GraphRisk.Intake.Import.Mapping;
using GraphRisk.Intake.Import.Quarantine;

namespace GraphRisk.Intake.Import;

/// <summary>
/// Imports files into a store. One thread reads and maps, another stores; between them a few batches wait, so memory is
/// bounded whatever the size of a file; a few more wait for their commit, so that small ones share one. A batch of records becomes one ChangeSet whose id derives from the file's
/// content, all its facts depend on and the number of the batch: importing a file again changes nothing, and an import
/// that was killed ends, run again, as if nothing had happened. Broken records go to quarantine, the rest lands.
/// </summary>
public sealed class Importer
{
    private static readonly Task<AppendResult> Nothing = Task.FromResult(default(AppendResult));

    private readonly SchemaCatalog catalog;
    private readonly MappingSet mappings;
    private readonly QuarantineLog quarantine;

    public Importer(SchemaCatalog catalog, MappingSet mappings, QuarantineLog quarantine)
    {
        this.catalog = catalog;
        this.mappings = mappings;
        this.quarantine = quarantine;
    }

    /// <summary>Imports files and all files of folders.</summary>
    /// <param name="store">Where the facts go.</param>
    /// <param name="paths">Files and folders.</param>
    /// <param name="options">When what is read becomes known, and sizes.</param>
    /// <param name="progress">Told after every batch.</param>
    /// <param name="cancellation">Stops between batches; what is stored stays.</param>
    /// <exception cref="FileNotFoundException">A path is neither file nor folder; nothing was imported.</exception>
    /// <exception cref="IOException">A file cannot be read.</exception>
    /// <exception cref="StoreUnavailableException">The store cannot take a batch.</exception>
    public async Task<ImportReport> ImportAsync(
        IGraphStore store, IReadOnlyList<string> paths, ImportOptions options,
        IProgress<ImportProgress>? progress = null, CancellationToken cancellation = default)
    {
        var tables = new LookupTables(mappings, quarantine.CorrectionsOf);
        var plan = new ImportPlan(new FileFormats(catalog, mappings, tables)).Of(paths);
        var count = plan.Count(file => file.Format is not null);
        var state = new ImportProgress("", 0, count, 0, 0, plan.Sum(file => file.Format is null ? 0 : file.Length));
        var reports = new List<FileReport>(plan.Count);
        foreach (var file in plan)
        {
            if (file.Format is null)
            {
                reports.Add(new FileReport { Path = file.Path, Reason = file.Reason });
                continue;
            }

            state = state with { File = file.Path, FileNumber = state.FileNumber + 1 };
            var report = await ImportFileAsync(store, file, options, state, progress, cancellation);
            reports.Add(report);
            state = state with { Rows = state.Rows + report.Rows, Bytes = state.Bytes + file.Length };
            progress?.Report(state);
        }

        return new ImportReport(reports);
    }

    /// <summary>Imports one file.</summary>
    internal async Task<FileReport> ImportFileAsync(
        IGraphStore store, PlannedFile file, ImportOptions options, ImportProgress state,
        IProgress<ImportProgress>? progress, CancellationToken cancellation)
    {
        using var reading = file.Format!.Open(file.Path, file.Digest!, options);
        var tally = new FileTally(file.Path, file.Format.Id, reading.Source);
        if (reading.Mapper is null)
        {
            quarantine.Add([RecordBatcher.WholeFile(file, reading, options)]);
            return tally.Refused(reading.Fault!);
        }

        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var batches = Channel.CreateBounded<RecordBatch>(new BoundedChannelOptions(options.BatchesAhead) { SingleReader = true, SingleWriter = true });
        var batcher = new RecordBatcher(file, reading, options);
        var mapping = Task.Run(() => batcher.RunAsync(batches.Writer, stop.Token), CancellationToken.None);
        var identity = IdentityOf(file, reading, options);
        var underWay = new Queue<(RecordBatch Batch, Task<AppendResult> Answer)>();
        async Task SettleAsync()
        {
            var (batch, answer) = underWay.Dequeue();
            tally.Add(batch, await answer);
            progress?.Report(state with { Rows = state.Rows + tally.Rows, Bytes = state.Bytes + batch.Bytes });
        }

        try
        {
            await foreach (var batch in batches.Reader.ReadAllAsync(cancellation))
            {
                quarantine.Add(batch.Broken);
                var changes = new ChangeSet($"import:{identity}:{batch.Number}", options.RecordedAt, $"import {reading.Source}", batch.Changes);
                underWay.Enqueue((batch, batch.Changes.IsEmpty ? Nothing : store.AppendAsync(changes, cancellation).AsTask()));
                if (underWay.Count > options.BatchesAhead) await SettleAsync();
            }

            while (underWay.Count > 0) await SettleAsync();
        }
        finally
        {
            await stop.CancelAsync();
            await mapping.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        await mapping;
        return tally.Report();
    }

    /// <summary>All that decides what a batch of a number holds, so that an id never stands for two contents.</summary>
    private string IdentityOf(PlannedFile file, FileReading reading, ImportOptions options) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Create(
            CultureInfo.InvariantCulture,
            $"{file.Digest!.Hash}|{reading.Identity}|{catalog.Hash}|{options.BatchRecords}|{options.MaxRecordBytes}"))))[..40];
}
