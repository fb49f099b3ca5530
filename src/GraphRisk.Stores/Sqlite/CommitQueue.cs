using System.Threading.Channels;
using GraphRisk.Graph.Store;

namespace GraphRisk.Stores.Sqlite;

/// <summary>
/// The one writer: takes waiting sets in the order they came and commits as many together as are waiting, up to a number
/// of changes, so that many small appends share the cost of reaching the disk. An append is answered after its commit.
/// Where a group fails, its sets are tried again one by one, so that each gets its own answer.
/// </summary>
internal sealed class CommitQueue : IAsyncDisposable
{
    private const int WaitingSets = 256;

    /// <summary>A tail longer than this is merged at the end, so that the next opening need not read so much.</summary>
    private const int LongestTailLeft = 50_000;

    private readonly Session session;
    private readonly StoreIndexes indexes;
    private readonly LogWriter writer;
    private readonly SqliteStoreOptions options;
    private readonly Channel<Pending> waiting = Channel.CreateBounded<Pending>(
        new BoundedChannelOptions(WaitingSets) { SingleReader = true });

    private readonly StoreWitness? witness;
    private readonly Task loop;
    private bool hasWritten;

    public CommitQueue(Session session, StoreIndexes indexes, SqliteStoreOptions options)
    {
        this.session = session;
        this.indexes = indexes;
        this.options = options;
        writer = new LogWriter(session, indexes);
        witness = options.Witness is { } path ? new StoreWitness(path) : null;
        loop = Task.Run(RunAsync);
    }

    /// <summary>Queues a set and waits for its commit. A cancelled wait leaves a set that is being written to be written.</summary>
    public async ValueTask<AppendResult> AppendAsync(PreparedSet set, CancellationToken cancellation)
    {
        var pending = new Pending(set);
        try
        {
            await waiting.Writer.WriteAsync(pending, cancellation);
        }
        catch (ChannelClosedException closed)
        {
            if (closed.InnerException is { } error) throw Stopped(error);
            throw new ObjectDisposedException(nameof(SqliteGraphStore));
        }

        await using (cancellation.Register(() => pending.Cancel(cancellation)))
            return await pending.Answer;
    }

    /// <summary>Writes what waits and ends.</summary>
    public async ValueTask DisposeAsync()
    {
        waiting.Writer.TryComplete();
        await loop;
    }

    private async Task RunAsync()
    {
        try
        {
            await CommitAllAsync();
            if (hasWritten) MergeIfLongerThan(Math.Min(LongestTailLeft, options.MinimumTail));
        }
        catch (Exception error)
        {
            waiting.Writer.TryComplete(error);
            while (waiting.Reader.TryRead(out var pending)) pending.Fail(Stopped(error));
        }
    }

    private static StoreUnavailableException Stopped(Exception error) =>
        new($"The store stopped writing; close it and open it again. {error.Message}", error);

    private async Task CommitAllAsync()
    {
        var group = new List<Pending>();
        while (await waiting.Reader.WaitToReadAsync())
        {
            group.Clear();
            for (var changes = 0; changes < options.GroupChanges && waiting.Reader.TryRead(out var next);)
            {
                if (!next.Take()) continue;
                group.Add(next);
                changes += next.Set.Changes.Length;
            }

            if (group.Count == 0 || TryCommit(group)) continue;
            foreach (var single in group) TryCommit([single]);
        }
    }

    /// <summary>Commits a group; answers everyone on success, and on failure where the group is a single set.</summary>
    private bool TryCommit(List<Pending> group)
    {
        try
        {
            var results = Commit(group);
            for (var i = 0; i < group.Count; i++) group[i].Succeed(results[i]);
        }
        catch (Exception error)
        {
            if (group.Count > 1) return false;
            group[0].Fail(error);
        }

        MergeIfDue();
        return true;
    }

    private AppendResult[] Commit(List<Pending> group)
    {
        session.Execute("BEGIN IMMEDIATE");
        try
        {
            writer.Begin();
            var results = new AppendResult[group.Count];
            for (var i = 0; i < results.Length; i++) results[i] = writer.Apply(group[i].Set);
            writer.End();
            session.Execute("COMMIT");

            // Acknowledged is what is in the file of the store's name, so it is looked at when all is written.
            if (session.IsMoved) throw SqliteGraphStore.Moved(session.Path);
            hasWritten = true;
            witness?.Note(session);
            return results;
        }
        catch
        {
            session.Rollback();
            writer.Forget();
            indexes.Restart(session);
            throw;
        }
    }

    /// <summary>A failed merge loses nothing: the entries stay in memory, and it is due again after the next commit.</summary>
    private void MergeIfDue() =>
        MergeIfLongerThan(Math.Clamp(indexes.MergedLength / 2, options.MinimumTail, options.MinimumTail * 4L));

    private void MergeIfLongerThan(long length)
    {
        if (indexes.TailLength < length) return;
        try
        {
            indexes.Merge(session);
        }
        catch (StoreUnavailableException)
        {
            indexes.Restart(session);
        }
    }

    private sealed class Pending(PreparedSet set)
    {
        private readonly TaskCompletionSource<AppendResult> answer = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private int taken;

        public PreparedSet Set => set;

        public Task<AppendResult> Answer => answer.Task;

        /// <summary>Claims the set for the writer; false where it was cancelled before.</summary>
        public bool Take() => Interlocked.Exchange(ref taken, 1) == 0;

        public void Cancel(CancellationToken cancellation)
        {
            if (Interlocked.Exchange(ref taken, 1) == 0) answer.TrySetCanceled(cancellation);
        }

        public void Succeed(AppendResult result) => answer.TrySetResult(result);

        public void Fail(Exception error) => answer.TrySetException(error);
    }
}
