using System.Collections.Immutable;

namespace GraphRisk.Server.SignIn;

/// <summary>Where one thing stands in a token, and what its values mean here.</summary>
/// <param name="Claim">Name of the claim, or a path into it such as <c>realm_access.roles</c>.</param>
/// <param name="Values">What the provider's values are called here; a value that is not listed means nothing. Empty: values mean what they say.</param>
public sealed record ClaimRule(string Claim, ImmutableDictionary<string, string> Values)
{
    public ClaimRule(string claim)
        : this(claim, ImmutableDictionary<string, string>.Empty)
    {
    }

    /// <summary>What a value means; null for nothing.</summary>
    public string? Meaning(string value) => Values.IsEmpty ? value : Values.GetValueOrDefault(value);
}

/// <summary>How the claims of a provider say who a viewer is.</summary>
public sealed record ClaimMap
{
    /// <summary>Regulator, broker, client or analyst; of all its values exactly one must mean a role.</summary>
    public ClaimRule Role { get; init; } = new("role");

    /// <summary>Code of the brokerage, such as <c>B001</c>, of a viewer in the role of broker.</summary>
    public ClaimRule Broker { get; init; } = new("broker");

    /// <summary>Id of the party, such as <c>Person/registry:P000123</c>, of a viewer in the role of client.</summary>
    public ClaimRule Client { get; init; } = new("client");

    /// <summary>Office of a regulator or analyst; the subject where a token has none.</summary>
    public ClaimRule Office { get; init; } = new("office");

    /// <summary>Purposes, in a list or in a text with spaces between them; those that mean no purpose of the role are passed over.</summary>
    public ClaimRule Purpose { get; init; } = new("purpose");

    /// <summary>Why masked values are to be shown.</summary>
    public ClaimRule Reason { get; init; } = new("reason");

    /// <summary>What is wrong with the map; null where nothing is.</summary>
    public string? Fault()
    {
        string[] roles = ["regulator", "broker", "client", "analyst"];
        if (new[] { Role, Broker, Client, Office, Purpose, Reason }.Any(rule => string.IsNullOrWhiteSpace(rule.Claim))) return "A claim has no name.";
        return Role.Values.Values.Except(roles).FirstOrDefault() is { } other ? $"'{other}' is no role: {string.Join(", ", roles)}." : null;
    }
}
