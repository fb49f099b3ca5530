using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using System.Threading.Channels;
using GraphRisk.Graph.Facts;
using GraphRisk.Graph.Schema;
using GraphRisk.Graph.Store;
using GraphRisk.Stores.Copy;

namespace GraphRisk.Stores.Sqlite;

/// <summary>
/// The embedded store: one SQLite file in WAL mode, one writer and any number of readers, in this process or in others.
/// A commit has reached the disk when it is answered. Thread-safe.
/// </summary>
public sealed class SqliteGraphStore : IGraphStore, IIdleSets, ILaterRecordings
{
    private const int LargestBatch = 1024;

    private readonly string path;
    private readonly SqliteStoreOptions options;
    private readonly StoreIndexes indexes;
    private readonly ConcurrentBag<Session> idle = [];
    private readonly Session writing;
    private readonly Session anchor;
    private readonly CommitQueue queue;
    private bool disposed;

    private SqliteGraphStore(string path, SchemaCatalog catalog, SqliteStoreOptions options, Session writing, Session anchor)
    {
        this.anchor = anchor;
        this.path = path;
        this.options = options;
        this.writing = writing;
        Catalog = catalog;
        indexes = new StoreIndexes(catalog);
        queue = new CommitQueue(writing, indexes, options);
    }

    public SchemaCatalog Catalog { get; }

    /// <summary>Its indexes.</summary>
    internal StoreIndexes Indexes => indexes;

    internal static SqliteGraphStore Open(string path, SchemaCatalog catalog, SqliteStoreOptions options)
    {
        if (!options.MayMake && !File.Exists(path)) throw new StoreUnavailableException($"There is no store ({path}).");
        var session = Session.Open(path, catalog, options.WriteCacheBytes, options.BusyTimeout, options.MayMake);
        Session? anchor = null;
        try
        {
            Migrations.Apply(session, options.MayMake);
            Migrations.CheckSchema(session);
            Hold(session, options);
            if (options.MaximumBytes is { } bytes) session.LimitSize(bytes);
            anchor = Session.Open(path, catalog, options.ReadCacheBytes, options.BusyTimeout, mayMake: false);
            return new SqliteGraphStore(path, catalog, options, session, anchor);
        }
        catch (FormatException error)
        {
            anchor?.Dispose();
            session.Dispose();
            throw Damaged(error, path);
        }
        catch
        {
            anchor?.Dispose();
            session.Dispose();
            throw;
        }
    }

    /// <summary>Holds the store to its witness, or takes it as it is under a new history.</summary>
    private static void Hold(Session session, SqliteStoreOptions options)
    {
        if (options.Witness is not { } path) return;
        var witness = new StoreWitness(path);
        if (options.TakesOther) HistoryMarks.Renew(session);
        else witness.Require(session);
        witness.Note(session);
    }

    public ValueTask<StoreVersion> GetVersionAsync(CancellationToken cancellation = default) =>
        ReadVersion("SELECT number, recorded_at FROM version ORDER BY number DESC LIMIT 1", null, cancellation);

    public ValueTask<StoreVersion> GetVersionAsync(DateTimeOffset knownAt, CancellationToken cancellation = default) =>
        ReadVersion(
            "SELECT number, recorded_at FROM version WHERE recorded_at <= ? ORDER BY recorded_at DESC, number DESC LIMIT 1",
            knownAt.ToUnixTimeMilliseconds(), cancellation);

    public ValueTask<StoreMark?> GetMarkAsync(long version, CancellationToken cancellation = default) =>
        WithSession(session => session.Marks.Of(version), cancellation);

    public ValueTask<AppendResult> AppendAsync(ChangeSet changes, CancellationToken cancellation = default)
    {
        ObjectDisposedException.ThrowIf(disposed, this);
        return queue.AppendAsync(PreparedSet.Of(changes, Catalog, cancellation), cancellation);
    }

    public IAsyncEnumerable<RecordedFact> ReadAsync(ReadScope scope, CancellationToken cancellation = default) =>
        StreamAsync(session => LogScan.Facts(session, scope), cancellation);

    public IAsyncEnumerable<RecordedFact> ReadChangesAsync(long afterVersion, CancellationToken cancellation = default) =>
        StreamAsync(session => LogScan.Changes(session, afterVersion), cancellation);

    public IAsyncEnumerable<RecordedSet> ReadSetsAsync(long afterVersion, CancellationToken cancellation = default) =>
        StreamAsync(session => ReadSets(session, afterVersion), cancellation);

    IAsyncEnumerable<string> IIdleSets.ReadIdleSetsAsync(CancellationToken cancellation) => StreamAsync(ReadIdleSets, cancellation);

    IAsyncEnumerable<LaterRecording> ILaterRecordings.ReadLaterAsync(long throughVersion, CancellationToken cancellation) =>
        StreamAsync(session => LogScan.Later(session, throughVersion), cancellation);

    public ValueTask<IReadOnlyList<RecordedFact>> FindAsync(
        NodeId node, long atVersion, bool withRelationships = false, CancellationToken cancellation = default) =>
        WithSession<IReadOnlyList<RecordedFact>>(
            session => LogScan.Known(
                session, indexes.FactsOf(session, node, withRelationships), session.Versions.LastSequence(atVersion)),
            cancellation);

    public ValueTask<IReadOnlyList<NodeId>> FindByIdentifierAsync(
        string scheme, string value, long atVersion, CancellationToken cancellation = default)
    {
        var wanted = new Identifier(scheme, value);
        return WithSession<IReadOnlyList<NodeId>>(
            session => [.. LogScan
                .Known(session, indexes.FactsWith(session, scheme, value), session.Versions.LastSequence(atVersion))
                .Select(recorded => (NodeFact)recorded.Fact)
                .Where(fact => Identifiers.Of(Catalog.Node(fact.Node.Type), fact.Properties).Contains(wanted))
                .Select(fact => fact.Node).Distinct().Order()],
            cancellation);
    }

    /// <summary>Reads the whole file; takes a minute for ten million facts.</summary>
    public ValueTask<IReadOnlyList<string>> CheckAsync(CancellationToken cancellation = default) => new(Task.Run(
        () => WithSession<IReadOnlyList<string>>(session => IntegrityCheck.Run(session, cancellation), cancellation).AsTask(),
        cancellation));

    public async ValueTask DisposeAsync()
    {
        if (disposed) return;
        disposed = true;
        await queue.DisposeAsync();
        while (idle.TryTake(out var session)) session.Dispose();
        anchor.Dispose();
        writing.Dispose();
    }

    private ValueTask<StoreVersion> ReadVersion(string sql, long? knownAt, CancellationToken cancellation) => WithSession(
        session =>
        {
            var statement = session.Prepare(sql);
            if (knownAt is not null) statement.Bind(1, knownAt);
            var version = statement.Step()
                ? new StoreVersion(statement.Integer(0), DateTimeOffset.FromUnixTimeMilliseconds(statement.Integer(1)))
                : StoreVersion.Empty;
            statement.Reset();
            return version;
        },
        cancellation);

    private static IEnumerable<RecordedSet> ReadSets(Session session, long afterVersion)
    {
        var statement = session.Prepare("SELECT number, recorded_at, set_id, author FROM version WHERE number > ? ORDER BY number")
            .Bind(1, afterVersion);
        try
        {
            while (statement.Step())
            {
                var recordedAt = DateTimeOffset.FromUnixTimeMilliseconds(statement.Integer(1));
                yield return new RecordedSet(new StoreVersion(statement.Integer(0), recordedAt), statement.Text(2), statement.Text(3));
            }
        }
        finally
        {
            statement.Reset();
        }
    }

    private static IEnumerable<string> ReadIdleSets(Session session)
    {
        var statement = session.Prepare(
            "SELECT id FROM change_set WHERE NOT EXISTS (SELECT 1 FROM version WHERE number = change_set.version AND set_id = change_set.id) ORDER BY id");
        try
        {
            while (statement.Step()) yield return statement.Text(0);
        }
        finally
        {
            statement.Reset();
        }
    }

    /// <summary>Point reads are short and run on the caller's thread.</summary>
    internal ValueTask<T> WithSession<T>(Func<Session, T> read, CancellationToken cancellation)
    {
        ObjectDisposedException.ThrowIf(disposed, this);
        cancellation.ThrowIfCancellationRequested();
        var session = Rent();
        try
        {
            return ValueTask.FromResult(Guarded(() => read(session)));
        }
        finally
        {
            Return(session);
        }
    }

    /// <summary>Reads and decodes on a thread of its own, some batches ahead of whoever consumes them.</summary>
    private async IAsyncEnumerable<T> StreamAsync<T>(
        Func<Session, IEnumerable<T>> read, [EnumeratorCancellation] CancellationToken cancellation)
    {
        ObjectDisposedException.ThrowIf(disposed, this);
        using var abandoned = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var batches = Channel.CreateBounded<ReadOnlyMemory<T>>(
            new BoundedChannelOptions(8) { SingleReader = true, SingleWriter = true });
        var producer = Task.Run(() => ProduceAsync(read, batches.Writer, abandoned.Token), CancellationToken.None);
        try
        {
            while (await batches.Reader.WaitToReadAsync(cancellation))
            {
                while (batches.Reader.TryRead(out var batch))
                {
                    cancellation.ThrowIfCancellationRequested();
                    for (var i = 0; i < batch.Length; i++) yield return batch.Span[i];
                }
            }
        }
        finally
        {
            await abandoned.CancelAsync();
            await producer;
        }
    }

    private async Task ProduceAsync<T>(
        Func<Session, IEnumerable<T>> read, ChannelWriter<ReadOnlyMemory<T>> batches, CancellationToken cancellation)
    {
        Session? session = null;
        try
        {
            session = Rent();
            await FillAsync(Guarded(() => read(session)), batches, cancellation);
            batches.Complete();
        }
        catch (Exception error)
        {
            batches.Complete(error is FormatException ? Damaged(error) : error);
        }
        finally
        {
            if (session is not null) Return(session);
        }
    }

    private static async Task FillAsync<T>(
        IEnumerable<T> items, ChannelWriter<ReadOnlyMemory<T>> batches, CancellationToken cancellation)
    {
        var (batch, count) = (new T[16], 0);
        foreach (var item in items)
        {
            batch[count++] = item;
            if (count < batch.Length) continue;
            await batches.WriteAsync(batch, cancellation);
            (batch, count) = (new T[Math.Min(LargestBatch, batch.Length * 2)], 0);
        }

        if (count > 0) await batches.WriteAsync(batch.AsMemory(0, count), cancellation);
    }

    private T Guarded<T>(Func<T> read)
    {
        try
        {
            return read();
        }
        catch (FormatException error)
        {
            throw Damaged(error);
        }
    }

    private StoreUnavailableException Damaged(Exception error) => Damaged(error, path);

    private static StoreUnavailableException Damaged(Exception error, string path) =>
        new($"The store's file is damaged; restore it from a backup. {error.Message} ({path})", error);

    /// <exception cref="StoreUnavailableException">The file is no longer in its place; another in it is not read as if it were this one.</exception>
    private Session Rent()
    {
        if (anchor.IsMoved) throw Moved(path);
        return idle.TryTake(out var session) ? session : Session.Open(path, Catalog, options.ReadCacheBytes, options.BusyTimeout, mayMake: false);
    }

    /// <summary>What is said where the file was taken away while it was open.</summary>
    internal static StoreUnavailableException Moved(string path) =>
        new($"The store's file was deleted, moved or replaced while it was open: nothing more is written. Put it back and start again ({path}).");

    private void Return(Session session)
    {
        if (disposed) session.Dispose();
        else idle.Add(session);
    }
}
