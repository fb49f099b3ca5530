using System.Collections.Immutable;
using GraphRisk.Graph.Algorithms.Structure;

namespace GraphRisk.Graph.Algorithms.Contagion;

/// <summary>What one neighbour's failure cost one node along one edge.</summary>
/// <param name="From">The neighbour that failed, wholly or in part.</param>
/// <param name="To">Who bears the loss.</param>
/// <param name="Amount">The loss, above 0, in the unit of the measure it belongs to.</param>
public readonly record struct EdgeLoss(int From, int To, double Amount);

/// <summary>
/// Who cost whom how much along which edge.
/// <para>
/// In every measure over a network a loss is the weight of an edge times what its source failed by for each unit of it:
/// a claim times the part the debtor does not pay, an impact times the distress passed on. So no loss is stored: two
/// numbers a node give those of all edges, and a node's terms cost its incoming edges. Where a node cannot lose more
/// than it has, its terms are cut in one proportion, so that they add up to what it lost. Parallel edges have a term
/// each. Immutable and thread-safe.
/// </para>
/// </summary>
public sealed class LossAttribution
{
    private readonly WeightedGraph edges;
    private readonly double[] perUnit;
    private readonly double[]? losses;

    /// <param name="edges">An edge from who may fail to who bears it.</param>
    /// <param name="perUnit">For each source the loss on one unit of weight.</param>
    /// <param name="losses">What each node lost; its terms add up to it. Absent, the terms are whole.</param>
    internal LossAttribution(WeightedGraph edges, double[] perUnit, double[]? losses = null)
    {
        this.edges = edges;
        this.perUnit = perUnit;
        this.losses = losses;
    }

    /// <summary>The terms of a node's loss, by source ascending; none where it lost nothing through others.</summary>
    public ImmutableArray<EdgeLoss> Of(int node)
    {
        var scale = ScaleOf(node);
        if (!(scale > 0)) return [];
        var sources = edges.In.Neighbours(node);
        var weights = edges.InWeightsOf(node);
        var terms = ImmutableArray.CreateBuilder<EdgeLoss>();
        for (var i = 0; i < sources.Length; i++)
            if (scale * weights[i] * perUnit[sources[i]] is var amount and > 0) terms.Add(new EdgeLoss(sources[i], node, amount));
        return terms.ToImmutable();
    }

    /// <summary>The largest terms of a node's loss, largest first, at equal amounts by source.</summary>
    public ImmutableArray<EdgeLoss> Largest(int node, int count) =>
        [.. Of(node).OrderByDescending(term => term.Amount).ThenBy(term => term.From).Take(count)];

    /// <summary>What a node lost through all its neighbours.</summary>
    public double LossOf(int node) => losses?[node] ?? WholeOf(node);

    /// <summary>What a node's neighbours cost before any cut: more than <see cref="LossOf"/> where it had less to lose.</summary>
    public double WholeOf(int node)
    {
        var sources = edges.In.Neighbours(node);
        var weights = edges.InWeightsOf(node);
        var sum = 0.0;
        for (var i = 0; i < sources.Length; i++) sum += weights[i] * perUnit[sources[i]];
        return sum;
    }

    /// <summary>What a node's failure costs all its neighbours, before any cut.</summary>
    public double CausedBy(int node)
    {
        if (perUnit[node] == 0) return 0;
        var sum = 0.0;
        foreach (var weight in edges.OutWeightsOf(node)) sum += weight;
        return sum * perUnit[node];
    }

    private double ScaleOf(int node)
    {
        if (losses is null) return 1;
        return losses[node] > 0 && WholeOf(node) is var whole and > 0 ? losses[node] / whole : 0;
    }
}
