using GraphRisk.Intake.Import.Reading;

namespace GraphRisk.Intake.Import.Explaining;

/// <summary>The heading and the first rows of a delimited file or a workbook, as far as its first 64 KB go.</summary>
/// <param name="Delimiter">Character between cells.</param>
/// <param name="Columns">The columns that have a heading.</param>
/// <param name="Rows">Number of rows looked at.</param>
internal sealed record SampleTable(char Delimiter, IReadOnlyList<SampleColumn> Columns, int Rows)
{
    private const int MostRows = 500;
    private const string Delimiters = ",;\t|";

    /// <summary>Reads the beginning of a file.</summary>
    /// <exception cref="InvalidDataException">The file cannot be read, or has no heading of at least two columns.</exception>
    public static SampleTable Of(string path, FileDigest digest)
    {
        if (digest.Fault is { } fault) throw new InvalidDataException($"{path} {fault}.");
        if (digest.Head.Length == 0) throw new InvalidDataException($"{path} is empty.");
        var found = (digest.IsSheet ? "," : Delimiters).Select(delimiter => Read(digest, delimiter)).MaxBy(cells => cells.Count == 0 ? 0 : cells[0].Length)!;
        if (found.Count == 0 || found[0].Length < 2) throw new InvalidDataException($"{path} has no header of several columns: drafts are for delimited files.");
        var rows = found.Skip(1).Where(row => row.Length == found[0].Length).ToList();
        // The last row may be cut off where the sample ends.
        if (digest.Head.Length < digest.Length && !digest.IsSheet && rows.Count > 1) rows.RemoveAt(rows.Count - 1);
        var delimiter = digest.IsSheet ? ',' : Delimiters.First(mark => Read(digest, mark) is [{ Length: var width }, ..] && width == found[0].Length);
        var names = new HashSet<string>(StringComparer.Ordinal);
        var columns = new List<SampleColumn>();
        for (var i = 0; i < found[0].Length; i++)
        {
            var heading = found[0][i];
            if (heading.Length == 0) continue;
            var name = heading;
            for (var number = 2; !names.Add(name); number++) name = $"{heading}#{number}";
            columns.Add(new SampleColumn(name, [.. rows.Select(row => row[i])]));
        }

        return new SampleTable(delimiter, columns, rows.Count);
    }

    private static List<string[]> Read(FileDigest digest, char delimiter)
    {
        var layout = new CsvLayout(delimiter, Quoted: true);
        var decoder = new TextDecoder(digest.Encoding);
        var fields = new CsvFields(layout);
        var cells = new List<string[]>();
        using var records = new CsvRecords(new LineReader(new MemoryStream(digest.Head), digest.Head.Length), layout, digest.Encoding);
        if (!records.ReadHeader(out var record)) return cells;
        do
        {
            if (record.Fault is not null || decoder.Decode(record.Bytes.Span) is not null || fields.Split(decoder.Buffer, decoder.Length) is not null)
            {
                if (cells.Count == 0) return cells;
                continue;
            }

            if (!fields.IsBlank) cells.Add([.. Enumerable.Range(0, fields.Count).Select(i => fields[i].Trim().ToString())]);
        }
        while (cells.Count <= MostRows && records.Next(out record));
        return cells;
    }
}

/// <summary>A column of a sample.</summary>
/// <param name="Heading">Its heading; behind one that is repeated, its number.</param>
/// <param name="Cells">Its cells, row by row.</param>
internal sealed record SampleColumn(string Heading, IReadOnlyList<string> Cells)
{
    /// <summary>The cells in which something stands.</summary>
    public IReadOnlyList<string> Values { get; } = [.. Cells.Where(cell => cell.Length > 0)];

    /// <summary>The part of the cells that are so, 0 where nothing stands in any.</summary>
    public double Part(Func<string, bool> isSo) => Values.Count == 0 ? 0 : (double)Values.Count(isSo) / Values.Count;

    /// <summary>Every row has a value of its own.</summary>
    public bool TellsRowsApart => Cells.Count > 0 && Values.Count == Cells.Count && Values.Distinct(StringComparer.Ordinal).Count() == Values.Count;
}
