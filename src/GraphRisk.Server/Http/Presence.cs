using Microsoft.AspNetCore.Http;

namespace GraphRisk.Server.Http;

/// <summary>
/// Whether the server takes questions, and how many it is answering. It listens before it is ready, so that it is seen to live; told to end, it refuses new
/// questions, finishes those it has and only then stops listening. Thread-safe.
/// </summary>
public sealed class Presence(TimeProvider clock)
{
    /// <summary>How long it goes on refusing when the last answer has left, so that whoever was about to ask hears so and is not cut off.</summary>
    private static readonly TimeSpan Notice = TimeSpan.FromMilliseconds(500);

    private readonly TaskCompletionSource empty = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Lock gate = new();
    private int answering;
    private bool isReady;
    private bool isEnding;

    /// <summary>Whether the first question is answered as quickly as those after it, and the server is not ending.</summary>
    public bool IsReady
    {
        get
        {
            lock (gate) return isReady && !isEnding;
        }
    }

    /// <summary>Questions being answered.</summary>
    public int Answering
    {
        get
        {
            lock (gate) return answering;
        }
    }

    /// <summary>All that the first question would wait for is made.</summary>
    public void MarkReady()
    {
        lock (gate) isReady = true;
    }

    /// <summary>Takes a question; false where the server is ending. Whoever enters leaves.</summary>
    internal bool TryEnter(HttpResponse response)
    {
        response.OnStarting(state =>
        {
            if (((Presence)state).IsEnding) response.Headers.Connection = "close";
            return Task.CompletedTask;
        }, this);
        lock (gate)
        {
            if (isEnding) return false;
            answering++;
            return true;
        }
    }

    /// <summary>A question is answered.</summary>
    internal void Leave()
    {
        lock (gate)
            if (--answering == 0 && isEnding) empty.TrySetResult();
    }

    /// <summary>Refuses new questions from now on and waits for the answers of those there are.</summary>
    /// <param name="within">The longest wait; questions have a limit of their own, beyond which they end.</param>
    /// <returns>Questions that are not answered by then and will be cut off.</returns>
    public async Task<int> EndAsync(TimeSpan within)
    {
        lock (gate)
        {
            isEnding = true;
            if (answering == 0) empty.TrySetResult();
        }

        await Task.WhenAny(empty.Task, Task.Delay(within, clock)).ConfigureAwait(false);
        await Task.Delay(Notice, clock).ConfigureAwait(false);
        return Answering;
    }

    private bool IsEnding
    {
        get
        {
            lock (gate) return isEnding;
        }
    }
}
