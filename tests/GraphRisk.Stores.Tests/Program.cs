using GraphRisk.Graph.Schema;
using GraphRisk.Stores.Copy;
using GraphRisk.Stores.Neo4j;
using GraphRisk.Stores.Tests.Neo4j;
using GraphRisk.Stores.Tests.Sqlite;

namespace GraphRisk.Stores.Tests;

/// <summary>The test assembly run as a program: the process that a test kills.</summary>
public static class Program
{
    /// <param name="arguments">
    /// Path of a store, or <c>neo4j</c>, and number of the first set to write, whose numbers are printed as they are
    /// stored; or <c>copy</c> and the paths of two stores, where a line is printed for each set copied.
    /// </param>
    public static async Task Main(string[] arguments)
    {
        if (arguments is ["copy", var from, var to]) await CopyAsync(from, to);
        else if (arguments is ["neo4j", var first]) await WriteToNeo4jAsync(int.Parse(first, null));
        else await WriteAsync(arguments[0], int.Parse(arguments[1], null));
    }

    private static async Task WriteAsync(string path, int first)
    {
        await using var store = DeterministicStream.Open(path);
        await DeterministicStream.AppendAsync(store, first, number => Say(number));
    }

    /// <summary>Writes to the server of <c>GRAPHRISK_TEST_NEO4J_URL</c>, which the test that started this process holds.</summary>
    private static async Task WriteToNeo4jAsync(int first)
    {
        var options = Neo4jOptions.FromEnvironment(name =>
            Environment.GetEnvironmentVariable(name.Replace("GRAPHRISK_", "GRAPHRISK_TEST_", StringComparison.Ordinal)));
        await using var store = await Neo4jGraphStore.OpenAsync(options!, SchemaCatalog.LoadEmbedded(), TimeProvider.System);
        await DeterministicStream.AppendAsync(store, first, number => Say(number), KilledNeo4jWriterTests.Sets);
    }

    private static async Task CopyAsync(string from, string to)
    {
        await using var source = DeterministicStream.Open(from);
        await using var target = DeterministicStream.Open(to);
        await StoreCopy.RunAsync(source, target, new Lines());
    }

    private static void Say(long number)
    {
        Console.WriteLine(number);
        Console.Out.Flush();
    }

    private sealed class Lines : IProgress<long>
    {
        public void Report(long value) => Say(value);
    }
}
