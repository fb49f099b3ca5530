using GraphRisk.Intake.Import.Reading;

namespace GraphRisk.Intake.Import.Mapping;

/// <summary>Columns of a file's records by the records' keys. Of several records of a key the first counts; broken ones are left out.</summary>
public sealed class LookupTable
{
    private readonly Dictionary<string, string?[]> rows = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> shared = new(StringComparer.Ordinal);

    private LookupTable(string hash) => Hash = hash;

    /// <summary>Hash of the file it was read from; empty where the file is absent.</summary>
    public string Hash { get; }

    /// <summary>The columns of a record, in the order in which they were asked for; null where there is no such record.</summary>
    public string?[]? Find(string key) => rows.GetValueOrDefault(key);

    /// <summary>Reads a file's table.</summary>
    /// <param name="path">The file; it may be absent.</param>
    /// <param name="mapping">Mapping by which it is read.</param>
    /// <param name="key">Column that names the records; null for the mapping's key.</param>
    /// <param name="take">Columns to keep, by the mapping's names.</param>
    /// <param name="corrections">Records of the file that were mended in quarantine.</param>
    /// <param name="limit">Longest record in bytes.</param>
    public static LookupTable Read(
        string path, RecordMapping mapping, string? key, IReadOnlyList<string> take, IEnumerable<ReadOnlyMemory<byte>> corrections, int limit)
    {
        if (!File.Exists(path)) path = Path.ChangeExtension(path, ".xlsx");
        if (!File.Exists(path)) return new LookupTable("");
        var digest = FileDigest.Of(path);
        var table = new LookupTable(digest.Hash);
        var columns = take.Select(mapping.ColumnOf).ToArray();
        if (columns.Contains(-1)) throw new ArgumentException($"Mapping {mapping} lacks one of the columns {string.Join(", ", take)}.", nameof(take));
        using var opened = MappingFormat.OpenRaw(path, mapping, digest, limit);
        if (opened.Parser is not { } parser) return table;
        var name = key is null ? mapping.Key : Template.Parse($"{{{key}}}", mapping.ColumnOf, 0);
        var variables = new FileVariables([.. Enumerable.Repeat("", 16)]);
        while (opened.Raw.Next(out var raw))
            if (raw.Fault is null && parser.Parse(raw.Bytes.Span) is null) table.Add(name, parser.Record, columns, variables);
        foreach (var correction in corrections)
            if (parser.Parse(correction.Span) is null) table.Add(name, parser.Record, columns, variables);
        return table;
    }

    private void Add(Template name, Record record, int[] columns, FileVariables variables)
    {
        if (name.Render(record, variables, out _) is not { } text) return;
        var values = new string?[columns.Length];
        for (var i = 0; i < columns.Length; i++) values[i] = record.Has(columns[i]) ? Share(record[columns[i]]) : null;
        rows.TryAdd(text, values);
    }

    /// <summary>One text for values that repeat, as kinds do; numbers of clients are kept apart.</summary>
    private string Share(ReadOnlySpan<char> value)
    {
        var lookup = shared.GetAlternateLookup<ReadOnlySpan<char>>();
        if (lookup.TryGetValue(value, out var known)) return known;
        var text = value.ToString();
        if (shared.Count < 256) shared.Add(text, text);
        return text;
    }
}
