using System.Net;
using System.Net.Http.Headers;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace GraphRisk.Stores.Neo4j;

/// <summary>How values are written in requests and answers.</summary>
public enum WireFormat
{
    /// <summary>With the type of each beside it: nothing is lost.</summary>
    Typed,

    /// <summary>Bare, half the size and a third of the server's work: days and instants are texts. For rows whose types both sides know.</summary>
    Plain,
}

/// <summary>A request as it is sent.</summary>
/// <param name="Bytes">JSON.</param>
/// <param name="Format">Form of its values, and of the answer's.</param>
internal sealed record RequestBody(byte[] Bytes, WireFormat Format)
{
    private static readonly JsonWriterOptions Relaxed = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>A request that says nothing: opens or commits a transaction.</summary>
    public static RequestBody Empty { get; } = new("{}"u8.ToArray(), WireFormat.Typed);

    /// <param name="statement">Cypher.</param>
    /// <param name="parameters">Its parameters.</param>
    /// <param name="format">Form of the values.</param>
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

/// <summary>A body sent in pieces, each within the time of silence; then the time to the answer begins.</summary>
internal sealed class PatientContent : HttpContent
{
    private const int Piece = 64 * 1024;

    private readonly byte[] body;
    private readonly Patience patience;
    private readonly TimeSpan silence;
    private readonly TimeSpan answer;

    public PatientContent(byte[] body, string mediaType, Patience patience, TimeSpan silence, TimeSpan answer)
    {
        (this.body, this.patience, this.silence, this.answer) = (body, patience, silence, answer);
        Headers.ContentType = new MediaTypeHeaderValue(mediaType);
    }

    protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context)
    {
        for (var at = 0; at < body.Length; at += Piece)
        {
            patience.Allow(silence, "does not take the request");
            await stream.WriteAsync(body.AsMemory(at, Math.Min(Piece, body.Length - at)), patience.Token);
        }

        patience.Allow(answer, "did not answer");
    }

    protected override bool TryComputeLength(out long length)
    {
        length = body.Length;
        return true;
    }
}
