using System.Collections.Immutable;
using GraphRisk.Graph.Entitlements;
using GraphRisk.Graph.Facts;
using GraphRisk.Graph.Schema;
using GraphRisk.Stores.Sqlite;

namespace GraphRisk.Stores.Erasure;

/// <summary>
/// Which nodes go with a client: its records, and what belongs to it by <see cref="Belonging"/>, followed over all that was ever recorded, also what was retracted since. What belongs to somebody
/// else, too, stays.
/// </summary>
internal sealed class ErasureScope
{
    /// <summary>What is open to all and is about whom it names, beside what <see cref="Belonging"/> says of confidential types.</summary>
    private static readonly ImmutableArray<Belonging> Public =
    [
        new("Listing", [new("LISTED_AS", false)]),
        new("Penalty", [new("PENALISED", false)]),
        new("CourtCase", [new("PARTY_TO", false)]),
        new("Document", [new("MENTIONS", true)]),
        new("Agreement", [new("BOUND_BY", false)]),
    ];

    private readonly Session session;
    private readonly StoreIndexes indexes;
    private readonly SchemaCatalog catalog;
    private readonly HashSet<NodeId> parties;
    private readonly Dictionary<NodeId, List<RelationshipFact>> ties = [];

    private ErasureScope(Session session, StoreIndexes indexes, SchemaCatalog catalog, IEnumerable<NodeId> parties) =>
        (this.session, this.indexes, this.catalog, this.parties) = (session, indexes, catalog, [.. parties]);

    /// <summary>Finds them.</summary>
    public static (ImmutableArray<NodeId> Nodes, ImmutableArray<NodeId> Shared) Find(Session session, StoreIndexes indexes, SchemaCatalog catalog, IReadOnlyCollection<NodeId> parties, CancellationToken cancellation)
    {
        var scope = new ErasureScope(session, indexes, catalog, parties);
        var (own, shared) = (new SortedSet<NodeId>(parties), new SortedSet<NodeId>());
        foreach (var row in Belonging.Table.Concat(Public))
        {
            cancellation.ThrowIfCancellationRequested();
            foreach (var node in scope.Before(row))
                (scope.IsOfOthers(node, row.ToParty.AsSpan()) ? shared : own).Add(node);
        }

        return ([.. own], [.. shared.Except(own)]);
    }

    /// <summary>Every recording of the facts about a node.</summary>
    public static IEnumerable<Graph.Store.RecordedFact> RecordingsOf(Session session, StoreIndexes indexes, NodeId node, bool withRelationships)
    {
        foreach (var first in indexes.FactsOf(session, node, withRelationships))
        {
            yield return LogScan.At(session, first);
            foreach (var sequence in LogScan.LaterOf(session, first)) yield return LogScan.At(session, sequence);
        }
    }

    /// <summary>The nodes from which a row's steps lead to the client.</summary>
    private IEnumerable<NodeId> Before(Belonging row)
    {
        IEnumerable<NodeId> nodes = parties;
        foreach (var step in row.ToParty.Reverse()) nodes = nodes.SelectMany(node => Next(node, step.Relationship, !step.Forward)).ToHashSet();
        return nodes.Where(node => catalog.FindNode(node.Type) is { } type && (Belonging.Of(type) ?? row) == row && type.Is(row.Type));
    }

    /// <summary>Whether the steps lead to somebody who is not the client.</summary>
    private bool IsOfOthers(NodeId node, ReadOnlySpan<Step> steps)
    {
        if (steps.IsEmpty) return !parties.Contains(node);
        foreach (var next in Next(node, steps[0].Relationship, steps[0].Forward))
            if (IsOfOthers(next, steps[1..])) return true;
        return false;
    }

    private IEnumerable<NodeId> Next(NodeId node, string relationship, bool forward) => TiesOf(node)
        .Where(tie => tie.Relationship == relationship && (forward ? tie.From : tie.To) == node)
        .Select(tie => forward ? tie.To : tie.From);

    private List<RelationshipFact> TiesOf(NodeId node)
    {
        if (ties.TryGetValue(node, out var known)) return known;
        return ties[node] = [.. RecordingsOf(session, indexes, node, withRelationships: true).Select(recorded => recorded.Fact).OfType<RelationshipFact>().Where(tie => !Tombstone.Is(tie))];
    }
}
