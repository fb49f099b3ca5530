using System.Collections.Immutable;

namespace GraphRisk.Workflow.Decisions;

/// <summary>One row of a state table: a move that leads from some states to another.</summary>
/// <param name="Move">What it is called.</param>
/// <param name="From">States it leads on from; empty for one that opens a case.</param>
/// <param name="To">State it leads to.</param>
/// <param name="When">The circumstance it is for; null for any.</param>
/// <param name="Who">Parts in which it may be made.</param>
/// <param name="Apart">Who must be another person than whom.</param>
/// <param name="IsNamed">Whether the mover must be a named person.</param>
/// <param name="Only">The move and the field of it that names who alone may make this one; null where anybody of the part may.</param>
/// <param name="Carries">Fields it must carry, of the node type <c>CaseMove</c>.</param>
/// <param name="May">Fields it may carry.</param>
/// <param name="Repeats">Fields that must be as in the last move of the same name.</param>
/// <param name="Means">What it does, in a sentence.</param>
public sealed record MoveRow(
    string Move, ImmutableArray<string> From, string To, string? When, ImmutableArray<CasePart> Who, ImmutableArray<Apartness> Apart, bool IsNamed,
    (string Move, string Field)? Only, ImmutableArray<string> Carries, ImmutableArray<string> May, ImmutableArray<string> Repeats, string Means)
{
    /// <summary>Whether it opens a case.</summary>
    public bool Opens => From.IsEmpty;

    /// <summary>Whether it leads on from a state; null is before the case was opened.</summary>
    public bool LeadsOnFrom(string? state) => state is null ? Opens : From.Contains(state);
}

/// <summary>That one person must be another than some.</summary>
/// <param name="Whom">Who: <see cref="Mover"/>, or the field of the move that names somebody.</param>
/// <param name="Others">The move whose last maker it must not be, or the name under which the caller tells who it must not be.</param>
public readonly record struct Apartness(string Whom, string Others)
{
    /// <summary>Stands for who makes the move.</summary>
    public const string Mover = "mover";
}
