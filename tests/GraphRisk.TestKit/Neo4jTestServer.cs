namespace GraphRisk.TestKit;

/// <summary>
/// The Neo4j server that tests may write to and wipe. It has one database, and test assemblies run side by side: the first
/// that asks has it until its process ends, the others wait.
/// </summary>
public static class Neo4jTestServer
{
    private static readonly Lazy<FileStream> Held = new(Wait);

    /// <summary>
    /// Statements that delete every relationship and node in turn, in transactions small enough for a server with little memory;
    /// constraints and indexes stay.
    /// </summary>
    public static IReadOnlyList<string> Emptying { get; } =
    [
        "MATCH ()-[r]->() CALL (r) { DELETE r } IN TRANSACTIONS OF 5000 ROWS",
        "MATCH (n) CALL (n) { DELETE n } IN TRANSACTIONS OF 5000 ROWS",
    ];

    /// <summary>
    /// Gives what <c>GRAPHRISK_NEO4J_URL</c>, <c>_PASSWORD</c> and the like are for this server, from variables named
    /// <c>GRAPHRISK_TEST_NEO4J_URL</c> and so on; ends the test as skipped where no server is named.
    /// </summary>
    public static Func<string, string?> Require()
    {
        RequireWanted();
        _ = Held.Value;
        return Variable;
    }

    /// <summary>Ends the test as skipped where no tests with Neo4j are wanted; for one that starts a server of its own, and waits for nobody.</summary>
    public static void RequireWanted()
    {
        if (Url is not { Length: > 0 }) Skip.Because("GRAPHRISK_TEST_NEO4J_URL names no Neo4j server that tests may write to.");
    }

    private static string? Url => Variable("GRAPHRISK_NEO4J_URL");

    private static string? Variable(string name) =>
        Environment.GetEnvironmentVariable(name.Replace("GRAPHRISK_", "GRAPHRISK_TEST_", StringComparison.Ordinal));

    private static FileStream Wait()
    {
        var server = new Uri(Url!);
        var path = Path.Combine(Path.GetTempPath(), $"graphrisk-test-neo4j-{server.Host}-{server.Port}.lock");
        while (true)
        {
            try
            {
                return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (IOException)
            {
                Thread.Sleep(200);
            }
        }
    }
}
