using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace GraphRisk.Server.Security;

/// <summary>
/// Turns the bearer token of a request (RFC 6750) into its viewer. No token is an anonymous viewer, who reads no
/// data; a token that does not count is refused outright, never read as no token.
/// </summary>
public sealed class BearerAuthentication(DevelopmentTokens tokens)
{
    private const string Scheme = "Bearer ";

    /// <summary>The viewer, or why the token does not count.</summary>
    public async ValueTask<TokenReading> Authenticate(HttpContext context)
    {
        var headers = context.Request.Headers.Authorization;
        if (headers.Count == 0) return new TokenReading(Viewer.Anonymous, null);
        if (headers.Count > 1 || headers[0]?.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase) is not true)
            return new TokenReading(null, "The Authorization header is not 'Bearer' and one token.");
        return await tokens.Read(headers[0]![Scheme.Length..].Trim()).ConfigureAwait(false);
    }

    /// <summary>Says in the response which credentials would be taken.</summary>
    public static void Challenge(HttpResponse response) => response.Headers[HeaderNames.WWWAuthenticate] = "Bearer error=\"invalid_token\"";
}
