namespace GraphRisk.Matching.Clustering;

/// <summary>
/// Takes one component of matches apart where it contradicts itself: correlation clustering (Bansal, Blum and Chawla 2004), which
/// wants the sum of weights within clusters as large as possible. The weight of a pair is its score above the threshold, in
/// bounds, so that no single pair decides over all others; pairs blocking did not bring are scored too, for what holds a
/// sparse component together must bear that its far ends are compared. Built from single records up, joining the two clusters
/// with the greatest sum between them while one is positive (as agglomeration in Elsner and Schudy 2009), then single records move where
/// they gain. Where a cluster could join either of two others that contradict each other and the sums are within a margin of each
/// other, it joins neither: nothing says which of two namesakes is meant. Joins and moves are taken in the order of sums, ties by rank. O(k^3) for k records.
/// </summary>
internal sealed class CorrelationClustering
{
    /// <summary>Bits one pair counts at most, for and against; of more bits for, a quarter, so that of two sure partners the surer is known.</summary>
    private const double Most = 12, Beyond = 0.25;

    /// <summary>Bits by which one of two namesakes must be better than the other.</summary>
    private const double Margin = 1;

    /// <summary>Weight of a pair that is two by what it says, however much else agrees, save for other evidence of several pairs.</summary>
    private const double Parted = -40;

    private const double Never = -1e9, Always = 1e7;

    private readonly double[,] between;
    private readonly bool[] gone;
    private readonly int[] cluster;
    private readonly double[,] weights;

    private CorrelationClustering(double[,] weights)
    {
        this.weights = weights;
        between = (double[,])weights.Clone();
        (gone, cluster) = (new bool[weights.GetLength(0)], [.. Enumerable.Range(0, weights.GetLength(0))]);
    }

    /// <summary>Weight of a pair of bits above the threshold; minus infinity for two that contradict each other.</summary>
    public static double WeightOf(double above) => double.IsNegativeInfinity(above) ? Parted : above > Most ? Most + (Beyond * (above - Most)) : Math.Max(above, -Most);

    /// <summary>Weight of a pair that can never be one.</summary>
    public static double WeightApart => Never;

    /// <summary>Weight of a pair that is one whatever its score.</summary>
    public static double WeightTogether => Always;

    /// <summary>Cluster of each record of a component, by the number of one of its records.</summary>
    /// <param name="weights">Symmetric; the diagonal is not read. Is changed.</param>
    public static int[] Of(double[,] weights)
    {
        HoldTogether(weights);
        var clustering = new CorrelationClustering(weights);
        clustering.JoinAll();
        clustering.MoveAll();
        return clustering.cluster;
    }

    /// <summary>
    /// A party known to be one, by a number or by people, may have two names and two addresses. Of two records that each belong to it, by the sum of what they share with it, the one
    /// may know it by this name and the other by that: what they contradict each other in counts half of the lesser of these sums at most.
    /// </summary>
    private static void HoldTogether(double[,] weights)
    {
        var count = weights.GetLength(0);
        var sets = new DisjointSets(count);
        for (var i = 0; i < count; i++)
            for (var j = 0; j < i; j++)
                if (weights[i, j] >= Always) sets.Join(i, j);
        foreach (var party in Enumerable.Range(0, count).GroupBy(sets.Find).Where(party => party.Count() > 1))
        {
            var near = Enumerable.Range(0, count).Where(record => sets.Find(record) != party.Key)
                .Select(record => (Record: record, Sum: party.Sum(member => weights[record, member]))).Where(each => each.Sum > 0).ToArray();
            foreach (var (one, sum) in near)
                foreach (var (other, otherSum) in near)
                    if (weights[one, other] is < 0 and > Parted) weights[one, other] = Math.Max(weights[one, other], -Math.Min(sum, otherSum) / 2);
        }
    }

    private void JoinAll()
    {
        while (true)
        {
            var (best, left, right) = (0.0, -1, -1);
            for (var i = 0; i < gone.Length; i++)
                for (var j = i + 1; j < gone.Length && !gone[i]; j++)
                    if (!gone[j] && between[i, j] > best) (best, left, right) = (between[i, j], i, j);
            if (left < 0) return;
            if (RivalOf(left, right, best) is var rival and >= 0) Forbid(left, right, rival);
            else if (RivalOf(right, left, best) is var other and >= 0) Forbid(right, left, other);
            else Join(left, right);
        }
    }

    /// <summary>A cluster nearly as good for the first as the second is, that contradicts the second; -1 where there is none.</summary>
    private int RivalOf(int cluster, int partner, double best)
    {
        for (var rival = 0; rival < gone.Length; rival++)
            if (!gone[rival] && rival != cluster && rival != partner && between[cluster, rival] > Math.Max(0, best - Margin)
                && between[partner, rival] + Math.Min(best, between[cluster, rival]) < 0) return rival;
        return -1;
    }

    private void Forbid(int cluster, int partner, int rival)
    {
        foreach (var other in new[] { partner, rival }) between[cluster, other] = between[other, cluster] = Math.Min(0, between[cluster, other]);
    }

    private void Join(int left, int right)
    {
        gone[right] = true;
        for (var k = 0; k < gone.Length; k++)
        {
            if (k != left) between[left, k] = between[k, left] = between[left, k] + between[right, k];
            if (cluster[k] == right) cluster[k] = left;
        }
    }

    private void MoveAll()
    {
        for (var round = 0; round < 4; round++)
        {
            var moved = false;
            for (var record = 0; record < cluster.Length; record++) moved |= Move(record);
            if (!moved) return;
        }
    }

    /// <summary>Moves a record of a cluster of several to another cluster where that gains more than the margin.</summary>
    private bool Move(int record)
    {
        var sums = new double[cluster.Length];
        var size = 0;
        for (var other = 0; other < cluster.Length; other++)
        {
            if (other == record) continue;
            sums[cluster[other]] += weights[record, other];
            if (cluster[other] == cluster[record]) size++;
        }

        if (size == 0) return false;
        var (best, where) = (sums[cluster[record]] + Margin, -1);
        for (var candidate = 0; candidate < cluster.Length; candidate++)
            if (candidate != cluster[record] && sums[candidate] > best) (best, where) = (sums[candidate], candidate);
        if (where >= 0 || sums[cluster[record]] < -Margin)
        {
            if (where < 0) where = FreeLabel();
            if (where == cluster[record]) return false;
            Relabel(record, where);
            return true;
        }

        return false;
    }

    private int FreeLabel()
    {
        for (var label = 0; label < cluster.Length; label++)
            if (!cluster.Contains(label)) return label;
        return -1;
    }

    private void Relabel(int record, int label) => cluster[record] = label;
}
