using GraphRisk.Server.Security;

namespace GraphRisk.Server.Budget;

/// <summary>Lets questions in: within the viewer's share of the minute, and when it is the viewer's turn.</summary>
internal sealed class Admission(BudgetOptions options, TimeProvider clock)
{
    /// <summary>What every question costs whatever it asks: reading, guarding, parsing, writing.</summary>
    private const long WorkOfAsking = 20_000;

    private static readonly TimeSpan WhenManyWait = TimeSpan.FromSeconds(1);

    private readonly ViewerShares shares = new(clock);
    private readonly FairTurns turns = new(options.AtOnce ?? Math.Max(2, Environment.ProcessorCount), options.MostWaiting);

    /// <summary>Waits for the viewer's turn.</summary>
    /// <param name="viewer">Who asks.</param>
    /// <param name="timeout">Longest time the question may then take.</param>
    /// <param name="cancellation">Cancelled when the asker has gone.</param>
    /// <returns>The question's seat, or how long to wait before asking again.</returns>
    public async Task<(Seat? Seat, TimeSpan RetryAfter)> AdmitAsync(Viewer viewer, TimeSpan timeout, CancellationToken cancellation)
    {
        var (key, share) = ($"{viewer.Role}:{viewer.Of}", options.WorkAMinute[viewer.Role]);
        if (shares.Wait(key, share) is { Ticks: > 0 } wait) return (null, wait);
        if (await turns.EnterAsync(key, cancellation).ConfigureAwait(false) is not { } turn) return (null, WhenManyWait);
        // What the viewer's other questions spent while this one waited counts too.
        if (shares.Wait(key, share) is { Ticks: > 0 } since)
        {
            turn.Dispose();
            return (null, since);
        }

        var budget = new QuestionBudget(viewer.Role, options.Of(viewer.Role), turn.Yield, cancellation);
        budget.EndAfter(timeout);
        return (new Seat(budget, turn, work => shares.Take(key, share, work + WorkOfAsking)), default);
    }
}

/// <summary>A question that was let in; disposed when it is answered, which takes its cost from the viewer's share.</summary>
internal sealed class Seat(QuestionBudget budget, FairTurns.Turn turn, Action<long> take) : IDisposable
{
    public QuestionBudget Budget => budget;

    /// <summary>Gives the place away while something is waited for that costs nothing here.</summary>
    public Task<T> WithoutTurnAsync<T>(Func<Task<T>> wait) => turn.WithoutAsync(wait);

    public void Dispose()
    {
        take(budget.Spent(CostUnit.Work) + budget.Spent(CostUnit.Shared));
        turn.Dispose();
        budget.Dispose();
    }
}
