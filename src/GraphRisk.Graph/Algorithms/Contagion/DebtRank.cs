using GraphRisk.Graph.Algorithms.Structure;

namespace GraphRisk.Graph.Algorithms.Contagion;

/// <summary>When a node passes its stress on.</summary>
public enum DebtRankRule
{
    /// <summary>Every increase is passed on (Bardoscia, Battiston, Caccioli and Caldarelli 2015).</summary>
    Linear,

    /// <summary>A node passes on what it has when it is first hit, and then no more (Battiston and others 2012).</summary>
    SingleHit,

    /// <summary>Only a node in default, its stress having reached 1, passes it on, once.</summary>
    Threshold,
}

/// <summary>How long stress is followed.</summary>
/// <param name="Rule">When a node passes its stress on.</param>
/// <param name="Tolerance">Increases at or below this are not passed on.</param>
/// <param name="MaxRounds">Rounds after which the propagation stops.</param>
public sealed record DebtRankParameters(DebtRankRule Rule, double Tolerance, int MaxRounds)
{
    /// <summary>Linear, to 1e-13, within 100,000 rounds.</summary>
    public static DebtRankParameters Default { get; } = new(DebtRankRule.Linear, 1e-13, 100_000);
}

/// <summary>Stress after a shock.</summary>
/// <param name="Stress">Part of each node's own initial equity that is lost, 0 to 1.</param>
/// <param name="Uncapped">The shock and all that was passed to the node, without the cap at 1.</param>
/// <param name="Rounds">Rounds run.</param>
/// <param name="Converged">Whether the last round passed nothing on.</param>
public sealed record DebtRankAnswer(double[] Stress, double[] Uncapped, int Rounds, bool Converged);

/// <summary>
/// DebtRank: how a loss of equity at some nodes becomes a loss at those that lent to them.
/// <para>
/// h(i) is the part of i's initial equity that is lost. In each round a node passes its latest increase to its lenders:
/// h(i) ← min(1, h(i) + Σ impact(j, i) · Δh(j)). The impact of j on i is i's exposure to j over i's equity and is not
/// capped, so a small hit can wipe out a thin lender. A node without equity is in default from the start; nothing is
/// divided by it. Under <see cref="DebtRankRule.Linear"/> the increases shrink as the powers of the impacts, or end at
/// the caps.
/// </para>
/// <para>
/// State: stress, the latest increases, and the list of nodes that have one. While those are few they push their
/// increases along their edges, so that a round costs only these; once they are many every node pulls along its incoming
/// edges instead, which reads memory in order (after Beamer, Asanović and Patterson 2012).
/// </para>
/// </summary>
public static class DebtRank
{
    /// <summary>Impacts from exposures: an edge from debtor to lender with exposure over the lender's equity.</summary>
    /// <param name="exposures">An edge from lender to debtor with the amount lent.</param>
    /// <param name="equity">Equity of each; zero or below means in default already.</param>
    public static WeightedGraph Impacts(WeightedGraph exposures, IReadOnlyList<double> equity) => WeightedGraph.Build(
        exposures.NodeCount,
        Enumerable.Range(0, exposures.NodeCount).Where(lender => equity[lender] > 0).SelectMany(lender =>
            Enumerable.Range(0, exposures.Out.Degree(lender)).Select(i =>
                (exposures.Out.Neighbours(lender)[i], lender, exposures.OutWeightsOf(lender)[i] / equity[lender]))));

    /// <summary>Stress after a shock.</summary>
    /// <param name="impacts">An edge from j to i with the part of i's equity that j's full default costs.</param>
    /// <param name="shock">Part of its equity each loses at first, 0 to 1; 1 for those in default already.</param>
    /// <param name="parameters">When stress is passed on and how long.</param>
    public static DebtRankAnswer Spread(WeightedGraph impacts, ReadOnlySpan<double> shock, DebtRankParameters parameters)
    {
        var spread = new Propagation(impacts, shock.ToArray(), parameters);
        while (spread.Round())
        {
        }

        return spread.Answer();
    }

    /// <summary>Sum of the weights times the stress that is more than the shock: the damage beyond the first hit, weights summing to 1.</summary>
    public static double AdditionalStress(DebtRankAnswer answer, ReadOnlySpan<double> shock, ReadOnlySpan<double> weights)
    {
        var (sum, whole) = (0.0, 0.0);
        for (var i = 0; i < weights.Length; i++)
        {
            sum += weights[i] * (answer.Stress[i] - Math.Min(1, shock[i]));
            whole += weights[i];
        }

        return whole == 0 ? 0 : sum / whole;
    }

    private sealed class Propagation
    {
        /// <summary>One node in so many makes it worth while to pull.</summary>
        private const int ManyNodes = 16;

        private readonly WeightedGraph impacts;
        private readonly DebtRankParameters parameters;
        private readonly double[] stress;
        private readonly double[] uncapped;
        private readonly double[] arriving;
        private readonly bool[] spent;
        private readonly double[] increases;
        private List<(int Node, double Amount)> passing = [];
        private int rounds;

        public Propagation(WeightedGraph impacts, double[] shock, DebtRankParameters parameters)
        {
            this.impacts = impacts;
            this.parameters = parameters;
            uncapped = shock;
            stress = Array.ConvertAll(shock, value => Math.Min(1, value));
            arriving = new double[shock.Length];
            spent = new bool[shock.Length];
            increases = new double[shock.Length];
            for (var node = 0; node < shock.Length; node++) Pass(node, stress[node]);
        }

        public DebtRankAnswer Answer() => new(stress, uncapped, rounds, passing.Count == 0);

        /// <summary>Passes on what is due; false where nothing is or the rounds are used up.</summary>
        public bool Round()
        {
            if (passing.Count == 0 || rounds == parameters.MaxRounds) return false;
            rounds++;
            var hit = passing.Count > stress.Length / ManyNodes ? Pull() : Push();
            passing = [];
            foreach (var node in hit) Take(node);
            return true;
        }

        private List<int> Push()
        {
            var hit = new List<int>();
            foreach (var (node, amount) in passing) Push(node, amount, hit);
            return hit;
        }

        private List<int> Pull()
        {
            foreach (var (node, amount) in passing) increases[node] = amount;
            var hit = new List<int>();
            for (var node = 0; node < arriving.Length; node++)
            {
                var sources = impacts.In.Neighbours(node);
                var weights = impacts.InWeightsOf(node);
                var sum = 0.0;
                for (var i = 0; i < sources.Length; i++) sum += weights[i] * increases[sources[i]];
                if (!(sum > 0)) continue;
                arriving[node] = sum;
                hit.Add(node);
            }

            foreach (var (node, _) in passing) increases[node] = 0;
            return hit;
        }

        private void Push(int node, double amount, List<int> hit)
        {
            var targets = impacts.Out.Neighbours(node);
            var weights = impacts.OutWeightsOf(node);
            for (var i = 0; i < targets.Length; i++)
            {
                if (arriving[targets[i]] == 0) hit.Add(targets[i]);
                arriving[targets[i]] += weights[i] * amount;
            }
        }

        private void Take(int node)
        {
            var (before, more) = (stress[node], arriving[node]);
            arriving[node] = 0;
            uncapped[node] += more;
            stress[node] = Math.Min(1, before + more);
            Pass(node, stress[node] - before);
        }

        /// <summary>Puts a node on the list of the next round where the rule has it pass something on.</summary>
        private void Pass(int node, double increase)
        {
            var amount = parameters.Rule switch
            {
                DebtRankRule.Linear => increase,
                DebtRankRule.SingleHit => spent[node] ? 0 : stress[node],
                _ => spent[node] || stress[node] < 1 ? 0 : 1,
            };
            if (!(amount > parameters.Tolerance)) return;
            spent[node] = true;
            passing.Add((node, amount));
        }
    }
}
