using System.Text.Encodings.Web;
using System.Text.Json;

namespace GraphRisk.Stores.Neo4j.Http;

/// <summary>A request as it is sent.</summary>
/// <param name="Bytes">JSON.</param>
/// <param name="Format">Form of its parameters.</param>
internal sealed record RequestBody(byte[] Bytes, WireFormat Format)
{
    private static readonly JsonWriterOptions Relaxed = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>A request that says nothing: opens or commits a transaction.</summary>
    public static RequestBody Empty { get; } = new("{}"u8.ToArray(), WireFormat.Typed);

    /// <param name="statement">Cypher.</param>
    /// <param name="parameters">Its parameters.</param>
    /// <param name="format">Form of the parameters.</param>
    /// <param name="mode">Whether it may write; null within a transaction, which has said so.</param>
    /// <param name="bookmarks">What the server must have seen before it answers.</param>
    public static RequestBody Of(
        string statement, IReadOnlyDictionary<string, object?> parameters, WireFormat format, AccessMode? mode = null,
        IReadOnlyCollection<string>? bookmarks = null)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer, Relaxed))
        {
            json.WriteStartObject();
            json.WriteString("statement"u8, statement);
            if (parameters.Count > 0)
            {
                json.WriteStartObject("parameters"u8);
                foreach (var (name, value) in parameters)
                {
                    json.WritePropertyName(name);
                    if (format == WireFormat.Plain) PlainJson.Write(json, value);
                    else TypedJson.Write(json, value);
                }

                json.WriteEndObject();
            }

            if (mode is { } access) json.WriteString("accessMode"u8, access == AccessMode.Read ? "READ" : "WRITE");
            if (bookmarks is { Count: > 0 })
            {
                json.WriteStartArray("bookmarks"u8);
                foreach (var bookmark in bookmarks) json.WriteStringValue(bookmark);
                json.WriteEndArray();
            }

            json.WriteBoolean("includeCounters"u8, true);
            json.WriteEndObject();
        }

        return new RequestBody(buffer.ToArray(), format);
    }
}
