namespace GraphRisk.Matching.Linkage;

/// <summary>
/// The threshold with the best F1 to be expected, from the probabilities alone: with pairs in descending order of probability, those joined
/// are right as often as their probabilities say, and what is missed is the sum of the others' (Lewis 1995; the best
/// threshold is half of the best F1). Never above one half, since beyond that more is lost than gained.
/// </summary>
internal static class ExpectedQuality
{
    /// <summary>Probability from which pairs are joined.</summary>
    public static double ThresholdOf(double[] probabilities)
    {
        Array.Sort(probabilities);
        var total = probabilities.Sum();
        var (found, best, threshold) = (0.0, 0.0, 0.5);
        for (var i = probabilities.Length - 1; i >= 0; i--)
        {
            found += probabilities[i];
            var quality = 2 * found / (probabilities.Length - i + total);
            if (quality > best) (best, threshold) = (quality, probabilities[i]);
        }

        return Math.Clamp(threshold, 0.4, 0.5);
    }
}
