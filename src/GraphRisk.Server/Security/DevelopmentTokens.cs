using System.Globalization;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace GraphRisk.Server.Security;

/// <summary>
/// Tokens for development and the demo: JSON Web Tokens (RFC 7519) signed with HMAC-SHA-256 by a key of this
/// machine. An operator in production puts an identity provider's tokens in their place.
/// Claims: <c>role</c>, <c>sub</c> (whom the viewer stands for), <c>purpose</c>, <c>reason</c>, <c>exp</c>.
/// </summary>
public sealed class DevelopmentTokens
{
    private const string Issuer = "graphrisk-development";
    private const string Audience = "graphrisk";
    private readonly JsonWebTokenHandler handler = new() { MapInboundClaims = false, SetDefaultTimesOnTokenCreation = false };
    private readonly SymmetricSecurityKey key;
    private readonly PurposeCatalog purposes;
    private readonly TimeProvider clock;

    public DevelopmentTokens(byte[] key, PurposeCatalog purposes, TimeProvider clock)
    {
        this.key = new SymmetricSecurityKey(key);
        this.purposes = purposes;
        this.clock = clock;
    }

    /// <summary>A token for a viewer, valid from now for <paramref name="lifetime"/>.</summary>
    public string Issue(Viewer viewer, TimeSpan lifetime)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        var claims = new Dictionary<string, object> { ["role"] = Name(viewer.Role) };
        foreach (var (claim, value) in new[] { ("sub", viewer.Of), ("purpose", viewer.Purpose?.Id), ("reason", viewer.Reason) })
        {
            if (value is not null) claims[claim] = value;
        }
        return handler.CreateToken(new SecurityTokenDescriptor
        {
            Issuer = Issuer,
            Audience = Audience,
            IssuedAt = now,
            Expires = now + lifetime,
            Claims = claims,
            SigningCredentials = new SigningCredentials(key, SecurityAlgorithms.HmacSha256),
        });
    }

    /// <summary>The viewer a token speaks for, or why it does not.</summary>
    public async Task<TokenReading> Read(string token)
    {
        var validated = await handler.ValidateTokenAsync(token, new TokenValidationParameters
        {
            ValidIssuer = Issuer,
            ValidAudience = Audience,
            IssuerSigningKey = key,
            ValidAlgorithms = [SecurityAlgorithms.HmacSha256],
            RequireExpirationTime = true,
            LifetimeValidator = (_, expires, _, _) => expires is { } end && clock.GetUtcNow().UtcDateTime < end,
        }).ConfigureAwait(false);
        if (!validated.IsValid) return new TokenReading(null, Why(validated.Exception));
        return ReadClaims((JsonWebToken)validated.SecurityToken);
    }

    private TokenReading ReadClaims(JsonWebToken token)
    {
        var role = Enum.GetValues<Role>().Where(role => Name(role) == Claim(token, "role")).Cast<Role?>().SingleOrDefault();
        if (role is null or Role.Anonymous) return new TokenReading(null, "The token names no role.");
        var purpose = purposes.Find(Claim(token, "purpose"));
        if (purpose is null && Claim(token, "purpose") is { } unknown) return new TokenReading(null, $"'{unknown}' is no purpose.");
        if (role is Role.Client or Role.Broker && Claim(token, "sub") is null)
            return new TokenReading(null, "A token of a client or broker says whose it is.");
        return new TokenReading(new Viewer(role.Value, Claim(token, "sub"), purpose, Claim(token, "reason")), null);
    }

    private static string? Claim(JsonWebToken token, string name) =>
        token.TryGetPayloadValue<string>(name, out var value) ? value : null;

    private static string Name(Role role) => role.ToString().ToLower(CultureInfo.InvariantCulture);

    private static string Why(Exception? exception) => exception switch
    {
        SecurityTokenInvalidLifetimeException or SecurityTokenNoExpirationException => "The token has expired.",
        SecurityTokenSignatureKeyNotFoundException or SecurityTokenInvalidSignatureException => "The token was not signed here.",
        _ => "The token can't be read.",
    };
}

/// <param name="Viewer">Null when the token does not count.</param>
/// <param name="Why">Why it does not count; null when it does.</param>
public sealed record TokenReading(Viewer? Viewer, string? Why);
