using System.Text.Json;
using System.Text.Unicode;

namespace GraphRisk.Intake.Import.Reading;

/// <summary>
/// Reads one JSON object into a record. A column's path names nested objects with dots (<c>amount.value</c>); arrays of
/// scalars become lists; what no column names is passed over, and its key kept. A key stated twice is a fault, since readers disagree
/// which of the two counts.
/// </summary>
public sealed class JsonFields
{
    /// <summary>Keys told of that no column names.</summary>
    private const int MostUnread = 100;

    private readonly Dictionary<string, int> columns;
    private readonly SortedSet<string> unread = new(StringComparer.Ordinal);
    private readonly HashSet<string> prefixes;
    private readonly bool[] stated;
    private readonly string[] paths;
    private char[] scratch = new char[256];

    /// <param name="paths">Path of each column; several may lead to one column.</param>
    /// <param name="count">Number of columns.</param>
    public JsonFields(IReadOnlyList<(string Path, int Column)> paths, int count)
    {
        columns = paths.ToDictionary(path => path.Path, path => path.Column, StringComparer.Ordinal);
        prefixes = [.. paths.SelectMany(path => Prefixes(path.Path))];
        stated = new bool[count];
        this.paths = new string[count];
        foreach (var (path, column) in paths) this.paths[column] ??= path;
    }

    /// <summary>Keys of the records read so far that no column names, the first hundred.</summary>
    public IReadOnlyCollection<string> Unread => unread;

    /// <summary>Whether the record read last had the column's key, if only with null.</summary>
    public bool Stated(int column) => stated[column];

    /// <summary>Reads an object; the record is cleared first.</summary>
    public RecordFault? Read(ReadOnlySpan<byte> utf8, Record record)
    {
        record.Clear();
        Array.Clear(stated);
        if (!Utf8.IsValid(utf8)) return new TextDecoder(FileEncoding.Utf8).Decode(utf8);
        try
        {
            var reader = new Utf8JsonReader(utf8);
            if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject) return new RecordFault(null, "is not a JSON object");
            if (ReadObject(ref reader, "", record) is { } fault) return fault;
            return reader.Read() ? new RecordFault(null, "goes on behind the object") : null;
        }
        catch (JsonException fault)
        {
            return new RecordFault(null, $"is not JSON at byte {fault.BytePositionInLine}");
        }
        catch (InvalidOperationException)
        {
            return new RecordFault(null, "holds an escape that is half of a character");
        }
    }

    private static IEnumerable<string> Prefixes(string path)
    {
        for (var dot = path.IndexOf('.', StringComparison.Ordinal); dot >= 0; dot = path.IndexOf('.', dot + 1))
            yield return path[..dot];
    }

    private RecordFault? ReadObject(ref Utf8JsonReader reader, string prefix, Record record)
    {
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var path = prefix + reader.GetString();
            reader.Read();
            if (columns.TryGetValue(path, out var column))
            {
                if (stated[column]) return new RecordFault(path, "is stated twice");
                stated[column] = true;
                if (ReadValue(ref reader, column, record) is { } fault) return fault;
            }
            else if (reader.TokenType == JsonTokenType.StartObject && prefixes.Contains(path))
            {
                if (ReadObject(ref reader, path + ".", record) is { } fault) return fault;
            }
            else
            {
                if (unread.Count < MostUnread) unread.Add(path);
                reader.Skip();
            }
        }

        return null;
    }

    private RecordFault? ReadValue(ref Utf8JsonReader reader, int column, Record record)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.Null:
                return null;
            case JsonTokenType.StartArray:
                while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
                {
                    if (reader.TokenType is JsonTokenType.StartArray or JsonTokenType.StartObject)
                        return new RecordFault(paths[column], "is a list of something other than plain values");
                    if (reader.TokenType != JsonTokenType.Null) record.Append(column, Text(ref reader));
                }

                return null;
            case JsonTokenType.StartObject:
                return new RecordFault(paths[column], "is an object, a plain value is expected");
            case JsonTokenType.String:
                record.Set(column, Text(ref reader));
                return null;
            case JsonTokenType.Number:
                record.Set(column, Text(ref reader), ValueSort.Number);
                return null;
            default:
                record.Set(column, reader.TokenType == JsonTokenType.True ? "true" : "false", ValueSort.Truth);
                return null;
        }
    }

    private ReadOnlySpan<char> Text(ref Utf8JsonReader reader)
    {
        var longest = reader.ValueSpan.Length;
        if (scratch.Length < longest) scratch = new char[longest * 2];
        if (reader.TokenType == JsonTokenType.String) return scratch.AsSpan(0, reader.CopyString(scratch));
        var length = System.Text.Encoding.UTF8.GetChars(reader.ValueSpan, scratch);
        return scratch.AsSpan(0, length);
    }
}
