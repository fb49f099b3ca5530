using System.Text.Encodings.Web;
using GraphRisk.Server.Security;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace GraphRisk.Server.SignIn;

/// <summary>
/// Access tokens of an OpenID Connect provider (RFC 9068, or any signed JSON Web Token), checked by ASP.NET's bearer handler:
/// signature by the provider's keys, algorithm, issuer, audience, <c>nbf</c> and <c>exp</c> by the clock given, then read by the
/// claim map. Why a token is refused goes to the log, not to whoever sent it.
/// </summary>
internal sealed partial class AuthorityTokens(
    ClaimReader claims, IOptionsMonitor<JwtBearerOptions> options, ILoggerFactory loggers, ILogger<AuthorityTokens> log) : ITokenReader
{
    private const string Scheme = "authority";
    private const string Validated = "validated";

    public async ValueTask<TokenReading> Read(HttpContext context, string token)
    {
        var handler = new JwtBearerHandler(options, loggers, UrlEncoder.Default);
        await handler.InitializeAsync(new AuthenticationScheme(Scheme, null, typeof(JwtBearerHandler)), context).ConfigureAwait(false);
        var result = await handler.AuthenticateAsync().ConfigureAwait(false);
        if (!result.Succeeded) return Refuse(result.Failure);
        var (signed, why) = claims.Read(result.Properties!.GetParameter<JsonWebToken>(Validated)!);
        if (signed is not null) return TokenReading.Of(signed);
        LogRefused(why!);
        return TokenReading.Refused(TokenReading.NotAccepted);
    }

    /// <summary>
    /// Registers the reader and how the handler behind it is set up. The handler is used without ASP.NET's authentication services,
    /// which would run it before every request, read schemes from the environment and keep keys in the home folder.
    /// </summary>
    public static void AddTo(IServiceCollection services, AuthorityOptions options)
    {
        services.AddSingleton(options);
        services.AddSingleton<ProviderKeys>();
        services.AddSingleton(provider => new ClaimReader(options.Claims, provider.GetRequiredService<PurposeCatalog>()));
        services.AddSingleton<ITokenReader, AuthorityTokens>();
        services.AddOptions<JwtBearerOptions>(Scheme).Configure<ProviderKeys, TimeProvider>((jwt, keys, clock) => SetUp(jwt, options, keys, clock));
    }

    private static void SetUp(JwtBearerOptions jwt, AuthorityOptions options, ProviderKeys keys, TimeProvider clock)
    {
        jwt.ConfigurationManager = keys;
        jwt.RefreshOnIssuerKeyNotFound = false; // The key is looked for before the token is checked.
        jwt.MapInboundClaims = false;
        jwt.TokenHandlers.Clear();
        jwt.TokenHandlers.Add(new JsonWebTokenHandler { MapInboundClaims = false, MaximumTokenSizeInBytes = 16 * 1024 });
        jwt.TokenValidationParameters = new TokenValidationParameters
        {
            ValidAudience = options.Audience,
            ValidAlgorithms = options.Algorithms,
            ValidTypes = options.TokenTypes.IsEmpty ? null : options.TokenTypes,
            IssuerValidator = (issuer, _, _) => options.IsExpected(issuer) ? issuer : throw new SecurityTokenInvalidIssuerException("issuer"),
            LifetimeValidator = (from, until, _, _) => IsInForce(from, until, options.ClockSkew, clock.GetUtcNow().UtcDateTime),
            RequireSignedTokens = true,
            RequireExpirationTime = true,
            RequireAudience = true,
        };
        jwt.Events = new JwtBearerEvents
        {
            OnMessageReceived = async received => await keys.Learn(KeyIdOf(received.Request), received.HttpContext.RequestAborted).ConfigureAwait(false),
            OnTokenValidated = validated =>
            {
                validated.Properties.SetParameter(Validated, (JsonWebToken)validated.SecurityToken);
                return Task.CompletedTask;
            },
        };
    }

    // From nbf, inclusive, to exp, exclusive, widened by the skew on both sides. Either may be the least instant there is.
    private static bool IsInForce(DateTime? from, DateTime? until, TimeSpan skew, DateTime now)
    {
        if (until is not { } end) throw new SecurityTokenNoExpirationException("no exp");
        if (now - skew >= end) throw new SecurityTokenExpiredException("expired");
        return from is not { } begin || now + skew >= begin ? true : throw new SecurityTokenNotYetValidException("not yet valid");
    }

    // What is no token, or names no key, is left to the handler, which refuses it or tries the keys that are known.
    private static string? KeyIdOf(HttpRequest request)
    {
        var token = BearerAuthentication.TokenOf(request);
        try
        {
            return token is null ? null : new JsonWebToken(token).Kid is { Length: > 0 } id ? id : null;
        }
        catch (Exception fault) when (fault is ArgumentException or SecurityTokenException or FormatException)
        {
            return null;
        }
    }

    private TokenReading Refuse(Exception? failure)
    {
        LogRefused(failure?.GetType().Name.Replace("SecurityToken", "", StringComparison.Ordinal).Replace("Exception", "", StringComparison.Ordinal) ?? "no token");
        return TokenReading.Refused(failure switch
        {
            SecurityTokenExpiredException => "The token has expired.",
            SecurityTokenNotYetValidException => "The token is not valid yet.",
            _ => TokenReading.NotAccepted,
        });
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "A token was refused: {Reason}")]
    private partial void LogRefused(string reason);
}
