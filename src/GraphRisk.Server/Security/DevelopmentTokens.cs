using System.Collections.Concurrent;
using System.Globalization;
using System.Security.Cryptography;
using GraphRisk.Server.SignIn;
using Microsoft.AspNetCore.Http;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace GraphRisk.Server.Security;

/// <summary>
/// Tokens for development and the demo: JSON Web Tokens (RFC 7519) signed with HMAC-SHA-256 by a key of this machine. A
/// server takes them only where it was told to, and only on this machine; people sign in at an authority instead.
/// Claims: <c>role</c>, <c>sub</c> (whom the viewer stands for), <c>purpose</c>, <c>reason</c>, <c>person</c> (who holds it), <c>jti</c>, <c>iat</c>, <c>exp</c>.
/// </summary>
public sealed class DevelopmentTokens : ITokenReader
{
    private const string Issuer = "graphrisk-development";
    private const string Audience = "graphrisk";
    private const int MostRecent = 1024;
    private readonly JsonWebTokenHandler handler = new() { MapInboundClaims = false, SetDefaultTimesOnTokenCreation = false };
    private readonly SymmetricSecurityKey key;

    /// <summary>What tokens that were found right say until they expire: the key stays the same, and what was revoked is looked up after this.</summary>
    private readonly ConcurrentDictionary<string, (TokenReading Reading, DateTime Expires)> recent = new(StringComparer.Ordinal);
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
        var claims = new Dictionary<string, object>
        {
            ["role"] = Name(viewer.Role),
            ["jti"] = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16)),
        };
        foreach (var (claim, value) in new[] { ("sub", viewer.Of), ("purpose", viewer.Purpose?.Id), ("reason", viewer.Reason), ("person", viewer.Subject) })
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

    /// <summary>The id of a token that was issued here, by which it may be revoked.</summary>
    public static string IdOf(string token) => new JsonWebToken(token).Id;

    public ValueTask<TokenReading> Read(HttpContext context, string token) => new(Read(token));

    /// <summary>What a token says, or why it does not count.</summary>
    public async Task<TokenReading> Read(string token)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        if (recent.TryGetValue(token, out var known) && now < known.Expires) return known.Reading;
        var validated = await handler.ValidateTokenAsync(token, new TokenValidationParameters
        {
            ValidIssuer = Issuer,
            ValidAudience = Audience,
            IssuerSigningKey = key,
            ValidAlgorithms = [SecurityAlgorithms.HmacSha256],
            RequireExpirationTime = true,
            LifetimeValidator = (_, expires, _, _) => expires is { } end && clock.GetUtcNow().UtcDateTime < end,
        }).ConfigureAwait(false);
        if (!validated.IsValid) return TokenReading.Refused(Why(validated.Exception));
        var reading = ReadClaims((JsonWebToken)validated.SecurityToken);
        if (recent.Count >= MostRecent) recent.Clear();
        recent[token] = (reading, validated.SecurityToken.ValidTo);
        return reading;
    }

    private TokenReading ReadClaims(JsonWebToken token)
    {
        var role = Enum.GetValues<Role>().Where(role => Name(role) == Claim(token, "role")).Cast<Role?>().SingleOrDefault();
        if (role is null or Role.Anonymous) return TokenReading.Refused("The token names no role.");
        var purpose = purposes.Find(Claim(token, "purpose"));
        if (purpose is null && Claim(token, "purpose") is { } unknown) return TokenReading.Refused($"'{unknown}' is no purpose.");
        var of = Claim(token, "sub");
        if (role.Value.IsOfTheStore() && of is null) return TokenReading.Refused("A token of a client or broker says whose it is.");
        var viewer = new Viewer(role.Value, of, purpose, Claim(token, "reason"), Claim(token, "person"));
        return TokenReading.Of(new SignedToken(viewer, purpose is null ? [] : [purpose], of, token.Id, new DateTimeOffset(token.IssuedAt, TimeSpan.Zero)));
    }

    private static string? Claim(JsonWebToken token, string name) =>
        token.TryGetPayloadValue<string>(name, out var value) ? value : null;

    private static string Name(Role role) => role.ToString().ToLower(CultureInfo.InvariantCulture);

    private static string Why(Exception? exception) => exception switch
    {
        SecurityTokenInvalidLifetimeException or SecurityTokenNoExpirationException => "The token has expired.",
        _ => TokenReading.NotAccepted,
    };
}
