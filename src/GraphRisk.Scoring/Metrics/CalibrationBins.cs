namespace GraphRisk.Scoring.Metrics;

/// <summary>One bin of a calibration table: clients of similar stated probability, and how many of them did default.</summary>
/// <param name="Count">Observations in the bin.</param>
/// <param name="MeanProbability">Mean stated probability of default.</param>
/// <param name="DefaultRate">Observed share of defaults.</param>
public readonly record struct CalibrationBin(int Count, double MeanProbability, double DefaultRate);

/// <summary>Observations in order of stated probability, cut into bins of as equal a count as possible; says what was promised and what came.</summary>
public static class CalibrationBins
{
    /// <param name="bins">At least 1; with fewer observations than bins, one bin per observation.</param>
    /// <returns>From the safest bin to the riskiest; equal probabilities may straddle a border.</returns>
    public static IReadOnlyList<CalibrationBin> Compute(
        ReadOnlySpan<double> probabilities, ReadOnlySpan<bool> defaulted, int bins = 10)
    {
        Outcomes.RequireSameLength(probabilities.Length, defaulted.Length);
        ArgumentOutOfRangeException.ThrowIfLessThan(bins, 1);
        var order = Outcomes.OrderByRisk(probabilities);
        var count = Math.Min(bins, order.Length);
        var table = new List<CalibrationBin>(count);
        for (var bin = 0; bin < count; bin++)
        {
            var members = order.AsSpan()[(int)((long)bin * order.Length / count)..(int)((long)(bin + 1) * order.Length / count)];
            table.Add(Describe(members, probabilities, defaulted));
        }
        return table;
    }

    /// <summary>The mean distance between promise and outcome over the bins, weighted by count (expected calibration error).</summary>
    public static double Error(IReadOnlyList<CalibrationBin> bins)
    {
        var total = bins.Sum(bin => bin.Count);
        return bins.Sum(bin => bin.Count * Math.Abs(bin.MeanProbability - bin.DefaultRate)) / total;
    }

    private static CalibrationBin Describe(ReadOnlySpan<int> members, ReadOnlySpan<double> probabilities, ReadOnlySpan<bool> defaulted)
    {
        double probability = 0;
        var defaults = 0;
        foreach (var member in members)
        {
            probability += probabilities[member];
            defaults += defaulted[member] ? 1 : 0;
        }
        return new CalibrationBin(members.Length, probability / members.Length, (double)defaults / members.Length);
    }
}
