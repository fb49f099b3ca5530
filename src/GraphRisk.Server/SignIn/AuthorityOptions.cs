using System.Collections.Immutable;
using Microsoft.IdentityModel.Tokens;

namespace GraphRisk.Server.SignIn;

/// <summary>The OpenID Connect provider whose access tokens are taken, and how they are read.</summary>
public sealed record AuthorityOptions
{
    /// <summary>Signature algorithms with a key pair. Those with a shared secret, and none, are never taken.</summary>
    public static readonly ImmutableArray<string> Asymmetric =
    [
        SecurityAlgorithms.RsaSha256, SecurityAlgorithms.RsaSha384, SecurityAlgorithms.RsaSha512,
        SecurityAlgorithms.RsaSsaPssSha256, SecurityAlgorithms.RsaSsaPssSha384, SecurityAlgorithms.RsaSsaPssSha512,
        SecurityAlgorithms.EcdsaSha256, SecurityAlgorithms.EcdsaSha384, SecurityAlgorithms.EcdsaSha512,
    ];

    /// <summary>Address below which <c>.well-known/openid-configuration</c> is found; https, or http on this machine.</summary>
    public required Uri Authority { get; init; }

    /// <summary>What a token must name in <c>aud</c>.</summary>
    public required string Audience { get; init; }

    /// <summary>What a token must name in <c>iss</c>; the authority's address where null, as OpenID Connect Discovery has it.</summary>
    public string? Issuer { get; init; }

    /// <summary>The signature algorithms taken.</summary>
    public ImmutableArray<string> Algorithms { get; init; } = Asymmetric;

    /// <summary>What a token must name in its header's <c>typ</c>, such as <c>at+jwt</c>; empty takes any.</summary>
    public ImmutableArray<string> TokenTypes { get; init; } = [];

    /// <summary>How far the provider's clock may be from this machine's, either way.</summary>
    public TimeSpan ClockSkew { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>Age at which the keys are fetched again; a key the provider withdraws counts until then.</summary>
    public TimeSpan RefreshAfter { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>Shortest time between two fetches, also where tokens name keys that are not known or the provider is away.</summary>
    public TimeSpan RefreshPause { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How long the keys last fetched count while the provider is away.</summary>
    public TimeSpan KeysKept { get; init; } = TimeSpan.FromHours(12);

    /// <summary>By what the explorer's page is known to the provider; null where nobody signs in there by that page.</summary>
    public ExplorerClient? Explorer { get; init; }

    /// <summary>How claims are read.</summary>
    public ClaimMap Claims { get; init; } = new();

    /// <summary>The issuer expected, without a slash at its end.</summary>
    public string ExpectedIssuer => Trim(Issuer ?? Authority.AbsoluteUri);

    /// <summary>Whether an issuer is the one expected; a slash at the end makes no difference.</summary>
    public bool IsExpected(string? issuer) => issuer is not null && Trim(issuer) == ExpectedIssuer;

    /// <summary>What is wrong with the options; null where nothing is.</summary>
    public string? Fault()
    {
        if (!Authority.IsAbsoluteUri || Authority.Scheme is not ("https" or "http")) return $"The authority '{Authority}' is no https address.";
        if (Authority.Scheme == "http" && !Authority.IsLoopback) return $"The authority '{Authority}' is reached in clear text; use https.";
        if (string.IsNullOrWhiteSpace(Audience)) return "The audience is empty: name what tokens for this server carry in 'aud'.";
        if (Algorithms.IsDefaultOrEmpty || Algorithms.Except(Asymmetric).Any())
            return $"Algorithms are those with a key pair: {string.Join(", ", Asymmetric)}.";
        if (ClockSkew < TimeSpan.Zero || ClockSkew > TimeSpan.FromMinutes(10)) return "The clock skew is between 0 and 600 seconds.";
        if (KeysKept < RefreshAfter || RefreshAfter < RefreshPause || RefreshPause <= TimeSpan.Zero)
            return "Keys are kept at least as long as until they are fetched again, and that is no sooner than the pause between two fetches.";
        if (Explorer is { } explorer && (string.IsNullOrWhiteSpace(explorer.ClientId) || string.IsNullOrWhiteSpace(explorer.Scope)))
            return "The explorer's clientId and scope are what the provider knows its page by; neither is empty.";
        return Claims.Fault();
    }

    private static string Trim(string address) => address.TrimEnd('/');
}

/// <summary>The explorer's page as a public client of the provider: authorization code with PKCE, led back to <c>/signed-in</c>, without a secret.</summary>
/// <param name="ClientId">Its <c>client_id</c>.</param>
/// <param name="Scope">What it asks for, separated by blanks, such as <c>openid graphrisk</c>.</param>
public sealed record ExplorerClient(string ClientId, string Scope);
