namespace GraphRisk.Scoring.Metrics;

/// <summary>The mean squared distance between the stated probability and what happened (Brier 1950): 0 is perfect, smaller is better.</summary>
public static class BrierScore
{
    /// <returns>In [0, 1]; NaN for no observations.</returns>
    public static double Compute(ReadOnlySpan<double> probabilities, ReadOnlySpan<bool> defaulted)
    {
        Outcomes.RequireSameLength(probabilities.Length, defaulted.Length);
        double sum = 0;
        for (var i = 0; i < probabilities.Length; i++)
        {
            Outcomes.RequireProbability(probabilities[i]);
            var miss = probabilities[i] - (defaulted[i] ? 1 : 0);
            sum += miss * miss;
        }
        return sum / probabilities.Length;
    }
}
