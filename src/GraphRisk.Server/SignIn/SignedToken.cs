using System.Collections.Immutable;
using GraphRisk.Server.Security;

namespace GraphRisk.Server.SignIn;

/// <summary>What a token says whose signature, times, issuer and audience were found right.</summary>
/// <param name="Viewer">Whom it speaks for; its purpose is the token's where it allows exactly one.</param>
/// <param name="Purposes">The purposes it allows, of which a request chooses one.</param>
/// <param name="Subject">Who holds it (<c>sub</c>).</param>
/// <param name="Id">Its id (<c>jti</c>); null where it has none.</param>
/// <param name="IssuedAt">When it was issued (<c>iat</c>); null where it does not say.</param>
public sealed record SignedToken(Viewer Viewer, ImmutableArray<Purpose> Purposes, string? Subject, string? Id, DateTimeOffset? IssuedAt);

/// <param name="Token">Null when the token does not count.</param>
/// <param name="Why">Why it does not count, in words for whoever sent it; null when it does.</param>
public sealed record TokenReading(SignedToken? Token, string? Why)
{
    /// <summary>What is said of every bad token that has not merely expired, so that nobody learns how close to a good one it is.</summary>
    public const string NotAccepted = "The token is not accepted.";

    /// <summary>The viewer, or null when the token does not count.</summary>
    public Viewer? Viewer => Token?.Viewer;

    public static TokenReading Refused(string why) => new(null, why);

    public static TokenReading Of(SignedToken token) => new(token, null);
}
