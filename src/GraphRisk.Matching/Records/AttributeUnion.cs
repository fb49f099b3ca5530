using System.Collections.Immutable;

namespace GraphRisk.Matching.Records;

/// <summary>
/// Columns of different files that say the same under different headings become one: 姓名 of one file and name of another. That is so where
/// each file has one column of the kind at most and kinds hardly leave room for two meanings; numbers of registers, dates and free
/// text do, and stay apart.
/// </summary>
internal static class AttributeUnion
{
    private static readonly AttributeKind[] Plain =
    [
        AttributeKind.RecordType, AttributeKind.GivenName, AttributeKind.Surname, AttributeKind.BirthDate, AttributeKind.Sex, AttributeKind.Phone, AttributeKind.Email,
        AttributeKind.Website, AttributeKind.Address, AttributeKind.HouseNumber, AttributeKind.Street, AttributeKind.City, AttributeKind.Postcode, AttributeKind.Region,
        AttributeKind.Name,
    ];

    /// <summary>Groups of columns, by their places, that are one; only groups of several.</summary>
    /// <param name="findings">What the columns are.</param>
    /// <param name="columns">The columns.</param>
    /// <param name="table">Their table.</param>
    public static IEnumerable<int[]> Find(ColumnFinding[] findings, IReadOnlyList<RawColumn> columns, RawTable table)
    {
        if (table.Ends.Count < 2) yield break;
        var groups = Enumerable.Range(0, findings.Length).Where(i => findings[i].Role == ColumnRole.Evidence && Array.IndexOf(Plain, Group(findings[i].Kind!.Value)) >= 0)
            .GroupBy(i => Group(findings[i].Kind!.Value));
        foreach (var group in groups)
        {
            var places = group.ToArray();
            if (places.Length > 1 && places.SelectMany(i => FilesOf(columns[i], table)).GroupBy(file => file).All(file => file.Count() == 1)) yield return places;
        }
    }

    /// <summary>Puts attributes together, of which no record has two.</summary>
    /// <param name="parts">The attributes; the first gives its name.</param>
    /// <param name="records">Number of records.</param>
    public static RecordAttribute Of(IReadOnlyList<RecordAttribute> parts, int records)
    {
        var numbers = new Dictionary<string, int>(StringComparer.Ordinal);
        var texts = ImmutableArray.CreateBuilder<string>();
        var maps = parts.Select(part => part.Texts.Select(text =>
        {
            if (numbers.TryGetValue(text, out var known)) return known;
            texts.Add(text);
            return numbers[text] = texts.Count - 1;
        }).ToArray()).ToArray();
        var (all, starts) = (new List<int>(records), new int[records + 1]);
        for (var record = 0; record < records; record++)
        {
            starts[record] = all.Count;
            for (var part = 0; part < parts.Count; part++)
                foreach (var value in parts[part].Of(record)) all.Add(maps[part][value]);
        }

        starts[records] = all.Count;
        var kind = parts.Select(part => part.Kind).Distinct().Count() == 1 ? parts[0].Kind : Group(parts[0].Kind);
        return new RecordAttribute(parts[0].Name, kind, texts.ToImmutable(), [.. all], starts);
    }

    /// <summary>Names of persons, of organisations and of either may meet.</summary>
    private static AttributeKind Group(AttributeKind kind) => kind is AttributeKind.PersonName or AttributeKind.OrganisationName ? AttributeKind.Name : kind;

    private static IEnumerable<int> FilesOf(RawColumn column, RawTable table)
    {
        var start = 0;
        for (var file = 0; file < table.Ends.Count; start = table.Ends[file++])
            if (Enumerable.Range(start, table.Ends[file] - start).Any(record => !column.Of(record).IsEmpty)) yield return file;
    }
}
