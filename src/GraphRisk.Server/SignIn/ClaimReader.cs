using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using GraphRisk.Graph.Facts;
using GraphRisk.Server.Security;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace GraphRisk.Server.SignIn;

/// <summary>
/// Tells from the claims of a token that was found right who its viewer is. A token that says less than its role needs, or two
/// things where one is needed, says nothing. Pure and thread-safe.
/// </summary>
internal sealed class ClaimReader(ClaimMap map, PurposeCatalog purposes)
{
    private static readonly Dictionary<string, Role> Roles = Enum.GetValues<Role>().Where(role => role != Role.Anonymous)
        .ToDictionary(role => role.ToString().ToLower(CultureInfo.InvariantCulture), StringComparer.Ordinal);

    /// <summary>What the token says; null, with the reason for the log, where it says too little or too much.</summary>
    public (SignedToken? Token, string? Why) Read(JsonWebToken token)
    {
        using var claims = JsonDocument.Parse(Base64UrlEncoder.DecodeBytes(token.EncodedPayload));
        var payload = claims.RootElement;
        Role[] roles = [.. Meanings(payload, map.Role).Select(RoleOf).OfType<Role>().Distinct()];
        if (roles is not [var role]) return (null, roles.Length == 0 ? "it names no role" : "it names several roles");
        var subject = Texts(payload, "sub").FirstOrDefault();
        var of = OfWhom(payload, role, subject);
        if (role.IsOfTheStore() && of is null) return (null, "it does not say whom it speaks for");
        ImmutableArray<Purpose> allowed = [.. Texts(payload, map.Purpose.Claim)
            .SelectMany(text => text.Split(' ', StringSplitOptions.RemoveEmptyEntries)).Select(map.Purpose.Meaning).Select(purposes.Find).OfType<Purpose>().Where(purpose => purpose.Roles.Contains(role)).Distinct()];
        var viewer = new Viewer(role, of, allowed is [var only] ? only : null, Single(payload, map.Reason), subject);
        var issued = payload.TryGetProperty("iat", out _) ? new DateTimeOffset(token.IssuedAt, TimeSpan.Zero) : (DateTimeOffset?)null;
        return (new SignedToken(viewer, allowed, subject, token.Id is { Length: > 0 } id ? id : null, issued), null);
    }

    private string? OfWhom(JsonElement payload, Role role, string? subject) => role switch
    {
        Role.Broker => Single(payload, map.Broker) is not { } code ? null : code.StartsWith("Broker/", StringComparison.Ordinal) ? code : $"Broker/{code}",
        Role.Client => Single(payload, map.Client) is { } id && NodeId.TryParse(id, out _) ? id : null,
        _ => Single(payload, map.Office) ?? subject,
    };

    private static Role? RoleOf(string name) => Roles.TryGetValue(name, out var role) ? role : null;

    private static string? Single(JsonElement payload, ClaimRule rule) =>
        Meanings(payload, rule).Distinct().Take(2).ToArray() is [var only] ? only : null;

    private static IEnumerable<string> Meanings(JsonElement payload, ClaimRule rule) =>
        Texts(payload, rule.Claim).Select(rule.Meaning).OfType<string>().Where(meaning => meaning.Length > 0);

    // A claim whose whole name has dots in it, such as an address, goes before a path.
    private static IEnumerable<string> Texts(JsonElement payload, string claim)
    {
        if (!payload.TryGetProperty(claim, out var value))
        {
            value = payload;
            foreach (var step in claim.Split('.'))
            {
                if (value.ValueKind != JsonValueKind.Object || !value.TryGetProperty(step, out value)) return [];
            }
        }
        return value.ValueKind switch
        {
            JsonValueKind.String => [value.GetString()!],
            JsonValueKind.Array => [.. value.EnumerateArray().Where(item => item.ValueKind == JsonValueKind.String).Select(item => item.GetString()!)],
            _ => [],
        };
    }
}
