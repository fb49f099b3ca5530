using System.Collections.Immutable;
using GraphRisk.Graph.Algorithms.Structure;

namespace GraphRisk.Graph.Algorithms.Contagion;

/// <summary>What of its distress a node passes on, and when.</summary>
public enum DebtRankRule
{
    /// <summary>Every increase is passed on (Bardoscia, Battiston, Caccioli and Caldarelli 2015).</summary>
    Linear,

    /// <summary>A node passes on what it has when it is first hit, and then no more (Battiston and others 2012).</summary>
    SingleHit,

    /// <summary>Only a node in default, its loss having reached 1, passes it on, once.</summary>
    Threshold,

    /// <summary>Every increase of its probability of default is passed on (Bardoscia, Caccioli, Perotti, Vivaldo and Caldarelli 2016).</summary>
    Differential,
}

/// <summary>How distress is followed.</summary>
/// <param name="Rule">What a node passes on.</param>
/// <param name="Tolerance">Increases at or below this are not passed on.</param>
/// <param name="MaxRounds">Rounds after which the propagation stops; absent, it goes on until nothing is passed on.</param>
/// <param name="Alpha">Only of the differential rule: how late distress turns into probability of default, 0 (linear) up.</param>
public sealed record DebtRankParameters(DebtRankRule Rule, double Tolerance, int? MaxRounds = null, double Alpha = 0)
{
    /// <summary>Linear, to 1e-13, to the end.</summary>
    public static DebtRankParameters Default { get; } = new(DebtRankRule.Linear, 1e-13);
}

/// <summary>Losses after a shock.</summary>
/// <param name="Impacts">The network they ran through.</param>
/// <param name="Shocks">Part of its own equity each lost at first.</param>
/// <param name="Losses">Part of its own equity each has lost in the end, 0 to 1.</param>
/// <param name="Passed">What each has passed on in all, 0 to 1: its loss, or what the rule makes of it.</param>
/// <param name="Rounds">Rounds run, or sweeps over the network.</param>
/// <param name="Converged">Whether nothing is left to be passed on.</param>
public sealed record DebtRankAnswer(WeightedGraph Impacts, double[] Shocks, double[] Losses, double[] Passed, int Rounds, bool Converged)
{
    /// <summary>Whose distress cost whom which part of its equity: a node's terms add up to its loss beyond the shock.</summary>
    public LossAttribution Attribution => AttributionOver(Impacts);

    /// <summary>The loss of a node by others alone, without its shock, 0 to 1.</summary>
    public double ContagionOf(int node) => Losses[node] - Math.Min(1, Shocks[node]);

    /// <summary>The shock and all that was passed to a node, without the cap at 1; what exceeds 1 its creditors bear.</summary>
    public double UncappedOf(int node) => Shocks[node] + Claims(Impacts).WholeOf(node);

    /// <summary>
    /// The same terms over some of the impacts, such as those of one kind of tie: over all kinds they add up to the loss
    /// by others.
    /// </summary>
    /// <param name="layer">Edges of <see cref="Impacts"/>, with the same nodes and weights.</param>
    public LossAttribution AttributionOver(WeightedGraph layer)
    {
        if (ReferenceEquals(layer, Impacts)) return new LossAttribution(layer, Passed, ByOthers(_ => 1));
        var (here, everywhere) = (Claims(layer), Claims(Impacts));
        return new LossAttribution(layer, Passed, ByOthers(node => everywhere.WholeOf(node) is var whole and > 0 ? here.WholeOf(node) / whole : 0));
    }

    /// <summary>What the claims of a network lose when each debtor is worth less by what it passed on, in money.</summary>
    public LossAttribution Claims(WeightedGraph owed) => new(owed, Passed);

    /// <summary>DebtRank of the shock: the part of the whole that is lost beyond it, nodes counting by their weights.</summary>
    public double Value(ReadOnlySpan<double> weights)
    {
        var (sum, whole) = (0.0, 0.0);
        for (var node = 0; node < weights.Length; node++)
        {
            sum += weights[node] * ContagionOf(node);
            whole += weights[node];
        }

        return whole == 0 ? 0 : sum / whole;
    }

    private double[] ByOthers(Func<int, double> part) => [.. Enumerable.Range(0, Losses.Length).Select(node => ContagionOf(node) * part(node))];
}

/// <summary>
/// DebtRank: how a loss of equity at some nodes becomes a loss at those that lent to them.
/// <para>
/// h(i) is the part of i's initial equity that is lost. In each round a node passes on to its lenders what it has become
/// worse by: h(i) ← min(1, h(i) + Σ impact(j, i) · Δp(j)). The impact of j on i is i's exposure to j over i's equity and
/// is not capped, so a small hit can wipe out a thin lender. A node without equity is in default from the start; nothing
/// is divided by it. p is h itself under <see cref="DebtRankRule.Linear"/>; under
/// <see cref="DebtRankRule.Differential"/> it is the probability of default p(h) = h · exp(α (h - 1)) of the non-linear
/// DebtRank of 2016, of which each round passes on p(h(t)) - p(h(t - 1)). (Literature also calls the linear rule
/// differential, for passing on differences; it is the case α = 0. As α grows only defaults count, as under
/// <see cref="DebtRankRule.Threshold"/>.)
/// </para>
/// <para>
/// Each edge's term is its impact times what its source passed on in all; a node's terms and its shock are its loss,
/// or exceed it where the node had less to lose. Linear and unlimited in rounds, the loss is the least fixpoint of
/// h = min(1, s + W h) and is solved for (<see cref="LinearDebtRank"/>); otherwise the rounds are run
/// (<see cref="DebtRankRounds"/>). <see cref="IncrementalDebtRank"/> keeps it up to date. Cost: see there.
/// </para>
/// </summary>
public static class DebtRank
{
    /// <summary>Impacts within a network: for each debt an edge from debtor to creditor, its amount over the creditor's equity.</summary>
    public static WeightedGraph Impacts(LiabilityNetwork network)
    {
        var owed = network.Owed;
        var from = new int[owed.Out.EdgeCount];
        var weights = new double[from.Length];
        for (var debtor = 0; debtor < owed.NodeCount; debtor++)
        {
            var (start, end) = owed.Out.Range(debtor);
            for (var edge = start; edge < end; edge++)
            {
                from[edge] = debtor;
                weights[edge] = network.Equity[owed.Out.Target(edge)] is var equity and > 0 ? owed.OutWeights[edge] / equity : 0;
            }
        }

        return WeightedGraph.Build(owed.NodeCount, from, owed.Out.Targets.ToArray(), weights);
    }

    /// <summary>Losses within a network after a shock; those without equity are in default from the start.</summary>
    /// <param name="network">Debts and equity.</param>
    /// <param name="shock">Part of its equity each loses at first, 0 up.</param>
    /// <param name="parameters">What is passed on and how long.</param>
    /// <param name="meter">Pays for it.</param>
    public static DebtRankAnswer Find(LiabilityNetwork network, ReadOnlySpan<double> shock, DebtRankParameters parameters, WorkMeter? meter = null)
    {
        var first = shock.ToArray();
        for (var node = 0; node < first.Length; node++)
            if (!(network.Equity[node] > 0)) first[node] = 1;
        return Find(Impacts(network), first, parameters, meter);
    }

    /// <summary>Losses after a shock.</summary>
    /// <param name="impacts">An edge from j to i with the part of i's equity that j's full default costs.</param>
    /// <param name="shock">Part of its equity each loses at first, 0 up; 1 for those in default already.</param>
    /// <param name="parameters">What is passed on and how long.</param>
    /// <param name="meter">Pays for it.</param>
    /// <exception cref="ArgumentException">A shock is negative or not a number, or there is not one for each node.</exception>
    public static DebtRankAnswer Find(WeightedGraph impacts, ReadOnlySpan<double> shock, DebtRankParameters parameters, WorkMeter? meter = null)
    {
        if (shock.Length != impacts.NodeCount) throw new ArgumentException($"There are {impacts.NodeCount} nodes and {shock.Length} shocks.", nameof(shock));
        foreach (var part in shock)
            if (!(part >= 0 && double.IsFinite(part))) throw new ArgumentException($"{part} is not a shock.", nameof(shock));
        var rounds = new DebtRankRounds(impacts, shock.ToArray(), parameters, meter ?? WorkMeter.Unlimited);
        if (parameters is { Rule: DebtRankRule.Linear, MaxRounds: null }) return LinearDebtRank.Find(rounds);
        while (rounds.Round())
        {
        }

        return rounds.Answer();
    }
}
