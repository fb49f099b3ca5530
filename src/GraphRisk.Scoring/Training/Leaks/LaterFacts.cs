using GraphRisk.Graph.Facts;
using GraphRisk.Graph.Snapshots;
using GraphRisk.Graph.Store;

namespace GraphRisk.Scoring.Training.Leaks;

/// <summary>
/// A snapshot made straight from the store, past every cache, with everything taken out that was not yet so at the close of its day:
/// facts that begin later, ends of facts that come later, and stated days that lie ahead. Days that are agreed beforehand stay:
/// when a contract matures, an agreement, an authorisation or an entry expires. Cost: one pass over the store.
/// </summary>
internal static class LaterFacts
{
    /// <summary>Fields whose day is known before it comes.</summary>
    private static readonly HashSet<string> Agreed = new(["maturesOn", "endsOn", "expiresOn", "idExpiresOn"], StringComparer.Ordinal);

    /// <summary>The snapshot as of the close of a day, as known at an instant, without what came later.</summary>
    internal static async ValueTask<Snapshot> RemovedAsync(IGraphStore store, DateOnly day, DateTimeOffset knownAt, CancellationToken cancellation)
    {
        var version = await store.GetVersionAsync(knownAt, cancellation);
        var asOf = Validity.CloseOf(day);
        var clusters = await Clusters.ReadAsync(store, version.Number, cancellation);
        var builder = new SnapshotBuilder(store.Catalog, await SnapshotStamp.OfAsync(store, version, asOf, cancellation), clusters);
        await foreach (var recorded in store.ReadAsync(new ReadScope(version.Number, asOf), cancellation).WithCancellation(cancellation))
            builder.Add(Without(recorded.Fact, day, asOf), recorded.FirstSequence);
        return builder.Build();
    }

    private static Fact Without(Fact fact, DateOnly day, DateTimeOffset asOf)
    {
        if (fact.Validity.To > asOf && fact.Validity.To < DateTimeOffset.MaxValue)
            fact = fact with { Validity = fact.Validity with { To = DateTimeOffset.MaxValue } };
        return fact.Properties.Any(property => IsAhead(property, day, asOf))
            ? fact with { Properties = Properties.Of(fact.Properties.Where(property => !IsAhead(property, day, asOf))) }
            : fact;
    }

    private static bool IsAhead(Property property, DateOnly day, DateTimeOffset asOf) => property.Value.AsObject() switch
    {
        DateOnly stated => stated > day && !Agreed.Contains(property.Name),
        DateTimeOffset stated => stated > asOf,
        _ => false,
    };
}
