namespace GraphRisk.Intake.Import.Reading;

/// <summary>Cuts a file of one record a line, such as NDJSON. Empty lines are no records.</summary>
public sealed class LineRecords : IRawReader
{
    private readonly LineReader lines;

    public LineRecords(LineReader lines) => this.lines = lines;

    public bool Next(out RawRecord record)
    {
        while (lines.Next(out var line))
        {
            if (line.Length == 0 || (!line.Cut && line.Bytes.Span.Trim(" \t\r"u8).IsEmpty)) continue;
            record = new RawRecord(line.Number, line.Bytes, line.Length, line.Cut ? CsvRecords.TooLong(line.Length) : null);
            return true;
        }

        return lines.TellFault(out record);
    }

    public void Dispose() => lines.Dispose();
}
