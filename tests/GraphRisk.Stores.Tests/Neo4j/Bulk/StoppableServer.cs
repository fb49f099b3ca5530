using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using GraphRisk.Stores.Neo4j;
using GraphRisk.TestKit;

namespace GraphRisk.Stores.Tests.Neo4j.Bulk;

/// <summary>
/// A Neo4j server of the test's own, which it starts and stops, over a home in a temporary folder; made by the scripts of
/// <c>shared/neo4j</c>. Tests with it are skipped where the scripts are not there or no tests with Neo4j are wanted.
/// </summary>
internal sealed class StoppableServer : IDisposable
{
    private readonly string scripts;
    private readonly TemporaryFolder folder = new();
    private readonly (int Http, int Bolt) ports = (FreePort(), FreePort());

    private StoppableServer(string scripts) => this.scripts = scripts;

    /// <summary>Where it answers while it runs.</summary>
    public Neo4jOptions Options => new()
    {
        Url = new Uri($"http://127.0.0.1:{ports.Http}"),
        Password = Environment.GetEnvironmentVariable("NEO4J_PASSWORD") ?? "graphrisk-local",
    };

    private string Home => folder.PathOf("home");

    /// <summary>A server that was not started yet, or the end of the test as skipped.</summary>
    public static StoppableServer Require()
    {
        Neo4jTestServer.RequireWanted();
        return new StoppableServer(Path.GetDirectoryName(SharedData.Require("neo4j/admin.sh"))!);
    }

    public void Start() => Run(
        Path.Combine(scripts, "start.sh"), "--home", Home, "--http", Text(ports.Http), "--bolt", Text(ports.Bolt), "--heap", "512m", "--pagecache", "128m");

    public void Stop() => Run(Path.Combine(scripts, "stop.sh"), "--home", Home);

    /// <summary>Ends the process at once, as a crash does.</summary>
    public void Kill() => Run(Path.Combine(scripts, "stop.sh"), "--home", Home, "--kill");

    /// <summary>Runs the script that an export wrote, against the stopped server.</summary>
    public void Load(string importScript)
    {
        Environment.SetEnvironmentVariable("NEO4J_ADMIN", $"{Path.Combine(scripts, "admin.sh")} --home {Home}");
        Run(importScript, "neo4j", "--overwrite-destination=true");
    }

    public void Dispose()
    {
        if (Directory.Exists(Home)) Run(Path.Combine(scripts, "stop.sh"), "--home", Home, "--kill", "--wipe");
        folder.Dispose();
    }

    /// <summary>What a script says goes to a file: a server that it leaves running would hold a pipe open.</summary>
    private void Run(string script, params string[] arguments)
    {
        var log = folder.PathOf("script.log");
        var start = new ProcessStartInfo("bash", ["-c", "log=$1; shift; exec \"$@\" >\"$log\" 2>&1", "bash", log, script, .. arguments]);
        using var process = Process.Start(start)!;
        process.WaitForExit();
        if (process.ExitCode != 0) Assert.Fail($"{script} ended with {process.ExitCode}: {File.ReadAllText(log)}");
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
