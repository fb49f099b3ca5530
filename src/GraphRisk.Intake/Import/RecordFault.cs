using System.Collections.Immutable;

namespace GraphRisk.Intake.Import;

/// <summary>Why a record cannot be taken in, or a value of it not.</summary>
/// <param name="Field">Column or field that is at fault; null where the record as a whole is.</param>
/// <param name="Reason">What is wrong, in words that follow the field's name: <c>is not a number</c>.</param>
public sealed record RecordFault(string? Field, string Reason)
{
    /// <summary>Nodes of which the record needs one, where that is all that is wrong: when the store knows it the record lands by itself.</summary>
    public ImmutableArray<string> Awaits { get; init; } = [];

    /// <summary>The record is sound by itself, and an earlier one of its file says something else under its key.</summary>
    public bool Contradicts { get; init; }

    public override string ToString() => Field is null ? Reason : $"{Field}: {Reason}";
}
