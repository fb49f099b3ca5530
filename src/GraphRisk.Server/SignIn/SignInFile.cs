using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace GraphRisk.Server.SignIn;

/// <summary>
/// Reads <see cref="AuthorityOptions"/> from a JSON file, comments allowed, names that mean nothing refused:
/// <code>
/// {
///   "authority": "https://login.example.cn/realms/risk",
///   "audience": "graphrisk",
///   "clockSkewSeconds": 60,
///   "explorer": { "clientId": "graphrisk-explorer", "scope": "openid risk.kyc risk.monitor" },
///   "claims": {
///     "role": { "claim": "realm_access.roles", "values": { "gr-supervisor": "regulator", "gr-desk": "broker" } },
///     "broker": { "claim": "seat" },
///     "purpose": { "claim": "scope", "values": { "risk.kyc": "kyc", "risk.monitor": "monitoring" } }
///   }
/// }
/// </code>
/// Authority and audience may be left to whoever reads the file.
/// </summary>
public static class SignInFile
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        ReadCommentHandling = JsonCommentHandling.Skip,
        AllowTrailingCommas = true,
        NumberHandling = JsonNumberHandling.Strict,
    };

    private sealed record Rule(string Claim, Dictionary<string, string>? Values);

    private sealed record Claims(Rule? Role, Rule? Broker, Rule? Client, Rule? Office, Rule? Purpose, Rule? Reason);

    private sealed record Page(string? ClientId, string? Scope);

    private sealed record Document(
        Uri? Authority, string? Audience, string? Issuer, ImmutableArray<string>? Algorithms, ImmutableArray<string>? TokenTypes,
        int? ClockSkewSeconds, int? RefreshSeconds, int? KeysKeptMinutes, Page? Explorer, Claims? Claims);

    /// <summary>Reads the file and puts what the command line or the environment says in the place of what it says.</summary>
    /// <param name="path">The file; null for none.</param>
    /// <param name="authority">Address that goes first; null for the file's.</param>
    /// <param name="audience">Audience that goes first; null for the file's.</param>
    /// <exception cref="InvalidDataException">The file cannot be understood, or what it says cannot be done.</exception>
    public static AuthorityOptions Read(string? path, string? authority, string? audience)
    {
        var where = path ?? "sign-in";
        var document = path is null ? null : Parse(path);
        var options = new AuthorityOptions
        {
            Authority = authority is null ? document?.Authority ?? throw Invalid(where, "no authority is named")
                : Uri.TryCreate(authority, UriKind.Absolute, out var address) ? address : throw Invalid(where, $"'{authority}' is no address"),
            Audience = audience ?? document?.Audience ?? throw Invalid(where, "no audience is named"),
            Issuer = document?.Issuer,
        };
        if (document is not null) options = Apply(document, options);
        return options.Fault() is { } fault ? throw Invalid(where, fault) : options;
    }

    private static AuthorityOptions Apply(Document document, AuthorityOptions standard) => standard with
    {
        Algorithms = document.Algorithms ?? standard.Algorithms,
        TokenTypes = document.TokenTypes ?? standard.TokenTypes,
        ClockSkew = document.ClockSkewSeconds is { } skew ? TimeSpan.FromSeconds(skew) : standard.ClockSkew,
        RefreshAfter = document.RefreshSeconds is { } refresh ? TimeSpan.FromSeconds(refresh) : standard.RefreshAfter,
        KeysKept = document.KeysKeptMinutes is { } kept ? TimeSpan.FromMinutes(kept) : standard.KeysKept,
        Explorer = document.Explorer is { } page ? new ExplorerClient(page.ClientId ?? "", page.Scope ?? "openid") : standard.Explorer,
        Claims = new ClaimMap
        {
            Role = RuleOf(document.Claims?.Role, standard.Claims.Role),
            Broker = RuleOf(document.Claims?.Broker, standard.Claims.Broker),
            Client = RuleOf(document.Claims?.Client, standard.Claims.Client),
            Office = RuleOf(document.Claims?.Office, standard.Claims.Office),
            Purpose = RuleOf(document.Claims?.Purpose, standard.Claims.Purpose),
            Reason = RuleOf(document.Claims?.Reason, standard.Claims.Reason),
        },
    };

    private static ClaimRule RuleOf(Rule? stated, ClaimRule standard) =>
        stated is null ? standard : new ClaimRule(stated.Claim, stated.Values?.ToImmutableDictionary(StringComparer.Ordinal) ?? standard.Values);

    private static Document Parse(string path)
    {
        try
        {
            return JsonSerializer.Deserialize<Document>(File.ReadAllBytes(path), Json) ?? throw Invalid(path, "it is empty");
        }
        catch (JsonException error)
        {
            throw Invalid(path, error.Message);
        }
    }

    private static InvalidDataException Invalid(string where, string what) => new($"{where}: {what.TrimEnd('.')}.");
}
