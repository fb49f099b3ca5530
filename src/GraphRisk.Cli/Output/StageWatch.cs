namespace GraphRisk.Cli.Output;

/// <summary>How long the stages of a command took, by the clock given.</summary>
internal sealed class StageWatch(TimeProvider clock)
{
    private readonly Dictionary<string, double> seconds = [];

    /// <summary>Seconds by stage, in their order.</summary>
    public IReadOnlyDictionary<string, double> Seconds => seconds;

    /// <summary>Runs one stage.</summary>
    public T Run<T>(string stage, Func<T> work)
    {
        var started = clock.GetTimestamp();
        var result = work();
        seconds[stage] = clock.GetElapsedTime(started).TotalSeconds;
        return result;
    }

    /// <summary>Runs one stage that waits.</summary>
    public async Task<T> RunAsync<T>(string stage, Func<Task<T>> work)
    {
        var started = clock.GetTimestamp();
        var result = await work();
        seconds[stage] = clock.GetElapsedTime(started).TotalSeconds;
        return result;
    }
}
