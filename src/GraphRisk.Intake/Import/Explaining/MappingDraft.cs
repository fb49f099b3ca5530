using System.Globalization;
using System.Text;
using GraphRisk.Graph.Schema;
using GraphRisk.Intake.Import.Mapping;
using GraphRisk.Intake.Import.Reading;

namespace GraphRisk.Intake.Import.Explaining;

/// <summary>
/// Drafts a mapping for a delimited file that none is for. What its headers mean is learned from the mappings that are known:
/// a header they read as a field is taken for that field, and the node type that most headers speak of for what the file
/// is about. What is not understood is left as a comment; the draft loads as it is.
/// </summary>
public sealed class MappingDraft
{
    private static readonly string[] Delimiters = [",", ";", "\t", "|"];
    private static readonly string[] DayFormats = ["yyyy-MM-dd", "yyyyMMdd", "yyyy/M/d", "yyyy.M.d", "yyyy年M月d日", "d.M.yyyy", "dd/MM/yyyy"];

    private readonly SchemaCatalog catalog;
    private readonly Dictionary<string, List<(string Type, string Field)>> meanings = new(StringComparer.OrdinalIgnoreCase);

    public MappingDraft(SchemaCatalog catalog, MappingSet mappings)
    {
        this.catalog = catalog;
        foreach (var mapping in mappings.All)
            foreach (var rule in mapping.Facts.OfType<NodeFactRule>())
                foreach (var (field, value) in rule.Set)
                    if (value is ColumnRule column)
                        foreach (var header in mapping.Columns[column.Column].Headers)
                            foreach (var type in rule.Shapes) Learn(header, type, field.Name);
        foreach (var type in catalog.NodeTypes)
            foreach (var field in type.Fields) Learn(field.Name, type.Name, field.Name);
    }

    /// <summary>The draft for a file.</summary>
    /// <exception cref="InvalidDataException">The file has no header of at least two columns.</exception>
    public string Of(string path)
    {
        var digest = FileDigest.Of(path);
        var lines = digest.HeadText().Split('\n').Select(line => line.TrimEnd('\r')).Where(line => line.Trim(',', ';', '\t', '|', ' ').Length > 0).ToList();
        if (lines.Count == 0) throw new InvalidDataException($"{path} is empty.");
        var delimiter = Delimiters.MaxBy(mark => lines[0].Split(mark).Length)!;
        var headers = Cells(lines[0], delimiter);
        if (headers.Count < 2) throw new InvalidDataException($"{path} has no header of several columns: drafts are for delimited files.");
        var rows = lines.Skip(1).Take(50).Select(line => Cells(line, delimiter)).Where(row => row.Count == headers.Count).ToList();
        return Write(path, digest, delimiter, headers, rows);
    }

    private static List<string> Cells(string line, string delimiter)
    {
        var fields = new CsvFields(new CsvLayout(delimiter[0], Quoted: true));
        var text = line.ToCharArray();
        if (fields.Split(text, text.Length) is not null) return [.. line.Split(delimiter).Select(cell => cell.Trim())];
        return [.. Enumerable.Range(0, fields.Count).Select(i => fields[i].Trim().ToString())];
    }

    private void Learn(string header, string type, string field)
    {
        if (!meanings.TryGetValue(Plain(header), out var known)) meanings.Add(Plain(header), known = []);
        if (!known.Contains((type, field))) known.Add((type, field));
    }

    private static string Plain(string header) => string.Concat(header.Where(char.IsLetterOrDigit)).ToLowerInvariant();

    private string Write(string path, FileDigest digest, string delimiter, List<string> headers, List<List<string>> rows)
    {
        var type = TypeOf(headers);
        var names = headers.Select((header, i) => header.Length == 0 ? $"column_{i + 1}" : header).ToList();
        for (var i = 1; i < names.Count; i++)
            if (names[..i].Contains(names[i])) names[i] = $"{names[i]}#2";
        var key = KeyOf(names, rows);
        var fields = names.Select((name, i) => (Name: name, Field: FieldOf(headers[i], type))).ToList();
        var used = fields.Where(pair => pair.Field is not null).GroupBy(pair => pair.Field).Select(group => group.First()).ToList();
        var lacking = type.Fields.Where(field => field.Required && !used.Exists(pair => pair.Field == field.Name)).ToList();
        var source = Plain(Path.GetFileNameWithoutExtension(path)) is { Length: > 0 } plain ? plain : "source";
        var text = new StringBuilder();
        void Line(string line) => text.Append(line).Append('\n');
        Line($"# A draft for {Path.GetFileName(path)}. Read it, mend it, try it: graphrisk import {Path.GetFileName(path)} --mapping THIS --explain");
        Line($"mapping: {source}");
        Line($"files: {Quoted(Path.ChangeExtension(Path.GetFileName(path), digest.IsSheet ? ".csv" : Path.GetExtension(path)))}");
        if (delimiter != "," && !digest.IsSheet) Line($"delimiter: {Quoted(delimiter)}");
        Line($"source: {source}");
        Line("reliability: 0.8                    # 0 to 1: where sources differ the more reliable one is believed");
        if (TimesOf(rows) is { } times) Line($"times: [{times}]");
        Line($"columns: [{string.Join(", ", names.Select(Quoted))}]");
        Line($"key: \"{{{key}}}\"");
        Line("nodes:");
        Line($"  it: {{ type: {type.Name}, key: \"{{source}}:{{{key}}}\" }}");
        Line("facts:");
        Line("  - node: it");
        Line("    set:");
        foreach (var field in lacking) Line($"      {field.Name}: {Quoted(names.Find(name => !used.Exists(pair => pair.Name == name) && name != key) ?? key)}   # required: say which column");
        foreach (var (name, field) in used) Line($"      {field}: {ValueOf(type, field!, name)}");
        foreach (var (name, _) in fields.Except(used).Where(pair => pair.Name != key)) Line($"      # not understood: {name}");
        return text.ToString();
    }

    private static string ValueOf(NodeType type, string field, string name) =>
        type.GetField(field).Kind == FieldKind.Decimal && name.Contains('万', StringComparison.Ordinal) ? $"{{ column: {Quoted(name)}, unit: 10000 }}" : Quoted(name);

    private NodeType TypeOf(List<string> headers) => catalog.NodeTypes
        .Select(type => (type, hits: headers.Count(header => FieldOf(header, type) is not null), own: type.IsParty ? 1 : 0))
        .OrderByDescending(pair => pair.hits).ThenByDescending(pair => pair.own).First().type;

    private string? FieldOf(string header, NodeType type)
    {
        var plain = Plain(header.Split('(', '（')[0]);
        return meanings.TryGetValue(plain, out var known) ? known.Where(meaning => meaning.Type == type.Name).Select(meaning => meaning.Field).FirstOrDefault() : null;
    }

    /// <summary>The first column whose cells are all there and all different, numbers and codes before names.</summary>
    private static string KeyOf(List<string> names, List<List<string>> rows)
    {
        var unique = Enumerable.Range(0, names.Count).Where(i => rows.Count > 0
            && rows.TrueForAll(row => row[i].Length > 0) && rows.Select(row => row[i]).Distinct(StringComparer.Ordinal).Count() == rows.Count).ToList();
        var coded = unique.Where(i => rows.TrueForAll(row => row[i].Any(char.IsAsciiDigit) && !IsDay(row[i]))).ToList();
        return names[coded.Count > 0 ? coded[0] : unique.Count > 0 ? unique[0] : 0];
    }

    private static bool IsDay(string cell) =>
        DateOnly.TryParseExact(cell, DayFormats, CultureInfo.InvariantCulture, DateTimeStyles.None, out _);

    private static string? TimesOf(List<List<string>> rows)
    {
        var cells = rows.SelectMany(row => row).Where(cell => cell.Length is >= 6 and <= 12).ToList();
        var seen = DayFormats.Where(format => cells.Exists(cell => DateOnly.TryParseExact(cell, format, CultureInfo.InvariantCulture, DateTimeStyles.None, out _))).ToList();
        return seen.Count == 0 || seen is ["yyyy-MM-dd"] ? null : string.Join(", ", seen);
    }

    private static string Quoted(string text) => text.All(c => char.IsLetterOrDigit(c) || c is '_') && text.Length > 0 && !char.IsDigit(text[0])
        ? text : $"\"{text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal).Replace("\t", "\\t", StringComparison.Ordinal)}\"";
}
