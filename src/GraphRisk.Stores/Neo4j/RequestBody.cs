using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;

namespace GraphRisk.Stores.Neo4j;

/// <summary>The JSON of a request.</summary>
internal static class RequestBody
{
    /// <summary>A request that says nothing: opens or commits a transaction.</summary>
    public static byte[] Empty { get; } = "{}"u8.ToArray();

    /// <param name="statement">Cypher.</param>
    /// <param name="parameters">Its parameters.</param>
    /// <param name="mode">Whether it may write; null within a transaction, which has said so.</param>
    /// <param name="bookmarks">What the server must have seen before it answers.</param>
    public static byte[] Of(
        string statement, IReadOnlyDictionary<string, object?> parameters, AccessMode? mode, IReadOnlyCollection<string>? bookmarks)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteString("statement"u8, statement);
            if (parameters.Count > 0)
            {
                json.WriteStartObject("parameters"u8);
                foreach (var (name, value) in parameters)
                {
                    json.WritePropertyName(name);
                    TypedJson.Write(json, value);
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

        return buffer.ToArray();
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
