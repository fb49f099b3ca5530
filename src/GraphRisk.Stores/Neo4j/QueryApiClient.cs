using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using GraphRisk.Graph.Store;
using Polly;
using Polly.CircuitBreaker;
using Polly.Retry;

namespace GraphRisk.Stores.Neo4j;

/// <summary>
/// Neo4j's HTTP Query API, version 2. Sends again, with growing pauses and jitter, what the server calls transient and what
/// did not reach it; a lost answer to a write is ambiguous, so every write sent through here must be idempotent. Thread-safe.
/// </summary>
/// <remarks>https://neo4j.com/docs/query-api/current/</remarks>
public sealed class QueryApiClient : IDisposable
{
    private const string TypedMedia = "application/vnd.neo4j.query";

    private readonly HttpClient http;
    private readonly Neo4jOptions options;
    private readonly string path;
    private readonly ResiliencePipeline resilience;

    /// <param name="options">Where the server is.</param>
    /// <param name="clock">Times pauses and the breaker.</param>
    public QueryApiClient(Neo4jOptions options, TimeProvider clock)
    {
        this.options = options;
        path = $"/db/{Uri.EscapeDataString(options.Database)}/query/v2";
        http = new HttpClient(new SocketsHttpHandler
        {
            ConnectTimeout = options.ConnectTimeout,
            PooledConnectionLifetime = TimeSpan.FromMinutes(5),
            MaxConnectionsPerServer = 8,
        })
        {
            BaseAddress = options.Url,
            Timeout = Timeout.InfiniteTimeSpan,
        };
        http.DefaultRequestHeaders.Authorization = options.Token is { } token
            ? new AuthenticationHeaderValue("Bearer", token)
            : new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{options.User}:{options.Password}")));
        http.DefaultRequestHeaders.Accept.Add(new MediaTypeWithQualityHeaderValue(TypedMedia));
        resilience = BuildResilience(options, clock);
    }

    /// <summary>Runs one statement in a transaction of its own.</summary>
    /// <exception cref="Neo4jException">The server refuses it.</exception>
    /// <exception cref="StoreUnavailableException">The server cannot be reached, or not in time.</exception>
    public ValueTask<QueryAnswer> RunAsync(
        string statement, IReadOnlyDictionary<string, object?> parameters, AccessMode mode,
        IReadOnlyCollection<string>? bookmarks = null, CancellationToken cancellation = default) =>
        SendWithRetriesAsync(path, Body(statement, parameters, mode, bookmarks), cancellation);

    /// <summary>
    /// Runs statements in one transaction; the whole is sent again where the server calls its failure transient. The work
    /// may therefore run more than once and must not keep state between runs. Cancellation takes effect between statements:
    /// a request broken off in the middle would leave the server holding the transaction's locks until it expires.
    /// </summary>
    public ValueTask<T> InTransactionAsync<T>(Func<QueryTransaction, Task<T>> work, CancellationToken cancellation = default) =>
        Guarded(async token =>
        {
            token.ThrowIfCancellationRequested();
            var opened = await SendAsync(path + "/tx", Body(null, null, AccessMode.Write, null), CancellationToken.None);
            var transaction = new QueryTransaction(this, $"{path}/tx/{opened.TransactionId}");
            try
            {
                var result = await work(transaction);
                token.ThrowIfCancellationRequested();
                await SendAsync(transaction.Path + "/commit", Body(null, null, null, null), CancellationToken.None);
                return result;
            }
            catch
            {
                await RollBackAsync(transaction.Path);
                throw;
            }
        }, cancellation);

    public void Dispose() => http.Dispose();

    internal ValueTask<QueryAnswer> RunInAsync(
        string transactionPath, string statement, IReadOnlyDictionary<string, object?> parameters, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        return SendAsync(transactionPath, Body(statement, parameters, null, null), CancellationToken.None);
    }

    private static ResiliencePipeline BuildResilience(Neo4jOptions options, TimeProvider clock) =>
        new ResiliencePipelineBuilder { TimeProvider = clock }
            .AddRetry(new RetryStrategyOptions
            {
                MaxRetryAttempts = options.Retries,
                Delay = options.RetryDelay,
                MaxDelay = TimeSpan.FromSeconds(5),
                BackoffType = DelayBackoffType.Exponential,
                UseJitter = true,
                ShouldHandle = new PredicateBuilder().Handle<Neo4jException>(error => error.IsTransient).Handle<UnreachableException>(),
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

    private ValueTask<QueryAnswer> SendWithRetriesAsync(string to, byte[] body, CancellationToken cancellation) =>
        Guarded(async token => await SendAsync(to, body, token), cancellation);

    private async ValueTask<T> Guarded<T>(Func<CancellationToken, Task<T>> work, CancellationToken cancellation)
    {
        try
        {
            return await resilience.ExecuteAsync(async token => await work(token), cancellation);
        }
        catch (UnreachableException error)
        {
            throw new StoreUnavailableException(error.Message, error);
        }
        catch (BrokenCircuitException error)
        {
            throw new StoreUnavailableException($"Neo4j at {options.Url} failed repeatedly and is not asked for {options.BreakFor.TotalSeconds} s.", error);
        }
    }

    private async ValueTask<QueryAnswer> SendAsync(string to, byte[] body, CancellationToken cancellation)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(options.RequestTimeout);
        try
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, to) { Content = new ByteArrayContent(body) };
            request.Content.Headers.ContentType = new MediaTypeHeaderValue(TypedMedia);
            using var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, limit.Token);
            await using var stream = await response.Content.ReadAsStreamAsync(limit.Token);
            return await AnswerReader.ReadAsync(stream, limit.Token);
        }
        catch (Exception error) when (error is HttpRequestException or IOException)
        {
            throw new UnreachableException($"Neo4j at {options.Url} did not answer: {error.Message}", error);
        }
        catch (OperationCanceledException error) when (!cancellation.IsCancellationRequested)
        {
            throw new UnreachableException($"Neo4j at {options.Url} did not answer within {options.RequestTimeout.TotalSeconds} s.", error);
        }
    }

    private async Task RollBackAsync(string transactionPath)
    {
        try
        {
            using var limit = new CancellationTokenSource(options.ConnectTimeout);
            using var response = await http.DeleteAsync(transactionPath, limit.Token);
        }
        catch (Exception error) when (error is HttpRequestException or IOException or OperationCanceledException)
        {
            // The server drops a transaction it no longer hears of at its expiry; there is nothing else to undo.
        }
    }

    private static byte[] Body(
        string? statement, IReadOnlyDictionary<string, object?>? parameters, AccessMode? mode, IReadOnlyCollection<string>? bookmarks)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            if (statement is not null) json.WriteString("statement"u8, statement);
            if (parameters is { Count: > 0 })
            {
                json.WriteStartObject("parameters"u8);
                foreach (var (name, value) in parameters)
                {
                    json.WritePropertyName(name);
                    TypedJson.Write(json, value);
                }

                json.WriteEndObject();
            }

            if (mode is { } access) json.WriteString("accessMode"u8, access == AccessMode.Read ? "READ" : "WRITE");
            if (bookmarks is { Count: > 0 })
            {
                json.WriteStartArray("bookmarks"u8);
                foreach (var bookmark in bookmarks) json.WriteStringValue(bookmark);
                json.WriteEndArray();
            }

            if (statement is not null) json.WriteBoolean("includeCounters"u8, true);
            json.WriteEndObject();
        }

        return buffer.ToArray();
    }

    private sealed class UnreachableException(string message, Exception inner) : Exception(message, inner);
}

/// <summary>An open transaction.</summary>
public sealed class QueryTransaction
{
    private readonly QueryApiClient client;

    internal QueryTransaction(QueryApiClient client, string path)
    {
        this.client = client;
        Path = path;
    }

    internal string Path { get; }

    /// <summary>Runs a statement within the transaction.</summary>
    public ValueTask<QueryAnswer> RunAsync(
        string statement, IReadOnlyDictionary<string, object?> parameters, CancellationToken cancellation = default) =>
        client.RunInAsync(Path, statement, parameters, cancellation);
}
