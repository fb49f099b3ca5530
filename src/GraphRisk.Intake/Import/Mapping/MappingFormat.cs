using GraphRisk.Intake.Import.Reading;

namespace GraphRisk.Intake.Import.Mapping;

/// <summary>A file opened under a mapping.</summary>
/// <param name="Raw">Its records, behind the header.</param>
/// <param name="Parser">Reads them; null where the header does not fit the mapping.</param>
/// <param name="Header">The header line; empty where the format has none.</param>
/// <param name="Fault">Why the file cannot be read; null where it can.</param>
public sealed record OpenedFile(IRawReader Raw, RecordParser? Parser, byte[] Header, RecordFault? Fault) : IDisposable
{
    public void Dispose() => Raw.Dispose();
}

/// <summary>Opens files in the formats that mappings state.</summary>
public static class MappingFormat
{
    /// <summary>Opens a file.</summary>
    /// <param name="limit">Longest record in bytes.</param>
    public static OpenedFile OpenRaw(string path, RecordMapping mapping, FileDigest digest, int limit)
    {
        if (digest.IsSheet) mapping = mapping with { Layout = new CsvLayout(',', Quoted: true) };
        return OpenRaw(digest.Open(path), mapping, digest.Encoding, digest.Length == 0 ? "is empty" : "has no header line", limit);
    }

    /// <summary>Opens records as they come.</summary>
    /// <param name="stream">Their bytes, behind a byte-order mark.</param>
    /// <param name="mapping">The mapping.</param>
    /// <param name="encoding">Encoding of the text.</param>
    /// <param name="headless">What is said where nothing comes that is a header.</param>
    /// <param name="limit">Longest record in bytes.</param>
    public static OpenedFile OpenRaw(Stream stream, RecordMapping mapping, FileEncoding encoding, string headless, int limit)
    {
        var lines = new LineReader(stream, limit);
        if (mapping.Format == RecordFormat.Ndjson)
            return new OpenedFile(new LineRecords(lines), CreateParser(mapping, [], encoding, out _), [], null);
        var records = new CsvRecords(lines, mapping.Layout, encoding);
        if (!records.ReadHeader(out var header)) return new OpenedFile(records, null, [], new RecordFault(null, records.Fault ?? headless));
        var line = header.Bytes.ToArray();
        var fault = header.Fault;
        var parser = fault is null ? CreateParser(mapping, line, encoding, out fault) : null;
        return new OpenedFile(records, parser, line, fault);
    }

    /// <summary>A parser for the records of a file with a header; null, with what is wrong, where the header does not fit.</summary>
    public static RecordParser? CreateParser(RecordMapping mapping, ReadOnlySpan<byte> header, FileEncoding encoding, out RecordFault? fault)
    {
        if (mapping.Format == RecordFormat.Csv) return CsvParser.Create(mapping, header, encoding, out fault);
        fault = null;
        return new JsonParser(mapping, encoding) { Record = new Record(mapping.Columns.Length) };
    }
}
