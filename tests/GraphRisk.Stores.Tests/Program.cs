using GraphRisk.Stores.Tests.Sqlite;

namespace GraphRisk.Stores.Tests;

/// <summary>The test assembly run as a program: the process that a test kills. Prints the number of each set that is stored.</summary>
public static class Program
{
    /// <param name="arguments">Path of the store and number of the first set.</param>
    public static async Task Main(string[] arguments)
    {
        await using var store = DeterministicStream.Open(arguments[0]);
        await DeterministicStream.AppendAsync(store, int.Parse(arguments[1], null), number =>
        {
            Console.WriteLine(number);
            Console.Out.Flush();
        });
    }
}
