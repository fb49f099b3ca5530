using System.Collections.Immutable;
using System.Globalization;
using System.Runtime.InteropServices;

namespace GraphRisk.Matching.Records;

/// <summary>
/// The door to records in files: delimited (comma, semicolon, tab, bar) or JSON, in UTF-8, UTF-16, GB 18030 or Windows-1252, become a
/// <see cref="RecordTable"/>. Several files are several sources; columns of one name are one column. A file is read twice, once for its
/// encoding; its values are kept once each, so that six million rows of eight columns cost about as much memory as the file is long.
/// </summary>
public static class RecordReader
{
    /// <summary>More sources are not told apart.</summary>
    internal const int MostSources = 255;

    /// <summary>Reads files.</summary>
    /// <param name="paths">The files, in order.</param>
    /// <param name="mapping">What is said of columns.</param>
    /// <param name="truth">Where the truth stands; null where none is asked for and the mapping names none.</param>
    /// <param name="threads">Threads at most.</param>
    /// <param name="cancellation">Ends the reading.</param>
    /// <exception cref="IOException">A file cannot be read.</exception>
    /// <exception cref="InvalidDataException">A file is empty, a column that is named is not there, or no column is left to compare.</exception>
    public static RecordReading Read(
        IReadOnlyList<string> paths, RecordMapping mapping, TruthOptions? truth = null, int threads = 2, CancellationToken cancellation = default)
    {
        var table = ReadRaw(paths, threads, cancellation);
        foreach (var name in mapping.Columns)
            if (table.Find(name) is null) throw new InvalidDataException($"'{name}' is no column of the inputs; there are {string.Join(", ", table.Columns.Select(column => column.Name))}.");
        truth ??= table.Columns.Find(column => mapping.Of(column.Name)?.Role == ColumnRole.Truth) is { } said ? new TruthOptions(said.Name) : null;
        var truthColumn = truth is { File: null } ? table.Find(truth.Column) : null;
        var sources = FindSources(table, mapping);
        var (findings, profiles) = (new ColumnFinding[table.Columns.Count], new ColumnProfile[table.Columns.Count]);
        Parallel.For(0, findings.Length, Options(threads, cancellation), i =>
        {
            profiles[i] = ColumnProfile.Of(table.Columns[i], table);
            findings[i] = Find(table.Columns[i], table, profiles[i], mapping, truthColumn);
        });
        TellNames(findings);
        TellDates(findings, table);
        var entities = truth is null ? null : TruthColumn.Read(table, truth, cancellation);
        var keys = KeysOf(table, findings, truthColumn);
        var unions = AttributeUnion.Find(findings, table.Columns, table).ToList();
        for (var i = 0; i < findings.Length; i++)
            if (findings[i].Role != ColumnRole.Evidence) table.Columns[i].GiveUp();
        var attributes = Write(table, findings, profiles, mapping, threads, cancellation);
        foreach (var places in unions) Unite(places, attributes, findings, table.Count);
        var kept = attributes.OfType<RecordAttribute>().ToImmutableArray();
        if (kept.IsEmpty) throw new InvalidDataException("No column is left to compare; --mapping says what columns are.");
        return new RecordReading(
            new RecordTable(kept, keys, sources, ImmutableCollectionsMarshal.AsImmutableArray(table.SourceOf)), entities, [.. findings], [.. table.Refused], table.RefusedCount);
    }

    /// <summary>A table whose headings name a name has no further one without a heading that says so: other words are text.</summary>
    private static void TellNames(ColumnFinding[] findings)
    {
        static bool IsName(ColumnFinding finding) =>
            finding.Kind is AttributeKind.Name or AttributeKind.PersonName or AttributeKind.OrganisationName or AttributeKind.Surname && !finding.Reason.StartsWith(AttributeFinder.LikeNames, StringComparison.Ordinal);
        if (!Array.Exists(findings, IsName)) return;
        for (var i = 0; i < findings.Length; i++)
            if (findings[i].Kind is not null && findings[i].Reason.StartsWith(AttributeFinder.LikeNames, StringComparison.Ordinal))
                findings[i] = findings[i] with { Kind = AttributeKind.Text, Reason = $"words{findings[i].Reason[AttributeFinder.LikeNames.Length..]}" };
    }

    /// <summary>A date of registration is a firm's beginning, but no one's who has a birth date beside it.</summary>
    private static void TellDates(ColumnFinding[] findings, RawTable table)
    {
        var births = Enumerable.Range(0, findings.Length).Where(i => findings[i] is { Kind: AttributeKind.BirthDate, Role: ColumnRole.Evidence }).ToList();
        foreach (var i in births.Where(i => Headings.IsOfRegistration(findings[i].Name)))
        {
            var beside = births.Where(other => other != i && !Headings.IsOfRegistration(findings[other].Name)).ToList();
            var both = Enumerable.Range(0, table.Count).Count(record => !table.Columns[i].Of(record).IsEmpty && beside.Exists(other => !table.Columns[other].Of(record).IsEmpty));
            if (both * 2 > findings[i].Filled) findings[i] = findings[i] with { Role = ColumnRole.Ignored, Kind = null, Reason = "a date of registration beside a birth date" };
        }
    }

    /// <summary>The columns that are evidence as attributes, null for all others and for those that turn out to be none.</summary>
    private static RecordAttribute?[] Write(
        RawTable table, ColumnFinding[] findings, ColumnProfile[] profiles, RecordMapping mapping, int threads, CancellationToken cancellation)
    {
        var attributes = new RecordAttribute?[findings.Length];
        Parallel.For(0, findings.Length, Options(threads, cancellation), i =>
        {
            if (findings[i].Role != ColumnRole.Evidence) return;
            var written = AttributeWriter.Write(table.Columns[i], findings[i], profiles[i].Sample, table.Count, cancellation);
            if (written.IsEmpty) findings[i] = findings[i] with { Role = ColumnRole.Ignored, Kind = null, Reason = "no value says anything" };
            else if (written.Kind == AttributeKind.Identifier && !written.HasRecurring && findings[i].Scheme is null && mapping.Of(written.Name) is null)
                findings[i] = findings[i] with { Role = ColumnRole.Ignored, Kind = null, Reason = "no two records have the same number" };
            else attributes[i] = written;
        });
        return attributes;
    }

    private static void Unite(int[] places, RecordAttribute?[] attributes, ColumnFinding[] findings, int records)
    {
        var parts = places.Where(i => attributes[i] is not null).ToArray();
        if (parts.Length < 2) return;
        attributes[parts[0]] = AttributeUnion.Of([.. parts.Select(i => attributes[i]!)], records);
        foreach (var other in parts.Skip(1))
        {
            attributes[other] = null;
            findings[other] = findings[other] with { Reason = $"{findings[other].Reason}; one with {findings[parts[0]].Name}" };
        }
    }

    /// <summary>Reads files without asking what their columns say.</summary>
    internal static RawTable ReadRaw(IReadOnlyList<string> paths, int threads, CancellationToken cancellation)
    {
        var table = new RawTable();
        foreach (var path in paths)
        {
            var name = Path.GetFileName(path);
            using var stream = TextSource.Open(path);
            var head = new byte[64];
            var headed = new HeadedStream(head.AsMemory(0, stream.ReadAtLeast(head, head.Length, throwOnEndOfStream: false)), stream);
            if (JsonRecords.Is(head)) new JsonRecords(table).Read(headed, name, cancellation);
            else new DelimitedReader(table, threads).Read(headed, name, cancellation);
            table.EndFile(name);
        }

        if (table.Count == 0) throw new InvalidDataException($"{string.Join(", ", paths)}: there is no record.");
        table.Close();
        return table;
    }

    private static ParallelOptions Options(int threads, CancellationToken cancellation) => new() { MaxDegreeOfParallelism = threads, CancellationToken = cancellation };

    private static ColumnFinding Find(RawColumn column, RawTable table, ColumnProfile profile, RecordMapping mapping, RawColumn? truth)
    {
        var found = AttributeFinder.Find(column, table, profile);
        if (column == truth) return found with { Role = ColumnRole.Truth, Kind = null, Reason = "named as the truth" };
        return mapping.Of(column.Name) is { } said ? found with { Role = said.Role, Kind = said.Kind, Reason = "by the mapping" } : found;
    }

    /// <summary>The keys: of the column that names the records, first one whose heading says so; else the records' numbers within their file, from 1.</summary>
    private static ImmutableArray<string> KeysOf(RawTable table, ColumnFinding[] findings, RawColumn? truth)
    {
        var keys = new string[table.Count];
        var candidates = table.Columns.Where((column, i) => findings[i].Role == ColumnRole.Key || column == truth && IsKeyToo(column, table)).ToList();
        var chosen = candidates.Find(column => Headings.IsKey(column.Name)) ?? candidates.FirstOrDefault();
        var record = 0;
        foreach (var end in table.Ends)
            for (var first = record; record < end; record++)
                keys[record] = chosen is not null && chosen.Of(record) is [var value, ..] ? chosen.Values.Text(value) : (record - first + 1).ToString(CultureInfo.InvariantCulture);
        return ImmutableCollectionsMarshal.AsImmutableArray(keys);
    }

    /// <summary>Whether the truth is a part of what also names the record, as in rec-17-dup-0.</summary>
    private static bool IsKeyToo(RawColumn column, RawTable table) => column.Values.Count == table.Count;

    /// <summary>The sources: what the mapping or a heading says; else the files.</summary>
    private static ImmutableArray<string> FindSources(RawTable table, RecordMapping mapping)
    {
        table.SourceColumn = table.Columns.Find(column => mapping.Of(column.Name)?.Role == ColumnRole.Source)
            ?? table.Columns.Find(column => mapping.Of(column.Name) is null && Headings.IsSource(column.Name) && column.Values.Count < Math.Min(table.Count, MostSources) && !column.IsMany);
        if (table.SourceColumn is { } said)
        {
            if (said.Values.Count >= MostSources) throw new InvalidDataException($"'{said.Name}' has {said.Values.Count} values; more than {MostSources} sources are not told apart.");
            table.SourceOf = [.. Enumerable.Range(0, table.Count).Select(record => (byte)(said.Of(record) is [var value, ..] ? value : said.Values.Count))];
            return [.. Enumerable.Range(0, said.Values.Count).Select(said.Values.Text), .. Array.IndexOf(table.SourceOf, (byte)said.Values.Count) >= 0 ? [""] : Array.Empty<string>()];
        }

        if (table.Files.Count > MostSources) throw new InvalidDataException($"There are {table.Files.Count} files; more than {MostSources} sources are not told apart.");
        table.SourceOf = new byte[table.Count];
        for (var file = 1; file < table.Files.Count; file++) table.SourceOf.AsSpan(table.Ends[file - 1]..table.Ends[file]).Fill((byte)file);
        return [.. table.Files];
    }
}
