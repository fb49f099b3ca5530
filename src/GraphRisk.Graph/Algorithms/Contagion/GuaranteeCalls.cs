using System.Collections.Immutable;
using GraphRisk.Graph.Algorithms.Linear;
using GraphRisk.Graph.Algorithms.Structure;

namespace GraphRisk.Graph.Algorithms.Contagion;

/// <summary>What is called under guarantees.</summary>
/// <param name="Calls">Called from each as guarantor, in money.</param>
/// <param name="Shortfalls">What each lacks to pay its debt and the calls on it.</param>
/// <param name="Residual">The part of each shortfall that no guarantee takes over: its creditors bear it.</param>
/// <param name="CallRounds">Round in which each is first short, from 0 on; -1 for those that can pay.</param>
/// <param name="Rounds">Rounds in which somebody fell short.</param>
/// <param name="Attribution">For whom each guarantor was called and for how much: the terms of <paramref name="Calls"/>.</param>
/// <param name="Unpaid">For whom each guarantor was called what nobody pays: terms of its <paramref name="Residual"/>, the rest of which lies on its own debt.</param>
/// <param name="Recourse">Whose share each guarantor paid beyond its own, and may demand back from it.</param>
public sealed record GuaranteeCallsAnswer(
    ImmutableArray<double> Calls, ImmutableArray<double> Shortfalls, ImmutableArray<double> Residual,
    ImmutableArray<int> CallRounds, int Rounds, LossAttribution Attribution, LossAttribution Unpaid, LossAttribution Recourse);

/// <summary>
/// Calls along chains and circles of guarantees.
/// <para>
/// Who cannot pay its debt and the calls on it from its assets has a shortfall; its guarantors are called for it, each
/// for what it covers (<see cref="GuaranteeNetwork"/>); where that exceeds the whole it is cut pro rata, so that nothing is called twice. A
/// guarantee covers a debt: no more is called for a debtor than its own debt. So each guarantor answers for its share, as
/// where shares are agreed (按份, Civil Code of the PRC art. 699); where none are, what one cannot pay then moves to the others
/// (<see cref="JointCalls"/>).
/// What a guarantor then lacks is called from its guarantors in turn. In a circle this goes round until a guarantor can pay or the guarantees are exhausted.
/// </para>
/// <para>
/// The answer is the least fixpoint of these calls, beginning at none. Going round and round until nothing grows would
/// reach it too, but a circle of guarantors that are all a little short grows by that little on each lap. So rounds add
/// debtors, not laps: with the set of those who are short fixed, what is called for each is min(ceiling, a + M x), a
/// concave rising function whose fixpoint above the last round's is one only; it is found from above, all called in
/// full, by taking those off the ceiling who are not and solving the linear system of the rest (as fictitious default
/// does for clearing, upside down). Then more may be short. Sets only grow, so the end comes after at most as many rounds
/// as debtors, whatever the circles. Parallel guarantees add up; a guarantee for oneself is none. Cost: rounds × (edges
/// + solutions over those short).
/// </para>
/// </summary>
public static class GuaranteeCalls
{
    private const double Tolerance = 1e-12;
    private const int DenseLimit = 1500;

    /// <summary>The calls that follow from assets and debts.</summary>
    /// <param name="network">Who answers for whom.</param>
    /// <param name="assets">What each can pay with, not negative.</param>
    /// <param name="debt">What each owes, guarantees apart, not negative.</param>
    /// <param name="meter">Pays for it.</param>
    public static GuaranteeCallsAnswer Find(GuaranteeNetwork network, ReadOnlySpan<double> assets, ReadOnlySpan<double> debt, WorkMeter? meter = null)
    {
        var calls = new Calls(network, assets.ToArray(), debt.ToArray(), meter ?? WorkMeter.Unlimited);
        while (calls.Round())
        {
        }

        return calls.Answer();
    }

    private sealed class Calls
    {
        private readonly double[] assets;
        private readonly double[] debt;
        private readonly GuaranteeNetwork network;
        private readonly double[] ceilings;
        private readonly WorkMeter meter;
        private readonly WeightedGraph parts;
        private readonly double[] covered;
        private readonly double[] taken;
        private readonly int[] rounds;
        private int round;

        public Calls(GuaranteeNetwork network, double[] assets, double[] debt, WorkMeter meter)
        {
            this.network = network;
            this.assets = assets;
            this.debt = debt;
            this.meter = meter;
            (parts, covered) = Parts(network.Coverage);
            ceilings = network.Most.ToArray();
            for (var node = 0; node < debt.Length; node++) ceilings[node] = Math.Min(debt[node], ceilings[node]);
            taken = new double[debt.Length];
            rounds = new int[debt.Length];
            Array.Fill(rounds, -1);
        }

        /// <summary>Finds who is short given what is called so far, and calls for all of them; false where nobody more is.</summary>
        public bool Round()
        {
            var grown = false;
            for (var node = 0; node < debt.Length; node++)
            {
                if (rounds[node] >= 0) continue;
                meter.ChargeNode(parts.In.Degree(node));
                if (!(Lacks(node) > Tolerance * Math.Max(1, debt[node]))) continue;
                rounds[node] = round;
                grown = true;
            }

            if (!grown) return false;
            round++;
            Call([.. Enumerable.Range(0, rounds.Length).Where(node => rounds[node] >= 0)]);
            return true;
        }

        public GuaranteeCallsAnswer Answer()
        {
            var (calls, shortfalls, residual) = (new double[debt.Length], new double[debt.Length], new double[debt.Length]);
            var (left, lost) = (new double[debt.Length], new double[debt.Length]);
            for (var node = 0; node < debt.Length; node++)
            {
                calls[node] = CalledFrom(node);
                shortfalls[node] = rounds[node] < 0 ? 0 : Math.Max(0, Lacks(node));
                residual[node] = Math.Max(0, shortfalls[node] - (taken[node] * covered[node]));
                left[node] = rounds[node] < 0 ? Math.Max(0, -Lacks(node)) : 0;
                lost[node] = residual[node] > 0 ? residual[node] / (debt[node] + calls[node]) : 0;
            }

            var moved = new JointCalls(parts, network, taken, left, lost, meter);
            moved.Run();
            var given = WeightedGraph.Build(debt.Length, moved.Recourse);
            for (var node = 0; node < debt.Length; node++)
            {
                var less = given.OutWeightsOf(node).ToArray().Sum();
                calls[node] += given.InWeightsOf(node).ToArray().Sum() - less;
                (shortfalls[node], residual[node]) = (shortfalls[node] - less, Math.Max(0, residual[node] - less));
            }

            return new GuaranteeCallsAnswer(
                [.. calls], [.. shortfalls], [.. residual], [.. rounds], round,
                given.Out.EdgeCount == 0 ? new LossAttribution(parts, taken) : Along(moved.Amounts), Along(moved.Unpaid), Whole(given));
        }

        /// <summary>Amounts along the edges, whose units cost themselves.</summary>
        private LossAttribution Along(double[] amounts) => Whole(WeightedGraph.Build(
            debt.Length, Enumerable.Range(0, amounts.Length).Select(edge => (parts.Out.Source(edge), parts.Out.Target(edge), amounts[edge]))));

        private LossAttribution Whole(WeightedGraph amounts)
        {
            var ones = new double[debt.Length];
            Array.Fill(ones, 1);
            return new LossAttribution(amounts, ones);
        }

        /// <summary>Coverage cut to the whole, self-guarantees left out; and how much of each is covered.</summary>
        private static (WeightedGraph Parts, double[] Covered) Parts(WeightedGraph coverage)
        {
            var others = WeightedGraph.Build(coverage.NodeCount, Edges(coverage, _ => 1));
            var whole = new double[coverage.NodeCount];
            for (var debtor = 0; debtor < whole.Length; debtor++)
                foreach (var part in others.OutWeightsOf(debtor)) whole[debtor] += part;
            return (WeightedGraph.Build(coverage.NodeCount, Edges(others, debtor => Math.Max(1, whole[debtor]))), Array.ConvertAll(whole, part => Math.Min(1, part)));
        }

        private static IEnumerable<(int From, int To, double Weight)> Edges(WeightedGraph graph, Func<int, double> divisor)
        {
            for (var debtor = 0; debtor < graph.NodeCount; debtor++)
                for (var edge = graph.Out.Range(debtor).Start; edge < graph.Out.Range(debtor).End; edge++)
                    if (graph.Out.Target(edge) != debtor) yield return (debtor, graph.Out.Target(edge), graph.OutWeights[edge] / divisor(debtor));
        }

        private double Lacks(int node) => debt[node] + CalledFrom(node) - assets[node];

        private double CalledFrom(int node)
        {
            var debtors = parts.In.Neighbours(node);
            var covers = parts.InWeightsOf(node);
            var sum = 0.0;
            for (var i = 0; i < debtors.Length; i++) sum += covers[i] * taken[debtors[i]];
            return sum;
        }

        /// <summary>What is called for those who are short, the others being able to pay.</summary>
        private void Call(int[] active)
        {
            foreach (var node in active) taken[node] = ceilings[node];
            for (var below = Below(active, []); below.Length > 0;)
            {
                Solve(below);
                var next = Below(active, below);
                if (next.Length == below.Length) return;
                below = next;
            }
        }

        /// <summary>Those whose shortfall is below the most that is called for them, ascending, and those found so before.</summary>
        private int[] Below(int[] active, int[] known)
        {
            meter.Charge(WorkUnit.Nodes, active.Length);
            return [.. active.Where(node => Array.BinarySearch(known, node) >= 0 || Lacks(node) < ceilings[node] * (1 - Tolerance))];
        }

        private void Solve(int[] below)
        {
            foreach (var node in below) taken[node] = 0;
            var given = Array.ConvertAll(below, Lacks);
            var among = SparseMatrix.Among(parts, below);
            var matrix = new SparseMatrix(among.Size, among.Columns, among.Rows, among.Weights);
            var solution = (double[])given.Clone();
            var system = LeontiefSystem.Of(matrix, DenseLimit, meter);
            if (system.Converges) system.Solve(solution, meter);
            else solution = DescendingSolution.Find(Array.ConvertAll(below, node => ceilings[node]), matrix, given, meter);
            for (var i = 0; i < below.Length; i++) taken[below[i]] = Math.Clamp(solution[i], 0, ceilings[below[i]]);
        }
    }
}
