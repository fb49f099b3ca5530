namespace GraphRisk.Scoring.Tests.Metrics;

/// <summary>Seeded ratings with many ties and both outcomes.</summary>
internal static class RandomRatings
{
    internal static (double[] Risk, bool[] Defaulted) Draw(int seed)
    {
        var random = new Random(seed);
        var n = random.Next(2, 40);
        var levels = random.Next(1, 12);
        var risk = new double[n];
        var defaulted = new bool[n];
        for (var i = 0; i < n; i++)
        {
            risk[i] = random.Next(levels + 1) / (double)levels;
            defaulted[i] = random.NextDouble() < 0.1 + 0.8 * risk[i];
        }
        defaulted[0] = true;
        defaulted[1] = false;
        return (risk, defaulted);
    }
}
