using GraphQL;
using GraphRisk.Graph.Facts;
using GraphRisk.Graph.Store;
using GraphRisk.Server.Nodes;
using GraphRisk.Server.Security;
using GraphRisk.Server.Sessions;

namespace GraphRisk.Server.Records;

/// <summary>
/// Reads the facts behind what a view shows, as the view's version knows them and no others than the view covers, in the order of
/// their first recording.
/// </summary>
internal sealed class FactReads(GraphSession session)
{
    /// <summary>Steps of asking the store for one record's facts.</summary>
    private const int StepsOfRead = 30_000;

    /// <summary>Relationships of a company beyond which those of one type are not searched for among them.</summary>
    private const int MostTies = 2_000;

    /// <summary>The facts about the records joined in a node.</summary>
    public async Task<IReadOnlyList<RecordedFact>> OfNodeAsync(NodeHandle handle, IResolveFieldContext context)
    {
        var found = new List<RecordedFact>();
        foreach (var member in handle.View.Snapshot.Nodes.MembersOf(handle.Number))
        {
            context.Meter().Charge(StepsOfRead);
            found.AddRange(await session.Store.FindAsync(member, handle.View.Version, cancellation: context.CancellationToken));
        }

        return Covered(found, handle);
    }

    /// <summary>The facts that state relationships of one type between the two nodes of a relationship.</summary>
    public async Task<IReadOnlyList<RecordedFact>> OfEdgeAsync(RelationshipHandle edge, IResolveFieldContext context)
    {
        // The end with fewer relationships of the type: a broker may have a million.
        var (one, other) = DegreeOf(edge, edge.Near.Number) <= DegreeOf(edge, edge.Far.Number) ? (edge.Near, edge.Far) : (edge.Far, edge.Near);
        context.Meter().Charge(StepsOfRead + ((long)StepsOfRead * DegreeOf(edge, one.Number) / 10));
        var nodes = edge.Near.View.Snapshot.Nodes;
        var found = new List<RecordedFact>();
        foreach (var member in nodes.MembersOf(one.Number))
            foreach (var recorded in await session.Store.FindAsync(member, one.View.Version, withRelationships: true, context.CancellationToken))
                if (recorded.Fact is RelationshipFact fact && fact.Relationship == edge.Table.Type.GraphName
                    && (nodes.Find(fact.From), nodes.Find(fact.To)) is var ends
                    && (ends == (one.Number, other.Number) || ends == (other.Number, one.Number)))
                    found.Add(recorded);
        return Covered(found, edge.Near);
    }

    /// <summary>The facts that state holdings in a company; null of one with more relationships than are read.</summary>
    public async Task<IReadOnlyList<RecordedFact>?> OfHoldingsAsync(NodeHandle company, IResolveFieldContext context)
    {
        var snapshot = company.View.Snapshot;
        var ties = snapshot.Relationships.Sum(table => (long)table.In.Degree(company.Number) + table.Out.Degree(company.Number));
        if (ties > MostTies) return null;
        context.Meter().Charge(StepsOfRead + (StepsOfRead * ties / 10));
        var found = new List<RecordedFact>();
        foreach (var member in snapshot.Nodes.MembersOf(company.Number))
            foreach (var recorded in await session.Store.FindAsync(member, company.View.Version, withRelationships: true, context.CancellationToken))
                if (recorded.Fact is RelationshipFact { Relationship: "HOLDS" } fact && snapshot.Nodes.Find(fact.To) == company.Number) found.Add(recorded);
        return Covered(found, company);
    }

    private static List<RecordedFact> Covered(IEnumerable<RecordedFact> found, NodeHandle about) =>
    [
        .. found.Where(recorded => recorded.Kind == ChangeKind.Assert && recorded.Fact.Validity.From <= about.View.Stamp.AsOf && about.View.Snapshot.Covers(recorded.Fact))
            .OrderBy(recorded => recorded.FirstSequence)
            .DistinctBy(recorded => recorded.Fact.Id),
    ];

    private static int DegreeOf(RelationshipHandle edge, int node) => edge.Table.Out.Degree(node) + edge.Table.In.Degree(node);
}
