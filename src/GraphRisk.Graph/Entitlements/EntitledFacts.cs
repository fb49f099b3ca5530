using System.Collections.Immutable;
using GraphRisk.Graph.Facts;
using GraphRisk.Graph.Schema;
using GraphRisk.Graph.Snapshots;
using GraphRisk.Graph.Store;

namespace GraphRisk.Graph.Entitlements;

/// <summary>An entitlement as it reads at one version of a store: which facts it covers, and which party records are one party in its eyes.</summary>
/// <param name="Clusters">Which party records are one party.</param>
/// <param name="Covers">Whether a fact is covered.</param>
/// <param name="Own">A client's own nodes; empty for others.</param>
internal sealed record EntitledFacts(Clusters Clusters, Func<Fact, bool> Covers, ImmutableArray<NodeId> Own)
{
    private EntitledFacts(Clusters clusters, Func<Fact, bool> covers)
        : this(clusters, covers, [])
    {
    }

    /// <summary>Covers everything.</summary>
    public static EntitledFacts All(Clusters clusters) => new(clusters, Everything);

    /// <summary>Whether a fact is covered where all are.</summary>
    public static Func<Fact, bool> Everything { get; } = _ => true;

    /// <summary>What an entitlement covers at a version.</summary>
    public static async ValueTask<EntitledFacts> ReadAsync(
        IGraphStore store, long version, Entitlement entitlement, CancellationToken cancellation = default)
    {
        if (entitlement.IsWhole) return All(await Clusters.ReadAsync(store, version, cancellation));
        var open = new OpenFacts(store.Catalog, entitlement.OpenLevel);
        if (entitlement.Client is { } record)
        {
            var own = await OwnRecord.ReadAsync(store, version, record, cancellation);
            return new EntitledFacts(
                await Clusters.ReadAsync(store, version, id => open.Holds(id) || own.Holds(id), own.Holds, cancellation),
                fact => open.Holds(fact) || own.Holds(fact), own.Nodes);
        }

        bool IsOwn(string? owner) => owner is not null && owner == entitlement.Broker;
        return new EntitledFacts(
            await Clusters.ReadAsync(
                store, version, id => open.Holds(id) || IsOwn(SourceOwner.Of(id)), id => IsOwn(SourceOwner.Of(id)), cancellation),
            fact => open.Holds(fact) || IsOwn(SourceOwner.Of(fact.Provenance.Source)));
    }
}
