using GraphRisk.Graph.Facts;
using GraphRisk.Graph.Schema;
using GraphRisk.Graph.Store;
using GraphRisk.Stores.Sqlite;
using GraphRisk.TestKit;

namespace GraphRisk.Stores.Tests.Sqlite;

/// <summary>A stream of sets that every process makes alike, and its appending with several sets under way at a time.</summary>
internal static class DeterministicStream
{
    /// <summary>Number of sets.</summary>
    public const int Length = 500;

    private const int UnderWay = 6;
    private static readonly DateTimeOffset Start = new(2024, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>Opens a store so small in its sizes that kills meet merges of the indexes too.</summary>
    public static SqliteGraphStore Open(string path) =>
        GraphStores.OpenSqlite(path, SchemaCatalog.LoadEmbedded(), new SqliteStoreOptions { MinimumTail = 2000, GroupChanges = 400 });

    /// <summary>Appends the sets from one number up to another, exclusive, in order, and tells each number when its set is known to be stored.</summary>
    public static async Task AppendAsync(IGraphStore store, int from, Action<int> stored, int to = Length)
    {
        var waiting = new Queue<(int Number, Task<AppendResult> Append)>();
        for (var number = from; number < to; number++)
        {
            waiting.Enqueue((number, store.AppendAsync(SetOf(number)).AsTask()));
            if (waiting.Count >= UnderWay) await NextAsync();
        }

        while (waiting.Count > 0) await NextAsync();

        async Task NextAsync()
        {
            var (number, append) = waiting.Dequeue();
            await append;
            stored(number);
        }
    }

    /// <summary>The set of a number.</summary>
    public static ChangeSet SetOf(int number) =>
        new RandomChanges(number, parties: 400).Next(120) with { RecordedAt = Start.AddMinutes(number) };
}
