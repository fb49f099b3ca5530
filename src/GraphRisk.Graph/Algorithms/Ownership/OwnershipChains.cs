using System.Collections.Immutable;
using GraphRisk.Graph.Algorithms.Structure;
using QuikGraph;
using QuikGraph.Algorithms.ShortestPath;

namespace GraphRisk.Graph.Algorithms.Ownership;

/// <summary>A chain of holdings.</summary>
/// <param name="Parties">Nodes from the holder to the company, at least two, none twice.</param>
/// <param name="Shares">Direct shares in step: the first is what the first party holds of the second.</param>
/// <param name="Share">Product of the shares.</param>
public sealed record OwnershipChain(ImmutableArray<int> Parties, ImmutableArray<decimal> Shares, double Share);

/// <summary>Chains between a holder and a company.</summary>
/// <param name="Chains">Largest product first, then the shorter, then by nodes.</param>
/// <param name="IsComplete">False where the graph between the two was larger than the limit; the shortest chains were then searched.</param>
public sealed record OwnershipChainsAnswer(ImmutableArray<OwnershipChain> Chains, bool IsComplete);

/// <summary>
/// The k chains without repetition through which a holder owns most of a company: evidence for a look-through share.
/// <para>
/// What lies between the two (reached from the holder and reaching the company) is copied into a small graph with
/// lengths -ln(share), where the product of shares becomes a sum; Yen's algorithm (1971) then gives the k shortest
/// loopless paths. Where more lies between than the limit, the nodes on the shortest ways are taken: those whose steps
/// from the holder and to the company sum to least, so that all chains up to some number of steps are in. A share above 1 has length 0 and counts in full in the product that is reported; a share of nothing
/// is no edge. Cost k × nodes × Dijkstra on the copy, hence the limit on its size.
/// </para>
/// </summary>
public static class OwnershipChains
{
    private const int ReachPerNode = 100;

    // For each chain a shortest path is sought from each of its few nodes; measured, a node or edge of the copy costs about four microseconds.
    private const long StepsOfSpur = 400;

    /// <summary>The k best chains.</summary>
    /// <param name="holdings">The holdings.</param>
    /// <param name="holder">Node of the holder.</param>
    /// <param name="company">Node of the company; a chain back to the holder itself is never given.</param>
    /// <param name="count">Number of chains, at least 1.</param>
    /// <param name="nodeLimit">Nodes the graph between the two may have; on either side a hundred times as many are looked at.</param>
    /// <param name="meter">Pays for it: before Yen's algorithm, which cannot be broken off, for the most it may cost on the copy.</param>
    public static OwnershipChainsAnswer Best(
        HoldingGraph holdings, int holder, int company, int count, int nodeLimit = 500, WorkMeter? meter = null)
    {
        meter ??= WorkMeter.Unlimited;
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        if (holder == company) return new OwnershipChainsAnswer([], true);
        var below = BreadthFirst.Steps(holdings.Out, holder, ReachPerNode * nodeLimit, meter);
        var above = BreadthFirst.Steps(holdings.In, company, ReachPerNode * nodeLimit, meter);
        int[] all = [.. below.Keys.Where(above.ContainsKey).OrderBy(node => below[node] + above[node]).ThenBy(node => node)];
        var isComplete = all.Length <= nodeLimit && Math.Max(below.Count, above.Count) < ReachPerNode * nodeLimit;
        var between = all.Take(nodeLimit).ToHashSet();
        if (!between.Contains(holder) || !between.Contains(company)) return new OwnershipChainsAnswer([], isComplete);
        var graph = Copy(holdings, between);
        meter.Charge(count * StepsOfSpur * (graph.VertexCount + graph.EdgeCount));
        var chains = Shortest(graph, holder, company, count)
            .Select(path => Describe(holdings, path))
            .OrderByDescending(chain => chain.Share).ThenBy(chain => chain.Parties.Length)
            .ThenBy(chain => chain.Parties, Comparer<ImmutableArray<int>>.Create(static (left, right) => left.AsSpan().SequenceCompareTo(right.AsSpan())));
        return new OwnershipChainsAnswer([.. chains], isComplete);
    }

    private static AdjacencyGraph<int, EquatableTaggedEdge<int, double>> Copy(HoldingGraph holdings, HashSet<int> between)
    {
        var graph = new AdjacencyGraph<int, EquatableTaggedEdge<int, double>>(allowParallelEdges: false);
        graph.AddVertexRange(between.Order());
        foreach (var holder in between.Order())
            foreach (var holding in holdings.HeldBy(holder))
                if (holding.Equity.Share > 0 && holding.Company != holder && between.Contains(holding.Company))
                    graph.AddEdge(new EquatableTaggedEdge<int, double>(holder, holding.Company, Math.Max(0, -Math.Log((double)holding.Equity.Share))));
        return graph;
    }

    private static List<int[]> Shortest(AdjacencyGraph<int, EquatableTaggedEdge<int, double>> graph, int from, int to, int count)
    {
        try
        {
            var yen = new YenShortestPathsAlgorithm<int>(graph, from, to, count, edge => edge.Tag, null);
            return [.. yen.Execute().Select(path => (int[])[from, .. path.Select(edge => edge.Target)])];
        }
        catch (NoPathFoundException)
        {
            return [];
        }
    }

    private static OwnershipChain Describe(HoldingGraph holdings, int[] parties)
    {
        var shares = ImmutableArray.CreateBuilder<decimal>(parties.Length - 1);
        var product = 1.0;
        for (var i = 0; i + 1 < parties.Length; i++)
        {
            var at = holdings.Out.Neighbours(parties[i]).BinarySearch(parties[i + 1]);
            shares.Add(holdings.HeldBy(parties[i])[at].Equity.Share);
            product *= (double)shares[^1];
        }

        return new OwnershipChain([.. parties], shares.MoveToImmutable(), product);
    }
}
