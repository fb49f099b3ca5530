using GraphRisk.Graph.Store;
using Polly;
using Polly.CircuitBreaker;
using Polly.Retry;

namespace GraphRisk.Stores.Neo4j.Http;

/// <summary>
/// Neo4j's HTTP Query API, version 2. Sends again, with growing pauses and jitter, what the server calls transient and what
/// got no whole answer; never for an HTTP status alone, since the API answers 202 to what then fails. A lost answer to a
/// write is ambiguous, so every write sent through here must be idempotent. A server that keeps failing is left alone for a
/// while (circuit breaker). Thread-safe.
/// </summary>
/// <remarks>https://neo4j.com/docs/query-api/current/</remarks>
public sealed class QueryApiClient : IDisposable
{
    /// <summary>After this the server has dropped a transaction that nobody ended: its limit of a minute, and the wait for a lock before.</summary>
    private static readonly TimeSpan LongestTransaction = TimeSpan.FromMinutes(3);

    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(1);

    private static readonly ResiliencePropertyKey<long> Began = new("began");

    private readonly QueryApiConnection connection;
    private readonly Neo4jOptions options;
    private readonly TimeProvider clock;
    private readonly string path;
    private readonly ResiliencePipeline resilience;

    /// <param name="options">Where the server is.</param>
    /// <param name="clock">Times pauses and the breaker.</param>
    public QueryApiClient(Neo4jOptions options, TimeProvider clock)
    {
        this.options = options;
        this.clock = clock;
        path = $"/db/{Uri.EscapeDataString(options.Database)}/query/v2";
        connection = new QueryApiConnection(options);
        resilience = BuildResilience();
    }

    /// <summary>Runs one statement in a transaction of its own.</summary>
    /// <exception cref="Neo4jException">The server refuses it.</exception>
    /// <exception cref="StoreUnavailableException">The server cannot be reached, or not in time, or cannot do its work; the message says why.</exception>
    public ValueTask<QueryAnswer> RunAsync(
        string statement, IReadOnlyDictionary<string, object?> parameters, AccessMode mode,
        IReadOnlyCollection<string>? bookmarks = null, CancellationToken cancellation = default)
    {
        var body = RequestBody.Of(statement, parameters, WireFormat.Typed, mode, bookmarks);
        return Guarded(token => connection.SendAsync(path, body, null, token), cancellation);
    }

    /// <summary>
    /// Runs statements in one transaction; the whole is run again where its failure is a passing one, also where the answer to
    /// the commit was lost, when it may have been committed. The work may therefore run more than once and must find out
    /// itself what an earlier run left. Cancellation takes effect between statements: a request broken off in the middle
    /// would leave the server holding the transaction's locks until it expires.
    /// </summary>
    public ValueTask<T> InTransactionAsync<T>(Func<QueryTransaction, Task<T>> work, CancellationToken cancellation = default) =>
        Guarded(async token =>
        {
            token.ThrowIfCancellationRequested();
            var opened = await connection.SendAsync(path + "/tx", RequestBody.Empty, null, CancellationToken.None);
            var id = opened.TransactionId ?? throw new UnreachableException("opened a transaction and did not name it");
            var transaction = new QueryTransaction(connection, $"{path}/tx/{id}", opened.Affinity);
            try
            {
                var result = await work(transaction);
                token.ThrowIfCancellationRequested();
                await connection.SendAsync(transaction.Path + "/commit", RequestBody.Empty, transaction.Affinity, CancellationToken.None);
                return result;
            }
            catch (Exception error)
            {
                if (error is not Neo4jException { IsLostTransaction: true }) await RollBackAsync(transaction);
                throw;
            }
        }, cancellation);

    public void Dispose() => connection.Dispose();

    private ResiliencePipeline BuildResilience() =>
        new ResiliencePipelineBuilder { TimeProvider = clock }
            .AddRetry(new RetryStrategyOptions
            {
                MaxRetryAttempts = int.MaxValue,
                Delay = options.RetryDelay,
                MaxDelay = 50 * options.RetryDelay,
                BackoffType = DelayBackoffType.Exponential,
                UseJitter = true,
                ShouldHandle = attempt => ValueTask.FromResult(IsPassing(attempt.Outcome.Exception) && HasTime(attempt.Context)),
            })
            .AddCircuitBreaker(new CircuitBreakerStrategyOptions
            {
                FailureRatio = 0.9,
                MinimumThroughput = options.BreakAfter,
                BreakDuration = options.BreakFor,
                SamplingDuration = TimeSpan.FromSeconds(30),
                ShouldHandle = new PredicateBuilder().Handle<UnreachableException>(),
            })
            .Build();

    /// <summary>Whoever has the time to wait until the breaker closes again does; others are refused at once.</summary>
    private bool IsPassing(Exception? error) => error is UnreachableException or Neo4jException { IsTransient: true } or Neo4jException { IsLostTransaction: true }
        || (error is BrokenCircuitException && options.RetryFor > options.BreakFor);

    private bool HasTime(ResilienceContext context) =>
        context.Properties.TryGetValue(Began, out var began) && clock.GetElapsedTime(began) < options.RetryFor;

    private async ValueTask<T> Guarded<T>(Func<CancellationToken, Task<T>> work, CancellationToken cancellation)
    {
        var context = ResilienceContextPool.Shared.Get(cancellation);
        context.Properties.Set(Began, clock.GetTimestamp());
        try
        {
            return await resilience.ExecuteAsync(async (attempt, asked) => await asked(attempt.CancellationToken), context, work);
        }
        catch (UnreachableException error)
        {
            throw Unavailable(error.Message, error, isAway: true);
        }
        catch (BrokenCircuitException error)
        {
            var last = error.InnerException is UnreachableException unreachable ? $" It {unreachable.Message}." : "";
            throw Unavailable(FormattableString.Invariant($"failed repeatedly and is left alone for {options.BreakFor.TotalSeconds:0.###} s.{last}"), error, isAway: true);
        }
        catch (Neo4jException error) when (Neo4jTroubles.Explain(error) is { } trouble)
        {
            throw Unavailable(trouble, error, error.IsTransient);
        }
        finally
        {
            ResilienceContextPool.Shared.Return(context);
        }
    }

    private StoreUnavailableException Unavailable(string trouble, Exception error, bool isAway) =>
        new($"Neo4j at {options.Url.GetLeftPart(UriPartial.Authority)}, database {options.Database}, {trouble.TrimEnd('.')}.", error) { IsAway = isAway };

    /// <summary>
    /// Ends a transaction that failed. It may hold the store's lock, for which the next attempt waits, or wait for it and hold
    /// it later; so neither a lost connection nor a statement that is still running is taken for the end. Attempts go on in
    /// the background, longer than the server keeps a transaction it does not hear of.
    /// </summary>
    private async Task RollBackAsync(QueryTransaction transaction) =>
        await Task.WhenAny(EndAsync(transaction), Task.Delay(options.ConnectTimeout, clock));

    private async Task EndAsync(QueryTransaction transaction)
    {
        var began = clock.GetTimestamp();
        for (var pause = options.RetryDelay; clock.GetElapsedTime(began) < LongestTransaction; pause = Min(2 * pause, LongestPause))
        {
            try
            {
                if (await connection.EndAsync(transaction.Path, transaction.Affinity)) return;
            }
            catch (Exception lost) when (lost is UnreachableException or ObjectDisposedException)
            {
                if (lost is ObjectDisposedException) return;
            }

            await Task.Delay(pause, clock);
        }
    }

    private static TimeSpan Min(TimeSpan left, TimeSpan right) => left < right ? left : right;
}
