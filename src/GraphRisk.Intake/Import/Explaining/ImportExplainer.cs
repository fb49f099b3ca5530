using System.Globalization;
using GraphRisk.Graph.Facts;
using GraphRisk.Graph.Schema;
using GraphRisk.Intake.Import.Mapping;
using GraphRisk.Intake.Import.Reading;

namespace GraphRisk.Intake.Import.Explaining;

/// <summary>Tells how files would be read: which mapping and why, which encoding, what each column becomes, what the first records make. Writes nothing.</summary>
public sealed class ImportExplainer
{
    private readonly SchemaCatalog catalog;
    private readonly MappingSet mappings;

    public ImportExplainer(SchemaCatalog catalog, MappingSet mappings)
    {
        this.catalog = catalog;
        this.mappings = mappings;
    }

    /// <summary>Explains the files below the paths.</summary>
    /// <param name="paths">Files and folders.</param>
    /// <param name="options">Options of the import it would be.</param>
    /// <param name="records">Records shown of each file.</param>
    /// <exception cref="FileNotFoundException">A path is neither file nor folder.</exception>
    public IEnumerable<FileExplanation> Explain(IReadOnlyList<string> paths, ImportOptions options, int records)
    {
        var tables = new LookupTables(mappings, _ => []);
        foreach (var file in new ImportPlan(new FileFormats(catalog, mappings, tables)).Of(paths)) yield return Explain(file, options, records);
    }

    private FileExplanation Explain(PlannedFile file, ImportOptions options, int records)
    {
        if (file.Format is null) return new FileExplanation { Path = file.Path, Why = $"{file.Reason}: 'graphrisk mapping new {file.Path}' drafts one" };
        using var reading = file.Format.Open(file.Path, file.Digest!, options);
        var mapping = mappings.Find(file.Format.Id);
        return new FileExplanation
        {
            Path = file.Path,
            Mapping = file.Format.Id,
            Why = mapping is null ? "its first bytes say so" : $"its path ends in {string.Join(" or ", mapping.Files.Select(pattern => pattern.Text))} ({mapping.Location})",
            Encoding = EncodingOf(file.Digest!),
            Source = reading.Source,
            Fault = reading.Fault?.ToString(),
            Columns = mapping is { Format: RecordFormat.Csv } ? ColumnsOf(mapping, reading, file.Digest!) : mapping is null ? [] : [.. ColumnUses.Of(mapping, mappings).Select(pair => new ExplainedColumn(mapping.Columns[pair.Key].Name, pair.Value))],
            Records = reading.Mapper is { } mapper ? [.. First(reading, mapper, records)] : [],
        };
    }

    private static string EncodingOf(FileDigest digest) => digest switch
    {
        { IsSheet: true } => "workbook, first sheet",
        { Wide: { } wide } => wide.WebName.ToUpperInvariant(),
        { Encoding: FileEncoding.Utf8 } => digest.MarkLength > 0 ? "UTF-8 with mark" : "UTF-8",
        _ => "GB18030",
    };

    private List<ExplainedColumn> ColumnsOf(RecordMapping mapping, FileReading reading, FileDigest digest)
    {
        var fields = new CsvFields(digest.IsSheet ? new CsvLayout(',', Quoted: true) : mapping.Layout);
        var decoder = new TextDecoder(digest.Encoding);
        if (decoder.Decode(reading.Header) is not null || fields.Split(decoder.Buffer, decoder.Length) is not null) return [];
        if (digest.IsSheet) mapping = mapping with { Layout = new CsvLayout(',', Quoted: true) };
        var parser = MappingFormat.CreateParser(mapping, reading.Header, digest.Encoding, out _);
        var uses = ColumnUses.Of(mapping, mappings);
        var columns = new List<ExplainedColumn>();
        for (var i = 0; i < fields.Count; i++)
        {
            var header = fields[i].Trim().ToString();
            var column = parser?.ColumnAt(i) ?? mapping.Columns.ToList().FindIndex(column => column.Headers.Contains(header));
            // A name the header repeats is told with its number, under which a mapping may ask for it.
            var repeated = columns.Count(earlier => earlier.Header.Split('#')[0] == header);
            columns.Add(new ExplainedColumn(
                repeated == 0 ? header : string.Create(CultureInfo.InvariantCulture, $"{header}#{repeated + 1}"),
                column < 0 ? [] : uses.GetValueOrDefault(column) ?? ["named by the mapping, and nothing is made of it"]));
        }

        return columns;
    }

    private static IEnumerable<ExplainedRecord> First(FileReading reading, IRecordMapper mapper, int count)
    {
        var facts = new List<Fact>();
        for (var i = 0; i < count && reading.Raw.Next(out var record); i++)
        {
            facts.Clear();
            var outcome = mapper.Map(record, facts);
            yield return new ExplainedRecord(
                record.Line, [.. facts.Select(Told)], outcome.Fault?.ToString() ?? outcome.Note, [.. (outcome.Findings ?? []).Select(finding => finding.ToString())]);
        }
    }

    private static string Told(Fact fact)
    {
        var about = fact switch
        {
            NodeFact node => node.Node.ToString(),
            RelationshipFact edge => $"{edge.From} -{edge.Relationship}-> {edge.To}",
            _ => fact.Type,
        };
        var (from, to) = (fact.Validity.From, fact.Validity.To);
        var when = from == DateTimeOffset.MinValue && to == DateTimeOffset.MaxValue ? "always"
            : $"{(from == DateTimeOffset.MinValue ? "" : $"from {Day(from)}")}{(to == DateTimeOffset.MaxValue ? "" : $" to {Day(to)}")}".Trim();
        return fact.Properties.Count == 0 ? $"{about} [{when}]" : $"{about} [{when}] {fact.Properties}";
    }

    private static string Day(DateTimeOffset instant) => instant.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
