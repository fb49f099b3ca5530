using System.Collections.Immutable;
using GraphRisk.Graph.Facts;

namespace GraphRisk.Workflow.Decisions;

/// <summary>
/// Decides on moves: given what was done in a case and what is asked for, the move with the state it leads to, or a refusal that names state,
/// move and reason. It reads the table of the kind and knows none of them. Pure; the cost is the length of the history.
/// </summary>
public static class CaseEngine
{
    /// <summary>Longest key a sender may give a move.</summary>
    public const int LongestKey = 100;

    /// <summary>What becomes of a move.</summary>
    /// <param name="table">The table of the kind.</param>
    /// <param name="history">What was done.</param>
    /// <param name="asked">What is asked for.</param>
    /// <param name="at">The instant of the clock.</param>
    public static MoveDecision Decide(StateTable table, CaseHistory history, MoveAsked asked, DateTimeOffset at)
    {
        if (history.Moves.FirstOrDefault(move => move.Key == asked.Key) is { } known)
            return known.Is(asked)
                ? new(known, false, null)
                : Refused(RefusalKind.Conflict, FormattableString.Invariant($"The key is that of move {known.Serial}, '{known.Move}', which was another: give a new move a new key."));
        if (asked.Key.Length is 0 or > LongestKey || asked.Key.Any(char.IsControl)) return Refused(RefusalKind.Content, $"A key has 1 to {LongestKey} characters in one line.", "key");
        if (asked.Seen is { } seen && seen != history.Moves.Length)
            return Refused(RefusalKind.Conflict, FormattableString.Invariant($"The case has {history.Moves.Length} moves, of which {seen} were seen: look at it again."));
        var rows = table.Of(asked.Move).ToList();
        if (rows.Count == 0) return Refused(RefusalKind.State, $"There is no such move; {Ways(table, history.State)}");
        var leading = rows.FindAll(row => row.LeadsOnFrom(history.State));
        if (leading.Count == 0) return Refused(RefusalKind.State, $"'{asked.Move}' does not lead on from {history.State ?? "the beginning"}; {Ways(table, history.State)}");
        if (PartFaultOf(leading, history, asked) is { } alien) return new(null, false, alien);
        if (leading.Find(row => row.Who.Contains(asked.By.Part) && (row.When is null || asked.Circumstances.Contains(row.When))) is not { } row1)
            return Refused(RefusalKind.State, $"'{asked.Move}' leads on from {history.State} only where {string.Join(" or ", leading.Select(one => one.When))} holds.");
        return FaultOf(row1, history, asked) is { } refusal
            ? new(null, false, refusal)
            : new(new MadeMove(history.Moves.Length + 1, asked.Move, history.State, row1.To, asked.By.Part, asked.By.Person, at, asked.Key, asked.Carried), true, null);

        MoveDecision Refused(RefusalKind kind, string reason, string? field = null) => new(null, false, new MoveRefusal(kind, history.State, asked.Move, reason, field));
    }

    /// <summary>The moves by which persons lead on from where a case stands, in the order of the table, each with what keeps somebody from making it.</summary>
    /// <param name="table">The table of the kind.</param>
    /// <param name="history">What was done.</param>
    /// <param name="by">Who looks.</param>
    /// <param name="others">Persons the table names by a word, as in <see cref="MoveAsked.Others"/>.</param>
    public static ImmutableArray<NextMove> Next(StateTable table, CaseHistory history, Mover by, ImmutableDictionary<string, ImmutableArray<string>> others)
    {
        return [.. table.MovesFrom(history.State).Select(move => (Move: move, Rows: table.OfPersons(move).Where(row => row.LeadsOnFrom(history.State)).ToList())).Where(one => one.Rows.Count > 0).Select(Seen)];

        NextMove Seen((string Move, List<MoveRow> Rows) one)
        {
            var asked = new MoveAsked(one.Move, by, "", Properties.None) { Others = others };
            var words = one.Rows.SelectMany(row => row.Apart).Where(apart => apart.Whom == Apartness.Mover).Select(apart => apart.Others).Distinct().ToList();
            var faults = one.Rows.Where(row => row.Who.Contains(by.Part)).Select(row => PersonFaultOf(row, history, asked)).ToList();
            return new NextMove(
                one.Move, [.. one.Rows.SelectMany(row => row.Who).Where(part => part != CasePart.Platform).Distinct()],
                words.Exists(word => !OthersOf(word, history, asked).IsEmpty), [.. words.SelectMany(word => MadeBefore(word, history)).Select(move => move.Serial).Distinct().Order()],
                PartFaultOf(one.Rows, history, asked) ?? (faults.Contains(null) ? null : faults[0]));
        }
    }

    /// <summary>Why the part in which somebody stands to a case keeps it from the move; null where it does not.</summary>
    private static MoveRefusal? PartFaultOf(List<MoveRow> leading, CaseHistory history, MoveAsked asked) =>
        history.Parties.Include(asked.By) && leading.Exists(row => row.Who.Contains(asked.By.Part)) ? null : new MoveRefusal(
            RefusalKind.Part, history.State, asked.Move,
            $"'{asked.Move}' is not yours to make here: it is for {string.Join(" or ", leading.SelectMany(row => row.Who).Distinct().Select(NameOf))} of the case.");

    private static MoveRefusal? FaultOf(MoveRow row, CaseHistory history, MoveAsked asked)
    {
        foreach (var field in row.Carries)
            if (!Carries(asked.Carried, field)) return Refuse(RefusalKind.Content, $"'{asked.Move}' must carry '{field}'.", field);
        foreach (var carried in asked.Carried)
            if (!row.Carries.Contains(carried.Name) && !row.May.Contains(carried.Name)) return Refuse(RefusalKind.Content, $"'{asked.Move}' carries no '{carried.Name}' here.", carried.Name);
        foreach (var field in row.Repeats)
            if (history.Last(row.Move) is { } first && !IsRepeated(first.Carried, asked.Carried, field))
                return Refuse(RefusalKind.Content, $"'{field}' is not as in move {first.Serial}: the same is agreed to, or nothing.", field);
        return PersonFaultOf(row, history, asked);

        MoveRefusal Refuse(RefusalKind kind, string reason, string? field = null) => new(kind, history.State, asked.Move, reason, field);
    }

    /// <summary>Why the person who asks cannot make the move of a row; null where it can.</summary>
    private static MoveRefusal? PersonFaultOf(MoveRow row, CaseHistory history, MoveAsked asked)
    {
        if (row.Only is { } only && history.Last(only.Move)?.Text(only.Field) is var alone && (alone is null || Mover.Told(asked.By.Person) != Mover.Told(alone)))
            return Refuse($"'{asked.Move}' is for the {only.Field} of '{only.Move}' alone.");
        if ((row.IsNamed || row.Apart.Any(apart => apart.Whom == Apartness.Mover)) && string.IsNullOrEmpty(Mover.Told(asked.By.Person)))
            return Refuse($"'{asked.Move}' takes a named person, and your token names none: two who are not named cannot be told apart.");
        foreach (var apart in row.Apart)
            if (OthersOf(apart.Others, history, asked).Contains(Mover.Told(apart.Whom == Apartness.Mover ? asked.By.Person : Text(asked.Carried, apart.Whom))))
                return Refuse($"'{asked.Move}' takes another person than the one who {(apart.Others == ComplaintFacts.Decider ? "decided before" : $"made '{apart.Others}'")}.", apart.Whom == Apartness.Mover ? null : apart.Whom);
        return null;

        MoveRefusal Refuse(string reason, string? field = null) => new(RefusalKind.Person, history.State, asked.Move, reason, field);
    }

    /// <summary>Who somebody must not be: whoever made the last move of that name, or those the caller names by the word.</summary>
    private static ImmutableArray<string?> OthersOf(string word, CaseHistory history, MoveAsked asked) =>
        [.. asked.Others.GetValueOrDefault(word, []).Select(Mover.Told), .. MadeBefore(word, history).Select(move => Mover.Told(move.Person))];

    /// <summary>Moves of the case itself that a word names: the last one of that name, or what was decided before it was opened again.</summary>
    private static IEnumerable<MadeMove> MadeBefore(string word, CaseHistory history) =>
        [.. word == ComplaintFacts.Decider ? history.DecidedBefore : [], .. history.Last(word) is { } last ? [last] : Array.Empty<MadeMove>()];

    private static bool Carries(Properties carried, string field) =>
        carried.TryGet(field, out var value) && !(value.AsObject() is string text && string.IsNullOrWhiteSpace(text));

    /// <summary>Whether both say the same of a field, or both nothing.</summary>
    private static bool IsRepeated(Properties before, Properties now, string field) =>
        before.TryGet(field, out var first) ? now.TryGet(field, out var second) && first == second : !now.TryGet(field, out _);

    private static string? Text(Properties carried, string field) => carried.TryGet(field, out var value) ? value.AsString() : null;

    private static string Ways(StateTable table, string? state)
    {
        var moves = table.MovesFrom(state).ToList();
        var ways = string.Join(", ", moves.Where(move => table.OfPersons(move).Any(row => row.LeadsOnFrom(state))).Select(move => $"'{move}'"));
        return ways.Length > 0 ? $"these do: {ways}." : moves.Count == 0 ? "nothing does: it is final." : "nothing does that persons make: it is final unless the platform opens it again.";
    }

    private static string NameOf(CasePart part) => part switch { CasePart.Client => "the client", CasePart.Officer => "an officer", CasePart.Platform => "the platform", _ => "the supervisor" };
}
