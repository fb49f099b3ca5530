namespace GraphRisk.Scoring.Metrics;

/// <summary>
/// The mean of minus the natural logarithm of the probability given to what happened; ln 2 is a coin toss.
/// A certainty that turns out wrong would cost infinity, so probabilities are first moved into [1e-15, 1 - 1e-15].
/// </summary>
public static class LogLoss
{
    private const double Floor = 1e-15;

    /// <returns>Zero or more; NaN for no observations.</returns>
    public static double Compute(ReadOnlySpan<double> probabilities, ReadOnlySpan<bool> defaulted)
    {
        Outcomes.RequireSameLength(probabilities.Length, defaulted.Length);
        double sum = 0;
        for (var i = 0; i < probabilities.Length; i++)
        {
            Outcomes.RequireProbability(probabilities[i]);
            var probability = Math.Clamp(probabilities[i], Floor, 1 - Floor);
            sum -= Math.Log(defaulted[i] ? probability : 1 - probability);
        }
        return sum / probabilities.Length;
    }
}
