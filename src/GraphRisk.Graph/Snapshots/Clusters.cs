using System.Collections.Immutable;
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

    /// <summary>
    /// Which records are one party in the eyes of a viewer: by the matches between two records open to it or its own. Its own
    /// records that all matches together join are joined too, also where only a record it does not see ties them: that two of
    /// its own records are one client is disclosed to it. A record of its own that none of its facts names ties nothing.
    /// </summary>
    /// <param name="matches">The matches, each with the records it joins.</param>
    /// <param name="isOpen">Whether a record is open.</param>
    /// <param name="isOwn">Whether a record is the viewer's own.</param>
    /// <returns>Which records are one party by what is open alone, and which with the viewer's own.</returns>
    internal static (Clusters Open, Clusters Entitled) Of(
        IEnumerable<RelationshipFact> matches, Func<NodeId, bool> isOpen, Func<NodeId, bool> isOwn)
    {
        var (all, open, entitled) = (new Clusters(), new Clusters(), new Clusters());
        foreach (var match in matches)
        {
            all.Join(match.From, match.To);
            var (isFromOpen, isToOpen) = (isOpen(match.From), isOpen(match.To));
            if (isFromOpen && isToOpen) open.Join(match.From, match.To);
            if ((isFromOpen || isOwn(match.From)) && (isToOpen || isOwn(match.To))) entitled.Join(match.From, match.To);
        }

        var firstOwn = new Dictionary<int, NodeId>();
        foreach (var record in all.numbers.Keys.Where(isOwn).Order())
            if (!firstOwn.TryAdd(all.ClusterOf(record), record)) entitled.Join(firstOwn[all.ClusterOf(record)], record);
        return (open, entitled);
    }

    /// <summary>The matches a store knows at a version.</summary>
    internal static async ValueTask<List<RelationshipFact>> MatchesAsync(IGraphStore store, long atVersion, CancellationToken cancellation = default)
    {
        var matches = new List<RelationshipFact>();
        var scope = ReadScope.All(atVersion) with { Types = [SchemaCatalog.SameAs] };
        await foreach (var recorded in store.ReadAsync(scope, cancellation).WithCancellation(cancellation))
            if (recorded.Fact is RelationshipFact judgement && Joins(judgement)) matches.Add(judgement);
        return matches;
    }

    /// <summary>Every record that any match names, by cluster.</summary>
    internal IEnumerable<(NodeId Record, int Cluster)> Records => numbers.Keys.Select(record => (record, ClusterOf(record)));

    /// <summary>Numbers of records of the parties that any match names, in no order.</summary>
    public IReadOnlyCollection<int> Sizes()
    {
        var sizes = new Dictionary<int, int>();
        foreach (var (_, cluster) in Records) sizes[cluster] = sizes.GetValueOrDefault(cluster) + 1;
        return sizes.Values;
    }

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

    /// <summary>All records of the party that has a record, that one among them, ordered.</summary>
    public ImmutableArray<NodeId> RecordsWith(NodeId record) =>
        ClusterOf(record) is >= 0 and var cluster ? [.. Records.Where(one => one.Cluster == cluster).Select(one => one.Record).Order()] : [record];

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
