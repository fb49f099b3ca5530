using System.Collections.Immutable;

namespace GraphRisk.Workflow.Decisions;

/// <summary>A move by which persons lead on from where a case stands, as it looks to one of them.</summary>
/// <param name="Move">What it is called.</param>
/// <param name="Who">Parts in which it is made.</param>
/// <param name="TakesAnother">Whether it takes another person than one who moved before.</param>
/// <param name="ApartFrom">Places of moves of the case of whose makers it takes another.</param>
/// <param name="Refusal">Why this mover cannot make it, whatever it carries; null where it can.</param>
public sealed record NextMove(string Move, ImmutableArray<CasePart> Who, bool TakesAnother, ImmutableArray<int> ApartFrom, MoveRefusal? Refusal);
