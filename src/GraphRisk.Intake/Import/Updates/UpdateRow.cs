using System.Collections.Immutable;
using GraphRisk.Graph.Facts;

namespace GraphRisk.Intake.Import.Updates;

/// <summary>One row of a file of updates: what it says, when, and the facts its mapping makes of it.</summary>
/// <param name="File">Name of the file, without folder and extension.</param>
/// <param name="Id">Identity of the row: hash of the file and line.</param>
/// <param name="At">When it happened: its first column.</param>
/// <param name="Facts">The facts, none where no mapping is for the file.</param>
public sealed record UpdateRow(string File, string Id, DateTimeOffset At, ImmutableArray<Fact> Facts)
{
    /// <summary>Names of the columns.</summary>
    public required ImmutableArray<string> Names { get; init; }

    /// <summary>Values, in step with the names.</summary>
    public required ImmutableArray<string> Values { get; init; }

    /// <summary>What is wrong with the row; null where it is sound.</summary>
    public string? Fault { get; init; }

    /// <summary>The value of a column.</summary>
    /// <exception cref="InvalidDataException">The file has no such column.</exception>
    public string this[string name] => Names.IndexOf(name) is var at && at >= 0 && at < Values.Length
        ? Values[at] : throw new InvalidDataException($"{File}: a row has no '{name}'.");
}
