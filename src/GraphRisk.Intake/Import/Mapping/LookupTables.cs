namespace GraphRisk.Intake.Import.Mapping;

/// <summary>
/// The tables that files of one folder look up in one another. They are kept while the import stays in the folder and
/// dropped when it goes on, so that memory is bounded by the largest folder.
/// </summary>
public sealed class LookupTables
{
    private readonly MappingSet mappings;
    private readonly Func<string, IEnumerable<ReadOnlyMemory<byte>>> corrections;
    private readonly Dictionary<string, LookupTable> tables = new(StringComparer.Ordinal);
    private string folder = "";

    /// <param name="mappings">Mappings by which the other files are read.</param>
    /// <param name="corrections">The records of a file that were mended in quarantine.</param>
    public LookupTables(MappingSet mappings, Func<string, IEnumerable<ReadOnlyMemory<byte>>> corrections)
    {
        this.mappings = mappings;
        this.corrections = corrections;
    }

    /// <summary>The table a rule needs.</summary>
    public LookupTable Get(string inFolder, LookupRule rule, int limit)
    {
        if (inFolder != folder) tables.Clear();
        folder = inFolder;
        var take = rule.Take.Select(pair => pair.Theirs).ToList();
        var key = $"{rule.File}|{rule.Mapping}|{rule.Key}|{string.Join(',', take)}";
        if (tables.TryGetValue(key, out var known)) return known;
        var mapping = mappings.Find(rule.Mapping)!;
        var path = Path.Combine(folder, rule.File);
        var table = LookupTable.Read(path, mapping, rule.Key, take, corrections(path), limit);
        tables.Add(key, table);
        return table;
    }

    /// <summary>Forgets all tables.</summary>
    public void Clear() => tables.Clear();
}
