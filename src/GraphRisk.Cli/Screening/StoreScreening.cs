using System.Collections.Immutable;
using GraphRisk.Cli.Composition;
using GraphRisk.Cli.Output;
using GraphRisk.Graph.Algorithms;
using GraphRisk.Graph.Facts;
using GraphRisk.Graph.Snapshots;
using GraphRisk.Graph.Store;
using GraphRisk.Market;
using GraphRisk.Matching.Screening;
using GraphRisk.Workflow.Screening;

namespace GraphRisk.Cli.Screening;

/// <summary>Screening against the lists of a store, as of a day; where none is asked the one <see cref="ListedParties.DayOf"/> says.</summary>
internal static class StoreScreening
{
    /// <summary>The entries in force, and the day as of which they are.</summary>
    public static async Task<(ImmutableArray<ListEntry> Entries, DateOnly AsOf)> EntriesAsync(Host host, DataFolder folder, DateOnly? asked, CancellationToken cancellation)
    {
        var bench = new Workbench(host, folder);
        await using var store = await bench.OpenStoreAsync(cancellation);
        var snapshots = bench.OpenSnapshots(store, capacity: 1);
        var day = asked ?? await DayOfAsync(host, snapshots, cancellation);
        var market = new MarketReading(await snapshots.GetAsync(Validity.CloseOf(day), cancellation: cancellation));
        return (ListedParties.Of(store, market, WorkMeter.EndedBy(cancellation)), day);
    }

    /// <summary>What has to be looked at again since a version of the store.</summary>
    /// <param name="host">Clock and writers.</param>
    /// <param name="folder">The data folder.</param>
    /// <param name="asked">The day lists are in force on; the latest where null.</param>
    /// <param name="version">The version.</param>
    /// <param name="all">Look at all parties; else at clients.</param>
    /// <param name="parameters">How lists are asked.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <exception cref="UserErrorException">The store has no such version.</exception>
    public static async Task<ScreenAnswer> SinceAsync(Host host, DataFolder folder, DateOnly? asked, long version, bool all, ScreeningParameters parameters, CancellationToken cancellation)
    {
        var bench = new Workbench(host, folder);
        await using var store = await bench.OpenStoreAsync(cancellation);
        var snapshots = bench.OpenSnapshots(store, capacity: 2);
        var then = await RecordedAtAsync(store, version, cancellation);
        var day = asked ?? await DayOfAsync(host, snapshots, cancellation);
        var asOf = Validity.CloseOf(day);
        var (before, now) = (new MarketReading(await snapshots.GetAsync(asOf, then, cancellation)), new MarketReading(await snapshots.GetAsync(asOf, cancellation: cancellation)));
        var meter = WorkMeter.EndedBy(cancellation);
        var lists = ScreeningIndex.Of(ListedParties.Of(store, now, meter), cancellation);
        var news = Rescreening.Run(store, before, now, lists, all, query => query, parameters, meter);
        return new ScreenAnswer(lists.Entries.Length, [.. news.News.Select(one => ScreenedName.Of(one.Entry.Id, one.Entry.Names[0], one.Hits))])
        {
            AsOf = day, Since = version, UpTo = now.Snapshot.Stamp.Version, PartiesLooked = news.Looked, PartiesPassedOver = news.PassedOver,
        }.With(news.Changes);
    }

    private static async ValueTask<DateOnly> DayOfAsync(Host host, SnapshotProvider snapshots, CancellationToken cancellation)
    {
        var today = DateOnly.FromDateTime(host.Clock.GetUtcNow().UtcDateTime);
        return ListedParties.DayOf(await LastDay.FindAsync(snapshots, host.Clock, cancellation) ?? today, today);
    }

    private static async ValueTask<DateTimeOffset> RecordedAtAsync(IGraphStore store, long version, CancellationToken cancellation)
    {
        var newest = await store.GetVersionAsync(cancellation);
        if (version < 0 || version > newest.Number) throw new UserErrorException(FormattableString.Invariant($"The store has the versions 0 to {newest.Number}."));
        if (version == 0) return DateTimeOffset.MinValue;
        await foreach (var set in store.ReadSetsAsync(version - 1, cancellation)) return set.Version.RecordedAt;
        return newest.RecordedAt;
    }
}
