using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using GraphRisk.Graph.Schema;

namespace GraphRisk.Server.Security;

/// <summary>
/// The one statement of who reads and commands what: rows from <c>access.csv</c>, read top to bottom. The first row that fits
/// counts; where none fits the answer is no. Immutable and thread-safe; a look-up is an index into the rows that may fit.
/// </summary>
public sealed class AccessTable
{
    private const string Header = "act,role,standing,level,kind,purpose,authorisation,access,opened by";
    private const string Any = "*";
    private const string None = "-";

    private static readonly Role[] Roles = Enum.GetValues<Role>();
    private static readonly Standing[] Standings = Enum.GetValues<Standing>();
    private static readonly Sensitivity[] Levels = Enum.GetValues<Sensitivity>();
    private static readonly ValueKind[] Kinds = Enum.GetValues<ValueKind>();
    private static readonly Grant[] Grants = Enum.GetValues<Grant>();

    private readonly AccessRow[][] reads;

    private AccessTable(ImmutableArray<AccessRow> rows)
    {
        Rows = rows;
        reads = new AccessRow[Roles.Length * Standings.Length * Levels.Length * Kinds.Length * Grants.Length][];
        foreach (var role in Roles)
            foreach (var question in Questions) reads[IndexOf(role, question)] = [.. rows.Where(row => row.IsAbout(Act.Read, role, question))];
    }

    /// <summary>Every question that can be asked about a value.</summary>
    public static IEnumerable<AccessQuestion> Questions { get; } =
    [
        .. from standing in Standings
           from level in Levels
           from kind in Kinds
           from grant in Grants
           select new AccessQuestion(standing, level, kind, grant),
    ];

    /// <summary>The product's own table.</summary>
    public static AccessTable Default { get; } = Read(Embedded(), PurposeCatalog.Default);

    /// <summary>The rows in order.</summary>
    public ImmutableArray<AccessRow> Rows { get; }

    /// <summary>Reads a table.</summary>
    /// <param name="text">Lines of nine cells; those that begin with # are comments.</param>
    /// <param name="purposes">The purposes that may be named.</param>
    /// <exception cref="InvalidDataException">A line is not a row, opens level 3 without a purpose, or can never be reached; the message names it.</exception>
    public static AccessTable Read(string text, PurposeCatalog purposes)
    {
        var lines = text.Split('\n').Select((line, at) => (Text: line.TrimEnd('\r'), Number: at + 1))
            .Where(line => line.Text.Length > 0 && line.Text[0] != '#').ToList();
        if (lines.Count == 0 || lines[0].Text != Header) throw new InvalidDataException($"The access table does not begin with '{Header}'.");
        var rows = lines.Skip(1).Select(line => RowOf(line.Text, line.Number, purposes)).ToImmutableArray();
        foreach (var row in rows)
            if (!IsReached(row, rows, purposes)) throw Fault(row.Line, "is never reached: the rows before it decide all it is about");
        return new AccessTable(rows);
    }

    /// <summary>The rows about reading, in order, that fit a question of a role but for its purpose.</summary>
    public IReadOnlyList<AccessRow> About(Role role, AccessQuestion question) =>
        Enum.IsDefined(question.Level) ? reads[IndexOf(role, question)] : [];

    /// <summary>The rows about something else than reading, in order, that fit but for the purpose.</summary>
    public IEnumerable<AccessRow> About(Act act, Role role, Standing standing) =>
        Rows.Where(row => row.IsAbout(act, role, new AccessQuestion(standing, default)));

    private static int IndexOf(Role role, AccessQuestion question) =>
        (((((((int)role * Standings.Length) + (int)question.Standing) * Levels.Length) + (int)question.Level - 1) * Kinds.Length
            + (int)question.Kind) * Grants.Length) + (int)question.Grant;

    private static AccessRow RowOf(string line, int number, PurposeCatalog purposes)
    {
        var cells = Cells(line);
        if (cells.Count != 9) throw Fault(number, $"has {cells.Count} cells, not nine");
        var row = new AccessRow(
            number, One<Act>(cells[0], number), Several<Role>(cells[1], number), Several<Standing>(cells[2], number),
            Several(cells[3], number, LevelOf), Several<ValueKind>(cells[4], number), PurposesOf(cells[5], number, purposes),
            Several(cells[6], number, GrantOf), One<Access>(cells[7], number), cells[8]);
        if (row.Access > Access.Withhold && !row.Purposes.IsNeeded && row.Levels.Any(level => level >= AccessPolicy.Filed))
            throw Fault(number, "opens level 3 or above without a purpose");
        if (row.Roles.Contains(Role.Anonymous)) throw Fault(number, "is about nobody in particular, who reads nothing");
        foreach (var id in row.Purposes.Ids)
            if (!row.Roles.All(purposes.Find(id)!.Roles.Contains)) throw Fault(number, $"names '{id}', which not every role of the row may declare");
        return row;
    }

    /// <summary>Whether some viewer's question is decided by the row.</summary>
    private static bool IsReached(AccessRow row, ImmutableArray<AccessRow> rows, PurposeCatalog purposes)
    {
        var viewers = row.Roles.SelectMany(role => purposes.For(role).Cast<Purpose?>().Append(null).Select(purpose => new Viewer(role, Purpose: purpose)));
        var questions = row.Act == Act.Read ? Questions : row.Standings.Select(standing => new AccessQuestion(standing, default));
        return viewers.Any(viewer => questions.Any(question =>
            rows.FirstOrDefault(one => one.IsAbout(row.Act, viewer.Role, question) && one.Purposes.IsMetBy(viewer)) == row));
    }

    private static List<string> Cells(string line)
    {
        var (cells, cell, quoted) = (new List<string>(), new StringBuilder(), false);
        foreach (var letter in line)
        {
            if (letter == '"') quoted = !quoted;
            else if (letter == ',' && !quoted)
            {
                cells.Add(cell.ToString());
                cell.Clear();
            }
            else cell.Append(letter);
        }

        cells.Add(cell.ToString());
        return cells;
    }

    private static PurposeNeed PurposesOf(string cell, int line, PurposeCatalog purposes)
    {
        if (cell is None or Any) return new PurposeNeed(cell == Any, []);
        foreach (var id in cell.Split(' '))
            if (purposes.Find(id) is null) throw Fault(line, $"names '{id}', which is no purpose");
        return new PurposeNeed(true, [.. cell.Split(' ')]);
    }

    private static ImmutableArray<T> Several<T>(string cell, int line) where T : struct, Enum => Several(cell, line, Named<T>);

    private static ImmutableArray<T> Several<T>(string cell, int line, Func<string, T?> read) where T : struct, Enum => cell switch
    {
        Any => [.. Enum.GetValues<T>().Where(value => !value.Equals(Role.Anonymous))],
        None when typeof(T) != typeof(Grant) => [],
        _ => [.. cell.Split(' ').Select(word => read(word) ?? throw Fault(line, $"says '{word}', which is no {typeof(T).Name.ToLowerInvariant()}"))],
    };

    private static T One<T>(string cell, int line) where T : struct, Enum =>
        Named<T>(cell) ?? throw Fault(line, $"says '{cell}', which is no {typeof(T).Name.ToLowerInvariant()}");

    private static T? Named<T>(string word) where T : struct, Enum
    {
        foreach (var value in Enum.GetValues<T>())
            if (Word(value) == word) return value;
        return null;
    }

    private static Sensitivity? LevelOf(string word) =>
        int.TryParse(word, NumberStyles.None, CultureInfo.InvariantCulture, out var level) && Enum.IsDefined((Sensitivity)level) ? (Sensitivity)level : null;

    private static Grant? GrantOf(string word) => Grants.Cast<Grant?>().FirstOrDefault(grant => WordOf(grant!.Value) == word);

    /// <summary>How the table calls the state of an authorisation.</summary>
    internal static string WordOf(Grant grant) => grant switch
    {
        Grant.Score => "SCORE",
        Grant.Facts => "FACTS",
        Grant.NoScore => "no-SCORE",
        Grant.NoFacts => "no-FACTS",
        _ => None,
    };

    /// <summary>How the table calls a value: lower case with hyphens.</summary>
    internal static string Word<T>(T value) where T : struct, Enum =>
        string.Concat(value.ToString().Select((letter, at) => at > 0 && char.IsUpper(letter) ? $"-{char.ToLowerInvariant(letter)}" : $"{char.ToLowerInvariant(letter)}"));

    private static InvalidDataException Fault(int line, string what) => new($"access.csv, line {line} {what}.");

    private static string Embedded()
    {
        using var reader = new StreamReader(typeof(AccessTable).Assembly.GetManifestResourceStream("security/access.csv")!, Encoding.UTF8);
        return reader.ReadToEnd();
    }
}
