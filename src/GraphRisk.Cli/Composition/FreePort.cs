using System.Net;
using System.Net.Sockets;

namespace GraphRisk.Cli.Composition;

/// <summary>Whether a port of this machine can be listened on, asked before any work that a taken one would waste.</summary>
internal static class FreePort
{
    /// <summary>Requires that nobody listens on a port of 127.0.0.1.</summary>
    /// <param name="port">The port; 0 takes a free one and is always well.</param>
    /// <exception cref="UserErrorException">Another program listens on it, or this one may not.</exception>
    public static void Require(int port)
    {
        if (port == 0) return;
        if (port is < 0 or > IPEndPoint.MaxPort) throw new UserErrorException($"--port is {port}, not a number from 0 to {IPEndPoint.MaxPort}.");
        using var listener = new TcpListener(IPAddress.Loopback, port);
        try
        {
            listener.Start();
        }
        catch (SocketException error)
        {
            throw new UserErrorException($"Port {port} of this machine cannot be listened on ({error.Message}): end the program that has it, or give another with --port, 0 for any free one.");
        }
    }
}
