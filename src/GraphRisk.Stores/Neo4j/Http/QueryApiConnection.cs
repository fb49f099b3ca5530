using System.Net;
using System.Net.Http.Headers;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json;

namespace GraphRisk.Stores.Neo4j.Http;

/// <summary>
/// Single requests to one server, each sent once. Connections are kept and used again. Whatever does not end in a whole
/// answer is an <see cref="UnreachableException"/>, never a part of one. Thread-safe.
/// </summary>
internal sealed class QueryApiConnection : IDisposable
{
    private const string TypedMedia = "application/vnd.neo4j.query";
    private const string PlainMedia = "application/json";

    /// <summary>Names the member of a cluster that holds a transaction; Aura gives it and wants it back.</summary>
    private const string AffinityHeader = "neo4j-cluster-affinity";

    private readonly HttpClient http;
    private readonly Neo4jOptions options;

    public QueryApiConnection(Neo4jOptions options)
    {
        this.options = options;
        http = new HttpClient(new SocketsHttpHandler
        {
            ConnectTimeout = options.ConnectTimeout,
            PooledConnectionLifetime = TimeSpan.FromMinutes(5),
            MaxConnectionsPerServer = 16,
            AllowAutoRedirect = false,
            UseCookies = false,
            SslOptions = TlsOf(options),
        })
        {
            BaseAddress = options.Url,
            Timeout = Timeout.InfiniteTimeSpan,
        };
        http.DefaultRequestHeaders.Authorization = options.Token is { } token
            ? new AuthenticationHeaderValue("Bearer", token)
            : new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{options.User}:{options.Password}")));
    }

    /// <summary>Sends a request and reads the whole answer.</summary>
    /// <exception cref="Neo4jException">The answer is an error.</exception>
    /// <exception cref="UnreachableException">There is no whole answer.</exception>
    public async Task<QueryAnswer> SendAsync(string path, RequestBody body, string? affinity, CancellationToken cancellation)
    {
        using var timeout = new StepTimeout(cancellation);
        timeout.Allow(options.ConnectTimeout + options.AnswerTimeout, "did not answer");
        try
        {
            using var request = Request(HttpMethod.Post, path, affinity);
            request.Content = new TimedContent(
                body.Bytes, body.Format == WireFormat.Plain ? PlainMedia : TypedMedia, timeout, options.SilenceTimeout, options.AnswerTimeout);
            using var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, timeout.Token);
            if (!SpeaksQueryApi(response)) throw await StrangerAsync(response, cancellation);
            await using var stream = await response.Content.ReadAsStreamAsync(timeout.Token);
            var answer = await AnswerReader.ReadAsync(stream, timeout, options.SilenceTimeout);
            if (!response.IsSuccessStatusCode) throw new UnreachableException($"answered with HTTP status {(int)response.StatusCode} and no error");
            return response.Headers.TryGetValues(AffinityHeader, out var member) ? answer with { Affinity = member.First() } : answer;
        }
        catch (OperationCanceledException error) when (!cancellation.IsCancellationRequested)
        {
            throw new UnreachableException(timeout.Lapse, error);
        }
        catch (HttpRequestException error)
        {
            throw new UnreachableException(Explain(error), error);
        }
        catch (Exception error) when (error is IOException or SocketException)
        {
            // HttpClient lets the socket's own exception through where a connection is reset right after it was made.
            throw new UnreachableException($"broke off: {OneLine(error)}", error);
        }
    }

    /// <summary>Asks once for the end of a transaction.</summary>
    /// <returns>Whether it has ended; false while the server still works at a statement of it.</returns>
    /// <exception cref="UnreachableException">There is no answer.</exception>
    public async Task<bool> EndAsync(string path, string? affinity)
    {
        using var limit = new CancellationTokenSource(options.ConnectTimeout);
        try
        {
            using var request = Request(HttpMethod.Delete, path, affinity);
            using var response = await http.SendAsync(request, limit.Token);
            return response.IsSuccessStatusCode || response.StatusCode == HttpStatusCode.NotFound;
        }
        catch (Exception error) when (error is HttpRequestException or IOException or SocketException or OperationCanceledException)
        {
            throw new UnreachableException("did not answer", error);
        }
    }

    public void Dispose() => http.Dispose();

    private static HttpRequestMessage Request(HttpMethod method, string path, string? affinity)
    {
        var request = new HttpRequestMessage(method, path);
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue(TypedMedia));
        if (affinity is not null) request.Headers.TryAddWithoutValidation(AffinityHeader, affinity);
        return request;
    }

    private static bool SpeaksQueryApi(HttpResponseMessage response) =>
        response.Content.Headers.ContentType?.MediaType is TypedMedia or PlainMedia;

    /// <summary>What to say of something that answers, but not as the Query API does: an older Neo4j, or no Neo4j at all.</summary>
    private async Task<Exception> StrangerAsync(HttpResponseMessage response, CancellationToken cancellation)
    {
        if (response.IsSuccessStatusCode || (int)response.StatusCode >= 500)
            return new UnreachableException($"answered with HTTP status {(int)response.StatusCode} and something that is no answer of the Query API");
        var version = await FindVersionAsync(cancellation);
        return new Neo4jException(NoQueryApi, version is null ? "no HTTP Query API v2 is served there" : $"Neo4j {version} has no HTTP Query API v2");
    }

    /// <summary>The code under which <see cref="Neo4jTroubles"/> knows a server without the API.</summary>
    public const string NoQueryApi = "GraphRisk.NoQueryApi";

    private async Task<string?> FindVersionAsync(CancellationToken cancellation)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(options.ConnectTimeout);
        try
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, "/");
            request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue(PlainMedia));
            using var response = await http.SendAsync(request, limit.Token);
            using var json = JsonDocument.Parse(await response.Content.ReadAsStringAsync(limit.Token));
            return json.RootElement.TryGetProperty("neo4j_version", out var version) ? version.GetString() : null;
        }
        catch (Exception error) when (error is HttpRequestException or IOException or SocketException or JsonException or InvalidOperationException or OperationCanceledException)
        {
            // Whatever it is, it does not tell its version.
            return null;
        }
    }

    private static SslClientAuthenticationOptions TlsOf(Neo4jOptions options)
    {
        if (options.CertificateFile is not { } file) return new SslClientAuthenticationOptions();
        var policy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
        policy.CustomTrustStore.ImportFromPemFile(file);
        return new SslClientAuthenticationOptions { CertificateChainPolicy = policy };
    }

    private static string Explain(HttpRequestException error) => error switch
    {
        { HttpRequestError: HttpRequestError.SecureConnectionError, InnerException: AuthenticationException inner } =>
            $"cannot be trusted: {OneLine(inner)} Where its certificate is your own, name it in GRAPHRISK_NEO4J_CERTIFICATE.",
        { HttpRequestError: HttpRequestError.NameResolutionError } => "is not known by that name",
        { HttpRequestError: HttpRequestError.ConnectionError } => $"cannot be reached: {OneLine(error.InnerException ?? error)}",
        _ => $"broke off: {OneLine(error.InnerException ?? error)}",
    };

    private static string OneLine(Exception error) => error.Message.ReplaceLineEndings(" ");
}
