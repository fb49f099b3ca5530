using System.Buffers;
using System.Collections.Immutable;
using GraphRisk.Graph.Facts;
using GraphRisk.Graph.Schema;
using GraphRisk.Graph.Store;
using GraphRisk.Stores.Copy;

namespace GraphRisk.Stores.Export;

/// <summary>What an export of a store holds.</summary>
/// <param name="Version">Its last version.</param>
/// <param name="Sets">Sets that changed something: one for each version.</param>
/// <param name="Recordings">Recordings.</param>
/// <param name="IdleSets">Sets that changed nothing.</param>
/// <param name="ContentHash">Content hash of the store at that version.</param>
public sealed record ExportedStore(StoreVersion Version, long Sets, long Recordings, long IdleSets, string ContentHash);

/// <summary>
/// A store as lines of JSON: all it ever recorded, in order, and back. One set is held in memory at a time. Both kinds of store give the same bytes for the same content.
/// </summary>
public static class StoreExport
{
    private const int BufferBytes = 1 << 16;

    /// <summary>Writes all up to a version, beside whoever writes to the store.</summary>
    /// <param name="store">The store.</param>
    /// <param name="through">The last version to write.</param>
    /// <param name="sets">Gets the sets; left open.</param>
    /// <param name="facts">Gets the recordings; left open.</param>
    /// <param name="idleSets">Gets the ids of sets that changed nothing; left open.</param>
    /// <param name="progress">Told how many recordings were written; null for nobody.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <exception cref="StoreUnavailableException">The store holds what its schema does not have.</exception>
    public static async Task<ExportedStore> WriteAsync(
        IGraphStore store, StoreVersion through, Stream sets, Stream facts, Stream idleSets, IProgress<long>? progress = null, CancellationToken cancellation = default)
    {
        SchemaElements.RequireWhole(store);
        var (hash, count, idle) = (new ContentHash(), 0L, 0L);
        var (setLines, factLines) = (new ArrayBufferWriter<byte>(BufferBytes * 2), new ArrayBufferWriter<byte>(BufferBytes * 2));
        await using var changes = store.ReadChangesAsync(0, cancellation).GetAsyncEnumerator(cancellation);
        var more = await changes.MoveNextAsync();
        await foreach (var set in store.ReadSetsAsync(0, cancellation))
        {
            if (set.Version.Number > through.Number) break;
            ExportedLine.Write(set, setLines);
            await FlushAsync(setLines, sets, BufferBytes, cancellation);
            for (; more && changes.Current.Version == set.Version.Number; more = await changes.MoveNextAsync())
            {
                hash.Add(changes.Current, set.Id);
                ExportedLine.Write(changes.Current, factLines);
                await FlushAsync(factLines, facts, BufferBytes, cancellation);
            }

            count++;
            progress?.Report(hash.Count);
        }

        await FlushAsync(setLines, sets, 0, cancellation);
        await FlushAsync(factLines, facts, 0, cancellation);
        if (store is IIdleSets known)
        {
            await foreach (var id in known.ReadIdleSetsAsync(cancellation))
            {
                ExportedLine.WriteIdle(id, setLines);
                await FlushAsync(setLines, idleSets, BufferBytes, cancellation);
                idle++;
            }

            await FlushAsync(setLines, idleSets, 0, cancellation);
        }

        return new ExportedStore(through, count, hash.Count, idle, hash.ToString());
    }

    /// <summary>Makes an empty store hold what was written: versions, times, authors and ids of sets come out the same.</summary>
    /// <param name="store">The store; it holds nothing yet, and nobody else writes to it.</param>
    /// <param name="sets">The sets.</param>
    /// <param name="facts">The recordings.</param>
    /// <param name="idleSets">The ids of sets that changed nothing.</param>
    /// <param name="progress">Told how many recordings were read; null for nobody.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <exception cref="InvalidDataException">A line cannot be read, named by its file and number, or the lines do not hang together.</exception>
    public static async Task ReadAsync(
        IGraphStore store, TextReader sets, TextReader facts, TextReader idleSets, IProgress<long>? progress = null, CancellationToken cancellation = default)
    {
        var recordings = new Lines<(long Version, Change Change)>("facts.ndjson", facts, line => ExportedLine.Read(line, store.Catalog));
        var (last, read) = (StoreVersion.Empty, 0L);
        var more = await recordings.NextAsync(cancellation);
        for (var versions = new Lines<RecordedSet>("sets.ndjson", sets, ExportedLine.ReadSet); await versions.NextAsync(cancellation);)
        {
            var set = versions.Current;
            var content = ImmutableArray.CreateBuilder<Change>();
            for (; more && recordings.Current.Version == set.Version.Number; more = await recordings.NextAsync(cancellation)) content.Add(recordings.Current.Change);
            read += content.Count;
            var answer = await AppendAsync(store, new ChangeSet(set.Id, set.Version.RecordedAt, set.Author, content.DrainToImmutable()), recordings, cancellation);
            if (answer.Version != set.Version) throw versions.Broken($"is version {set.Version.Number} of the store that was exported and became version {answer.Version.Number}.");
            last = set.Version;
            progress?.Report(read);
        }

        if (more) throw recordings.Broken($"is of version {recordings.Current.Version}, which no set made.");
        for (var idle = new Lines<string>("idle-sets.ndjson", idleSets, ExportedLine.ReadIdle); await idle.NextAsync(cancellation);)
            await store.AppendAsync(new ChangeSet(idle.Current, last.RecordedAt, "", []), cancellation);
    }

    private static async ValueTask<AppendResult> AppendAsync(IGraphStore store, ChangeSet set, Lines<(long Version, Change Change)> recordings, CancellationToken cancellation)
    {
        try
        {
            return await store.AppendAsync(set, cancellation);
        }
        catch (InvalidFactException error)
        {
            throw recordings.Broken($"or a line before it offends the schema: {error.Message}");
        }
    }

    private static async ValueTask FlushAsync(ArrayBufferWriter<byte> lines, Stream target, int from, CancellationToken cancellation)
    {
        if (lines.WrittenCount < from || lines.WrittenCount == 0) return;
        await target.WriteAsync(lines.WrittenMemory, cancellation);
        lines.ResetWrittenCount();
    }

    /// <summary>Lines of a file, each read when its turn has come.</summary>
    private sealed class Lines<T>(string name, TextReader reader, Func<string, T> read)
    {
        private long number;

        public T Current { get; private set; } = default!;

        public async ValueTask<bool> NextAsync(CancellationToken cancellation)
        {
            if (await reader.ReadLineAsync(cancellation) is not { } line) return false;
            number++;
            try
            {
                Current = read(line);
            }
            catch (FormatException error)
            {
                throw Broken(error.Message);
            }

            return true;
        }

        public InvalidDataException Broken(string why) => new(FormattableString.Invariant($"{name}, line {number}: {why}"));
    }
}
