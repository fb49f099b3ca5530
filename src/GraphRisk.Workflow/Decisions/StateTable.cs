using System.Collections.Immutable;
using System.Text;

namespace GraphRisk.Workflow.Decisions;

/// <summary>
/// How cases of a kind go on: rows from a file of the kind's name, read top to bottom. The first row of a move that fits state, part and
/// circumstance counts; where none does the move is refused. A state that no row leads on from is final. Immutable and thread-safe.
/// </summary>
public sealed class StateTable
{
    private const string Header = "move,from,to,when,who,apart,only,carries,may,repeats,means";
    private const string None = "-";
    private const string Named = "named";

    private StateTable(string kind, ImmutableArray<MoveRow> rows)
    {
        (Kind, Rows) = (kind, rows);
        Moves = [.. rows.Select(row => row.Move).Distinct(StringComparer.Ordinal)];
        States = [.. rows.SelectMany(row => row.From.Append(row.To)).Distinct(StringComparer.Ordinal)];
    }

    /// <summary>What the cases are called.</summary>
    public string Kind { get; }

    /// <summary>The rows in order.</summary>
    public ImmutableArray<MoveRow> Rows { get; }

    /// <summary>Names of moves, in order of their first rows.</summary>
    public ImmutableArray<string> Moves { get; }

    /// <summary>States, in the order in which they are met.</summary>
    public ImmutableArray<string> States { get; }

    /// <summary>The rows of a move.</summary>
    public IEnumerable<MoveRow> Of(string move) => Rows.Where(row => row.Move == move);

    /// <summary>The rows of a move that persons make.</summary>
    public IEnumerable<MoveRow> OfPersons(string move) => Of(move).Where(row => row.Who.Any(part => part != CasePart.Platform));

    /// <summary>Moves by which persons lead on, in order of their first rows; what opens a case is asked for otherwise.</summary>
    public IEnumerable<string> LeadingOn => Moves.Where(move => !Of(move).Any(row => row.Opens) && OfPersons(move).Any());

    /// <summary>Whether nothing leads on from a state.</summary>
    public bool IsFinal(string state) => !Rows.Any(row => row.LeadsOnFrom(state));

    /// <summary>What may be done in a state, in the order of the table.</summary>
    public IEnumerable<string> MovesFrom(string? state) => Rows.Where(row => row.LeadsOnFrom(state)).Select(row => row.Move).Distinct(StringComparer.Ordinal);

    /// <summary>The product's own table of a kind.</summary>
    public static StateTable Embedded(string kind)
    {
        using var stream = typeof(StateTable).Assembly.GetManifestResourceStream($"states/{kind}.csv") ?? throw new ArgumentException($"There is no table of {kind}.", nameof(kind));
        using var reader = new StreamReader(stream, Encoding.UTF8);
        return Read(kind, reader.ReadToEnd());
    }

    /// <summary>Reads a table.</summary>
    /// <param name="kind">What the cases are called.</param>
    /// <param name="text">Lines of eleven cells; those that begin with # are comments.</param>
    /// <exception cref="InvalidDataException">A line is no row, or can never count, or names what is not there; the message says which.</exception>
    public static StateTable Read(string kind, string text)
    {
        var lines = text.Split('\n').Select((line, at) => (Text: line.TrimEnd('\r'), Number: at + 1)).Where(line => line.Text.Length > 0 && line.Text[0] != '#').ToList();
        if (lines.Count == 0 || lines[0].Text != Header) throw new InvalidDataException($"The table of {kind} does not begin with '{Header}'.");
        var numbered = lines.Skip(1).Select(line => (Row: RowOf(kind, line.Text, line.Number), line.Number)).ToList();
        var table = new StateTable(kind, [.. numbered.Select(one => one.Row)]);
        foreach (var (row, number) in numbered)
            if (table.FaultOf(row) is { } fault) throw Fault(kind, number, fault);
        return table;
    }

    private string? FaultOf(MoveRow row)
    {
        var before = Rows[..Rows.IndexOf(row)];
        if (!row.Opens && row.From.FirstOrDefault(state => !Rows.Any(other => other.To == state)) is { } unreached) return $"leads on from {unreached}, which nothing leads to";
        foreach (var state in row.Opens ? [null] : row.From.Cast<string?>())
            if (row.Who.All(part => before.Any(other => other.Move == row.Move && other.LeadsOnFrom(state) && other.Who.Contains(part) && (other.When is null || other.When == row.When))))
                return $"never counts in {state ?? "the beginning"}: the rows before it decide";
        if (row.Only is { } only && Rows.All(other => other.Move != only.Move || !other.Carries.Contains(only.Field))) return $"is for the {only.Field} of '{only.Move}', which carries none";
        foreach (var field in row.Repeats)
            if (!row.Carries.Contains(field) && !row.May.Contains(field)) return $"repeats {field}, which it does not carry";
        foreach (var apart in row.Apart)
            if (apart.Whom != Apartness.Mover && !row.Carries.Contains(apart.Whom)) return $"keeps {apart.Whom} apart, whom it need not name";
        return null;
    }

    private static MoveRow RowOf(string kind, string line, int number)
    {
        var cells = line.Split(',', 11);
        if (cells.Length != 11 || cells[10] is not ['"', .. var means, '"']) throw Fault(kind, number, "is no row of eleven cells whose last stands in quotes");
        var apart = Words(cells[5]);
        return new MoveRow(
            cells[0], Words(cells[1]), cells[2], cells[3] == None ? null : cells[3], [.. Words(cells[4]).Select(word => PartOf(kind, word, number))],
            [.. apart.Where(word => word != Named).Select(word => word.Split('/') is [var whom, var others] ? new Apartness(whom, others) : throw Fault(kind, number, $"says '{word}', which is not WHO/OTHERS"))],
            apart.Contains(Named),
            cells[6] == None ? null : cells[6].Split('.') is [var move, var field] ? (move, field) : throw Fault(kind, number, $"says '{cells[6]}', which is not MOVE.FIELD"),
            Words(cells[7]), Words(cells[8]), Words(cells[9]), means);
    }

    private static ImmutableArray<string> Words(string cell) => cell == None ? [] : [.. cell.Split(' ')];

    private static CasePart PartOf(string kind, string word, int number) =>
        Enum.GetValues<CasePart>().Cast<CasePart?>().FirstOrDefault(part => part.ToString()!.Equals(word, StringComparison.OrdinalIgnoreCase)) ?? throw Fault(kind, number, $"says '{word}', which is no part");

    private static InvalidDataException Fault(string kind, int line, string what) => new($"{kind}.csv, line {line} {what}.");
}
