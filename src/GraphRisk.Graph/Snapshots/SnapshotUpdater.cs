using System.Collections.Immutable;
using GraphRisk.Graph.Entitlements;
using GraphRisk.Graph.Facts;
using GraphRisk.Graph.Schema;
using GraphRisk.Graph.Store;

namespace GraphRisk.Graph.Snapshots;

/// <summary>
/// Makes the snapshot of a later version from an earlier one with the same as-of. Nodes are numbered by the order in
/// which facts first name them, so new facts number new nodes after all others; few changes of a type are taken into it (<see cref="SnapshotMerge"/>),
/// with many what is known of the type is read again and its columns and rows are built anew, all other sections are shared. The result is the same, byte
/// by byte, as building from nothing. The earlier one may be the whole or what is open up to a level: changes of other facts
/// and judgements on other records are passed over. Where it could not be, the answer is null and a full build is due:
/// <list type="bullet">
/// <item>a match was judged, a judgement changed or was revoked, or a new record has a match already: nodes join or part;</item>
/// <item>a fact that first named a node was retracted, or one said again that would name it earlier: numbers move;</item>
/// <item>so much changed that reading it all once is cheaper.</item>
/// </list>
/// </summary>
internal sealed class SnapshotUpdater
{
    private readonly Snapshot known;
    private readonly IGraphStore store;
    private readonly SnapshotStamp stamp;
    private readonly SchemaCatalog catalog;
    private readonly EntitledFacts entitled;
    private readonly NodeNumbering numbering;
    private readonly SnapshotMerge merge;
    private readonly HashSet<int> nodeTypes = [];
    private readonly HashSet<int> relationshipTypes = [];
    private readonly List<RelationshipFact> holdings = [];
    private readonly HashSet<string> relationships = new(StringComparer.Ordinal);
    private readonly List<NodeId> companies = [];

    private SnapshotUpdater(Snapshot known, IGraphStore store, SnapshotStamp stamp)
    {
        this.known = known;
        this.store = store;
        catalog = known.Catalog;
        entitled = EntitledFacts.OfOpen(catalog, known.Entitlement);
        this.stamp = stamp;
        numbering = new NodeNumbering(catalog, Clusters.None, known.Nodes);
        merge = new SnapshotMerge(known, store, stamp, numbering, entitled.IsOpen);
    }

    /// <summary>The snapshot at a later version, or null where it has to be built from nothing.</summary>
    public static async ValueTask<Snapshot?> TryUpdateAsync(
        Snapshot known, IGraphStore store, StoreVersion version, CancellationToken cancellation = default)
    {
        if (known.Entitlement.HasOwn || known.Stamp.SchemaHash != store.Catalog.Hash || known.Stamp.Version > version.Number) return null;
        if (await store.GetMarkAsync(known.Stamp.Version, cancellation) != known.Stamp.Mark) return null;
        var updater = new SnapshotUpdater(known, store, await known.Stamp.AtAsync(store, version, cancellation));
        return await updater.TryNumberAsync(cancellation) ? await updater.BuildAsync(cancellation) : null;
    }

    /// <summary>Numbers new nodes and notes the types that changed; false where a full build is due.</summary>
    private async ValueTask<bool> TryNumberAsync(CancellationToken cancellation)
    {
        var latest = new SortedDictionary<long, RecordedFact>();
        long last = -1;
        await foreach (var change in store.ReadChangesAsync(known.Stamp.Version, cancellation).WithCancellation(cancellation))
        {
            if (change.Version > stamp.Version) break;
            if (last < 0) last = change.Sequence - 1;
            if (change.Fact is RelationshipFact { Relationship: SchemaCatalog.SameAs } judgement)
            {
                var counts = entitled.IsOpenRecord(judgement.From) && entitled.IsOpenRecord(judgement.To);
                if (counts && (change.FirstSequence <= last || Clusters.Joins(judgement))) return false;
                continue;
            }

            if (!entitled.IsOpen(change.Fact)) continue;
            latest[change.FirstSequence] = change;
            if (latest.Count > 10_000 + (last / 4)) return false;
        }

        foreach (var (first, change) in latest)
        {
            if (change.Fact.Validity.From > stamp.AsOf) continue;
            if (first > last) NoteNew(change);
            else if (!TryNoteKnown(change)) return false;
        }

        return !await AnyNewIsJudgedAsync(cancellation);
    }

    /// <summary>Notes a change of a fact that was recorded before; false where it may move the numbers of nodes.</summary>
    private bool TryNoteKnown(RecordedFact change)
    {
        var members = known.Nodes.Members;
        foreach (var id in change.Fact.Ends)
        {
            var member = members.FindMember(id);
            var named = member < 0 ? long.MaxValue : members.FirstNamed[member];
            if (change.Kind == ChangeKind.Assert ? named > change.FirstSequence : named == change.FirstSequence) return false;
            if (member < 0) return true;
        }

        Note(change.Fact);
        return true;
    }

    private void NoteNew(RecordedFact change)
    {
        if (change.Kind == ChangeKind.Retract) return;
        foreach (var id in change.Fact.Ends) numbering.NodeOf(id, change.FirstSequence);
        Note(change.Fact);
    }

    /// <summary>
    /// Whether nothing changed on which holdings rest but holdings: no tie of a nominee or an arrangement, no office, and no
    /// company's kind, unless a company is new and no arrangement.
    /// </summary>
    private bool HoldingsAloneChanged(Snapshot updated)
    {
        if (relationships.Overlaps(["RELATED_TO", "OFFICER_OF"])) return false;
        return companies.TrueForAll(id =>
        {
            var (now, was) = (updated.Nodes.Find(id), known.Nodes.Find(id));
            var kind = updated.Nodes.Get(now, "kind");
            return was < 0 ? kind?.AsString() != "ARRANGEMENT" : kind == known.Nodes.Get(was, "kind");
        });
    }

    private void Note(Fact fact)
    {
        merge.Note(fact);
        if (fact is RelationshipFact { Relationship: "HOLDS" } held) holdings.Add(held);
        else if (fact is RelationshipFact other) relationships.Add(other.Relationship);
        else if (fact is NodeFact { Node: { Type: "Company" } id }) companies.Add(id);
        if (fact is RelationshipFact edge) relationshipTypes.Add(catalog.Relationship(edge.Relationship).Ordinal);
        else nodeTypes.Add(numbering.TypeOf(numbering.Find(((NodeFact)fact).Node)));
    }

    private async ValueTask<bool> AnyNewIsJudgedAsync(CancellationToken cancellation)
    {
        for (var type = 0; type < catalog.NodeTypes.Length; type++)
            if (numbering.HasNew(type)) nodeTypes.Add(type);
        if (!catalog.NodeTypes.Any(type => type.IsParty && numbering.HasNew(type.Ordinal))) return false;
        var matches = await Clusters.MatchesAsync(store, stamp.Version, cancellation);
        var clusters = Clusters.Of(matches, entitled.IsOpenRecord, entitled.IsOwnRecord).Open;
        return numbering.NewIds().Any(id => clusters.ClusterOf(id) >= 0);
    }

    private async ValueTask<Snapshot> BuildAsync(CancellationToken cancellation)
    {
        var mergedNodes = new NodeColumns?[catalog.NodeTypes.Length];
        foreach (var type in nodeTypes) mergedNodes[type] = await merge.TryMergeAsync(catalog.NodeTypes[type], cancellation);
        var mergedTables = new RelationshipTable?[catalog.RelationshipTypes.Length];
        foreach (var type in relationshipTypes) mergedTables[type] = await merge.TryMergeAsync(catalog.RelationshipTypes[type], cancellation);
        nodeTypes.RemoveWhere(type => mergedNodes[type] is not null);
        relationshipTypes.RemoveWhere(type => mergedTables[type] is not null);
        var nodes = new NodeColumnsBuilder?[catalog.NodeTypes.Length];
        foreach (var type in nodeTypes) nodes[type] = new NodeColumnsBuilder(catalog.NodeTypes[type]);
        var relationships = new RelationshipBuilder?[catalog.RelationshipTypes.Length];
        foreach (var type in relationshipTypes) relationships[type] = new RelationshipBuilder(catalog.RelationshipTypes[type]);

        var scope = new ReadScope(stamp.Version, stamp.AsOf) 
        {
            Types = TypesToRead(), DataSets = known.Entitlement.IsWhole ? DataSets.All : DataSets.Open,
        };
        if (scope.Types.Count > 0)
            await foreach (var recorded in store.ReadAsync(scope, cancellation).WithCancellation(cancellation))
                if (entitled.IsOpen(recorded.Fact)) Add(recorded.Fact, nodes, relationships);

        var columns = new NodeColumns[nodes.Length];
        for (var type = 0; type < nodes.Length; type++)
            columns[type] = mergedNodes[type] ?? nodes[type]?.Build(numbering.CountOf(type)) ?? known.Nodes.Columns[type];
        var zeros = new Section<int>(new int[numbering.Count + 1]);
        var updated = new Snapshot(catalog, stamp, numbering.ToTable(columns), [.. relationships.Select((builder, type) =>
            mergedTables[type] ?? builder?.Build(zeros) ?? known.Relationships[type].Over(zeros))]);
        if (HoldingsAloneChanged(updated)) updated.Holdings.Inherit(known.Holdings, holdings.Select(holding => numbering.Find(holding.To)));
        return known.Entitlement.IsWhole ? updated : updated.Under(known.Entitlement, entitled);
    }

    private void Add(Fact fact, NodeColumnsBuilder?[] nodes, RelationshipBuilder?[] relationships)
    {
        var holds = fact.Validity.Contains(stamp.AsOf);
        if (fact is RelationshipFact edge)
        {
            relationships[catalog.Relationship(edge.Relationship).Ordinal]!
                .Add(numbering.Find(edge.From), numbering.Find(edge.To), edge, holds);
            return;
        }

        var node = numbering.Find(((NodeFact)fact).Node);
        nodes[numbering.TypeOf(node)]?.Add(numbering.RowOf(node), (NodeFact)fact, holds);
    }

    /// <summary>The types that changed, and the types of records joined in nodes of another type that changed.</summary>
    private HashSet<string> TypesToRead()
    {
        HashSet<string> names =
        [
            .. nodeTypes.Select(type => catalog.NodeTypes[type].Name),
            .. relationshipTypes.Select(type => catalog.RelationshipTypes[type].GraphName),
        ];
        var types = known.Nodes.Types.Span;
        var memberTypes = known.Nodes.Members.MemberTypes.Span;
        var memberNodes = known.Nodes.Members.MemberNodes.Span;
        for (var member = 0; member < memberTypes.Length; member++)
            if (types[memberNodes[member]] != memberTypes[member] && nodeTypes.Contains(types[memberNodes[member]]))
                names.Add(catalog.NodeTypes[memberTypes[member]].Name);
        return names;
    }
}
