using System.Buffers;
using GraphRisk.Graph.Store;
using GraphRisk.Server.Http;
using GraphRisk.Server.SignIn;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Net.Http.Headers;

namespace GraphRisk.Server.Security;

/// <summary>
/// Turns the bearer token of a request (RFC 6750) into its viewer. No token is an anonymous viewer, who reads no data; a
/// token that does not count is refused outright, never read as no token. A token counts that its reader finds right, that
/// was not revoked, and that speaks for somebody the store knows; the purpose is the request's, within what the token allows.
/// </summary>
internal sealed partial class BearerAuthentication(ITokenReader tokens, Revocations revocations, IParties parties, ILogger<BearerAuthentication> log)
{
    private const string Scheme = "Bearer ";
    private static readonly SearchValues<char> Base64UrlDigits = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_");

    /// <summary>The viewer, or why there is none.</summary>
    public async ValueTask<SignInResult> Authenticate(HttpContext context)
    {
        if (context.Request.Headers.Authorization.Count == 0) return SignInResult.Of(Viewer.Anonymous);
        if (TokenOf(context.Request) is not { } text) return SignInResult.BadToken("The Authorization header is not 'Bearer' and one token.");
        if (!IsCanonical(text)) return SignInResult.BadToken(TokenReading.NotAccepted);
        try
        {
            var reading = await tokens.Read(context, text).ConfigureAwait(false);
            if (reading.Token is not { } token) return SignInResult.BadToken(reading.Why!);
            if (await WhyNot(token, context.RequestAborted).ConfigureAwait(false) is { } why)
            {
                LogRefused(why, token.Id);
                return SignInResult.BadToken(TokenReading.NotAccepted);
            }
            return PurposeChoice.Choose(token, context.Request.Headers[PurposeChoice.Header]) is { } viewer
                ? SignInResult.Of(viewer)
                : SignInResult.PurposeNotAllowed(token);
        }
        catch (SignInUnavailableException fault)
        {
            LogUnavailable(fault.Message);
            return SignInResult.Unavailable;
        }
        catch (StoreUnavailableException fault)
        {
            LogUnavailable(fault.Message);
            return SignInResult.StoreUnavailable;
        }
    }

    /// <summary>The one token in the Authorization header; null where it holds something else.</summary>
    internal static string? TokenOf(HttpRequest request) =>
        request.Headers.Authorization is [{ } only] && only.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase) ? only[Scheme.Length..].Trim() : null;

    /// <summary>Whether each part of a token is base64url as RFC 7515 has it: without padding, and with no bits left over, so that one token has one text.</summary>
    internal static bool IsCanonical(string token)
    {
        foreach (var part in token.AsSpan().Split('.'))
            if (!IsCanonicalPart(token.AsSpan(part))) return false;
        return true;
    }

    // Three bytes are four digits; of the last digit of one byte four bits say nothing, of that of two bytes two.
    private static bool IsCanonicalPart(ReadOnlySpan<char> part) => !part.ContainsAnyExcept(Base64UrlDigits) && (part.Length % 4) switch
    {
        0 => true,
        2 => "AQgw".Contains(part[^1], StringComparison.Ordinal),
        3 => "AEIMQUYcgkosw048".Contains(part[^1], StringComparison.Ordinal),
        _ => false,
    };

    private async ValueTask<string?> WhyNot(SignedToken token, CancellationToken cancellation)
    {
        if (revocations.Cover(token)) return "it was revoked";
        if (!token.Viewer.Role.IsOfTheStore()) return null;
        return await parties.Knows(token.Viewer, cancellation).ConfigureAwait(false) ? null : $"whom it speaks for is not in the store as a {token.Viewer.Role}";
    }

    // By the token's own id, by which it is revoked: whom it speaks for and who holds it are nobody's who reads a log.
    [LoggerMessage(Level = LogLevel.Warning, Message = "A token was refused: {Reason} (id {Id})")]
    private partial void LogRefused(string reason, string? id);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Nobody can sign in: {Reason}")]
    private partial void LogUnavailable(string reason);
}

/// <summary>Who asks, or why the request ends here.</summary>
/// <param name="Viewer">Null where the request is refused.</param>
/// <param name="Refusal">Null where it is not.</param>
/// <param name="Header">A header of the refusal, name and value.</param>
internal sealed record SignInResult(Viewer? Viewer, HttpRefusal? Refusal, (string Name, string Value)? Header = null)
{
    public static SignInResult Of(Viewer viewer) => new(viewer, null);

    public static SignInResult BadToken(string why) => new(
        null, new HttpRefusal(StatusCodes.Status401Unauthorized, AccessCodes.Unauthenticated, why), (HeaderNames.WWWAuthenticate, "Bearer error=\"invalid_token\""));

    public static SignInResult PurposeNotAllowed(SignedToken token) => new(
        null,
        new HttpRefusal(StatusCodes.Status403Forbidden, AccessCodes.PurposeNotAllowed, token.Purposes.IsEmpty
            ? "The token allows no purpose."
            : $"The token allows one of these purposes: {string.Join(", ", token.Purposes.Select(purpose => purpose.Id))}."),
        (HeaderNames.WWWAuthenticate, "Bearer error=\"insufficient_scope\""));

    public static SignInResult Unavailable { get; } = new(
        null, new HttpRefusal(StatusCodes.Status503ServiceUnavailable, ErrorCodes.SignInUnavailable, "Tokens can't be checked now; try again."), (HeaderNames.RetryAfter, "10"));

    public static SignInResult StoreUnavailable { get; } = new(
        null, new HttpRefusal(StatusCodes.Status503ServiceUnavailable, ErrorCodes.StoreUnavailable, "The store can't be reached, so the token can't be checked; try again."), (HeaderNames.RetryAfter, "10"));
}
