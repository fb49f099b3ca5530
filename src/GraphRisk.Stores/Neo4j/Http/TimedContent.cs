using System.Net;
using System.Net.Http.Headers;

namespace GraphRisk.Stores.Neo4j.Http;

/// <summary>A body sent in pieces, each within the time of silence; then the time to the answer begins.</summary>
internal sealed class TimedContent : HttpContent
{
    private const int Piece = 64 * 1024;

    private readonly byte[] body;
    private readonly StepTimeout timeout;
    private readonly TimeSpan silence;
    private readonly TimeSpan answer;

    public TimedContent(byte[] body, string mediaType, StepTimeout timeout, TimeSpan silence, TimeSpan answer)
    {
        (this.body, this.timeout, this.silence, this.answer) = (body, timeout, silence, answer);
        Headers.ContentType = new MediaTypeHeaderValue(mediaType);
    }

    protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context)
    {
        for (var at = 0; at < body.Length; at += Piece)
        {
            timeout.Allow(silence, "does not take the request");
            await stream.WriteAsync(body.AsMemory(at, Math.Min(Piece, body.Length - at)), timeout.Token);
        }

        timeout.Allow(answer, "did not answer");
    }

    protected override bool TryComputeLength(out long length)
    {
        length = body.Length;
        return true;
    }
}
