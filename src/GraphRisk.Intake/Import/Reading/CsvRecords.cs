namespace GraphRisk.Intake.Import.Reading;

/// <summary>
/// Cuts a delimited file into records. Usually a record is a line; a quoted field may hold line ends, so a line with an
/// open quote is joined with the following ones. The join is taken only where it splits cleanly into as many fields as
/// the header names and the second line is not a record by itself. Otherwise the line with the open quote stands alone,
/// is found broken by whoever splits it, and reading goes on with the line after it: an unterminated quote costs one
/// record, not the rest of the file.
/// </summary>
public sealed class CsvRecords : IRawReader
{
    private const int MostLinesOfARecord = 200;

    private readonly LineReader lines;
    private readonly CsvLayout layout;
    private readonly TextDecoder decoder;
    private readonly CsvFields fields;
    private int columns;

    public CsvRecords(LineReader lines, CsvLayout layout, FileEncoding encoding)
    {
        this.lines = lines;
        this.layout = layout;
        decoder = new TextDecoder(encoding);
        fields = new CsvFields(layout);
    }

    /// <summary>Reads the header line; false where the file is empty. The number of its fields is that of every record.</summary>
    public bool ReadHeader(out RawRecord header)
    {
        RawLine line;
        do
        {
            if (NextLine(out line)) continue;
            header = default;
            return false;
        }
        while (!line.Cut && Splits(line.Bytes.Span) && fields.IsBlank);

        if (!line.Cut && layout.Quoted && OpensQuote(line.Bytes.Span))
        {
            if (JoinHeader(line.Number, out header)) return true;
            lines.Rewind();
            NextLine(out line);
        }

        header = new RawRecord(line.Number, line.Bytes, line.Length, line.Cut ? TooLong(line.Length) : null);
        columns = Splits(line.Bytes.Span) ? fields.Count : 0;
        return true;
    }

    public bool Next(out RawRecord record)
    {
        if (!NextLine(out var line)) return lines.TellFault(out record);
        if (line.Cut)
        {
            record = new RawRecord(line.Number, line.Bytes, line.Length, TooLong(line.Length));
            return true;
        }

        if (!layout.Quoted || !OpensQuote(line.Bytes.Span))
        {
            lines.Release();
            record = new RawRecord(line.Number, line.Bytes, line.Length);
            return true;
        }

        record = Join(line.Number, out var joined) ? joined : Single();
        return true;
    }

    public void Dispose() => lines.Dispose();

    /// <summary>Why there is no header, where the file cannot be read; null where there is nothing to read.</summary>
    public string? Fault => lines.Fault;

    internal static RecordFault TooLong(long length) => new(null, $"is {length} bytes long, which is over the limit");

    private static bool OpensQuote(ReadOnlySpan<byte> line) => (line.Count((byte)'"') & 1) != 0;

    /// <summary>A heading of several lines, as spreadsheets wrap them: reads on to the line that closes the quote.</summary>
    private bool JoinHeader(long number, out RawRecord header)
    {
        header = default;
        for (var count = 2; count <= MostLinesOfARecord && lines.Next(out var line) && !line.Cut && lines.SinceMark().Length <= lines.Limit; count++)
        {
            if (!OpensQuote(line.Bytes.Span)) continue;
            var whole = lines.SinceMark();
            if (!Splits(whole.Span)) return false;
            lines.Release();
            columns = fields.Count;
            header = new RawRecord(number, whole, whole.Length);
            return true;
        }

        return false;
    }

    /// <summary>Reads on until the quotes balance; false, wherever the reader then stands, where no sound record comes of it.</summary>
    private bool Join(long number, out RawRecord record)
    {
        record = default;
        for (var count = 2; count <= MostLinesOfARecord && lines.Next(out var line); count++)
        {
            if (line.Cut || lines.SinceMark().Length > lines.Limit) return false;
            if (count == 2 && Splits(line.Bytes.Span) && fields.Count == columns) return false;
            if (!OpensQuote(line.Bytes.Span)) continue;
            var whole = lines.SinceMark();
            if (!Splits(whole.Span) || fields.Count != columns) return false;
            lines.Release();
            record = new RawRecord(number, whole, whole.Length);
            return true;
        }

        return false;
    }

    private RawRecord Single()
    {
        lines.Rewind();
        NextLine(out var line);
        return new RawRecord(line.Number, line.Bytes, line.Length);
    }

    /// <summary>The next line that is not empty, marked.</summary>
    private bool NextLine(out RawLine line)
    {
        do lines.Mark();
        while (lines.Next(out line) && line.Length == 0);
        return line.Length > 0;
    }

    private bool Splits(ReadOnlySpan<byte> bytes) =>
        decoder.Decode(bytes) is null && fields.Split(decoder.Buffer, decoder.Length) is null;
}
