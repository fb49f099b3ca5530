using GraphRisk.Graph.Algorithms.Structure;

namespace GraphRisk.Graph.Algorithms.Contagion;

/// <summary>
/// Linear DebtRank solved to its end: the least fixpoint of F(h) = min(1, s + W h).
/// <para>
/// F is concave and rising, so among the nodes that a shock reaches it has one fixpoint only (as for all concave maps
/// that lift zero: if g were another and t the largest number with h ≥ t g, then h = F(h) ≥ t F(g) + (1 - t) F(0), more
/// than t g once the shock has gone round); the others lose nothing. From any values at reached nodes, above or below, F
/// therefore leads to the answer, and the rounds need not be imitated:
/// </para>
/// <list type="bullet">
/// <item>while few nodes have something to pass on, the rounds themselves, which touch nothing else;</item>
/// <item>then sweeps in place (Gauss-Seidel), in which a node already uses what those before it have lost: about half as
/// many as rounds. A node that reached 1 from below stays there and is left out;</item>
/// <item>once the changes of two sweeps are in a steady ratio r, a leap to where they add up to, r / (1 - r) times the
/// last (Aitken 1926). It removes the slowest part of the error, which for a network is far slower than the rest (the
/// Perron root against the bulk of the spectrum). A leap too far is taken back by the sweeps that follow. When leaps no
/// longer help, none is made.</item>
/// </list>
/// <para>Ends when a sweep changes nobody by more than the tolerance. State: losses, the last changes. A sweep costs the edges.</para>
/// </summary>
internal sealed class LinearDebtRank
{
    private const int MostSweeps = 1_000_000;
    private const int NodesPerCharge = 512;

    /// <summary>Rounding of a sum: below this changes mean nothing.</summary>
    private const double Rounding = 1e-15;

    /// <summary>Changes that hardly shrink, or grow, lead to the cap within a leap of this ratio.</summary>
    private const double LargestRatio = 0.999999;

    private readonly ImpactRows rows;
    private readonly WorkMeter meter;
    private readonly double[] shocks;
    private readonly double[] losses;
    private readonly double[] changes;
    private readonly bool[] isSettled;
    private bool isFromBelow;
    private double ratio;
    private double formerRatio;
    private double changeAtLeap = double.PositiveInfinity;

    /// <param name="rows">The impacts.</param>
    /// <param name="shocks">Part of its equity each loses at first.</param>
    /// <param name="losses">What each is thought to lose; set to what it does.</param>
    /// <param name="isSettled">Nodes whose loss stays; grows.</param>
    /// <param name="isFromBelow">Whether no loss is thought above what it is.</param>
    /// <param name="meter">Pays for it.</param>
    public LinearDebtRank(ImpactRows rows, double[] shocks, double[] losses, bool[] isSettled, bool isFromBelow, WorkMeter meter)
    {
        (this.rows, this.shocks, this.losses, this.isSettled, this.isFromBelow, this.meter) = (rows, shocks, losses, isSettled, isFromBelow, meter);
        changes = new double[losses.Length];
    }

    /// <summary>Goes on where some first rounds stand.</summary>
    public static DebtRankAnswer Find(DebtRankRounds rounds)
    {
        while (!rounds.IsBroad && rounds.Round())
        {
        }

        if (!rounds.IsBroad) return rounds.Answer();
        var solution = new LinearDebtRank(new ImpactRows(rounds.Impacts), rounds.Shocks, rounds.Losses, new bool[rounds.Losses.Length], isFromBelow: true, rounds.Meter);
        var (sweeps, ended) = solution.Solve(rounds.Parameters.Tolerance);
        return new DebtRankAnswer(rounds.Impacts, rounds.Shocks, rounds.Losses, rounds.Losses, rounds.Count + sweeps, ended);
    }

    /// <summary>Sweeps until nobody changes by more than the tolerance; false where the sweeps are used up before.</summary>
    public (int Sweeps, bool Ended) Solve(double tolerance)
    {
        var (least, sinceLeap) = (Math.Max(Rounding, tolerance), 0);
        for (var sweep = 1; sweep <= MostSweeps; sweep++)
        {
            var change = Sweep();
            if (change <= least) return (sweep, true);
            if (++sinceLeap < 3 || !IsSteady || change >= changeAtLeap) continue;
            Leap();
            changeAtLeap = change;
            sinceLeap = 0;
        }

        return (MostSweeps, false);
    }

    private bool IsSteady => ratio > 0 && Math.Abs(ratio - formerRatio) <= 0.2 * Math.Abs(1 - ratio) + 1e-6;

    /// <summary>Sets each node's loss from the newest of the others; by how much the largest change is.</summary>
    private double Sweep()
    {
        var starts = rows.InStarts;
        var sources = rows.InSources;
        var weights = rows.InWeights;
        var (losses, shocks, changes, settled) = (this.losses, this.shocks, this.changes, isSettled);
        var (largest, product, square) = (0.0, 0.0, 0.0);
        for (var node = 0; node < losses.Length; node++)
        {
            if (node % NodesPerCharge == 0) meter.Charge(WorkUnit.Edges, NodesPerCharge + starts[Math.Min(losses.Length, node + NodesPerCharge)] - starts[node]);
            if (settled[node]) continue;
            var (start, count) = (starts[node], starts[node + 1] - starts[node]);
            var sum = shocks[node] + Gather(sources.Slice(start, count), weights.Slice(start, count), losses);
            if (rows.HasAdded) sum += rows.AddedTo(node, losses);
            var loss = Math.Min(1, sum);
            var (change, former) = (loss - losses[node], changes[node]);
            losses[node] = loss;
            changes[node] = change;
            product += change * former;
            square += former * former;
            largest = Math.Max(largest, Math.Abs(change));
            if (isFromBelow && loss == 1) settled[node] = true;
        }

        (formerRatio, ratio) = (ratio, square > 0 ? product / square : 0);
        return largest;
    }

    /// <summary>Sum of weights times values, in two strands that do not wait for each other.</summary>
    private static double Gather(ReadOnlySpan<int> sources, ReadOnlySpan<double> weights, double[] values)
    {
        var (one, other) = (0.0, 0.0);
        var i = 0;
        for (; i < sources.Length - 1 && i < weights.Length - 1; i += 2)
        {
            one += weights[i] * values[sources[i]];
            other += weights[i + 1] * values[sources[i + 1]];
        }

        return i < sources.Length ? one + other + (weights[i] * values[sources[i]]) : one + other;
    }

    private void Leap()
    {
        isFromBelow = false;
        var steady = Math.Min(ratio, LargestRatio);
        var factor = steady / (1 - steady);
        for (var node = 0; node < losses.Length; node++)
            if (changes[node] != 0) losses[node] = Math.Clamp(losses[node] + (factor * changes[node]), Math.Min(1, shocks[node]), 1);
    }
}
