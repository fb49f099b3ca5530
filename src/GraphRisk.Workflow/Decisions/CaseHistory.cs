using System.Collections.Immutable;
using GraphRisk.Graph.Facts;

namespace GraphRisk.Workflow.Decisions;

/// <summary>A move somebody asks for.</summary>
/// <param name="Move">What it is called.</param>
/// <param name="By">Who asks.</param>
/// <param name="Key">What its sender calls it: the same key is the same move.</param>
/// <param name="Carried">What it carries, by fields of the node type <c>CaseMove</c>.</param>
public sealed record MoveAsked(string Move, Mover By, string Key, Properties Carried)
{
    /// <summary>Circumstances the case is in, as its kind finds them.</summary>
    public ImmutableArray<string> Circumstances { get; init; } = [];

    /// <summary>Persons the table names by a word instead of a move, such as those who made the decision that is complained of.</summary>
    public ImmutableDictionary<string, ImmutableArray<string>> Others { get; init; } = ImmutableDictionary<string, ImmutableArray<string>>.Empty;

    /// <summary>Facts that are filed with it and belong to the case.</summary>
    public ImmutableArray<CaseAttachment> Attached { get; init; } = [];

    /// <summary>How many moves its sender has seen; null where that does not matter.</summary>
    public int? Seen { get; init; }
}

/// <summary>A fact that a move brings to its case: a node of its own, tied to it.</summary>
/// <param name="Id">Its node.</param>
/// <param name="Relationship">Name of the tie, from it to the case.</param>
/// <param name="Content">What it says.</param>
public sealed record CaseAttachment(NodeId Id, string Relationship, Properties Content);

/// <summary>A move that was made.</summary>
/// <param name="Serial">Its place in the case, from 1.</param>
/// <param name="Move">What it is called.</param>
/// <param name="From">State before it; null for the first.</param>
/// <param name="To">State after it.</param>
/// <param name="Part">The part in which it was made.</param>
/// <param name="Person">Who made it; null where nobody was named.</param>
/// <param name="At">When.</param>
/// <param name="Key">What its sender called it.</param>
/// <param name="Carried">What it carried.</param>
public sealed record MadeMove(int Serial, string Move, string? From, string To, CasePart Part, string? Person, DateTimeOffset At, string Key, Properties Carried)
{
    /// <summary>A text it carried; null where it carried none.</summary>
    public string? Text(string field) => Carried.TryGet(field, out var value) ? value.AsString() : null;

    /// <summary>Whether it is what is asked for, sent again.</summary>
    public bool Is(MoveAsked asked) => (Move, Part, Person) == (asked.Move, asked.By.Part, asked.By.Person) && Carried.Equals(asked.Carried);
}

/// <summary>The moves of one case in their order, which are all there is to its state.</summary>
public sealed record CaseHistory(CaseParties Parties, ImmutableArray<MadeMove> Moves)
{
    /// <summary>A case that is yet to be opened.</summary>
    public static CaseHistory Unopened(CaseParties parties) => new(parties, []);

    /// <summary>Where the case stands; null before it was opened.</summary>
    public string? State => Moves.IsEmpty ? null : Moves[^1].To;

    /// <summary>The last move of a name; null where none was made.</summary>
    public MadeMove? Last(string move) => Moves.LastOrDefault(one => one.Move == move);

    /// <summary>What named persons decided before the case was last opened again (<see cref="Reopening"/>).</summary>
    public IEnumerable<MadeMove> DecidedBefore
    {
        get
        {
            var before = Moves.Length - 1;
            while (before >= 0 && Moves[before].Move != Reopening.Move) before--;
            return Moves.Take(Math.Max(0, before)).Where(move => ComplaintFacts.IsDecision(move) && move.Person is not null);
        }
    }

    /// <summary>
    /// Goes through the moves by a table again: the state they lead to, or the first that the table does not allow.
    /// </summary>
    public (string? State, string? Fault) Replay(StateTable table)
    {
        string? state = null;
        for (var at = 0; at < Moves.Length; at++)
        {
            var move = Moves[at];
            if (move.Serial != at + 1 || move.From != state) return (state, $"move {move.Serial}, '{move.Move}', does not follow on {state ?? "nothing"}");
            if (!table.Of(move.Move).Any(row => row.LeadsOnFrom(state) && row.To == move.To && row.Who.Contains(move.Part)))
                return (state, $"move {move.Serial}, '{move.Move}', leads from {state ?? "nothing"} to {move.To}, which the table does not");
            state = move.To;
        }

        return (state, null);
    }
}
