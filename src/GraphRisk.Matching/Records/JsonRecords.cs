using System.Buffers;
using System.Text;
using System.Text.Json;

namespace GraphRisk.Matching.Records;

/// <summary>
/// Reads JSON Lines, or one array of objects, into a <see cref="RawTable"/>. A scalar becomes a value of the column its path names, a list
/// several values of one column. A list of objects, such as Senzing's <c>FEATURES</c>, <c>NAMES</c> or <c>ADDRESSES</c>, is flattened
/// object by object, so that what belongs together stays together (<see cref="FeatureParts"/>); what stands beside a list called
/// FEATURES is not evidence but what the sender keeps there.
/// </summary>
internal sealed class JsonRecords(RawTable table)
{
    private const string FeatureList = "FEATURES";
    private readonly FeatureParts parts = new();

    /// <summary>Whether a file's first bytes say that it is JSON.</summary>
    public static bool Is(ReadOnlySpan<byte> head) => head.TrimStart(" \t\r\n"u8) is [(byte)'{' or (byte)'[', ..];

    /// <summary>Reads all records.</summary>
    public void Read(Stream stream, string file, CancellationToken cancellation)
    {
        using var reader = new StreamReader(stream, Encoding.UTF8, detectEncodingFromByteOrderMarks: false, 1 << 16);
        var first = reader.Peek();
        while (first >= 0 && char.IsWhiteSpace((char)first))
        {
            reader.Read();
            first = reader.Peek();
        }

        if (first == '[') ReadArray(reader, file, cancellation);
        else ReadLines(reader, file, cancellation);
    }

    private void ReadArray(StreamReader reader, string file, CancellationToken cancellation)
    {
        try
        {
            using var document = JsonDocument.Parse(reader.ReadToEnd());
            foreach (var element in document.RootElement.EnumerateArray())
            {
                cancellation.ThrowIfCancellationRequested();
                Add(element, file, 1);
            }
        }
        catch (JsonException error)
        {
            throw new InvalidDataException($"{file}, line {error.LineNumber + 1}: {error.Message}", error);
        }
    }

    private void ReadLines(StreamReader reader, string file, CancellationToken cancellation)
    {
        for (var line = 1L; reader.ReadLine() is { } text; line++)
        {
            if ((line & 0xFFF) == 0) cancellation.ThrowIfCancellationRequested();
            if (string.IsNullOrWhiteSpace(text)) continue;
            try
            {
                using var document = JsonDocument.Parse(text);
                Add(document.RootElement, file, line);
            }
            catch (JsonException error)
            {
                table.Refuse(file, line, $"is not JSON at byte {error.BytePositionInLine}");
            }
        }
    }

    private void Add(JsonElement record, string file, long line)
    {
        if (record.ValueKind != JsonValueKind.Object)
        {
            table.Refuse(file, line, "is JSON but no object");
            return;
        }

        var hasFeatures = record.TryGetProperty(FeatureList, out var features) && features.ValueKind == JsonValueKind.Array;
        foreach (var property in record.EnumerateObject())
        {
            if (property.NameEquals(FeatureList)) AddAll("", property.Value);
            else if (hasFeatures && property.Value.ValueKind is not (JsonValueKind.Array or JsonValueKind.Object)) AddBeside(property);
            else AddAll(property.Name, property.Value);
        }

        table.Count++;
    }

    private void AddBeside(JsonProperty property)
    {
        table.Beside.Add(property.Name);
        AddText(property.Name, TextOf(property.Value));
    }

    private void AddAll(string path, JsonElement value)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                AddObject(path, value);
                break;
            case JsonValueKind.Array:
                foreach (var element in value.EnumerateArray()) AddAll(path, element);
                break;
            default:
                AddText(path, TextOf(value));
                break;
        }
    }

    private void AddObject(string path, JsonElement value)
    {
        parts.Clear();
        foreach (var property in value.EnumerateObject())
            if (property.Value.ValueKind is not (JsonValueKind.Array or JsonValueKind.Object)) parts.Add(property.Name, TextOf(property.Value));
        foreach (var (name, text) in parts.Compose(path)) AddText(name, text);
        foreach (var property in value.EnumerateObject())
            if (property.Value.ValueKind is JsonValueKind.Array or JsonValueKind.Object)
                AddAll(path.Length > 0 ? $"{path}.{property.Name}" : property.Name, property.Value);
    }

    private void AddText(string name, string text)
    {
        text = text.Trim();
        if (text.Length == 0) return;
        var bytes = ArrayPool<byte>.Shared.Rent(Encoding.UTF8.GetMaxByteCount(text.Length));
        table.Column(name).Add(table.Count, bytes.AsSpan(0, Encoding.UTF8.GetBytes(text, bytes)));
        ArrayPool<byte>.Shared.Return(bytes);
    }

    private static string TextOf(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => value.GetString()!,
        JsonValueKind.Null or JsonValueKind.Undefined => "",
        _ => value.GetRawText(),
    };
}
