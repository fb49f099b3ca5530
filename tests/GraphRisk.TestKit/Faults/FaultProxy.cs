using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace GraphRisk.TestKit.Faults;

/// <summary>What the whole line does, besides single faults.</summary>
public enum LineState
{
    /// <summary>Passes.</summary>
    Open,

    /// <summary>Nobody listens, as where the server is down; what was connected is reset.</summary>
    Down,

    /// <summary>Connections are taken and nothing passes, as where a machine has gone without a word.</summary>
    BlackHole,
}

/// <summary>
/// A TCP proxy on a free loopback port that passes on what it is given and injects faults. It knows bytes, not protocols,
/// so TLS passes as anything else does.
/// </summary>
public sealed class FaultProxy : IAsyncDisposable
{
    private readonly IPEndPoint target;
    private readonly FaultPlan plan;
    private readonly ConcurrentDictionary<FaultConnection, Task> connections = [];
    private Socket? listener;

    /// <param name="target">Where to.</param>
    /// <param name="plan">Single faults; none where null.</param>
    public FaultProxy(IPEndPoint target, FaultPlan? plan = null)
    {
        this.target = target;
        this.plan = plan ?? new FaultPlan(0);
        Listen(0);
    }

    /// <summary>The port it listens on; stays the same while it is down.</summary>
    public int Port { get; private set; }

    /// <summary>Whether the line passes; a change takes hold of the connections there are.</summary>
    public LineState State { get; private set; }

    /// <summary>A proxy before an HTTP server on this machine.</summary>
    public static FaultProxy Before(Uri server, FaultPlan? plan = null) =>
        new(new IPEndPoint(server.Host == "localhost" ? IPAddress.Loopback : IPAddress.Parse(server.Host), server.Port), plan);

    /// <summary>The address of what is behind the proxy, as seen through it.</summary>
    public Uri Through(Uri server) => new UriBuilder(server) { Host = "127.0.0.1", Port = Port }.Uri;

    /// <summary>Changes what the line does.</summary>
    public void Turn(LineState state)
    {
        if (state == State) return;
        State = state;
        if (state == LineState.Down)
        {
            listener?.Dispose();
            listener = null;
        }

        // What a black hole has swallowed does not come out again when it ends.
        foreach (var connection in connections.Keys)
        {
            if (state == LineState.BlackHole) connection.Silence();
            else connection.Reset();
        }

        if (listener is null && state != LineState.Down) Listen(Port);
    }

    /// <summary>Resets every connection there is; new ones are taken.</summary>
    public void Cut()
    {
        foreach (var connection in connections.Keys) connection.Reset();
    }

    public async ValueTask DisposeAsync()
    {
        State = LineState.Down;
        listener?.Dispose();
        Cut();
        await Task.WhenAll(connections.Values);
    }

    private void Listen(int port)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.ReuseAddress, true);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, port));
        socket.Listen(128);
        Port = ((IPEndPoint)socket.LocalEndPoint!).Port;
        listener = socket;
        _ = AcceptAsync(socket);
    }

    private async Task AcceptAsync(Socket socket)
    {
        try
        {
            while (true) Take(await socket.AcceptAsync());
        }
        catch (Exception closed) when (closed is SocketException or ObjectDisposedException)
        {
            // The line went down.
        }
    }

    private void Take(Socket client)
    {
        var connection = new FaultConnection(client, plan);
        if (State == LineState.BlackHole) connection.Silence();
        var run = connection.RunAsync(target);
        connections[connection] = run;
        _ = run.ContinueWith(_ => connections.TryRemove(connection, out var _), TaskScheduler.Default);
    }
}
