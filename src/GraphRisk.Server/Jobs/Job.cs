using System.Diagnostics.CodeAnalysis;
using GraphRisk.Server.Http;
using GraphRisk.Server.Security;

namespace GraphRisk.Server.Jobs;

/// <summary>How far a job is.</summary>
internal enum JobState
{
    /// <summary>Others are before it.</summary>
    Waiting,

    Running,

    Done,

    /// <summary>It ended with an error; what it recorded before is kept and not recorded twice when the command is sent again.</summary>
    Failed,

    /// <summary>The server was stopped; the command can be sent again.</summary>
    Cancelled,
}

/// <summary>A command that outlives the request that gave it. Thread-safe.</summary>
/// <param name="id">Opaque id.</param>
/// <param name="command">Name of the command.</param>
/// <param name="startedBy">Who may look at it.</param>
internal sealed class Job(string id, string command, string startedBy) : IEndsLater
{
    private readonly TaskCompletionSource<object> ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private long rows;
    private int files;
    private volatile JobState state;

    public string Id => id;

    public string Command => command;

    public string StartedBy => startedBy;

    public JobState State => state;

    /// <summary>Files read so far, the one being read included.</summary>
    public int Files => Volatile.Read(ref files);

    /// <summary>Rows read so far.</summary>
    public long Rows => Volatile.Read(ref rows);

    /// <summary>What it did; null where it has not ended well.</summary>
    public object? Result => ended.Task.IsCompletedSuccessfully ? ended.Task.Result : null;

    /// <summary>What went wrong, in the words of an answer; null where nothing did.</summary>
    public TypedError? Error { get; private set; }

    /// <summary>Ends with the job: with its result or with what it failed with.</summary>
    public Task<object> Ended => ended.Task;

    Task IEndsLater.End => ended.Task;

    public void Start() => state = JobState.Running;

    /// <summary>Says how far it is.</summary>
    public void Report(int filesRead, long rowsRead)
    {
        Volatile.Write(ref files, filesRead);
        Volatile.Write(ref rows, rowsRead);
    }

    public void Finish(object result)
    {
        state = JobState.Done;
        ended.SetResult(result);
    }

    public void Fail(JobState how, Exception why, TypedError error)
    {
        Error = error;
        state = how;
        ended.SetException(why);
        // Seen or not, the failure stands in the job.
        _ = ended.Task.Exception;
    }
}
