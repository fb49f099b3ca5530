namespace GraphRisk.Scoring.Calibration;

/// <summary>Deals rows into folds with about the same share of bad ones each.</summary>
public static class Folds
{
    /// <param name="bad">Outcome of each row.</param>
    /// <param name="folds">At least 2.</param>
    /// <param name="groups">A key per row; rows with equal keys share a fold. Null where each row stands for itself.</param>
    /// <returns>The fold of each row, in [0, folds).</returns>
    public static int[] Stratified(ReadOnlySpan<bool> bad, int folds, int seed, ReadOnlySpan<ulong> groups = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(folds, 2);
        var order = Enumerable.Range(0, bad.Length).ToArray();
        new Random(seed).Shuffle(order);
        var assigned = new int[bad.Length];
        var (nextBad, nextGood) = (0, 0);
        var foldOf = new Dictionary<ulong, int>();
        foreach (var row in order)
        {
            if (!groups.IsEmpty && foldOf.TryGetValue(groups[row], out var fold))
            {
                assigned[row] = fold;
                continue;
            }
            assigned[row] = bad[row] ? nextBad++ % folds : (folds - 1 - nextGood++ % folds);
            if (!groups.IsEmpty) foldOf.Add(groups[row], assigned[row]);
        }
        return assigned;
    }
}
