using System.Collections.Frozen;
using Microsoft.Extensions.Logging;
using Microsoft.IdentityModel.Protocols;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using Microsoft.IdentityModel.Tokens;

namespace GraphRisk.Server.SignIn;

/// <summary>
/// The authority's discovery document and signing keys, followed while the server runs.
/// <para>
/// They are fetched at the first need, again when they have reached an age, and at once when a token names a key that is not
/// among them; never twice within the pause, whatever tokens come. While the authority is away the keys last fetched go on
/// counting for a bounded time. Without a key that counts no token is taken.
/// </para>
/// State: the last success and the instant of the last try. Thread-safe; one fetch at a time.
/// </summary>
internal sealed partial class ProviderKeys : IConfigurationManager<OpenIdConnectConfiguration>, IDisposable
{
    private const int LargestDocument = 1 << 20;
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(5);

    private readonly AuthorityOptions options;
    private readonly TimeProvider clock;
    private readonly ILogger<ProviderKeys> log;
    private readonly HttpClient http;
    private readonly SemaphoreSlim fetching = new(1, 1);
    private Known? known;
    private DateTimeOffset? tried;

    private sealed record Known(OpenIdConnectConfiguration Configuration, FrozenSet<string> KeyIds, DateTimeOffset At);

    public ProviderKeys(AuthorityOptions options, TimeProvider clock, ILogger<ProviderKeys> log)
    {
        this.options = options;
        this.clock = clock;
        this.log = log;
        http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, ConnectTimeout = LongestWait })
        {
            Timeout = LongestWait,
            MaxResponseContentBufferSize = LargestDocument,
        };
    }

    /// <summary>Keys that count now.</summary>
    /// <exception cref="SignInUnavailableException">The authority is away, and was away for too long or since the start.</exception>
    public async Task<OpenIdConnectConfiguration> GetConfigurationAsync(CancellationToken cancel)
    {
        if (AgeOf(known) < options.RefreshAfter) return known!.Configuration;
        if (AgeOf(known) < options.KeysKept)
        {
            RequestRefresh();
            return known!.Configuration;
        }
        await FetchUnlessJustTried(cancel).ConfigureAwait(false);
        return AgeOf(known) < options.KeysKept
            ? known!.Configuration
            : throw new SignInUnavailableException($"{options.Authority} is away, and no key of it counts any more.");
    }

    /// <summary>Fetches the keys again where none of that id is among them.</summary>
    /// <param name="keyId">The key a token names; null where it names none, and nothing is to be learnt.</param>
    /// <param name="cancellation">Ends the wait, not the fetch.</param>
    public async ValueTask Learn(string? keyId, CancellationToken cancellation)
    {
        if (keyId is not null && known is { } now && !now.KeyIds.Contains(keyId)) await FetchUnlessJustTried(cancellation).ConfigureAwait(false);
    }

    /// <summary>Fetches the keys without anybody waiting for them.</summary>
    public void RequestRefresh() => _ = Task.Run(() => FetchUnlessJustTried(CancellationToken.None));

    public void Dispose()
    {
        http.Dispose();
        fetching.Dispose();
    }

    private TimeSpan AgeOf(Known? keys) => keys is null ? TimeSpan.MaxValue : clock.GetUtcNow() - keys.At;

    // Whoever waited while another fetched finds that it was just tried. The fetch outlives the request that began it.
    private async Task FetchUnlessJustTried(CancellationToken cancellation)
    {
        await fetching.WaitAsync(cancellation).ConfigureAwait(false);
        try
        {
            var now = clock.GetUtcNow();
            if (tried is { } last && now - last < options.RefreshPause) return;
            tried = now;
            known = await Fetch(now).ConfigureAwait(false);
        }
        catch (Exception fault) when (fault is not SignInUnavailableException)
        {
            LogAway(options.Authority, fault.GetBaseException().Message);
        }
        finally
        {
            fetching.Release();
        }
    }

    private async Task<Known> Fetch(DateTimeOffset at)
    {
        var address = options.Authority.AbsoluteUri.TrimEnd('/') + "/.well-known/openid-configuration";
        var documents = new HttpDocumentRetriever(http) { RequireHttps = options.Authority.Scheme == "https" };
        var fetched = await OpenIdConnectConfigurationRetriever.GetAsync(address, documents, CancellationToken.None).ConfigureAwait(false);
        if (!options.IsExpected(fetched.Issuer))
            throw new InvalidDataException($"it calls itself '{fetched.Issuer}', not '{options.ExpectedIssuer}'; name its issuer where that is meant");
        foreach (var shared in fetched.SigningKeys.OfType<SymmetricSecurityKey>().ToArray()) fetched.SigningKeys.Remove(shared);
        if (fetched.SigningKeys.Count == 0) throw new InvalidDataException("it has no signing key");
        return new Known(fetched, fetched.SigningKeys.Select(key => key.KeyId).OfType<string>().ToFrozenSet(StringComparer.Ordinal), at);
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The keys of {Authority} could not be fetched: {Reason}")]
    private partial void LogAway(Uri authority, string reason);
}
