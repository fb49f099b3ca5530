using System.CommandLine;
using GraphRisk.Cli.Commands;
using GraphRisk.Cli.Composition;
using GraphRisk.Graph.Facts;
using GraphRisk.Graph.Snapshots;
using GraphRisk.Graph.Store;

namespace GraphRisk.Cli.Ownership;

/// <summary>A data folder as one company of it is looked at: its store, its snapshots, and what is known of a day.</summary>
/// <param name="Bench">What is worked with.</param>
/// <param name="Store">The store; the caller closes it.</param>
/// <param name="Snapshots">Its snapshots.</param>
/// <param name="Snapshot">What is known of the day.</param>
internal sealed record OwnershipFolder(Workbench Bench, IGraphStore Store, SnapshotProvider Snapshots, Snapshot Snapshot) : IAsyncDisposable
{
    /// <summary>Opens a folder at the close of a day; the last day the sources speak of where none is given.</summary>
    public static async Task<OwnershipFolder> OpenAsync(
        Host host, ParseResult parsed, Option<DirectoryInfo> data, DateOnly? day, DateTimeOffset? knownAt, CancellationToken cancellation)
    {
        var bench = new Workbench(host, parsed.FilledFolder(data, host));
        var store = await bench.OpenStoreAsync(cancellation);
        var snapshots = bench.OpenSnapshots(store, capacity: 1);
        var asOf = day ?? await LastDay.FindAsync(snapshots, host.Clock, cancellation) ?? DateOnly.FromDateTime(host.Clock.GetUtcNow().UtcDateTime);
        return new OwnershipFolder(bench, store, snapshots, await snapshots.GetAsync(Validity.CloseOf(asOf), knownAt, cancellation));
    }

    /// <summary>The node of an id.</summary>
    /// <exception cref="UserErrorException">It is no id, or of nothing there is, or of no company where one is needed.</exception>
    public int Find(string id, bool company)
    {
        if (!NodeId.TryParse(id, out var node) || Snapshot.Nodes.Find(node) is not (>= 0 and var found)) throw new UserErrorException($"'{id}' is the id of nothing there is; ids are like Company/registry:C000123, as 'ownership' writes them.");
        var type = Snapshot.Nodes.TypeOf(found);
        return company ? type.Name == "Company" ? found : throw new UserErrorException($"'{id}' is no company.")
            : type.IsParty ? found : throw new UserErrorException($"'{id}' is neither a person nor a company.");
    }

    public ValueTask DisposeAsync() => Store.DisposeAsync();
}
