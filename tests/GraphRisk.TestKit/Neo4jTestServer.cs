namespace GraphRisk.TestKit;

/// <summary>
/// The Neo4j servers that tests may write to and wipe. Each has one database, and test assemblies run side by side: the first
/// that asks for one has it until its process ends, and takes any that is free; where none is, it waits.
/// </summary>
public static class Neo4jTestServer
{
    private const string UrlName = "GRAPHRISK_NEO4J_URL", TestUrlName = "GRAPHRISK_TEST_NEO4J_URL";

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
    /// <c>GRAPHRISK_TEST_NEO4J_URL</c>, which may name several with commas between, and so on; ends the test as skipped where no server is named.
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
        if (Urls.Length == 0) Skip.Because("GRAPHRISK_TEST_NEO4J_URL names no Neo4j server that tests may write to.");
    }

    private static string[] Urls => Variable(UrlName)?.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) ?? [];

    private static string? Variable(string name) =>
        Environment.GetEnvironmentVariable(name.Replace("GRAPHRISK_", "GRAPHRISK_TEST_", StringComparison.Ordinal));

    /// <summary>Takes a server that is free; from then on the variable names it alone, for the processes that tests start, too.</summary>
    private static FileStream Wait()
    {
        var urls = Urls;
        while (true)
        {
            foreach (var url in urls)
            {
                var server = new Uri(url);
                try
                {
                    var taken = new FileStream(Path.Combine(Path.GetTempPath(), $"graphrisk-test-neo4j-{server.Host}-{server.Port}.lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
                    Environment.SetEnvironmentVariable(TestUrlName, url);
                    return taken;
                }
                catch (IOException)
                {
                    // Another assembly has it; the next may be free.
                }
            }

            Thread.Sleep(200);
        }
    }
}
