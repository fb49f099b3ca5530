using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace GraphRisk.Simulation.Publishing;

/// <summary>An NDJSON file: one object a line, keys in the order written, Chinese characters as they are.</summary>
public sealed class NdjsonFile(string path) : IDisposable
{
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
    private readonly FileStream stream = new(path, FileMode.Create, FileAccess.Write, FileShare.Read, 32_768);

    public long Rows { get; private set; }

    public void Write(params ReadOnlySpan<(string Key, object? Value)> fields)
    {
        using (var json = new Utf8JsonWriter(stream, Options))
        {
            json.WriteStartObject();
            foreach (var (key, value) in fields) WriteField(json, key, value);
            json.WriteEndObject();
        }

        stream.WriteByte((byte)'\n');
        Rows++;
    }

    public void Dispose() => stream.Dispose();

    private static void WriteField(Utf8JsonWriter json, string key, object? value)
    {
        json.WritePropertyName(key);
        switch (value)
        {
            case null: json.WriteNullValue(); break;
            case long number: json.WriteNumberValue(number); break;
            case decimal number: json.WriteNumberValue(number); break;
            case DateOnly date: json.WriteStringValue(date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)); break;
            case string text: json.WriteStringValue(text); break;
            default: throw new ArgumentException($"No JSON form for {value.GetType().Name}", nameof(value));
        }
    }
}
