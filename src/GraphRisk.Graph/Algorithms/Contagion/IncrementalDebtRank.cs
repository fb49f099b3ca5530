using System.Collections.Immutable;
using GraphRisk.Graph.Algorithms.Structure;

namespace GraphRisk.Graph.Algorithms.Contagion;

/// <summary>
/// Linear DebtRank that is kept up to date: a changed shock or impact moves the losses from where it changed.
/// <para>
/// Holds for each node what has arrived (u = shock + Σ impact × passed) and what it has passed on (x); a node whose loss
/// min(1, u) is off x by more than the tolerance is due and passes the difference on, up or down. What is not passed on
/// is kept, so nothing adds up over many changes. That this leads to the least fixpoint rests on there being only one
/// among the nodes a shock reaches (<see cref="LinearDebtRank"/>); but a circle that no shock reaches any more could hold
/// itself up. So each reached node has a supporter, a neighbour from which the shock reaches it, the supporters forming
/// trees with the shocked nodes as roots. Where a tree is cut, its lower part seeks supporters outside itself, and what
/// finds none is set back to its own shock (delete and rederive, after Gupta, Mumick and Subrahmanian 1993).
/// </para>
/// <para>
/// Where a change has gone so far that a good part of all nodes is due, the sweeps of the full computation take over from
/// where the losses stand, which is near the end. So a change costs the edges of the nodes it moves, and of those below a
/// cut, and some sweeps over the network at most. Weights are copied at the first change of
/// an impact; impacts between new pairs are kept beside. Work ended by its meter is gone on with by the next
/// <see cref="Settle"/>. Not thread-safe.
/// </para>
/// </summary>
public sealed class IncrementalDebtRank
{
    /// <summary>One node due in so many makes it worth while to sweep over all.</summary>
    private const int ManyNodes = 16;

    private readonly ImpactRows rows;
    private readonly SupportForest support;
    private readonly double tolerance;
    private readonly double[] shocks;
    private readonly double[] arrived;
    private readonly double[] passed;
    private readonly Queue<int> due = new();
    private readonly bool[] isDue;
    private readonly bool[] isOut;
    private readonly LinearDebtRank solution;
    private bool isSweeping;

    /// <summary>Solves for a first shock.</summary>
    /// <param name="impacts">An edge from j to i with the part of i's equity that j's full default costs.</param>
    /// <param name="shock">Part of its equity each loses at first, 0 up.</param>
    /// <param name="tolerance">Differences at or below this are not passed on.</param>
    /// <param name="meter">Pays for it.</param>
    public IncrementalDebtRank(WeightedGraph impacts, ReadOnlySpan<double> shock, double tolerance = 1e-13, WorkMeter? meter = null)
    {
        this.tolerance = tolerance;
        var answer = DebtRank.Find(impacts, shock, new DebtRankParameters(DebtRankRule.Linear, tolerance), meter);
        rows = new ImpactRows(impacts);
        shocks = answer.Shocks;
        passed = (double[])answer.Passed.Clone();
        isDue = new bool[shocks.Length];
        isOut = new bool[shocks.Length];
        arrived = new double[shocks.Length];
        for (var node = 0; node < arrived.Length; node++) arrived[node] = answer.UncappedOf(node);
        solution = new LinearDebtRank(rows, shocks, arrived, passed, isOut, isFromBelow: false);
        support = new SupportForest(rows, Array.ConvertAll(shocks, IsRoot));
        for (var node = 0; node < arrived.Length; node++) Enqueue(node);
        Settle(meter);
    }

    /// <summary>Number of nodes.</summary>
    public int Count => shocks.Length;

    /// <summary>Part of its own equity a node has lost, 0 to 1, as of the last <see cref="Settle"/>.</summary>
    public double LossOf(int node) => Math.Min(1, arrived[node]);

    /// <summary>The loss of a node by others alone, without its shock, 0 to 1.</summary>
    public double ContagionOf(int node) => LossOf(node) - Math.Min(1, shocks[node]);

    /// <summary>What each neighbour cost a node, adding up to its loss by others; by source ascending.</summary>
    public ImmutableArray<EdgeLoss> TermsOf(int node)
    {
        var terms = ImmutableArray.CreateBuilder<EdgeLoss>();
        foreach (var (source, weight) in rows.In(node))
            if (weight * passed[source] is var amount and > 0) terms.Add(new EdgeLoss(source, node, amount));
        var (whole, lost) = (terms.Sum(term => term.Amount), ContagionOf(node));
        return [.. terms.Select(term => term with { Amount = term.Amount * (lost / whole) }).Where(term => term.Amount > 0).OrderBy(term => term.From)];
    }

    /// <summary>Changes what a node loses at first; the losses follow at the next <see cref="Settle"/>.</summary>
    /// <param name="node">The node.</param>
    /// <param name="shock">Part of its equity, 0 up.</param>
    public void SetShock(int node, double shock)
    {
        if (!(shock >= 0 && double.IsFinite(shock))) throw new ArgumentOutOfRangeException(nameof(shock), shock, "A shock is a number from 0 up.");
        arrived[node] += shock - shocks[node];
        shocks[node] = shock;
        SetBack(support.SetRoot(node, IsRoot(shock)));
        Enqueue(node);
    }

    /// <summary>Changes, adds or removes an impact; the losses follow at the next <see cref="Settle"/>.</summary>
    /// <param name="from">Whose default costs.</param>
    /// <param name="to">Whom it costs.</param>
    /// <param name="impact">Part of the latter's equity, all ties of the pair together; 0 for none.</param>
    public void SetImpact(int from, int to, double impact)
    {
        if (!(impact >= 0 && double.IsFinite(impact))) throw new ArgumentOutOfRangeException(nameof(impact), impact, "An impact is a number from 0 up.");
        var before = rows.Set(from, to, impact);
        arrived[to] += (impact - before) * passed[from];
        if (impact > 0) support.Reach(from, to);
        else SetBack(support.Cut(from, to));
        Enqueue(to);
    }

    /// <summary>Passes on what is due until nothing is.</summary>
    public void Settle(WorkMeter? meter = null)
    {
        var pays = meter ?? WorkMeter.Unlimited;
        while (isSweeping || due.Count > 0)
        {
            if (isSweeping || due.Count > Count / ManyNodes)
            {
                Sweep(pays);
                continue;
            }

            var node = due.Peek();
            pays.ChargeNode(rows.OutDegree(node));
            due.Dequeue();
            isDue[node] = false;
            if (support.IsReached(node)) PassOn(node, LossOf(node));
        }
    }

    private bool IsRoot(double shock) => shock > tolerance;

    /// <summary>Sweeps over all that are reached; ended by its meter, it is to be gone on with.</summary>
    private void Sweep(WorkMeter meter)
    {
        isSweeping = true;
        for (var node = 0; node < isOut.Length; node++) isOut[node] = !support.IsReached(node);
        solution.Solve(tolerance, meter);
        isSweeping = false;
        foreach (var node in due) isDue[node] = false;
        due.Clear();
    }

    private void Enqueue(int node)
    {
        if (isDue[node] || Math.Abs(LossOf(node) - passed[node]) <= tolerance) return;
        isDue[node] = true;
        due.Enqueue(node);
    }

    private void PassOn(int node, double whole)
    {
        var more = whole - passed[node];
        if (more == 0) return;
        passed[node] = whole;
        foreach (var (target, weight) in rows.Out(node))
        {
            arrived[target] += weight * more;
            support.Reach(node, target);
            Enqueue(target);
        }
    }

    /// <summary>Takes from nodes that no shock reaches any more all that they had through each other.</summary>
    private void SetBack(List<int> unreached)
    {
        foreach (var node in unreached) PassOn(node, 0);
        foreach (var node in unreached) arrived[node] = shocks[node];
    }
}
