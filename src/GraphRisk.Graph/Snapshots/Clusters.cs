using GraphRisk.Graph.Facts;
using GraphRisk.Graph.Schema;
using GraphRisk.Graph.Store;

namespace GraphRisk.Graph.Snapshots;

/// <summary>
/// Which party records are one party: the connected components of the judgements with verdict MATCH (union-find with
/// path halving, Tarjan and van Leeuwen 1984). Judgements hold whatever the as-of date; what counts is when they became known.
/// </summary>
public sealed class Clusters
{
    private readonly Dictionary<NodeId, int> numbers = [];
    private readonly List<int> parents = [];

    /// <summary>No judgement at all: every record stands alone.</summary>
    public static Clusters None { get; } = new();

    /// <summary>Number of records that any match names.</summary>
    public int RecordCount => parents.Count;

    /// <summary>Reads the judgements a store knows at a version.</summary>
    public static ValueTask<Clusters> ReadAsync(IGraphStore store, long atVersion, CancellationToken cancellation = default) =>
        ReadAsync(store.ReadAsync(ReadScope.All(atVersion) with { Types = [SchemaCatalog.SameAs] }, cancellation), cancellation);

    /// <summary>Reads the judgements among the facts of a stream; other facts are passed over.</summary>
    public static async ValueTask<Clusters> ReadAsync(IAsyncEnumerable<RecordedFact> judgements, CancellationToken cancellation = default)
    {
        var clusters = new Clusters();
        await foreach (var recorded in judgements.WithCancellation(cancellation))
            if (recorded.Fact is RelationshipFact { Relationship: SchemaCatalog.SameAs } judgement && Joins(judgement))
                clusters.Join(judgement.From, judgement.To);
        return clusters;
    }

    /// <summary>Whether a judgement says that its two records are one party.</summary>
    internal static bool Joins(RelationshipFact judgement) =>
        judgement.Properties.TryGet("verdict", out var verdict) && verdict.AsString() == "MATCH";

    /// <summary>Number of the cluster a record is in; -1 where no match names it.</summary>
    public int ClusterOf(NodeId record) => numbers.TryGetValue(record, out var number) ? Root(number) : -1;

    private void Join(NodeId left, NodeId right)
    {
        var (first, second) = (Root(NumberOf(left)), Root(NumberOf(right)));
        if (first != second) parents[Math.Max(first, second)] = Math.Min(first, second);
    }

    private int NumberOf(NodeId record)
    {
        if (numbers.TryGetValue(record, out var number)) return number;
        numbers.Add(record, parents.Count);
        parents.Add(parents.Count);
        return parents.Count - 1;
    }

    private int Root(int number)
    {
        while (parents[number] != number) number = parents[number] = parents[parents[number]];
        return number;
    }
}
