using System.Collections.Immutable;
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
    /// <summary>Beginning of the author of what a source said; its name follows.</summary>
    internal const string Author = "import ";
    private const int WaitingShown = 3;

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
        var ends = new OpenEnds();
        options = options with { Knows = KnownTo(store, cancellation), PassedOver = quarantine.PassedOver, Ends = ends };
        var sources = await SourcesAsync(store, cancellation);
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
            var report = await ImportFileAsync(store, file, options, sources, state, progress, cancellation);
            reports.Add(report);
            state = state with { Rows = state.Rows + report.Rows, Bytes = state.Bytes + file.Length };
            progress?.Report(state);
        }

        var arrived = await ReplayArrivedAsync(store, options, cancellation);
        var waiting = quarantine.Awaiting().Take(WaitingShown).Select(entry => $"{entry.Field} {entry.Reason}").ToList();
        return new ImportReport(reports) { Arrived = arrived, Waiting = quarantine.AwaitingCount, WaitingFor = waiting, OpenEnds = await ends.FindAsync(store, cancellation) };
    }

    /// <summary>Asks a store whether it knows a node, from the thread that maps.</summary>
    internal static Func<NodeId, bool> KnownTo(IGraphStore store, CancellationToken cancellation) => node =>
    {
        var version = store.GetVersionAsync(cancellation).AsTask().GetAwaiter().GetResult();
        return version.Number > 0 && store.FindAsync(node, version.Number, cancellation: cancellation).AsTask().GetAwaiter().GetResult().Count > 0;
    };

    /// <summary>Takes in the records that waited for a node the store knows by now, until none more lands.</summary>
    internal async Task<long> ReplayArrivedAsync(IGraphStore store, ImportOptions options, CancellationToken cancellation)
    {
        long arrived = 0;
        while (true)
        {
            var ready = quarantine.Awaiting()
                .Where(entry => entry.Awaits.Any(id => NodeId.TryParse(id, out var node) && (options.Knows!(node) || IsPassedOver(node))))
                .Select(entry => entry.Id).ToList();
            if (ready.Count == 0) return arrived;
            var replay = await new QuarantineReplay(catalog, mappings, quarantine).ReplayAsync(store, options, ready, cancellation: cancellation);
            arrived += replay.Replayed.Count;
            if (replay.Replayed.Count == 0) return arrived;
        }
    }

    private bool IsPassedOver(NodeId node) =>
        quarantine.PassedOver?.Holds(node.Key[(node.Key.IndexOf(':', StringComparison.Ordinal) + 1)..]) == true;

    /// <summary>The source whose delivery a ChangeSet is, by its author; null where it is none.</summary>
    public static string? SourceOf(string author) => author.StartsWith(Author, StringComparison.Ordinal) ? author[Author.Length..] : null;

    /// <summary>The sources of which the store holds deliveries, as the authors of ChangeSets name them.</summary>
    private static async Task<HashSet<string>> SourcesAsync(IGraphStore store, CancellationToken cancellation)
    {
        var sources = new HashSet<string>(StringComparer.Ordinal);
        await foreach (var set in store.ReadSetsAsync(0, cancellation))
            if (SourceOf(set.Author) is { } source) sources.Add(source);
        return sources;
    }

    /// <summary>Imports one file.</summary>
    internal async Task<FileReport> ImportFileAsync(
        IGraphStore store, PlannedFile file, ImportOptions options, HashSet<string> sources, ImportProgress state,
        IProgress<ImportProgress>? progress, CancellationToken cancellation)
    {
        using var reading = file.Format!.Open(file.Path, file.Digest!, options);
        var tally = new FileTally(file.Path, file.Format.Id, reading.Source) { Unread = reading.Unread, Full = options.Full || reading.Full };
        // What the source said before, in an earlier import or in an earlier file of this one, is held against this delivery.
        var replaced = sources.Contains(reading.Source) || !sources.Add($"{file.Format.Id}|{reading.Source}") ? new Replaced() : null;
        if (reading.Mapper is null)
        {
            quarantine.Add([RecordBatcher.WholeFile(file, reading, options)]);
            return tally.Refused(reading.Fault!);
        }

        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var batches = Channel.CreateBounded<RecordBatch>(new BoundedChannelOptions(options.BatchesAhead) { SingleReader = true, SingleWriter = true });
        var batcher = new RecordBatcher(file, reading, options, replaced, options.MostBroken + quarantine.Count - quarantine.OpenCount);
        var mapping = Task.Run(() => batcher.RunAsync(batches.Writer, stop.Token), CancellationToken.None);
        var identity = IdentityOf(file, reading, options);
        var underWay = new Queue<(RecordBatch Batch, Task<AppendResult> Answer)>();
        async Task SettleAsync()
        {
            var (batch, answer) = underWay.Dequeue();
            tally.Add(batch, await answer);
            progress?.Report(state with { Rows = state.Rows + tally.Rows, Bytes = state.Bytes + batch.Bytes });
        }

        async Task SendAsync(RecordBatch batch, ImmutableArray<Change> takenBack)
        {
            var changes = new ChangeSet(
                $"import:{identity}:{batch.Number}", options.RecordedAt, Author + reading.Source, takenBack.IsEmpty ? batch.Changes : [.. takenBack, .. batch.Changes]);
            underWay.Enqueue((batch, changes.Changes.IsEmpty ? Nothing : store.AppendAsync(changes, cancellation).AsTask()));
            if (underWay.Count > options.BatchesAhead) await SettleAsync();
        }

        async Task<ImmutableArray<Change>> TakeBackAsync(long broken)
        {
            // A record that is broken is not gone: a full delivery with broken records ends nothing.
            DateTimeOffset? end = tally.Full && broken == 0 ? options.RecordedAt : null;
            if (tally.Full && broken > 0) tally.Stopped = "ended nothing: records of the full delivery are broken";
            var changes = await replaced!.FindAsync(store, reading, end, cancellation);
            tally.TakeBack(changes.Length);
            return changes;
        }

        try
        {
            RecordBatch? last = null;
            long broken = 0, read = 0;
            await foreach (var batch in batches.Reader.ReadAllAsync(cancellation))
            {
                if (last is not null) await SendAsync(last, []);
                last = batch.Without(quarantine.IsSettled);
                quarantine.Add(batch.Broken);
                broken += last.Broken.Count - last.Flagged;
                if (!batch.Cut) read += batch.Rows;
                if (!batch.Cut && broken <= options.MostBroken) continue;
                tally.Stopped = string.Create(CultureInfo.InvariantCulture, $"stopped: more than {options.MostBroken} records are broken; of the records after the first {read} none is taken in");
                break;
            }

            // An export that failed looks like this, and a source that knows nobody any more hardly ever does.
            if (last is null && tally.Full) tally.Stopped = "ended nothing: the full delivery holds no record";

            // What is taken back becomes known with the last batch, or, where the import is killed, when it is run again.
            if (last is not null) await SendAsync(last, replaced is null || tally.Stopped is not null ? [] : await TakeBackAsync(broken));
            while (underWay.Count > 0) await SettleAsync();
        }
        finally
        {
            await stop.CancelAsync();
            await mapping.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        if (tally.Stopped is null || mapping.IsCompletedSuccessfully) await mapping;
        return tally.Report();
    }

    /// <summary>All that decides what a batch of a number holds, so that an id never stands for two contents.</summary>
    internal string IdentityOf(PlannedFile file, FileReading reading, ImportOptions options) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Create(
            CultureInfo.InvariantCulture,
            $"{file.Digest!.Hash}|{reading.Identity}|{catalog.Hash}|{options.BatchRecords}|{options.MaxRecordBytes}{(options.Full ? "|full" : "")}"))))[..40];
}
