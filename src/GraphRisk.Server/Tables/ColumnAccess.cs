using System.Globalization;
using GraphQL.Types;
using GraphRisk.Graph.Schema;
using GraphRisk.Server.Security;
using GraphRisk.Workflow.Authorisations;

namespace GraphRisk.Server.Tables;

/// <summary>How a viewer sees a column, as far as that is known before any row is.</summary>
public enum CellForm
{
    /// <summary>As it is.</summary>
    Clear,

    /// <summary>Masked.</summary>
    Masked,

    /// <summary>As keyed pseudonyms.</summary>
    Pseudonym,

    /// <summary>To two significant digits.</summary>
    Rounded,

    /// <summary>Of some rows and not of others, or of some in another form: by whom a row is about.</summary>
    ByRow,

    /// <summary>Of no row, without an error.</summary>
    Withheld,

    /// <summary>Of no row: it is refused.</summary>
    Refused,
}

/// <summary>
/// Tells how a viewer sees a column from what its fields state of their access: each field on the way to the value is put to the policy
/// for every standing a row may have. Where all agree, it is known of the column; nothing is asked of any row.
/// </summary>
/// <param name="Form">How it is seen.</param>
/// <param name="Code">Of a refused column why; null of others.</param>
/// <param name="MayMiss">A row may be refused the value where others are not.</param>
public sealed record ColumnAccess(CellForm Form, string? Code = null, bool MayMiss = false)
{
    private static readonly Dictionary<Access, CellForm> Forms = new()
    {
        [Access.Allow] = CellForm.Clear,
        [Access.Mask] = CellForm.Masked,
        [Access.Pseudonym] = CellForm.Pseudonym,
        [Access.Round] = CellForm.Rounded,
        [Access.Withhold] = CellForm.Withheld,
    };

    /// <summary>A column that everybody sees.</summary>
    public static ColumnAccess Open { get; } = new(CellForm.Clear);

    /// <summary>No row has a value, whatever the graph holds.</summary>
    public bool IsEmpty => Form is CellForm.Refused or CellForm.Withheld;

    /// <summary>The form as headers and schemas say it: <c>clear</c>, <c>masked</c>, <c>pseudonym</c>, <c>rounded</c>, <c>by-row</c>, <c>withheld</c>, <c>refused</c>.</summary>
    public string Word => Form == CellForm.ByRow ? "by-row" : Form.ToString().ToLower(CultureInfo.InvariantCulture);

    /// <param name="viewer">Who asks.</param>
    /// <param name="way">The fields from the row to the value; of an interface those of every type that may stand there.</param>
    internal static ColumnAccess Of(Viewer viewer, IReadOnlyList<IReadOnlyList<FieldType>> way)
    {
        var form = CellForm.Clear;
        var mayMiss = false;
        foreach (var step in way)
        {
            var decisions = step.SelectMany(field => Decisions(viewer, field)).ToList();
            if (decisions.Count == 0) continue;
            if (decisions.TrueForAll(one => one.Form == CellForm.Refused)) return new(CellForm.Refused, decisions[0].Code);
            mayMiss |= decisions.Exists(one => one.Form == CellForm.Refused);
            var shown = decisions.Where(one => one.Form != CellForm.Refused).Select(one => one.Form).Distinct().ToList();
            if (shown is [CellForm.Withheld]) return new(CellForm.Withheld);
            var here = shown is [var only] ? only : CellForm.ByRow;
            form = form == CellForm.Clear || form == here ? here : here == CellForm.Clear ? form : CellForm.ByRow;
        }

        return mayMiss ? new(CellForm.ByRow, MayMiss: true) : new(form);
    }

    /// <summary>How a cell that is made of several values is seen: as all of them are, else by row.</summary>
    internal static ColumnAccess Together(IReadOnlyList<ColumnAccess> parts) => parts.Count == 0 ? Open
        : parts.All(part => part.IsEmpty) ? parts[0]
        : parts.All(part => part.Form == parts[0].Form) ? parts[0] : new(CellForm.ByRow, MayMiss: parts.Any(part => part.MayMiss));

    private static IEnumerable<(CellForm Form, string? Code)> Decisions(Viewer viewer, FieldType field)
    {
        // What is shown as another field shows it is empty where that one is refused, and no error.
        foreach (var access in FieldAccess.OfLooks(field))
            foreach (var decision in Decisions(viewer, field, access))
                yield return (decision.Code is null ? Forms[decision.Access] : CellForm.Withheld, null);
        if ((FieldAccess.Of(field) is { Level: not null } own ? own : FieldAccess.OfFigures(field)) is not { Level: not null } stated) yield break;
        foreach (var decision in Decisions(viewer, field, stated))
            yield return decision.Code is null ? (Forms[decision.Access], null) : (CellForm.Refused, decision.Code);
    }

    private static IEnumerable<AccessDecision> Decisions(Viewer viewer, FieldType field, FieldAccess access)
    {
        var kind = AccessEnforcement.KindOf(field, access);
        foreach (var standing in Standings(viewer, access))
            foreach (var grant in Grants(viewer, access, standing))
                yield return AccessPolicy.Decide(viewer, new AccessQuestion(standing, access.Level!.Value, kind, grant));
    }

    private static Standing[] Standings(Viewer viewer, FieldAccess access) =>
        access.IsAggregate ? [Standing.Aggregate] : AccessPolicy.DependsOnSubject(viewer.Role) ? [Standing.Own, Standing.Visible] : [Standing.Visible];

    private static Grant[] Grants(Viewer viewer, FieldAccess access, Standing standing) =>
        access.Scope is not { } scope || !AccessPolicy.DependsOnAuthorisation(viewer.Role, standing) ? [Grant.NotNeeded]
        : scope == AuthorisationScope.Score ? [Grant.Score, Grant.NoScore] : [Grant.Facts, Grant.NoFacts];
}
