using System.Globalization;
using System.Runtime.CompilerServices;
using System.Threading.Channels;
using GraphRisk.Graph.Facts;
using GraphRisk.Graph.Store;
using GraphRisk.Intake.Import;
using GraphRisk.Intake.Import.Mapping;
using GraphRisk.Intake.Import.Quarantine;
using GraphRisk.Intake.Import.Reading;
using GraphRisk.Intake.Resolution;

namespace GraphRisk.Intake.Streaming;

/// <summary>What became of a record that came.</summary>
/// <param name="Name">The file it stands in, or would.</param>
/// <param name="Line">Its line.</param>
/// <param name="Batch">What it came to.</param>
/// <param name="IsRepeated">It was taken in before, by an earlier run over the same stream.</param>
/// <param name="ReadAt">Time stamp of the clock when it was read.</param>
public sealed record StreamedRecord(string Name, long Line, RecordBatch Batch, bool IsRepeated, long ReadAt);

/// <summary>What a pass did: the records it took in, and what they made of parties.</summary>
/// <param name="Records">The records, in the order in which they came.</param>
/// <param name="Arrived">Records of quarantine that had waited for these and landed.</param>
/// <param name="Events">What became of parties.</param>
/// <param name="Version">The store after it.</param>
public sealed record StreamPass(IReadOnlyList<StreamedRecord> Records, long Arrived, IReadOnlyList<IdentityEvent> Events, long Version);

/// <summary>
/// Takes records in one by one and resolves each at once. A record is a ChangeSet of its own, whose id derives from the file and its place, so that a stream that was cut off and is
/// read again counts each once; it takes the place of all it said before. A pass takes whatever has come during the one before, up to <see cref="MostOfPass"/>: their sets share a commit, the resolver looks
/// at the parties they touch, and what that made of parties is told. One thread reads and maps ahead. What cannot be read goes to quarantine, what waits for another record lands when that has come. Nothing ends
/// because a stream does not contain it. Not thread-safe.
/// </summary>
/// <param name="store">Where they go.</param>
/// <param name="resolution">How they are resolved.</param>
/// <param name="mappings">How records are read.</param>
/// <param name="quarantine">Where broken ones go.</param>
/// <param name="clock">Tells when records become known and how long they waited.</param>
public sealed class RecordStream(IGraphStore store, ResolutionOptions resolution, MappingSet mappings, QuarantineLog quarantine, TimeProvider clock)
{
    /// <summary>Records a pass takes at most, and records read ahead.</summary>
    public const int MostOfPass = 32;

    private readonly Importer importer = new(store.Catalog, mappings, quarantine);
    private readonly Resolver resolver = new(store, resolution);
    private readonly HashSet<string> awaited = new(quarantine.Awaiting().SelectMany(entry => entry.Awaits), StringComparer.Ordinal);

    private IdentityFeed? feed;

    /// <summary>Resolves what is there, so that what an earlier run had recorded and not resolved is; once, before records are read. Cost: a run over everything.</summary>
    public async Task<ResolutionSummary> OpenAsync(IProgress<ResolutionProgress>? progress = null, CancellationToken cancellation = default)
    {
        var summary = await resolver.ResolveAsync(clock.GetUtcNow(), progress, cancellation);
        feed = await IdentityFeed.OpenAsync(store, cancellation);
        return summary;
    }

    /// <summary>Records of files and folders, one file after another in the order of an import.</summary>
    /// <param name="paths">Files and folders.</param>
    /// <param name="options">Sizes.</param>
    /// <param name="cancellation">Stops between passes.</param>
    /// <exception cref="InvalidOperationException">It was not opened.</exception>
    /// <exception cref="FileNotFoundException">A path is neither file nor folder.</exception>
    /// <exception cref="InvalidDataException">No mapping is for a file, its header is none of the mapping's, or too many records are broken.</exception>
    public async IAsyncEnumerable<StreamPass> ReadAsync(
        IReadOnlyList<string> paths, ImportOptions options, [EnumeratorCancellation] CancellationToken cancellation = default)
    {
        options = Ready(options, cancellation);
        var formats = new FileFormats(store.Catalog, mappings, new LookupTables(mappings, quarantine.CorrectionsOf));
        var plan = new ImportPlan(formats).Of(paths);
        if (plan.FirstOrDefault(file => file.Format is null && paths.Contains(file.Path)) is { } unread) throw new InvalidDataException($"{unread.Path}: {unread.Reason}.");
        foreach (var file in plan.Where(file => file.Format is not null))
        {
            using var reading = file.Format!.Open(file.Path, file.Digest!, options);
            await foreach (var pass in RunAsync(file, reading, options, importer.IdentityOf(file, reading, options), cancellation)) yield return pass;
        }
    }

    /// <summary>Records as they come, in UTF-8.</summary>
    /// <param name="stream">The records.</param>
    /// <param name="name">The file they would stand in; says which mapping reads them.</param>
    /// <param name="identity">What tells this stream from every other: read again from its beginning under the same identity, it counts each record once.</param>
    /// <param name="options">Sizes.</param>
    /// <param name="cancellation">Stops between passes.</param>
    /// <exception cref="InvalidDataException">No mapping is for the name, the header is none of the mapping's, or too many records are broken.</exception>
    public async IAsyncEnumerable<StreamPass> ReadAsync(
        Stream stream, string name, string identity, ImportOptions options, [EnumeratorCancellation] CancellationToken cancellation = default)
    {
        options = Ready(options, cancellation);
        var formats = new FileFormats(store.Catalog, mappings, new LookupTables(mappings, quarantine.CorrectionsOf));
        using var reading = formats.OpenStream(name, stream, options, out var mapping) ?? throw new InvalidDataException($"{name}: no mapping is for this name.");
        var file = new PlannedFile(name, 0, formats.Find(mapping, name), new FileDigest($"stream {identity}", 0, FileEncoding.Utf8, 0, []), null);
        await foreach (var pass in RunAsync(file, reading, options, importer.IdentityOf(file, reading, options), cancellation)) yield return pass;
    }

    private ImportOptions Ready(ImportOptions options, CancellationToken cancellation) => feed is null ? throw new InvalidOperationException("The stream was not opened.") :
        options with { BatchRecords = 1, Full = false, Knows = Importer.KnownTo(store, cancellation), PassedOver = quarantine.PassedOver };

    private async IAsyncEnumerable<StreamPass> RunAsync(
        PlannedFile file, FileReading reading, ImportOptions options, string identity,
        [EnumeratorCancellation] CancellationToken cancellation)
    {
        if (reading.Mapper is null) throw new InvalidDataException($"{file.Path}: {reading.Fault}.");
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var come = Channel.CreateBounded<(RecordBatch Batch, long ReadAt)>(new BoundedChannelOptions(MostOfPass) { SingleReader = true, SingleWriter = true });
        var batcher = new RecordBatcher(file, reading, options, null, options.MostBroken + quarantine.Count - quarantine.OpenCount);
        var mapping = Task.Run(() => MapAsync(batcher, come.Writer, stop.Token), CancellationToken.None);
        try
        {
            (RecordBatch Batch, long ReadAt)? held = null;
            while (held is not null || await come.Reader.WaitToReadAsync(cancellation))
            {
                // A record that is told of again waits for the next pass, which knows what it said in this one.
                var (taken, keys) = (new List<(RecordBatch Batch, long ReadAt)>(), new HashSet<string>(StringComparer.Ordinal));
                for (var next = held; taken.Count < MostOfPass; next = null)
                {
                    held = null;
                    if (next is null && (!come.Reader.TryRead(out var read) || (next = read) is null)) break;
                    var stated = next.Value.Batch.Changes.Select(change => change.Fact.Provenance.RecordKey).Distinct(StringComparer.Ordinal).ToList();
                    if (stated.Exists(keys.Contains))
                    {
                        held = next;
                        break;
                    }

                    keys.UnionWith(stated);
                    taken.Add(next.Value);
                }

                if (taken.Count > 0) yield return await TakeAsync(file, reading, options, identity, taken, cancellation);
                if (taken.Exists(one => one.Batch.Cut))
                    throw new InvalidDataException(string.Create(CultureInfo.InvariantCulture, $"{file.Path}: more than {options.MostBroken} records are broken; what came after them was not taken in."));
            }
        }
        finally
        {
            await stop.CancelAsync();
            // One who waits for the next record of a stream is not waited for.
            if (mapping.IsCompleted) await mapping.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task MapAsync(RecordBatcher batcher, ChannelWriter<(RecordBatch, long)> come, CancellationToken cancellation)
    {
        try
        {
            for (var number = 0; batcher.Next(number) is { } batch; number++) await come.WriteAsync((batch, clock.GetTimestamp()), cancellation);
            come.Complete();
        }
        catch (Exception error)
        {
            come.Complete(error);
        }
    }

    private async Task<StreamPass> TakeAsync(
        PlannedFile file, FileReading reading, ImportOptions options, string identity,
        List<(RecordBatch Batch, long ReadAt)> taken, CancellationToken cancellation)
    {
        var now = options with { RecordedAt = clock.GetUtcNow() };
        var answers = new Task<AppendResult>[taken.Count];
        var hasArrived = false;
        for (var at = 0; at < taken.Count; at++)
        {
            var batch = taken[at].Batch.Without(quarantine.IsSettled);
            taken[at] = (batch, taken[at].ReadAt);
            quarantine.Add(batch.Broken);
            foreach (var entry in batch.Broken) awaited.UnionWith(entry.Awaits);
            hasArrived |= batch.Broken.Any(entry => entry.Awaits.Length > 0)
                || (awaited.Count > 0 && batch.Changes.Any(change => change.Fact is NodeFact node && awaited.Contains(node.Node.ToString())));
            var takenBack = batch.Changes.IsEmpty ? [] : await Replaced.FindAsync(store, reading, batch, cancellation);
            var set = new ChangeSet($"import:{identity}:{batch.Number}", now.RecordedAt, Importer.Author + reading.Source, [.. takenBack, .. batch.Changes]);
            answers[at] = set.Changes.IsEmpty ? Task.FromResult(default(AppendResult)) : store.AppendAsync(set, cancellation).AsTask();
        }

        var results = await Task.WhenAll(answers);
        var arrived = hasArrived ? await importer.ReplayArrivedAsync(store, now, cancellation) : 0;
        var summary = await resolver.ResolveAsync(now.RecordedAt, cancellation: cancellation);
        var records = taken.Select((one, at) => new StreamedRecord(file.Path, one.Batch.Line, one.Batch, results[at].AlreadyKnown, one.ReadAt)).ToList();
        return new StreamPass(records, arrived, await feed!.AdvanceAsync(cancellation), summary.Version.Number);
    }
}
