using System.Globalization;
using GraphRisk.Graph.Facts;
using GraphRisk.Graph.Schema;
using GraphRisk.Graph.Snapshots;
using GraphRisk.Scoring.Models;
using GraphRisk.Scoring.Registry;
using GraphRisk.Stores;
using GraphRisk.Stores.Sqlite;

namespace GraphRisk.Benchmarks.Scoring;

/// <summary>A data folder that <c>graphrisk import</c>, <c>resolve</c> and <c>score</c> have filled: its store, snapshots and champion.</summary>
internal sealed class ScoredFolder(string path, DateOnly day) : IAsyncDisposable
{
    public SqliteGraphStore Store { get; } = GraphStores.OpenSqlite(Path.Combine(path, "store.db"), SchemaCatalog.LoadEmbedded());

    public CreditModel Model { get; } = new ModelRegistry(Path.Combine(path, "models")).OpenChampion() ?? throw new InvalidOperationException($"{path} holds no model: graphrisk score --data {path}");

    public SnapshotProvider Snapshots => field ??= new SnapshotProvider(
        Store, new SnapshotProviderOptions { Capacity = 1, Folder = Path.Combine(path, "snapshots"), Maps = true, Report = Console.Error.WriteLine });

    /// <summary>The snapshot of the day, mapped.</summary>
    public ValueTask<Snapshot> OpenAsync() => Snapshots.GetAsync(Validity.CloseOf(day));

    /// <summary>Megabytes resident at most and now, and those of them that stand in no file.</summary>
    public static string Memory()
    {
        var lines = File.ReadAllLines("/proc/self/status").Select(line => line.Split(':', 2)).ToDictionary(pair => pair[0], pair => pair[^1].Trim());
        string Of(string name) => (long.Parse(lines[name].Split(' ')[0], CultureInfo.InvariantCulture) / 1024).ToString("N0", CultureInfo.InvariantCulture);
        return $"resident {Of("VmRSS")} MB, at most {Of("VmHWM")}; {Of("RssAnon")} in no file";
    }

    public async ValueTask DisposeAsync()
    {
        Model.Dispose();
        await Store.DisposeAsync();
    }
}
