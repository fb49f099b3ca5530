namespace GraphRisk.Graph.Algorithms.Linear;

/// <summary>
/// The greatest solution below a ceiling of x = min(ceiling, given + A x), where I - A may be singular and elimination
/// has no answer: a circle whose members owe only each other. The values start at the ceiling and fall until nothing
/// falls any more (Tarski 1955); the limit is the greatest. Cost entries × sweeps.
/// </summary>
internal static class DescendingSolution
{
    private const int MostSweeps = 100_000;
    private const double Accuracy = 1e-15;

    /// <summary>The solution.</summary>
    /// <param name="ceilings">What no value exceeds.</param>
    /// <param name="matrix">A, without negative entries.</param>
    /// <param name="given">What each has by itself.</param>
    /// <param name="meter">Pays for it.</param>
    public static double[] Find(double[] ceilings, SparseMatrix matrix, double[] given, WorkMeter meter)
    {
        var (current, next) = ((double[])ceilings.Clone(), new double[given.Length]);
        for (var sweep = 0; sweep < MostSweeps; sweep++)
        {
            meter.Charge(1 + matrix.Weights.Length);
            given.CopyTo(next, 0);
            for (var e = 0; e < matrix.Weights.Length; e++) next[matrix.Rows[e]] += matrix.Weights[e] * current[matrix.Columns[e]];
            var change = 0.0;
            for (var i = 0; i < next.Length; i++)
            {
                next[i] = Math.Min(next[i], current[i]);
                change = Math.Max(change, (current[i] - next[i]) / Math.Max(1, current[i]));
            }

            (current, next) = (next, current);
            if (change <= Accuracy) break;
        }

        return current;
    }
}
