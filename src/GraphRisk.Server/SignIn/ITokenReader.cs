using Microsoft.AspNetCore.Http;

namespace GraphRisk.Server.SignIn;

/// <summary>Tells what the tokens of one issuer say.</summary>
public interface ITokenReader
{
    /// <summary>What the request's token says, or why it does not count.</summary>
    /// <param name="context">The request.</param>
    /// <param name="token">The token in its Authorization header.</param>
    /// <exception cref="SignInUnavailableException">No token can be checked now.</exception>
    ValueTask<TokenReading> Read(HttpContext context, string token);
}

/// <summary>Of a server that was started without an authority and without development tokens.</summary>
internal sealed class NoTokens : ITokenReader
{
    public ValueTask<TokenReading> Read(HttpContext context, string token) =>
        new(TokenReading.Refused("This server takes no tokens: it was started without an authority."));
}

/// <summary>No token can be checked now, right or wrong; the message is for the log.</summary>
public sealed class SignInUnavailableException(string message, Exception? cause = null) : Exception(message, cause);
