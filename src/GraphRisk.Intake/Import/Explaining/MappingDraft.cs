using System.Text;
using GraphRisk.Graph.Schema;
using GraphRisk.Intake.Import.Mapping;
using GraphRisk.Intake.Import.Reading;

namespace GraphRisk.Intake.Import.Explaining;

/// <summary>
/// Drafts a mapping for a delimited file that none is for. Tables about clients are understood by the check digits of their numbers,
/// their headings (<see cref="HeadingWords"/>) and a column that tells persons from organisations; tables of holdings by an owner, what it owns and a share or
/// votes; of other tables headings are
/// understood that mappings already known read as a field, and the type that most of them speak of is what the file is about.
/// What is not understood is left as a comment; the draft loads as it is, whatever stands in the headings.
/// </summary>
public sealed class MappingDraft
{
    private readonly SchemaCatalog catalog;
    private readonly Dictionary<string, List<(string Type, string Field)>> meanings = new(StringComparer.Ordinal);

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
    /// <exception cref="InvalidDataException">The file cannot be read, or has no header of at least two columns.</exception>
    public string Of(string path)
    {
        var digest = FileDigest.Of(path);
        var table = SampleTable.Of(path, digest);
        var draft = PartyDraft.Of(catalog, table);
        var best = catalog.NodeTypes.Where(type => !type.IsParty)
            .Select(type => (Type: type, Hits: table.Columns.Count(column => FieldOf(column, type) is not null))).MaxBy(pair => pair.Hits);
        if (HoldingDraft.Of(table) is { } holdings && holdings.Understood > Math.Max(draft.Understood, best.Hits)) return Write(path, digest, table, holdings.Columns, holdings.Body);
        if (draft.Understood >= best.Hits) return Write(path, digest, table, draft.Columns, draft.Body);
        var columns = ColumnsOf(table, best.Type);
        return Write(path, digest, table, columns, BodyOf(table, columns, best.Type));
    }

    private void Learn(string header, string type, string field)
    {
        var plain = HeadingWords.Plain(header);
        if (!meanings.TryGetValue(plain, out var known)) meanings.Add(plain, known = []);
        if (!known.Contains((type, field))) known.Add((type, field));
    }

    private string? FieldOf(SampleColumn column, NodeType type) =>
        meanings.TryGetValue(HeadingWords.Plain(column.Heading), out var known) ? known.Where(meaning => meaning.Type == type.Name).Select(meaning => meaning.Field).FirstOrDefault() : null;

    private DraftColumns ColumnsOf(SampleTable table, NodeType type)
    {
        var columns = new DraftColumns(table);
        columns.SetKey();
        foreach (var column in table.Columns)
            if (FieldOf(column, type) is { } field && !columns.Used.Any(pair => pair.Notion == field)) columns.Use(column, field);
        return columns;
    }

    private static IEnumerable<string> BodyOf(SampleTable table, DraftColumns columns, NodeType type)
    {
        yield return "nodes:";
        yield return $"  it: {{ type: {type.Name}, key: \"{{source}}:{{{columns.Key}}}\" }}";
        yield return "facts:";
        yield return "  - node: it";
        yield return "    set:";
        var set = columns.Used.Where(pair => type.FindField(pair.Notion) is not null).ToList();
        foreach (var field in type.Fields.Where(field => field.Required && !set.Exists(pair => pair.Notion == field.Name)))
            yield return $"      {field.Name}: {columns.NameOf(columns.Spare(table))}   # required: say which column";
        foreach (var (column, field) in set) yield return $"      {field}: {DraftColumns.ValueOf(type.GetField(field), column, columns.NameOf(column))}";
    }

    private static string Write(string path, FileDigest digest, SampleTable table, DraftColumns columns, IEnumerable<string> body)
    {
        var file = Path.GetFileName(path);
        var source = HeadingWords.Plain(Path.GetFileNameWithoutExtension(path)) is { Length: > 0 } plain ? plain : "source";
        var lines = body.ToList();
        var text = new StringBuilder();
        void Line(string line) => text.Append(line).Append('\n');
        Line($"# A draft for {YamlText.Remark(file)}. Read it, mend it, try it: graphrisk import {YamlText.Remark(file)} --mapping THIS --explain");
        Line($"mapping: {YamlText.Quoted(source)}");
        Line($"files: {YamlText.Quoted(Path.ChangeExtension(file, digest.IsSheet ? ".csv" : Path.GetExtension(path)))}");
        if (table.Delimiter != ',') Line($"delimiter: {YamlText.Quoted(table.Delimiter.ToString())}");
        Line($"source: {YamlText.Quoted(source)}");
        Line("# Whose data it is: what stands in one broker's own books is shown to it and to supervision alone, as source broker-CODE, such as broker-B001.");
        Line("reliability: 0.8                    # 0 to 1: where sources differ the more reliable one is believed");
        if (columns.Times() is { Count: > 0 } times) Line($"times: [{string.Join(", ", times.Select(YamlText.Quoted))}]");
        if (columns.Times().Contains("d/M/yyyy") || columns.Times().Contains("M/d/yyyy")) Line("# Day first or month first? The sample is read as above; look at some days you know.");
        Line("columns:                            # our name: theirs");
        foreach (var (name, heading) in columns.Named) Line($"  {name}: {YamlText.Quoted(heading)}");
        Line($"key: \"{columns.KeyTemplate}\"{columns.KeyRemark}");
        foreach (var line in lines) Line(line);
        foreach (var column in table.Columns.Where(column => !columns.IsNamed(column))) Line($"# not understood: {YamlText.Remark(column.Heading)}");
        return text.ToString();
    }
}
