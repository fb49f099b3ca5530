using System.Globalization;
using System.Text.Json;

namespace GraphRisk.Scoring.Evaluation;

/// <summary>What a user says of one column.</summary>
/// <param name="Kind">How it is to be read; null leaves it to the table.</param>
/// <param name="Direction">+1: more can only be riskier; -1: more can only be safer; 0: left to the data.</param>
public sealed record ColumnMapping(ColumnKind? Kind, int Direction);

/// <summary>
/// What a user says of a table, beside it in a small file. JSON: <c>{"bad": "2", "columns": {"age": {"kind": "numeric", "direction": -1},
/// "branch": "category", "row": "id"}}</c>. CSV: <c>column,kind,direction,bad</c>, the bad value in the target's row.
/// Kinds are numeric, category, date, ignore and id.
/// </summary>
/// <param name="Columns">By name.</param>
/// <param name="Bad">The target's value that is bad; null leaves it to the table.</param>
public sealed record TableMapping(IReadOnlyDictionary<string, ColumnMapping> Columns, string? Bad)
{
    private static readonly Dictionary<string, ColumnKind> Kinds = new(StringComparer.OrdinalIgnoreCase)
    {
        ["numeric"] = ColumnKind.Number, ["number"] = ColumnKind.Number,
        ["category"] = ColumnKind.Category, ["categorical"] = ColumnKind.Category,
        ["date"] = ColumnKind.Date, ["ignore"] = ColumnKind.Ignored,
        ["id"] = ColumnKind.Identifier, ["identifier"] = ColumnKind.Identifier,
    };

    public static TableMapping None { get; } = new(new Dictionary<string, ColumnMapping>(), null);

    /// <exception cref="EvaluationException">The file is broken, or says what is no kind or direction.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static TableMapping Read(string path) => Read(File.ReadAllText(path), Path.GetFileName(path));

    /// <param name="file">What errors call the text.</param>
    /// <exception cref="EvaluationException">The text is broken, or says what is no kind or direction.</exception>
    public static TableMapping Read(string text, string file) => text.TrimStart().StartsWith('{') ? OfJson(text, file) : OfCsv(text, file);

    private static TableMapping OfJson(string text, string file)
    {
        try
        {
            using var document = JsonDocument.Parse(text, new JsonDocumentOptions { AllowTrailingCommas = true, CommentHandling = JsonCommentHandling.Skip });
            var root = document.RootElement;
            var columns = root.TryGetProperty("columns", out var named) && named.ValueKind == JsonValueKind.Object ? named : root;
            var read = new Dictionary<string, ColumnMapping>(StringComparer.Ordinal);
            foreach (var column in columns.EnumerateObject())
            {
                if (columns.Equals(root) && column.Name == "bad") continue;
                read[column.Name] = column.Value.ValueKind == JsonValueKind.Object
                    ? new ColumnMapping(KindOf(Member(column.Value, "kind"), column.Name, file), DirectionOf(Member(column.Value, "direction"), column.Name, file))
                    : new ColumnMapping(KindOf(column.Value.ToString(), column.Name, file), 0);
            }
            return new TableMapping(read, Member(root, "bad"));
        }
        catch (JsonException error)
        {
            throw new EvaluationException($"{file} is no JSON: {error.Message}");
        }
    }

    private static TableMapping OfCsv(string text, string file)
    {
        var table = LabelledTable.Read(new StringReader(text), file);
        ColumnCells? Find(string name) => table.Columns.FirstOrDefault(column => column.Name.Equals(name, StringComparison.OrdinalIgnoreCase));
        var names = table.Column("column");
        var (kinds, directions, bads) = (Find("kind"), Find("direction"), Find("bad"));
        var read = new Dictionary<string, ColumnMapping>(StringComparer.Ordinal);
        string? bad = null;
        for (var row = 0; row < table.Rows; row++)
        {
            var name = names.Text(row);
            read[name] = new ColumnMapping(KindOf(kinds?.Text(row), name, file), DirectionOf(directions?.Text(row), name, file));
            if (bads?.Text(row) is { Length: > 0 } value) bad = value;
        }
        return new TableMapping(read, bad);
    }

    private static string? Member(JsonElement element, string name) =>
        element.TryGetProperty(name, out var value) && value.ValueKind is not (JsonValueKind.Null or JsonValueKind.Object) ? value.ToString() : null;

    private static ColumnKind? KindOf(string? text, string column, string file) =>
        string.IsNullOrWhiteSpace(text) ? null
        : Kinds.TryGetValue(text.Trim(), out var kind) ? kind
        : throw new EvaluationException($"{file}, column '{column}': '{text}' is no kind; kinds are numeric, category, date, ignore, id");

    private static int DirectionOf(string? text, string column, string file) =>
        string.IsNullOrWhiteSpace(text) ? 0
        : int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var direction) && direction is >= -1 and <= 1 ? direction
        : throw new EvaluationException($"{file}, column '{column}': '{text}' is no direction; directions are 1, -1 and 0");
}
