using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace GraphRisk.Benchmarks.Questions;

/// <summary>
/// One kept connection over which prepared requests are sent one after the other, each when the answer to the one before is there. It reads
/// bytes and nothing else, so that what is measured is the server; answers must state their length.
/// </summary>
internal sealed class LoadLine : IDisposable
{
    private static readonly byte[] EndOfHead = "\r\n\r\n"u8.ToArray();
    private static readonly byte[] Length = "content-length:"u8.ToArray();

    private readonly Socket socket = new(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
    private byte[] buffer = new byte[256 * 1024];

    public static async Task<LoadLine> ConnectAsync(int port)
    {
        var line = new LoadLine();
        await line.socket.ConnectAsync(IPAddress.Loopback, port);
        return line;
    }

    /// <summary>The bytes of a POST of JSON.</summary>
    public static byte[] RequestOf(string path, string body, string? token)
    {
        var bytes = Encoding.UTF8.GetBytes(body);
        var head = string.Create(CultureInfo.InvariantCulture,
            $"POST {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\nAccept: application/json\r\nContent-Length: {bytes.Length}\r\n{(token is null ? "" : $"Authorization: Bearer {token}\r\n")}\r\n");
        return [.. Encoding.UTF8.GetBytes(head), .. bytes];
    }

    /// <summary>Sends requests in turn until the end and adds the milliseconds each took.</summary>
    public async Task<long> AskAsync(byte[][] requests, int first, long end, List<float> times)
    {
        var bytes = 0L;
        for (var at = first; Stopwatch.GetTimestamp() is var start && start < end; at++)
        {
            bytes += (await SendAsync(requests[at % requests.Length])).Length;
            times.Add((float)Stopwatch.GetElapsedTime(start).TotalMilliseconds);
        }

        return bytes;
    }

    /// <summary>The body of the answer to one request.</summary>
    public async ValueTask<ReadOnlyMemory<byte>> SendAsync(byte[] request)
    {
        await socket.SendAsync(request, SocketFlags.None);
        var (filled, head, whole) = (0, -1, -1);
        while (whole < 0 || filled < whole)
        {
            if (filled == buffer.Length) Array.Resize(ref buffer, 2 * buffer.Length);
            var count = await socket.ReceiveAsync(buffer.AsMemory(filled), SocketFlags.None);
            if (count == 0) throw new IOException("The server closed the connection.");
            filled += count;
            if (whole >= 0 || (head = buffer.AsSpan(0, filled).IndexOf(EndOfHead)) < 0) continue;
            whole = head + EndOfHead.Length + LengthOf(Encoding.ASCII.GetString(buffer, 0, head));
        }

        return buffer.AsMemory(head + EndOfHead.Length, whole - head - EndOfHead.Length);
    }

    public void Dispose() => socket.Dispose();

    private static int LengthOf(string head)
    {
        if (!head.StartsWith("HTTP/1.1 200", StringComparison.Ordinal)) throw new IOException(head);
        var at = head.IndexOf(Encoding.ASCII.GetString(Length), StringComparison.OrdinalIgnoreCase) + Length.Length;
        var end = head.IndexOf('\r', at);
        return int.Parse(head.AsSpan(at, (end < 0 ? head.Length : end) - at).Trim(), CultureInfo.InvariantCulture);
    }
}
