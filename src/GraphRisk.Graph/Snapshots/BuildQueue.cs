namespace GraphRisk.Graph.Snapshots;

/// <summary>
/// Lets few snapshots be built at once, and only where memory is left for them. Whoever waits stands in the line of its
/// entitlement, and the lines take turns, so that a viewer who asks for many days keeps nobody else from one. Where no
/// build is under way the next begins however little memory is left: something must go on. Thread-safe.
/// </summary>
/// <typeparam name="TLine">What tells lines apart.</typeparam>
/// <param name="atOnce">Builds at once.</param>
/// <param name="hasRoom">Whether so many bytes more may be taken, beside those that are given in use; it may make room first.</param>
internal sealed class BuildQueue<TLine>(int atOnce, Func<long, bool> hasRoom)
    where TLine : notnull
{
    private readonly Lock gate = new();
    private readonly LinkedList<TLine> turns = [];
    private readonly Dictionary<TLine, LinkedList<Waiter>> lines = [];
    private int running;
    private long reserved;

    /// <summary>Builds when it is the line's turn.</summary>
    /// <param name="line">The line.</param>
    /// <param name="bytes">Memory it is expected to take.</param>
    /// <param name="build">The build.</param>
    /// <param name="unbegun">Cancelled where nobody waits for it any more; once begun it goes on.</param>
    public async Task<T> RunAsync<T>(TLine line, long bytes, Func<Task<T>> build, CancellationToken unbegun)
    {
        var waiter = new Waiter(bytes);
        lock (gate)
        {
            if (!lines.TryGetValue(line, out var queue))
            {
                lines.Add(line, queue = []);
                turns.AddLast(line);
            }

            queue.AddLast(waiter);
            Begin();
        }

        await using (unbegun.UnsafeRegister(_ => GiveUp(line, waiter, unbegun), null))
            await waiter.Begun.Task;
        try
        {
            return await build();
        }
        finally
        {
            lock (gate)
            {
                running--;
                reserved -= bytes;
                Begin();
            }
        }
    }

    private void Begin()
    {
        while (running < atOnce && turns.First is { } turn)
        {
            var queue = lines[turn.Value];
            var next = queue.First!.Value;
            if (!hasRoom(reserved + next.Bytes) && running > 0) return;
            queue.RemoveFirst();
            turns.RemoveFirst();
            if (queue.Count > 0) turns.AddLast(turn.Value);
            else lines.Remove(turn.Value);
            running++;
            reserved += next.Bytes;
            next.Begun.SetResult();
        }
    }

    private void GiveUp(TLine line, Waiter waiter, CancellationToken why)
    {
        lock (gate)
        {
            if (!lines.TryGetValue(line, out var queue) || !queue.Remove(waiter)) return;
            if (queue.Count == 0)
            {
                lines.Remove(line);
                turns.Remove(line);
            }

            waiter.Begun.SetCanceled(why);
        }
    }

    private sealed class Waiter(long bytes)
    {
        public long Bytes => bytes;

        public TaskCompletionSource Begun { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
