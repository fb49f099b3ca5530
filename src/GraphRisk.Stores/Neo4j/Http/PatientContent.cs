using System.Net;
using System.Net.Http.Headers;

namespace GraphRisk.Stores.Neo4j.Http;

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
