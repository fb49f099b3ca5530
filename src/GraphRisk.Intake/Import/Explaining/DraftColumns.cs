using System.Globalization;
using GraphRisk.Graph.Schema;
using GraphRisk.Intake.Import.Mapping;

namespace GraphRisk.Intake.Import.Explaining;

/// <summary>The columns a draft uses, what it takes them for, and the names it gives them.</summary>
internal sealed class DraftColumns(SampleTable table)
{
    private readonly List<(SampleColumn Column, string Notion)> used = [];
    private readonly Dictionary<SampleColumn, string> names = [];

    /// <summary>Columns with what they are taken for.</summary>
    public IReadOnlyList<(SampleColumn Column, string Notion)> Used => used;

    /// <summary>Our names and the headings they stand for.</summary>
    public IEnumerable<(string Name, string Heading)> Named => names.Select(pair => (pair.Value, pair.Key.Heading));

    /// <summary>Our name of the column that tells records apart.</summary>
    public string Key { get; private set; } = "";

    /// <summary>What tells records apart, as a template.</summary>
    public string KeyTemplate { get; private set; } = "";

    /// <summary>What is to say of the key; empty for nothing.</summary>
    public string KeyRemark { get; private set; } = "";

    /// <summary>Whether the draft names a column.</summary>
    public bool IsNamed(SampleColumn column) => names.ContainsKey(column);

    /// <summary>Takes a column for a notion.</summary>
    public void Use(SampleColumn column, string notion)
    {
        used.Add((column, notion));
        NameOf(column, notion);
    }

    /// <summary>The column taken for a notion; null where none is.</summary>
    public SampleColumn? Of(string notion) => used.Find(pair => pair.Notion == notion).Column;

    /// <summary>Our name of a column: its heading where that can stand in a template, else the notion, else a number; never one that is another's heading.</summary>
    public string NameOf(SampleColumn column, string? notion = null)
    {
        if (names.TryGetValue(column, out var known)) return known;
        var number = table.Columns.ToList().IndexOf(column) + 1;
        var wanted = YamlText.IsPlain(column.Heading) && column.Heading.All(char.IsAscii) ? column.Heading : notion ?? string.Create(CultureInfo.InvariantCulture, $"column{number}");
        var name = wanted;
        for (var next = 2; names.ContainsValue(name) || table.Columns.Any(other => other != column && other.Heading == name); next++)
            name = string.Create(CultureInfo.InvariantCulture, $"{wanted}{next}");
        names.Add(column, name);
        return name;
    }

    /// <summary>
    /// Chooses the key: a column of numbers of records, else an identifier, else codes, else any that tells the rows of the sample
    /// apart. Amounts, days and telephones never do, however different they are.
    /// </summary>
    public void SetKey()
    {
        var candidates = table.Columns.Where(column => !ColumnGuess.IsAmount(column) && !ColumnGuess.IsDay(column)).Select(column => (Column: column, Rank: RankOf(column)))
            .Where(pair => pair.Rank > 0).OrderByDescending(pair => pair.Rank).ToList();
        var chosen = candidates.Find(pair => pair.Column.TellsRowsApart).Column;
        if (chosen is null)
        {
            chosen = candidates.Count > 0 ? candidates[0].Column : table.Columns[0];
            KeyRemark = "   # no column of the sample tells its rows apart: name several, as \"{a}/{b}\"";
        }

        Key = NameOf(chosen, "number");
        KeyTemplate = $"{{{Key}}}";
    }

    /// <summary>Takes several notions together for the key, those of them that are there.</summary>
    public void SetKey(params string[] notions)
    {
        var parts = notions.Select(Of).OfType<SampleColumn>().Select(column => NameOf(column)).ToList();
        (Key, KeyTemplate) = (parts[0], string.Join('/', parts.Select(part => $"{{{part}}}")));
    }

    /// <summary>A column for a field that must be there and that none was found for: one of words, else any.</summary>
    public SampleColumn Spare(SampleTable sample) =>
        sample.Columns.Where(column => !used.Exists(pair => pair.Column == column))
            .OrderByDescending(column => column.Part(cell => cell.Any(char.IsLetter) && !cell.Any(char.IsAsciiDigit))).FirstOrDefault() ?? sample.Columns[0];

    /// <summary>The formats of the days of all columns used; none where they are as ISO 8601 writes them.</summary>
    public IReadOnlyList<string> Times()
    {
        var seen = used.Where(pair => ColumnGuess.IsDay(pair.Column)).SelectMany(pair => ColumnGuess.FormatsOf(pair.Column)).ToHashSet();
        return seen.IsSubsetOf(["yyyy-MM-dd", "yyyy-MM-dd HH:mm:ss"]) ? [] : [.. ColumnGuess.DayFormats.Where(seen.Contains)];
    }

    /// <summary>The form of a value of a field.</summary>
    public static string ValueOf(Field field, SampleColumn column, string name) => field switch
    {
        { Kind: FieldKind.Decimal } when Numbers.UnitOf(column.Heading) is var unit && unit != 1 => string.Create(CultureInfo.InvariantCulture, $"{{ column: {name}, unit: {unit} }}"),
        { Kind: FieldKind.Enum, Name: "sex" } => $"{{ column: {name}, map: {{ [M, m, 男, male, Male, MALE]: MALE, [F, f, 女, female, Female, FEMALE]: FEMALE }} }}",
        { Kind: FieldKind.Enum, Name: "status" } => $"{{ column: {name}, map: {{ [在业, 存续, 开业, 在营]: ACTIVE, 吊销: REVOKED, 注销: DISSOLVED, [经营异常, 停业]: SUSPENDED, 清算: LIQUIDATING }} }}",
        { Kind: FieldKind.Enum } when column.Values.Where(value => field.Enum!.IndexOf(value) < 0).Distinct(StringComparer.Ordinal).Take(6).ToList() is { Count: > 0 } others =>
            $"{name}   # one of {string.Join(", ", field.Enum!.Values)}: map {YamlText.Remark(string.Join(", ", others))}",
        { Kind: FieldKind.StringList } => $"{{ column: {name}, split: \";；、\" }}",
        _ => name,
    };

    private static int RankOf(SampleColumn column) => (HeadingWords.NotionOf(column.Heading), ColumnGuess.NotionOf(column)) switch
    {
        ("number", _) => 5,
        (_, "uscc" or "residentId" or "idNumber" or "lei") => 3,
        (_, "phone" or "email" or "sex" or "kind" or "broker") => 0,
        (_, "name") => 1,
        _ => column.Part(cell => cell.Any(char.IsAsciiDigit)) >= 1 ? 4 : 1,
    };
}
