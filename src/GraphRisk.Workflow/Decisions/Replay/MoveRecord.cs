using System.Collections.Immutable;

namespace GraphRisk.Workflow.Decisions.Replay;

/// <summary>A row of a delivery of moves that another system has made: one move, its cells by column; a cell that is empty is absent.</summary>
/// <param name="Line">Line of the delivery, from 1.</param>
/// <param name="Cells">What stands in it.</param>
public sealed record MoveRecord(int Line, ImmutableDictionary<string, string> Cells)
{
    /// <summary>Columns that say what the row is and who made it; the others are named as the fields of cases and moves are.</summary>
    public const string Kind = "kind", Case = "case", Number = "no", Move = "move", At = "at", Role = "role", Broker = "broker", Person = "person", Client = "client",
        Subject = "subject", Offers = "offers", Guarantor = "guarantor";

    /// <summary>They in the order in which they are written.</summary>
    public static ImmutableArray<string> Leading { get; } = [Kind, Case, Number, Move, At, Role, Broker, Person, Client, Subject, Offers, Guarantor];

    /// <summary>What stands in a column; null where nothing does.</summary>
    public string? this[string column] => Cells.GetValueOrDefault(column);

    /// <summary>What stands in a column that may not be empty.</summary>
    /// <exception cref="MoveRefusedException">It is.</exception>
    public string Need(string column) => this[column] ?? throw new MoveRefusedException(column, "is needed.");

    /// <summary>The row as it is named where it is refused.</summary>
    public string Name => string.Join(' ', new[] { this[Kind], this[Case], this[Number] is { } number ? $"no {number}" : null, this[Move] }.OfType<string>());
}

/// <summary>A row that cannot stand, by field and reason; it ends the row and nothing else.</summary>
internal sealed class MoveRefusedException(string? field, string reason) : Exception(reason)
{
    /// <summary>The column that is meant; null where the row as a whole is.</summary>
    public string? Field { get; } = field;
}

/// <summary>A row that was refused.</summary>
/// <param name="Record">The row.</param>
/// <param name="Field">The column that is meant; null where the row as a whole is.</param>
/// <param name="Reason">Why.</param>
public sealed record RefusedMove(MoveRecord Record, string? Field, string Reason);

/// <summary>What became of a delivery.</summary>
/// <param name="Rows">Rows it has.</param>
/// <param name="Made">Moves that were made anew.</param>
/// <param name="Opened">Of them those that opened a case.</param>
/// <param name="Known">Rows that were made before.</param>
/// <param name="Refused">Rows that were refused, in their order.</param>
public sealed record ReplayReport(int Rows, int Made, int Opened, int Known, ImmutableArray<RefusedMove> Refused);
