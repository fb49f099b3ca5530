using System.Globalization;
using System.Text;
using CsvHelper;
using CsvHelper.Configuration;

namespace GraphRisk.Scoring.Evaluation;

/// <summary>A table read from a CSV file (RFC 4180; comma, semicolon, tab or bar between cells, by the heading), column by column.</summary>
public sealed class LabelledTable
{
    private static readonly char[] Delimiters = [',', ';', '\t', '|'];

    private LabelledTable(IReadOnlyList<ColumnCells> columns, int rows) => (Columns, Rows) = (columns, rows);

    public int Rows { get; }

    internal IReadOnlyList<ColumnCells> Columns { get; }

    /// <exception cref="EvaluationException">No heading, a heading twice, or a row with another number of cells.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static LabelledTable Read(string path)
    {
        using var reader = new StreamReader(path);
        return Read(reader, Path.GetFileName(path));
    }

    /// <param name="name">What errors call the table.</param>
    /// <exception cref="EvaluationException">As above, or bytes that the reader's encoding does not know.</exception>
    public static LabelledTable Read(TextReader reader, string name)
    {
        try
        {
            return ReadRows(reader, name);
        }
        catch (DecoderFallbackException)
        {
            throw new EvaluationException($"{name} holds bytes that are not of its encoding, UTF-8 or GB 18030");
        }
    }

    private static LabelledTable ReadRows(TextReader reader, string name)
    {
        var text = new HeadedReader(reader);
        var configuration = new CsvConfiguration(CultureInfo.InvariantCulture)
        {
            Delimiter = DelimiterOf(text.Heading).ToString(), BadDataFound = null, CacheFields = true,
        };
        using var parser = new CsvParser(text, configuration);
        if (!parser.Read()) throw new EvaluationException($"{name} is empty: it needs a heading and rows");
        var heading = parser.Record!.Select((cell, i) => cell.Trim() is { Length: > 0 } title ? title : $"column {i + 1}").ToArray();
        if (heading.GroupBy(title => title).FirstOrDefault(group => group.Count() > 1) is { } twice)
            throw new EvaluationException($"{name} has the column '{twice.Key}' twice");
        var columns = heading.Select(title => new ColumnCells(title)).ToArray();
        var rows = 0;
        while (parser.Read())
        {
            if (parser.Count == 1 && parser[0].Trim().Length == 0) continue; // an empty line
            if (parser.Count != columns.Length)
                throw new EvaluationException($"{name}, line {parser.RawRow}: {parser.Count} cells under {columns.Length} headings");
            for (var i = 0; i < columns.Length; i++) columns[i].Add(parser[i]);
            rows++;
        }
        return new LabelledTable(columns, rows);
    }

    /// <exception cref="EvaluationException">There is no such column.</exception>
    internal ColumnCells Column(string name) =>
        Columns.FirstOrDefault(column => column.Name == name)
        ?? Columns.FirstOrDefault(column => column.Name.Equals(name, StringComparison.OrdinalIgnoreCase))
        ?? throw new EvaluationException($"there is no column '{name}'; the columns are {string.Join(", ", Columns.Select(column => column.Name))}");

    private static char DelimiterOf(string heading)
    {
        var isQuoted = false;
        var counts = new int[Delimiters.Length];
        foreach (var c in heading)
        {
            if (c == '"') isQuoted = !isQuoted;
            else if (!isQuoted && Array.IndexOf(Delimiters, c) is >= 0 and var i) counts[i]++;
        }
        return Delimiters[Array.IndexOf(counts, counts.Max())];
    }

    /// <summary>Gives all of a text, its first line having been looked at.</summary>
    private sealed class HeadedReader : TextReader
    {
        private readonly TextReader rest;
        private readonly string head;
        private int at;

        public HeadedReader(TextReader reader)
        {
            rest = reader;
            Heading = reader.ReadLine() ?? "";
            head = Heading + "\n";
        }

        public string Heading { get; }

        public override int Peek() => at < head.Length ? head[at] : rest.Peek();

        public override int Read() => at < head.Length ? head[at++] : rest.Read();

        public override int Read(char[] buffer, int index, int count)
        {
            if (at >= head.Length) return rest.Read(buffer, index, count);
            var taken = Math.Min(count, head.Length - at);
            head.CopyTo(at, buffer, index, taken);
            at += taken;
            return taken;
        }
    }
}
