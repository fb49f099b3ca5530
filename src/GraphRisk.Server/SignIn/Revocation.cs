using System.Text;
using System.Text.Json;

namespace GraphRisk.Server.SignIn;

/// <summary>
/// Tokens that no longer count: one of an id, or all that were issued before an instant, of one subject or of everyone. A
/// subject is the token's <c>sub</c> or whom it speaks for (<c>Broker/B001</c>).
/// </summary>
/// <param name="At">When it was revoked.</param>
/// <param name="Id">The token's id (<c>jti</c>); null where it is not about one token.</param>
/// <param name="Subject">Whose tokens; null for one token or everyone's.</param>
/// <param name="Before">Tokens issued before this instant, exclusive; null for one token.</param>
public sealed record Revocation(DateTimeOffset At, string? Id, string? Subject, DateTimeOffset? Before)
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    /// <summary>One token.</summary>
    public static Revocation OfToken(string id, DateTimeOffset at) => new(at, id, null, null);

    /// <summary>Every token of a subject, or of everyone where null, that was issued before an instant.</summary>
    public static Revocation OfIssuedBefore(DateTimeOffset before, string? subject, DateTimeOffset at) => new(at, null, subject, before);

    internal byte[] ToLine() => Encoding.UTF8.GetBytes(JsonSerializer.Serialize(this, Json) + "\n");

    /// <exception cref="JsonException">It is no revocation.</exception>
    internal static Revocation OfLine(ReadOnlySpan<byte> line) =>
        JsonSerializer.Deserialize<Revocation>(line, Json) is { } read && (read.Id is null) != (read.Before is null)
            ? read
            : throw new JsonException("It names neither a token nor an instant.");
}
