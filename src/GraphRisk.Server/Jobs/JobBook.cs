using GraphRisk.Server.Composition;
using GraphRisk.Server.Http;
using GraphRisk.Server.Security;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace GraphRisk.Server.Jobs;

/// <summary>
/// The commands that are under way, and those that ended last. A job runs under no question's clock; the gate through
/// which all commands write lets one write at a time. When the server stops jobs are cancelled, which is safe: what they
/// recorded is kept, and the same command sent again records only the rest. Thread-safe.
/// </summary>
/// <param name="sealer">Makes ids opaque.</param>
/// <param name="clock">Tells jobs of one server from those of the next.</param>
internal sealed class JobBook(Sealer sealer, TimeProvider clock) : IDisposable
{
    /// <summary>Ended jobs that are remembered; the oldest is forgotten first.</summary>
    public const int Remembered = 200;

    private readonly Lock gate = new();
    private readonly Dictionary<string, Job> jobs = new(StringComparer.Ordinal);
    private readonly Queue<string> ended = new();
    private readonly CancellationTokenSource stop = new();
    private readonly long opened = clock.GetUtcNow().UtcTicks;
    private long started;

    /// <summary>Hears of faults, which no answer tells.</summary>
    public Action<string, Exception> OnFault { get; set; } = (_, _) => { };

    /// <summary>Begins a command.</summary>
    /// <param name="command">Its name.</param>
    /// <param name="viewer">Who gives it.</param>
    /// <param name="run">The command; it says how far it is and ends when it is cancelled.</param>
    public Job Start(string command, Viewer viewer, Func<Job, CancellationToken, Task<object>> run)
    {
        var job = new Job(sealer.Seal($"job {opened} {Interlocked.Increment(ref started)}"), command, KeyOf(viewer));
        lock (gate) jobs.Add(job.Id, job);
        _ = Task.Run(() => RunAsync(job, run));
        return job;
    }

    /// <summary>A job by id; null where there is none, or another viewer began it.</summary>
    public Job? Find(string id, Viewer viewer)
    {
        lock (gate) return jobs.TryGetValue(id, out var job) && job.StartedBy == KeyOf(viewer) ? job : null;
    }

    /// <summary>Cancels all jobs and waits until they have ended.</summary>
    public async Task StopAsync(CancellationToken cancellation)
    {
        await stop.CancelAsync();
        Task[] all;
        lock (gate) all = [.. jobs.Values.Select(job => job.Ended)];
        await Task.WhenAll(all).WaitAsync(cancellation).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    public void Dispose() => stop.Dispose();

    private static string KeyOf(Viewer viewer) => $"{viewer.Role}:{viewer.Of}";

    private async Task RunAsync(Job job, Func<Job, CancellationToken, Task<object>> run)
    {
        try
        {
            job.Finish(await run(job, stop.Token));
        }
        catch (OperationCanceledException why)
        {
            job.Fail(JobState.Cancelled, why, new TypedError(ErrorCodes.Failed, "The server was stopped. Send the command again: what was recorded before is kept and not recorded twice."));
        }
        catch (TypedError error)
        {
            job.Fail(JobState.Failed, error, error);
        }
        catch (Exception fault)
        {
            OnFault(job.Id, fault);
            job.Fail(JobState.Failed, fault, new TypedError(ErrorCodes.Internal, ErrorShape.Internal));
        }
        finally
        {
            Remember(job);
        }
    }

    private void Remember(Job job)
    {
        lock (gate)
        {
            ended.Enqueue(job.Id);
            if (ended.Count > Remembered) jobs.Remove(ended.Dequeue());
        }
    }
}

/// <summary>Ends the jobs with the server, and writes their faults to its log.</summary>
internal sealed partial class JobsOfServer : IHostedService
{
    private readonly JobBook book;
    private readonly ILogger<JobsOfServer> log;

    public JobsOfServer(JobBook book, ILogger<JobsOfServer> log)
    {
        this.book = book;
        this.log = log;
        book.OnFault = LogFault;
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => book.StopAsync(cancellationToken);

    [LoggerMessage(Level = LogLevel.Error, Message = "Job {Id} failed")]
    private partial void LogFault(string id, Exception fault);
}
