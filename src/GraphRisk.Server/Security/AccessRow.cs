using System.Collections.Immutable;
using GraphRisk.Graph.Schema;

namespace GraphRisk.Server.Security;

/// <summary>A row of the access table. An empty list fits nothing.</summary>
/// <param name="Line">Its line in the file.</param>
/// <param name="Act">What is asked.</param>
/// <param name="Roles">Of whom.</param>
/// <param name="Standings">How they stand to the one it is about.</param>
/// <param name="Levels">Levels of the value; empty for what is no reading.</param>
/// <param name="Kinds">Kinds of the value; empty for what is no reading.</param>
/// <param name="Purposes">What it is for.</param>
/// <param name="Grants">How it stands to the client's authorisation; empty for what is no reading.</param>
/// <param name="Access">The answer.</param>
/// <param name="OpenedBy">What would open it, as a sentence; empty where nothing is to be said.</param>
public sealed record AccessRow(
    int Line, Act Act, ImmutableArray<Role> Roles, ImmutableArray<Standing> Standings, ImmutableArray<Sensitivity> Levels,
    ImmutableArray<ValueKind> Kinds, PurposeNeed Purposes, ImmutableArray<Grant> Grants, Access Access, string OpenedBy)
{
    /// <summary>Whether the row is about a question of a role, its purpose aside.</summary>
    public bool IsAbout(Act act, Role role, AccessQuestion question) =>
        Act == act && Roles.Contains(role) && Standings.Contains(question.Standing)
        && (act != Act.Read || (Levels.Contains(question.Level) && Kinds.Contains(question.Kind) && Grants.Contains(question.Grant)));
}

/// <summary>The purposes that open a row.</summary>
/// <param name="IsNeeded">A purpose must be declared.</param>
/// <param name="Ids">Which; empty for any that the role may declare.</param>
public readonly record struct PurposeNeed(bool IsNeeded, ImmutableArray<string> Ids)
{
    /// <summary>Whether what a viewer declared will do.</summary>
    public bool IsMetBy(Viewer viewer) =>
        !IsNeeded || (viewer.Purpose is { } purpose && purpose.Roles.Contains(viewer.Role) && (Ids.IsEmpty || Ids.Contains(purpose.Id)));
}
