namespace GraphRisk.Stores.Neo4j.Http;

/// <summary>How long one step of a request may take: the token ends the request when the step that is being waited for is overdue.</summary>
internal sealed class StepTimeout(CancellationToken cancellation) : IDisposable
{
    private readonly CancellationTokenSource source = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
    private TimeSpan limit;
    private string lapse = "did not answer";

    /// <summary>Cancelled when the caller gives up or the step is overdue.</summary>
    public CancellationToken Token => source.Token;

    /// <summary>What was waited for in vain, such as <c>did not answer within 5 s</c>.</summary>
    public string Lapse => FormattableString.Invariant($"{lapse} within {limit.TotalSeconds:0.###} s");

    /// <summary>Begins a step.</summary>
    /// <param name="time">Its longest time.</param>
    /// <param name="unless">What to say of the server where it is overdue.</param>
    public void Allow(TimeSpan time, string unless)
    {
        (limit, lapse) = (time, unless);
        source.CancelAfter(time);
    }

    public void Dispose() => source.Dispose();
}
