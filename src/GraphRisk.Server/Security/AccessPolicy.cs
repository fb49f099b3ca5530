using GraphRisk.Graph.Schema;

namespace GraphRisk.Server.Security;

/// <summary>What a viewer may do with a value.</summary>
public enum Access
{
    /// <summary>Not read at all.</summary>
    Deny,

    /// <summary>Read with names, identifiers, phones, addresses and accounts masked.</summary>
    Mask,

    /// <summary>Masked, but shown to a viewer who gives a reason, which is filed.</summary>
    Reveal,

    /// <summary>Read as it is.</summary>
    Allow,
}

/// <summary>The policy's answer for one value.</summary>
/// <param name="Access">Deny, Mask or Allow; Reveal is already decided.</param>
/// <param name="Revealed">Unmasked because the viewer gave a reason.</param>
/// <param name="Code">Why not, from <see cref="AccessCodes"/>; null unless denied.</param>
public readonly record struct AccessDecision(Access Access, bool Revealed = false, string? Code = null);

/// <summary>
/// Who reads what: a table by role, standing and level. What is not in the table is denied, so the default is deny.
/// From level 3 on the viewer must also have declared a purpose that its role may declare.
/// Pure and thread-safe.
/// </summary>
public static class AccessPolicy
{
    private static readonly (Role Role, Standing Standing, Access Public, Access Internal, Access Confidential, Access Restricted)[] Table =
    [
        //                                       level 1       level 2       level 3        level 4
        (Role.Client, Standing.Own,           Access.Allow, Access.Allow, Access.Allow,  Access.Deny),
        (Role.Client, Standing.Other,         Access.Allow, Access.Deny,  Access.Deny,   Access.Deny),
        (Role.Client, Standing.Aggregate,     Access.Allow, Access.Deny,  Access.Deny,   Access.Deny),
        (Role.Analyst, Standing.Other,        Access.Allow, Access.Allow, Access.Mask,   Access.Deny),
        (Role.Analyst, Standing.Aggregate,    Access.Allow, Access.Allow, Access.Mask,   Access.Deny),
        (Role.Broker, Standing.Own,           Access.Allow, Access.Allow, Access.Reveal, Access.Deny),
        (Role.Broker, Standing.Disclosed,     Access.Allow, Access.Allow, Access.Mask,   Access.Deny),
        (Role.Broker, Standing.Other,         Access.Allow, Access.Allow, Access.Deny,   Access.Deny),
        (Role.Broker, Standing.Aggregate,     Access.Allow, Access.Allow, Access.Deny,   Access.Deny),
        (Role.Regulator, Standing.Other,      Access.Allow, Access.Allow, Access.Reveal, Access.Deny),
        (Role.Regulator, Standing.Aggregate,  Access.Allow, Access.Allow, Access.Allow,  Access.Allow),
    ];

    private static readonly Dictionary<(Role, Standing, Sensitivity), Access> Cells = Table
        .SelectMany(row => new[]
        {
            KeyValuePair.Create((row.Role, row.Standing, Sensitivity.Public), row.Public),
            KeyValuePair.Create((row.Role, row.Standing, Sensitivity.Internal), row.Internal),
            KeyValuePair.Create((row.Role, row.Standing, Sensitivity.Confidential), row.Confidential),
            KeyValuePair.Create((row.Role, row.Standing, Sensitivity.Restricted), row.Restricted),
        })
        .ToDictionary();

    /// <summary>The level from which on every read needs a purpose and is filed.</summary>
    public const Sensitivity Filed = Sensitivity.Confidential;

    /// <summary>What <paramref name="viewer"/> may do with a value of that level, given how it stands to its subject.</summary>
    public static AccessDecision Decide(Viewer viewer, Sensitivity level, Standing standing)
    {
        if (viewer.Role == Role.Anonymous) return Denied(AccessCodes.Unauthenticated);
        var access = Cells.GetValueOrDefault((viewer.Role, standing, level), Access.Deny);
        if (access == Access.Deny) return Denied(AccessCodes.Forbidden);
        if (level >= Filed && viewer.Purpose is null) return Denied(AccessCodes.PurposeRequired);
        if (level >= Filed && !viewer.Purpose!.Roles.Contains(viewer.Role)) return Denied(AccessCodes.PurposeNotAllowed);
        return access != Access.Reveal ? new AccessDecision(access)
            : string.IsNullOrWhiteSpace(viewer.Reason) ? new AccessDecision(Access.Mask)
            : new AccessDecision(Access.Allow, Revealed: true);
    }

    /// <summary>Whether standings are worth asking for: the other roles stand to everyone alike.</summary>
    public static bool DependsOnSubject(Role role) => role is Role.Client or Role.Broker;

    private static AccessDecision Denied(string code) => new(Access.Deny, Code: code);
}
