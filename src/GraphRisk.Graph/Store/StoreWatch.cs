namespace GraphRisk.Graph.Store;

/// <summary>How closely a store is watched.</summary>
public sealed record StoreWatchOptions
{
    /// <summary>
    /// Age at which what is known of the store's version is asked anew; a change that another process recorded is seen by
    /// every question that begins so much later. Zero asks each time.
    /// </summary>
    public TimeSpan Freshness { get; init; } = TimeSpan.Zero;

    /// <summary>How long a question waits for the store before it is answered without it.</summary>
    public TimeSpan LongestWait { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>Pause between attempts to reach a store that is away.</summary>
    public TimeSpan Pause { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>When an attempt to reach the store is given up.</summary>
    public TimeSpan GiveUp { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Hears, in a sentence each, that the store went away or came back, and that a later program recorded what this one does not know.</summary>
    public Action<string> Report { get; init; } = _ => { };
}

/// <summary>What was last seen of a store.</summary>
/// <param name="Version">Its newest version.</param>
/// <param name="SeenAt">When that was asked; null where the store was never reached.</param>
/// <param name="Trouble">Why it cannot be reached now; null where it can.</param>
public readonly record struct StoreSighting(StoreVersion Version, DateTimeOffset? SeenAt, string? Trouble)
{
    /// <summary>The store holds what a later program recorded: it is answered for without that (<see cref="IGraphStore.Unknown"/>).</summary>
    public bool IsBeyondSchema { get; init; }

    /// <summary>Whether the store cannot be reached.</summary>
    public bool IsAway => Trouble is not null;
}

/// <summary>
/// Knows the newest version of a store and whether it can be reached, however many ask. While it is away, everyone is told
/// so at once and one attempt after another is made in the background of their questions, so that its return is seen by
/// the next. Thread-safe.
/// </summary>
public sealed class StoreWatch(IGraphStore store, TimeProvider clock, StoreWatchOptions? options = null)
{
    private readonly StoreWatchOptions options = options ?? new StoreWatchOptions();
    private readonly Lock gate = new();
    private StoreSighting last = new(StoreVersion.Empty, null, null);
    private Asking? seenBy;
    private Asking? current;
    private long failed;
    private int writes;
    private int told;

    /// <summary>What was seen last, without looking.</summary>
    public StoreSighting Last
    {
        get
        {
            lock (gate) return last;
        }
    }

    /// <summary>
    /// The store's version, seen no longer ago than the freshness when the call began and after this process's own writes;
    /// or what was seen last where the store is away or does not answer in time.
    /// </summary>
    public async ValueTask<StoreSighting> LookAsync(CancellationToken cancellation = default)
    {
        Asking asking;
        lock (gate)
        {
            if (!last.IsAway && seenBy is not null && Serves(seenBy)) return last;
            if (last.IsAway)
            {
                if (current is null && clock.GetElapsedTime(failed) >= options.Pause) Ask();
                return last;
            }

            asking = current is not null && Serves(current) ? current : Ask();
        }

        try
        {
            return await asking.Answer.WaitAsync(options.LongestWait, clock, cancellation);
        }
        catch (TimeoutException)
        {
            NoteAway(FormattableString.Invariant($"The store did not answer within {options.LongestWait.TotalSeconds:0.###} s."));
            return Last;
        }
    }

    /// <summary>This process wrote: what was seen before no longer serves.</summary>
    public void NoteWrite()
    {
        lock (gate) writes++;
    }

    /// <summary>A read or write found the store away.</summary>
    public void NoteAway(string trouble)
    {
        lock (gate)
        {
            failed = clock.GetTimestamp();
            if (!last.IsAway) options.Report($"{trouble} Questions are answered from the last snapshot, changes are refused.");
            last = last with { Trouble = trouble };
        }
    }

    /// <summary>Waits for work that needs the store; false where the store went away before it was done.</summary>
    public async ValueTask<bool> WhileThereAsync(Task work, CancellationToken cancellation = default)
    {
        while (!work.IsCompleted)
        {
            if (await Task.WhenAny(work, Task.Delay(options.LongestWait, clock, cancellation)) == work) break;
            cancellation.ThrowIfCancellationRequested();
            if ((await LookAsync(cancellation)).IsAway) return false;
        }

        return true;
    }

    private bool Serves(Asking asking) => asking.Writes == writes && clock.GetElapsedTime(asking.Began) < options.Freshness;

    private Asking Ask()
    {
        var asking = new Asking(clock.GetTimestamp(), writes, new TaskCompletionSource<StoreSighting>(TaskCreationOptions.RunContinuationsAsynchronously));
        current = asking;
        _ = AnswerAsync(asking, clock.GetUtcNow());
        return asking;
    }

    private async Task AnswerAsync(Asking asking, DateTimeOffset at)
    {
        await Task.Yield();
        using var limit = new CancellationTokenSource(options.GiveUp, clock);
        try
        {
            NoteThere(asking, await store.GetVersionAsync(limit.Token), at);
        }
        catch (StoreUnavailableException error)
        {
            NoteAway(error.Message);
        }
        catch (OperationCanceledException)
        {
            NoteAway(FormattableString.Invariant($"The store did not answer within {options.GiveUp.TotalSeconds:0.###} s."));
        }
        catch (Exception fault)
        {
            asking.Source.TrySetException(fault);
        }
        finally
        {
            lock (gate)
            {
                if (current == asking) current = null;
                asking.Source.TrySetResult(last);
            }
        }
    }

    /// <summary>Answers may come in another order than they were asked for; the latest asked counts.</summary>
    private void NoteThere(Asking asking, StoreVersion version, DateTimeOffset at)
    {
        lock (gate)
        {
            if (seenBy is not null && seenBy.Began > asking.Began) return;
            if (last.IsAway) options.Report("The store is back.");
            var unknown = store.Unknown;
            if (unknown.Length > told && SchemaElements.Told(unknown) is { } beyond) options.Report(beyond);
            told = unknown.Length;
            (last, seenBy) = (new StoreSighting(version, at, null) { IsBeyondSchema = !unknown.IsEmpty }, asking);
        }
    }

    private sealed record Asking(long Began, int Writes, TaskCompletionSource<StoreSighting> Source)
    {
        public Task<StoreSighting> Answer => Source.Task;
    }
}
