using GraphRisk.Stores.Neo4j;
using GraphRisk.Stores.Neo4j.Http;
using GraphRisk.TestKit;

namespace GraphRisk.Stores.Tests.Neo4j;

/// <summary>The server that tests may write to and wipe.</summary>
internal static class Neo4jServer
{
    private static readonly Dictionary<string, object?> Nothing = [];

    /// <summary>Where it is; ends the test as skipped where <c>GRAPHRISK_TEST_NEO4J_URL</c> is not set.</summary>
    public static Neo4jOptions Require() => Neo4jOptions.FromEnvironment(Neo4jTestServer.Require())!;

    /// <summary>Deletes every node and relationship of the server's database; constraints and indexes stay.</summary>
    public static async Task EmptyAsync()
    {
        using var client = new QueryApiClient(Require(), TimeProvider.System);
        foreach (var statement in Neo4jTestServer.Emptying) await client.RunAsync(statement, Nothing, AccessMode.Write);
    }

    /// <summary>Ends transactions whose writer is dead, as the server does by itself after half a minute of silence.</summary>
    public static async Task EndOpenTransactionsAsync()
    {
        using var client = new QueryApiClient(Require(), TimeProvider.System);
        await client.RunAsync(
            "SHOW TRANSACTIONS YIELD transactionId AS open, currentQuery WHERE NOT currentQuery CONTAINS 'SHOW TRANSACTIONS' "
            + "TERMINATE TRANSACTIONS open YIELD message RETURN message",
            Nothing, AccessMode.Read);
    }

    /// <summary>Facts that stand on more than one relationship.</summary>
    public static async Task<long> CountDuplicatesAsync(Neo4jOptions options)
    {
        using var client = new QueryApiClient(options, TimeProvider.System);
        var answer = await client.RunAsync(
            "MATCH ()-[r]->() WHERE r._fact IS NOT NULL RETURN count(r) - count(DISTINCT r._fact)", Nothing, AccessMode.Read);
        return (long)answer.Rows[0][0]!;
    }
}
