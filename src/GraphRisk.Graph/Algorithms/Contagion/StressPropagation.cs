using System.Collections.Immutable;
using GraphRisk.Graph.Algorithms.Ownership;
using GraphRisk.Graph.Algorithms.Structure;
using GraphRisk.Graph.Snapshots;

namespace GraphRisk.Graph.Algorithms.Contagion;

/// <summary>What one neighbour adds to a party's stress, before the cap at 1.</summary>
/// <param name="From">Node of the neighbour.</param>
/// <param name="Channel">Along what.</param>
/// <param name="Amount">Weight of the tie times the neighbour's stress in the end, above 0.</param>
public readonly record struct StressSource(int From, StressChannel Channel, double Amount);

/// <summary>
/// Contagion over guarantees and ownership: how the distress of some parties becomes the stress of those who answer for
/// them, own them or are controlled by them.
/// <para>
/// Linear DebtRank (<see cref="DebtRank"/>) on three kinds of ties read off a snapshot: a guarantor takes from the
/// guaranteed, a holder from the company it holds, a company from the party that has its majority. Weights are in
/// <see cref="StressParameters"/> and never above 1. A party's stress is its own distress and what arrives, at most 1;
/// contagion is what exceeds its own. In a circle a part of a party's own distress comes back to it, weakened by every tie.
/// </para>
/// <para>
/// Own distress is an argument: a probability, a rating or a flag, 0 to 1. Prepared once a snapshot, thread-safe. Memory
/// two numbers a tie and direction; a round costs the ties of the parties whose stress grew.
/// </para>
/// </summary>
public sealed class StressPropagation
{
    private readonly WeightedGraph all;
    private readonly ImmutableArray<(StressChannel Channel, WeightedGraph Ties)> channels;
    private readonly StressParameters parameters;

    /// <param name="snapshot">The snapshot.</param>
    /// <param name="holdings">Its holdings.</param>
    /// <param name="parameters">Weights and limits.</param>
    public StressPropagation(Snapshot snapshot, HoldingGraph holdings, StressParameters? parameters = null)
    {
        this.parameters = parameters ?? StressParameters.Default;
        var count = snapshot.Nodes.Count;
        var ties = new StressTies(snapshot, holdings, this.parameters);
        channels =
        [
            (StressChannel.Guarantee, WeightedGraph.Build(count, ties.Guarantees())),
            (StressChannel.Holding, WeightedGraph.Build(count, ties.Holdings())),
            (StressChannel.Controller, WeightedGraph.Build(count, ties.Controllers())),
        ];
        all = WeightedGraph.Build(count, ties.Guarantees().Concat(ties.Holdings()).Concat(ties.Controllers()));
    }

    /// <summary>Stress of every node.</summary>
    /// <param name="own">Own distress of every node of the snapshot, 0 to 1.</param>
    public StressAnswer Spread(ReadOnlySpan<double> own)
    {
        var answer = DebtRank.Spread(all, own, new DebtRankParameters(DebtRankRule.Linear, parameters.Tolerance, parameters.MaxRounds));
        return new StressAnswer(this, own.ToArray(), answer);
    }

    internal ImmutableArray<StressSource> SourcesOf(int node, double[] stress, int count)
    {
        var found = new List<StressSource>();
        foreach (var (channel, ties) in channels)
        {
            var neighbours = ties.In.Neighbours(node);
            var weights = ties.InWeightsOf(node);
            for (var i = 0; i < neighbours.Length; i++)
                if (stress[neighbours[i]] * weights[i] is var amount and > 0) found.Add(new StressSource(neighbours[i], channel, amount));
        }

        return [.. found.OrderByDescending(source => source.Amount).ThenBy(source => source.From).ThenBy(source => source.Channel).Take(count)];
    }
}

/// <summary>Stress of every node after own distress has spread.</summary>
public sealed class StressAnswer
{
    private readonly StressPropagation propagation;
    private readonly double[] own;
    private readonly DebtRankAnswer spread;

    internal StressAnswer(StressPropagation propagation, double[] own, DebtRankAnswer spread)
    {
        this.propagation = propagation;
        this.own = own;
        this.spread = spread;
    }

    /// <summary>Own distress and contagion together, 0 to 1, by node.</summary>
    public ReadOnlySpan<double> Stress => spread.Stress;

    /// <summary>Whether the propagation came to its end within its rounds.</summary>
    public bool Converged => spread.Converged;

    /// <summary>What others add to a node's own distress, 0 to 1.</summary>
    public double ContagionOf(int node) => spread.Stress[node] - own[node];

    /// <summary>The neighbours that add most to a node's stress, largest first.</summary>
    public ImmutableArray<StressSource> SourcesOf(int node, int count) => propagation.SourcesOf(node, spread.Stress, count);
}
