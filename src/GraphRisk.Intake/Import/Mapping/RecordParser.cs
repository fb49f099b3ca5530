using System.Text;
using GraphRisk.Intake.Import.Reading;

namespace GraphRisk.Intake.Import.Mapping;

/// <summary>Reads the bytes of a record into the columns of a mapping.</summary>
public abstract class RecordParser
{
    /// <summary>What the parsers say of a row in which nothing stands: no fault.</summary>
    public static RecordFault Blank { get; } = new(null, "blank row");

    /// <summary>Columns of the header, or keys of the records so far, that the mapping does not name.</summary>
    public abstract IEnumerable<string> Unread { get; }

    /// <summary>The name under which a column of the mapping stands in the file; null where the file has none for it.</summary>
    public abstract string? HeaderOf(int column);

    /// <summary>The column of the mapping that stands at a place of the header; -1 where none does.</summary>
    public virtual int ColumnAt(int place) => -1;

    /// <summary>The values of the record parsed last.</summary>
    public required Record Record { get; init; }

    /// <summary>Parses a record; returns what is wrong, or null.</summary>
    public abstract RecordFault? Parse(ReadOnlySpan<byte> bytes);
}

/// <summary>Parses records of delimited text under the columns a header names.</summary>
public sealed class CsvParser : RecordParser
{
    private readonly TextDecoder decoder;
    private readonly CsvFields fields;
    private readonly int[] positions;
    private readonly int count, named;
    private readonly SortedDictionary<int, string> headers;

    /// <param name="layout">How the file is written.</param>
    /// <param name="encoding">Its encoding.</param>
    /// <param name="positions">Field of each column; -1 for none.</param>
    /// <param name="count">Fields of the header.</param>
    /// <param name="named">Fields of the header up to the last one that has a name.</param>
    /// <param name="headers">Its names by their fields.</param>
    private CsvParser(CsvLayout layout, FileEncoding encoding, int[] positions, int count, int named, SortedDictionary<int, string> headers)
    {
        this.headers = headers;
        this.named = named;
        decoder = new TextDecoder(encoding);
        fields = new CsvFields(layout);
        this.positions = positions;
        this.count = count;
    }

    /// <summary>
    /// A parser for the files with a header; null, with what is wrong, where the header lacks a column the mapping
    /// needs. Where a header repeats a name, its second column answers to <c>name#2</c>.
    /// </summary>
    public static CsvParser? Create(RecordMapping mapping, ReadOnlySpan<byte> header, FileEncoding encoding, out RecordFault? fault)
    {
        var decoder = new TextDecoder(encoding);
        var fields = new CsvFields(mapping.Layout);
        fault = decoder.Decode(header);
        if (fault is not null) return null;
        if (fields.Split(decoder.Buffer, decoder.Length) is { } broken)
        {
            fault = new RecordFault(null, broken);
            return null;
        }

        var found = Positions(fields);
        var positions = new int[mapping.Columns.Length];
        for (var i = 0; i < positions.Length; i++)
        {
            var column = mapping.Columns[i];
            positions[i] = -1;
            foreach (var name in column.Headers)
                if (positions[i] < 0 && found.TryGetValue(name, out var at)) positions[i] = at;
            if (positions[i] >= 0 || column.Optional) continue;
            fault = new RecordFault(column.Name, $"is missing in the header, which names {string.Join(", ", found.Keys)}");
            return null;
        }

        return new CsvParser(mapping.Layout, encoding, positions, fields.Count, found.Where(pair => !IsUnnamed(pair.Key)).Select(pair => pair.Value + 1).DefaultIfEmpty(0).Max(), new(found.ToDictionary(pair => pair.Value, pair => pair.Key)))
        { Record = new Record(positions.Length) };
    }

    public override IEnumerable<string> Unread => headers.Where(pair => !IsUnnamed(pair.Value) && !positions.Contains(pair.Key)).Select(pair => pair.Value);

    public override string? HeaderOf(int column) => headers.GetValueOrDefault(positions[column]);

    public override int ColumnAt(int place) => Array.IndexOf(positions, place);

    public override RecordFault? Parse(ReadOnlySpan<byte> bytes)
    {
        if (decoder.Decode(bytes) is { } undecoded) return undecoded;
        if (fields.Split(decoder.Buffer, decoder.Length) is { } broken) return new RecordFault(null, broken);
        if (fields.Count != count && Mismatch() is { } mismatch) return mismatch;
        if (fields.IsBlank) return Blank;
        Record.Clear();
        for (var i = 0; i < positions.Length; i++)
            if (positions[i] >= 0 && positions[i] < fields.Count) Record.Set(i, fields[positions[i]]);
        return null;
    }

    private static bool IsUnnamed(string header) => header.Length == 0 || header[0] == '#';

    /// <summary>Fields too many are no fault where nothing stands in them; fields too few none where the header names nothing there.</summary>
    private RecordFault? Mismatch()
    {
        for (var i = count; i < fields.Count; i++)
            if (!fields[i].IsWhiteSpace()) return new RecordFault(null, $"has {fields.Count} fields, the header names {count}");
        return fields.Count >= named || fields.IsBlank ? null : new RecordFault(null, $"has {fields.Count} fields, the header names {count}");
    }

    private static Dictionary<string, int> Positions(CsvFields fields)
    {
        var found = new Dictionary<string, int>(StringComparer.Ordinal);
        for (var i = 0; i < fields.Count; i++)
        {
            var name = fields[i].Trim().ToString();
            var unique = name;
            for (var number = 2; !found.TryAdd(unique, i); number++) unique = $"{name}#{number}";
        }

        return found;
    }
}

/// <summary>Parses records of one JSON object each.</summary>
public sealed class JsonParser : RecordParser
{
    private readonly RecordMapping mapping;
    private readonly JsonFields fields;
    private readonly TextDecoder? transcoder;
    private readonly bool[] met;

    public JsonParser(RecordMapping mapping, FileEncoding encoding)
    {
        this.mapping = mapping;
        var paths = mapping.Columns.SelectMany((column, i) => column.Headers.Select(header => (header, i))).ToList();
        fields = new JsonFields(paths, mapping.Columns.Length);
        met = new bool[mapping.Columns.Length];
        transcoder = encoding == FileEncoding.Utf8 ? null : new TextDecoder(encoding);
    }

    public override IEnumerable<string> Unread => fields.Unread;

    public override string? HeaderOf(int column) => met[column] ? mapping.Columns[column].Name : null;

    public override RecordFault? Parse(ReadOnlySpan<byte> bytes)
    {
        if (transcoder is not null)
        {
            if (transcoder.Decode(bytes) is { } undecoded) return undecoded;
            bytes = Encoding.UTF8.GetBytes(transcoder.Buffer, 0, transcoder.Length);
        }

        if (fields.Read(bytes, Record) is { } fault) return fault;
        for (var i = 0; i < mapping.Columns.Length; i++)
        {
            if (fields.Stated(i)) met[i] = true;
            else if (!mapping.Columns[i].Optional) return new RecordFault(mapping.Columns[i].Name, "is missing");
        }

        return null;
    }
}
