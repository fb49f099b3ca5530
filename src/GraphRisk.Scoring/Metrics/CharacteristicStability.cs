namespace GraphRisk.Scoring.Metrics;

/// <summary>
/// The characteristic stability index: <see cref="PopulationStability"/> of one input instead of the score. Bands are cut at the
/// quantiles of the known values at building; infinity lies in the outermost band, and what is not known is a band of its own, since
/// a field that is no longer delivered is a shift too.
/// </summary>
public static class CharacteristicStability
{
    /// <param name="expected">Values at building, NaN for not known; at least one.</param>
    /// <param name="actual">Values now; at least one.</param>
    /// <param name="bands">Bands of known values, at least 2; equal quantiles fall together.</param>
    public static double Index(ReadOnlySpan<float> expected, ReadOnlySpan<float> actual, int bands = 10)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(bands, 2);
        var known = new List<float>(expected.Length);
        foreach (var value in expected)
            if (!float.IsNaN(value)) known.Add(value);
        known.Sort();
        float[] edges = known.Count == 0 ? [] : [.. Enumerable.Range(1, bands - 1).Select(band => known[(int)((long)band * known.Count / bands)]).Distinct()];
        return PopulationStability.Index(Shares(expected, edges), Shares(actual, edges));
    }

    /// <summary>Part of each band, that of the unknown last.</summary>
    private static double[] Shares(ReadOnlySpan<float> values, float[] edges)
    {
        var counts = new long[edges.Length + 2];
        foreach (var value in values)
        {
            var position = float.IsNaN(value) ? counts.Length - 1 : Array.BinarySearch(edges, value);
            counts[float.IsNaN(value) ? position : position >= 0 ? position + 1 : ~position]++;
        }

        var shares = new double[counts.Length];
        for (var i = 0; i < shares.Length; i++) shares[i] = (double)counts[i] / values.Length;
        return shares;
    }
}
