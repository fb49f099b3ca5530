using GraphRisk.Graph.Algorithms.Structure;

namespace GraphRisk.Graph.Algorithms.Contagion;

/// <summary>
/// The rounds of DebtRank as they are defined, all nodes at the same time.
/// <para>
/// State: losses, what each has passed on, what it is to pass on next, and the list of nodes that have something to pass
/// on. While those are few they push it along their edges, so that a round costs only these; once they are many every
/// node pulls along its incoming edges instead, which reads memory in order (after Beamer, Asanović and Patterson 2012).
/// </para>
/// </summary>
internal sealed class DebtRankRounds
{
    /// <summary>One node in so many makes it worth while to pull.</summary>
    private const int ManyNodes = 16;

    private readonly double[] arriving;
    private readonly double[] due;
    private readonly int[] passing;
    private readonly int[] hit;
    private int passingCount;
    private int hitCount;

    public DebtRankRounds(WeightedGraph impacts, double[] shocks, DebtRankParameters parameters, WorkMeter meter)
    {
        (Impacts, Shocks, Parameters, Meter) = (impacts, shocks, parameters, meter);
        Uncapped = (double[])shocks.Clone();
        Losses = Array.ConvertAll(shocks, shock => Math.Min(1, shock));
        Passed = new double[shocks.Length];
        arriving = new double[shocks.Length];
        due = new double[shocks.Length];
        passing = new int[shocks.Length];
        hit = new int[shocks.Length];
        for (var node = 0; node < shocks.Length; node++) Queue(node);
    }

    public WeightedGraph Impacts { get; }

    public double[] Shocks { get; }

    /// <summary>Shock and what has arrived, without the cap.</summary>
    public double[] Uncapped { get; }

    public double[] Losses { get; }

    public double[] Passed { get; }

    public DebtRankParameters Parameters { get; }

    public WorkMeter Meter { get; }

    public int Count { get; private set; }

    /// <summary>Whether many nodes have something to pass on.</summary>
    public bool IsBroad => passingCount > Losses.Length / ManyNodes;

    public DebtRankAnswer Answer() => new(Impacts, Shocks, Losses, Passed, Count, passingCount == 0);

    /// <summary>Passes on what is due; false where nothing is or the rounds are used up.</summary>
    public bool Round()
    {
        if (passingCount == 0 || Count == Parameters.MaxRounds) return false;
        Count++;
        hitCount = 0;
        if (IsBroad) Pull();
        else Push();
        for (var i = 0; i < passingCount; i++)
        {
            var node = passing[i];
            Passed[node] += due[node];
            due[node] = 0;
        }

        passingCount = 0;
        for (var i = 0; i < hitCount; i++) Take(hit[i]);
        return true;
    }

    private void Push()
    {
        for (var i = 0; i < passingCount; i++)
        {
            var targets = Impacts.Out.Neighbours(passing[i]);
            var weights = Impacts.OutWeightsOf(passing[i]);
            var amount = due[passing[i]];
            Meter.ChargeNode(targets.Length);
            for (var edge = 0; edge < targets.Length; edge++)
            {
                ref var arrives = ref arriving[targets[edge]];
                if (arrives == 0) hit[hitCount++] = targets[edge];
                // Never zero again, however small the product: a node is listed once.
                arrives += Math.Max(weights[edge] * amount, double.Epsilon);
            }
        }
    }

    private void Pull()
    {
        for (var node = 0; node < arriving.Length; node++)
        {
            var sources = Impacts.In.Neighbours(node);
            var weights = Impacts.InWeightsOf(node);
            Meter.ChargeNode(sources.Length);
            var sum = 0.0;
            for (var i = 0; i < sources.Length; i++) sum += weights[i] * due[sources[i]];
            if (!(sum > 0)) continue;
            arriving[node] = sum;
            hit[hitCount++] = node;
        }
    }

    private void Take(int node)
    {
        Uncapped[node] += arriving[node];
        arriving[node] = 0;
        Losses[node] = Math.Min(1, Uncapped[node]);
        Queue(node);
    }

    /// <summary>Puts a node on the list of the next round where the rule has it pass something on.</summary>
    private void Queue(int node)
    {
        var (loss, passed) = (Losses[node], Passed[node]);
        var whole = Parameters.Rule switch
        {
            DebtRankRule.Linear => loss,
            DebtRankRule.Differential => loss * Math.Exp(Parameters.Alpha * (loss - 1)),
            DebtRankRule.SingleHit => passed > 0 ? passed : loss,
            _ => loss < 1 ? 0 : 1,
        };
        if (!(whole - passed > Parameters.Tolerance)) return;
        due[node] = whole - passed;
        passing[passingCount++] = node;
    }
}
