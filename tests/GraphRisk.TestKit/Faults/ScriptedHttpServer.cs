using System.Net;
using System.Net.Sockets;
using System.Text;

namespace GraphRisk.TestKit.Faults;

/// <summary>
/// An HTTP server on a free loopback port that gives one prepared answer after another, byte for byte as written, and the last
/// one for ever. It reads each request to its end first.
/// </summary>
public sealed class ScriptedHttpServer : IAsyncDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly Func<NetworkStream, Task>[] answers;
    private int connections;
    private int requests;

    /// <param name="answers">What to write, in the order of the requests.</param>
    public ScriptedHttpServer(params Func<NetworkStream, Task>[] answers)
    {
        this.answers = answers;
        listener.Start();
        Url = new Uri($"http://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}");
        _ = AcceptAsync();
    }

    /// <summary>Where it listens.</summary>
    public Uri Url { get; }

    /// <summary>Connections made so far.</summary>
    public int Connections => Volatile.Read(ref connections);

    /// <summary>Requests read so far.</summary>
    public int Requests => Volatile.Read(ref requests);

    /// <summary>An answer written whole.</summary>
    public static Func<NetworkStream, Task> Whole(int status, string mediaType, string body) =>
        async stream => await stream.WriteAsync(Encoding.UTF8.GetBytes(Head(status, mediaType, body) + body));

    /// <summary>An answer that ends in order after a part of its body, and with it the connection.</summary>
    public static Func<NetworkStream, Task> Broken(int status, string mediaType, string body, int after) =>
        async stream =>
        {
            await stream.WriteAsync(Encoding.UTF8.GetBytes(Head(status, mediaType, body) + body[..after]));
            stream.Socket.Shutdown(SocketShutdown.Both);
        };

    /// <summary>An answer in single bytes with a pause before each.</summary>
    public static Func<NetworkStream, Task> Slow(int status, string mediaType, string body, TimeSpan pause) =>
        async stream =>
        {
            await stream.WriteAsync(Encoding.UTF8.GetBytes(Head(status, mediaType, body)));
            foreach (var one in Encoding.UTF8.GetBytes(body))
            {
                await Task.Delay(pause);
                await stream.WriteAsync(new[] { one });
            }
        };

    /// <summary>The beginning of an answer, then nothing.</summary>
    public static Func<NetworkStream, Task> Silent(int status, string mediaType, string body, int after) =>
        async stream =>
        {
            await stream.WriteAsync(Encoding.UTF8.GetBytes(Head(status, mediaType, body) + body[..after]));
            await Task.Delay(Timeout.Infinite);
        };

    /// <summary>No answer.</summary>
    public static Func<NetworkStream, Task> Never { get; } = _ => Task.Delay(Timeout.Infinite);

    public ValueTask DisposeAsync()
    {
        listener.Dispose();
        return ValueTask.CompletedTask;
    }

    private static string Head(int status, string mediaType, string body) =>
        $"HTTP/1.1 {status} X\r\nContent-Type: {mediaType}\r\nContent-Length: {Encoding.UTF8.GetByteCount(body)}\r\n\r\n";

    private async Task AcceptAsync()
    {
        try
        {
            while (true) _ = ServeAsync(await listener.AcceptTcpClientAsync());
        }
        catch (Exception closed) when (closed is SocketException or ObjectDisposedException)
        {
            // The test is over.
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        Interlocked.Increment(ref connections);
        try
        {
            using (client)
            {
                var stream = client.GetStream();
                while (await ReadRequestAsync(stream))
                    await answers[Math.Min(Interlocked.Increment(ref requests), answers.Length) - 1](stream);
            }
        }
        catch (Exception gone) when (gone is IOException or SocketException or ObjectDisposedException)
        {
            // The client has left.
        }
    }

    private static async Task<bool> ReadRequestAsync(NetworkStream stream)
    {
        var head = new StringBuilder();
        var one = new byte[1];
        while (!head.ToString().EndsWith("\r\n\r\n", StringComparison.Ordinal))
        {
            if (await stream.ReadAsync(one) == 0) return false;
            head.Append((char)one[0]);
        }

        var length = head.ToString().Split("\r\n").FirstOrDefault(line => line.StartsWith("Content-Length:", StringComparison.OrdinalIgnoreCase));
        if (length is not null) await stream.ReadExactlyAsync(new byte[int.Parse(length.Split(':')[1], System.Globalization.CultureInfo.InvariantCulture)]);
        return true;
    }
}
