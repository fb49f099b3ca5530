using GraphRisk.Graph.Schema;

namespace GraphRisk.Server.Security;

/// <summary>
/// Who may do what, as the <see cref="AccessTable"/> says it: by role, standing, level, kind of value, purpose and the client's
/// authorisation. What is not in the table is denied. Nothing else decides; a resolver that asks here states no rule of its own.
/// Pure and thread-safe.
/// </summary>
public static class AccessPolicy
{
    private static readonly bool[] BySubject = [.. Enum.GetValues<Role>().Select(role => Read(role).Any(row => row.Standings.Contains(Standing.Own)))];
    private static readonly bool[] ByAuthorisation = [.. Enum.GetValues<Role>().Select(role => Read(role).Any(row => row.Grants.Length is > 0 and < 5))];
    private static readonly bool[] UnderPseudonyms = [.. Enum.GetValues<Role>().Select(role => Read(role).Any(row => row.Access == Access.Pseudonym))];

    /// <summary>The level from which on every read needs a purpose and is filed.</summary>
    public const Sensitivity Filed = Sensitivity.Confidential;

    /// <summary>What <paramref name="viewer"/> may do with a value.</summary>
    public static AccessDecision Decide(Viewer viewer, AccessQuestion question)
    {
        if (viewer.Role == Role.Anonymous) return Denied(AccessCodes.Unauthenticated);
        var rows = AccessTable.Default.About(viewer.Role, question);
        foreach (var row in rows)
            if (row.Purposes.IsMetBy(viewer)) return Of(row, viewer, question);
        return MissesPurpose(viewer, rows);
    }

    /// <summary>Whether <paramref name="viewer"/> may do something else than read a field.</summary>
    public static AccessDecision Decide(Viewer viewer, Act act, Standing standing = Standing.Visible)
    {
        if (viewer.Role == Role.Anonymous) return Denied(AccessCodes.Unauthenticated);
        var rows = AccessTable.Default.About(act, viewer.Role, standing).ToList();
        return rows.Find(row => row.Purposes.IsMetBy(viewer)) is { } found
            ? Of(found, viewer, new AccessQuestion(standing, default))
            : MissesPurpose(viewer, rows);
    }

    /// <summary>Whether standings are worth asking for: the other roles stand to everyone alike.</summary>
    public static bool DependsOnSubject(Role role) => BySubject[(int)role];

    /// <summary>Whether authorisations are worth asking for: only of one's own clients, and for the others nothing depends on them.</summary>
    public static bool DependsOnAuthorisation(Role role, Standing standing) => ByAuthorisation[(int)role] && standing == Standing.Own;

    /// <summary>Whether the role reads pseudonyms, so that ids must not lead from one project to another.</summary>
    public static bool ReadsPseudonyms(Role role) => UnderPseudonyms[(int)role];

    private static IEnumerable<AccessRow> Read(Role role) => AccessTable.Default.Rows.Where(row => row.Act == Act.Read && row.Roles.Contains(role));

    private static AccessDecision Of(AccessRow row, Viewer viewer, AccessQuestion question) => row.Access switch
    {
        Access.Deny => Denied(question switch
        {
            { Standing: Standing.Unknown } => Errors.Problem.NotFoundCode,
            { Grant: Grant.NoScore or Grant.NoFacts } when row.Grants.Length == 1 => AccessCodes.AuthorisationRequired,
            _ => AccessCodes.Forbidden,
        }, row),
        Access.Reveal when string.IsNullOrWhiteSpace(viewer.Reason) => new AccessDecision(Access.Mask, Row: row),
        Access.Reveal => new AccessDecision(Access.Allow, Revealed: true, Row: row),
        _ => new AccessDecision(row.Access, Row: row),
    };

    private static AccessDecision MissesPurpose(Viewer viewer, IReadOnlyList<AccessRow> rows)
    {
        var opening = rows.FirstOrDefault(row => row.Purposes.IsNeeded);
        if (opening is null) return Denied(AccessCodes.Forbidden);
        var code = viewer.Purpose is null ? AccessCodes.PurposeRequired : AccessCodes.PurposeNotAllowed;
        return Denied(code) with
        {
            Purposes = [.. PurposeCatalog.Default.For(viewer.Role).Select(purpose => purpose.Id)
                .Where(id => rows.Any(row => row.Purposes.Ids.IsEmpty || row.Purposes.Ids.Contains(id)))],
        };
    }

    private static AccessDecision Denied(string code, AccessRow? row = null) => new(Access.Deny, Code: code, Row: row);
}
