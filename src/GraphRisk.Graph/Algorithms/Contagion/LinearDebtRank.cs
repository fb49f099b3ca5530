using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

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
/// many as rounds;</item>
/// <item>once the changes of two sweeps are in a steady ratio r, a leap to where they add up to, r / (1 - r) times the
/// last (Aitken 1926). It removes the slowest part of the error, which for a network is far slower than the rest (the
/// Perron root against the bulk of the spectrum). Where changes grow it leads to the cap. A leap too far is taken back by
/// the sweeps that follow. From then on each sweep is followed by a leap along that direction, by as much as the changes
/// point along it, so that only the quick rest is left to the sweeps (deflation, after Nicolaides 1987). When leaps no
/// longer help, none is made;</item>
/// <item>nodes at the cap are left out: for good where they reached it from below; else, where far more arrives than they
/// can lose, for a stage at a time.</item>
/// </list>
/// <para>
/// A sweep costs the wait for values from all over memory, so these are made small (iterative refinement, after Wilkinson
/// 1963 and Moler 1967). A stage seeks what is missing to what was passed on so far, x = min(1 - h, (s + W h - h) + W x), in single
/// precision: its error is a millionth of x, not of h. Then h grows by x, and what arrives, s + W h, by W x, in double
/// precision. Ends when no loss is off what was passed on by more than the tolerance, mostly after two stages. Cost: some
/// ten to twenty-five sweeps over the edges. Ended by its meter, it leaves what was passed on as the last stage did.
/// </para>
/// </summary>
internal sealed class LinearDebtRank
{
    private const int MostSweeps = 1_000_000;
    private const int NodesPerCharge = 512;

    /// <summary>Rounding of a sum: below this changes mean nothing.</summary>
    private const double Rounding = 1e-15;

    /// <summary>What a stage of single precision can tell, as a part of the largest number in it.</summary>
    private const double StageRounding = 1.0 / (1 << 21);

    /// <summary>Changes that hardly shrink, or grow, lead to the cap within a leap of this ratio.</summary>
    private const double LargestRatio = 0.999999;

    /// <summary>Changes below this part of what there is tell who is at the cap: a stage ends where those are many.</summary>
    private const double SortingOut = 1e-3;

    private readonly ImpactRows rows;
    private readonly double[] shocks;
    private readonly double[] arrived;
    private readonly double[] passed;
    private readonly bool[]? isOut;
    private readonly float[] more;
    private readonly float[] due;
    private readonly float[] room;
    private readonly float[] changes;
    private readonly int[] active;
    private readonly float[] direction;
    private int activeCount;
    private int cappedCount;
    private bool isFromBelow;
    private bool isAlongDirection;
    private double ratio;
    private double formerRatio;
    private double directionRatio;
    private double directionSquare;
    private double along;

    /// <param name="rows">The impacts.</param>
    /// <param name="shocks">Part of its equity each loses at first.</param>
    /// <param name="arrived">Shock and what was passed to each; grows to what is in the end.</param>
    /// <param name="passed">What each has passed on so far; grows to its loss.</param>
    /// <param name="isOut">Nodes that no shock reaches; null where nothing was passed on but by those it reaches.</param>
    /// <param name="isFromBelow">Whether nothing was passed on that is not lost.</param>
    public LinearDebtRank(ImpactRows rows, double[] shocks, double[] arrived, double[] passed, bool[]? isOut, bool isFromBelow)
    {
        (this.rows, this.shocks, this.arrived, this.passed, this.isOut, this.isFromBelow) = (rows, shocks, arrived, passed, isOut, isFromBelow);
        var count = shocks.Length;
        (more, due, room, changes, direction, active) = (new float[count], new float[count], new float[count], new float[count], new float[count], new int[count]);
    }

    /// <summary>Goes on where some first rounds stand.</summary>
    public static DebtRankAnswer Find(DebtRankRounds rounds)
    {
        while (!rounds.IsBroad && rounds.Round())
        {
        }

        if (!rounds.IsBroad) return rounds.Answer();
        var solution = new LinearDebtRank(new ImpactRows(rounds.Impacts), rounds.Shocks, rounds.Uncapped, rounds.Passed, isOut: null, isFromBelow: true);
        var (sweeps, ended) = solution.Solve(rounds.Parameters.Tolerance, rounds.Meter);
        var losses = Array.ConvertAll(rounds.Uncapped, whole => Math.Min(1, whole));
        return new DebtRankAnswer(rounds.Impacts, rounds.Shocks, losses, losses, rounds.Count + sweeps, ended);
    }

    /// <summary>Sweeps until no loss is off what was passed on by more than the tolerance; false where the sweeps are used up before.</summary>
    public (int Sweeps, bool Ended) Solve(double tolerance, WorkMeter meter)
    {
        var (least, sweeps) = (Math.Max(Rounding, tolerance), 0);
        isAlongDirection = directionSquare > 0;
        for (var off = Begin(); off > least; off = Begin())
        {
            if (sweeps >= MostSweeps) return (sweeps, false);
            sweeps += Stage(least, meter);
            End(meter);
            sweeps++;
        }

        return (sweeps, true);
    }

    private bool IsSteady => ratio > 0 && Math.Abs(ratio - formerRatio) <= (0.2 * Math.Min(ratio / 2, Math.Abs(1 - ratio))) + 1e-6;

    private bool IsGrowing => ratio > 1 && formerRatio > 0;

    /// <summary>What is missing of each node at the beginning of a stage; the most that is.</summary>
    private double Begin()
    {
        var largest = 0.0;
        Array.Clear(more);
        Array.Clear(changes);
        for (var node = 0; node < passed.Length; node++)
        {
            if (isOut is not null && isOut[node]) continue;
            due[node] = (float)(arrived[node] - passed[node]);
            room[node] = (float)(1 - passed[node]);
            largest = Math.Max(largest, Math.Abs(Math.Min(due[node], room[node])));
        }

        activeCount = 0;
        for (var node = 0; node < passed.Length; node++)
            if ((isOut is null || !isOut[node]) && !(Math.Abs(1 - passed[node]) <= Rounding && due[node] > 16 * largest)) active[activeCount++] = node;
        return largest;
    }

    /// <summary>Seeks what is missing, as well as single precision tells; in how many sweeps.</summary>
    private int Stage(double least, WorkMeter meter)
    {
        var (sinceLeap, changeAtLeap, formerChange) = (0, double.PositiveInfinity, double.PositiveInfinity);
        (ratio, formerRatio) = (0, 0);
        for (var sweep = 1; sweep <= MostSweeps; sweep++)
        {
            var (change, scale) = Sweep(meter);
            if (change <= Math.Max(least / 2, StageRounding * scale) || (change <= SortingOut * scale && cappedCount > activeCount / 4)) return sweep;
            if (change >= formerChange) isAlongDirection = false;
            formerChange = change;
            if (++sinceLeap >= 3 && (IsSteady || IsGrowing) && change < changeAtLeap)
            {
                Turn();
                Leap(ratio, 1);
                (changeAtLeap, sinceLeap, formerChange, isAlongDirection) = (change, 0, double.PositiveInfinity, ratio < LargestRatio);
            }
            else if (isAlongDirection)
            {
                Leap(directionRatio, along / directionSquare);
            }
        }

        return MostSweeps;
    }

    /// <summary>Sets what is missing of each node from the newest of the others; by how much it changes at most, and how much there is.</summary>
    private (double Change, double Scale) Sweep(WorkMeter meter)
    {
        var starts = rows.InStarts;
        ref var sources = ref MemoryMarshal.GetReference(rows.InSources);
        ref var weights = ref MemoryMarshal.GetReference(rows.InWeights);
        ref var values = ref MemoryMarshal.GetArrayDataReference(more);
        var hasAdded = rows.HasAdded;
        var (largest, scale, product, square, kept) = (0f, 0f, 0.0, 0.0, 0);
        (along, cappedCount) = (0, 0);
        for (var i = 0; i < activeCount; i++)
        {
            var node = active[i];
            var (start, end) = (starts[node], starts[node + 1]);
            if (i % NodesPerCharge == 0) meter.Charge(WorkUnit.Edges, Math.Min(NodesPerCharge, activeCount - i) * (1 + (long)starts[^1] / passed.Length));
            var sum = due[node] + Gather(ref Unsafe.Add(ref sources, start), ref Unsafe.Add(ref weights, start), end - start, ref values);
            if (hasAdded) sum += rows.AddedTo(node, more);
            var now = Math.Min(room[node], (float)sum);
            var (change, former) = (now - more[node], changes[node]);
            more[node] = now;
            changes[node] = change;
            product += change * former;
            square += former * former;
            along += change * direction[node];
            largest = Math.Max(largest, Math.Abs(change));
            scale = Math.Max(scale, Math.Abs(now));
            var isCapped = now == room[node];
            if (isCapped) cappedCount++;
            if (!isFromBelow || !isCapped) active[kept++] = node;
        }

        activeCount = kept;
        (formerRatio, ratio) = (ratio, square > 0 ? product / square : 0);
        return (largest, scale);
    }

    /// <summary>Sum of weights times values, in two strands that do not wait for each other.</summary>
    private static double Gather(ref int sources, ref double weights, int count, ref float values)
    {
        // Bounds are not checked: sources are node numbers of the graph, and checks would cost as much as the sum.
        var (one, other) = (0.0, 0.0);
        nint i = 0;
        for (; i < count - 1; i += 2)
        {
            one += Unsafe.Add(ref weights, i) * Unsafe.Add(ref values, (nint)Unsafe.Add(ref sources, i));
            other += Unsafe.Add(ref weights, i + 1) * Unsafe.Add(ref values, (nint)Unsafe.Add(ref sources, i + 1));
        }

        return i < count ? one + other + (Unsafe.Add(ref weights, i) * Unsafe.Add(ref values, (nint)Unsafe.Add(ref sources, i))) : one + other;
    }

    /// <summary>Takes the last changes for the direction in which the error is slow to go.</summary>
    private void Turn()
    {
        changes.CopyTo(direction, 0);
        (directionRatio, directionSquare) = (ratio, 0);
        foreach (var part in direction) directionSquare += part * part;
    }

    /// <summary>Goes to where changes by a steady ratio add up to.</summary>
    /// <param name="steady">The ratio.</param>
    /// <param name="times">Times the direction: the last change.</param>
    private void Leap(double steady, double times)
    {
        isFromBelow = false;
        steady = Math.Min(steady, LargestRatio);
        var factor = times * steady / (1 - steady);
        foreach (var node in active.AsSpan(0, activeCount))
            if (direction[node] != 0)
                more[node] = (float)Math.Clamp(more[node] + (factor * direction[node]), Math.Min(Math.Min(1, shocks[node]) - passed[node], room[node]), room[node]);
    }

    /// <summary>Passes on what was found to be missing.</summary>
    private void End(WorkMeter meter)
    {
        var starts = rows.InStarts;
        ref var sources = ref MemoryMarshal.GetReference(rows.InSources);
        ref var weights = ref MemoryMarshal.GetReference(rows.InWeights);
        ref var values = ref MemoryMarshal.GetArrayDataReference(more);
        meter.Charge(WorkUnit.Edges, passed.Length + starts[^1]);
        for (var node = 0; node < passed.Length; node++)
        {
            var (start, end) = (starts[node], starts[node + 1]);
            arrived[node] += Gather(ref Unsafe.Add(ref sources, start), ref Unsafe.Add(ref weights, start), end - start, ref values);
            if (rows.HasAdded) arrived[node] += rows.AddedTo(node, more);
        }

        for (var node = 0; node < passed.Length; node++) passed[node] += more[node];
    }
}
