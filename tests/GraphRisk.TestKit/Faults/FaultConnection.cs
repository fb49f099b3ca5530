using System.Diagnostics.CodeAnalysis;
using System.Net;
using System.Net.Sockets;

namespace GraphRisk.TestKit.Faults;

/// <summary>One connection through a <see cref="FaultProxy"/>: two pumps, and the next fault, which belongs to one of them.</summary>
[SuppressMessage("Design", "CA1001", Justification = "its sockets are closed when it has run")]
internal sealed class FaultConnection(Socket client, FaultPlan plan)
{
    private const int Dripped = 48;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(25);

    private readonly Socket server = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
    private readonly Lock gate = new();
    private Fault? next = plan.Next();
    private int passed;
    private volatile bool silent;

    /// <summary>Passes nothing any more; the connection stays.</summary>
    public void Silence() => silent = true;

    /// <summary>Ends the connection by reset.</summary>
    public void Reset()
    {
        foreach (var side in new[] { client, server })
        {
            try
            {
                side.LingerState = new LingerOption(true, 0);
            }
            catch (Exception gone) when (gone is SocketException or ObjectDisposedException)
            {
                // It has ended already.
            }

            side.Dispose();
        }
    }

    /// <summary>Passes bytes until either side ends.</summary>
    public async Task RunAsync(IPEndPoint target)
    {
        try
        {
            client.NoDelay = true;
            if (next is { Kind: FaultKind.Refuse })
            {
                plan.Note(FaultKind.Refuse);
                Reset();
                return;
            }

            await server.ConnectAsync(target);
            await Task.WhenAny(PumpAsync(client, server, ofRequest: true), PumpAsync(server, client, ofRequest: false));
        }
        catch (Exception gone) when (gone is SocketException or ObjectDisposedException)
        {
            // Nobody listens behind the proxy.
        }
        finally
        {
            client.Dispose();
            server.Dispose();
        }
    }

    private async Task PumpAsync(Socket from, Socket to, bool ofRequest)
    {
        var buffer = new byte[16 * 1024];
        try
        {
            for (int count; (count = await from.ReceiveAsync(buffer)) > 0;)
                if (!silent && !await PassAsync(to, buffer.AsMemory(0, count), ofRequest)) return;
        }
        catch (Exception gone) when (gone is SocketException or ObjectDisposedException)
        {
            // Either side has ended.
        }
    }

    /// <summary>Passes bytes with the faults that are due among them; false where the connection is over.</summary>
    private async Task<bool> PassAsync(Socket to, Memory<byte> bytes, bool ofRequest)
    {
        while (Due(ofRequest, bytes.Length, out var at) is { } fault)
        {
            await SendAsync(to, bytes[..at]);
            bytes = bytes[at..];
            plan.Note(fault.Kind);
            switch (fault.Kind)
            {
                case FaultKind.Delay: await Task.Delay(Pause); break;
                case FaultKind.Flip: bytes.Span[0] ^= (byte)(1 << fault.Bit); break;
                case FaultKind.Drip:
                    var slow = Math.Min(Dripped, bytes.Length);
                    for (var i = 0; i < slow; i++)
                    {
                        await SendAsync(to, bytes.Slice(i, 1));
                        await Task.Yield();
                    }

                    bytes = bytes[slow..];
                    break;
                case FaultKind.BlackHole:
                    Silence();
                    return true;
                case FaultKind.Truncate:
                    client.Shutdown(SocketShutdown.Both);
                    return false;
                default:
                    Reset();
                    return false;
            }
        }

        await SendAsync(to, bytes);
        return true;
    }

    /// <summary>The fault that falls among the bytes, and after how many of them; the next one is chosen.</summary>
    private Fault? Due(bool ofRequest, int count, out int at)
    {
        lock (gate)
        {
            at = 0;
            if (count == 0 || next is null || next.OfRequest != ofRequest) return null;
            if (passed + count <= next.After)
            {
                passed += count;
                return null;
            }

            at = next.After - passed;
            passed = 0;
            var due = next;
            do next = plan.Next();
            while (next is { Kind: FaultKind.Refuse });
            return due;
        }
    }

    private static async Task SendAsync(Socket to, ReadOnlyMemory<byte> bytes)
    {
        while (bytes.Length > 0) bytes = bytes[await to.SendAsync(bytes)..];
    }
}
