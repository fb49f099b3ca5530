using GraphRisk.Graph.Facts;
using GraphRisk.Graph.Store;

namespace GraphRisk.Graph.Snapshots;

/// <summary>Work touched is more than an overlay may be of.</summary>
internal sealed class OverlayTooLargeException() : Exception("What a viewer's own facts touch is too much; the snapshot is built from nothing.");

/// <summary>Point reads of what open sources state, within a bound of work.</summary>
/// <param name="store">The store.</param>
/// <param name="shared">The shared snapshot.</param>
/// <param name="isOpen">Whether a fact is open.</param>
/// <param name="most">Facts read and rows copied at most.</param>
internal sealed class OverlayReads(IGraphStore store, Snapshot shared, Func<Fact, bool> isOpen, long most)
{
    private readonly Dictionary<NodeId, IReadOnlyList<RecordedFact>> known = [];
    private long spent;

    /// <summary>Counts work.</summary>
    /// <exception cref="OverlayTooLargeException">It is too much.</exception>
    public void Spend(long work)
    {
        spent += work;
        if (spent > most) throw new OverlayTooLargeException();
    }

    /// <summary>Number of relationships of a shared node.</summary>
    public long DegreeOf(int node)
    {
        long degree = 0;
        foreach (var table in shared.Relationships) degree += table.Out.Degree(node) + table.In.Degree(node);
        return degree;
    }

    /// <summary>All that is known about a record, open or not, whenever it holds.</summary>
    public async ValueTask<IReadOnlyList<RecordedFact>> AllAsync(NodeId record, CancellationToken cancellation)
    {
        if (known.TryGetValue(record, out var before)) return before;
        var found = await store.FindAsync(record, shared.Stamp.Version, withRelationships: true, cancellation);
        Spend(1 + found.Count);
        known.Add(record, found);
        return found;
    }

    /// <summary>The open facts about the records of some shared nodes that have begun, by first recording.</summary>
    public async ValueTask<SortedDictionary<long, Fact>> OpenAsync(
        IEnumerable<int> nodes, bool withRelationships, CancellationToken cancellation)
    {
        var facts = new SortedDictionary<long, Fact>();
        foreach (var node in nodes)
        {
            if (withRelationships) Spend(DegreeOf(node));
            foreach (var record in shared.Nodes.MembersOf(node))
            {
                foreach (var recorded in await FindAsync(record, withRelationships, cancellation))
                    if (isOpen(recorded.Fact) && recorded.Fact.Validity.From <= shared.Stamp.AsOf) facts[recorded.FirstSequence] = recorded.Fact;
            }
        }

        return facts;
    }

    private async ValueTask<IEnumerable<RecordedFact>> FindAsync(NodeId record, bool withRelationships, CancellationToken cancellation)
    {
        if (withRelationships) return await AllAsync(record, cancellation);
        if (known.TryGetValue(record, out var all)) return all.Where(recorded => recorded.Fact is NodeFact);
        var found = await store.FindAsync(record, shared.Stamp.Version, withRelationships: false, cancellation);
        Spend(1 + found.Count);
        return found;
    }
}
