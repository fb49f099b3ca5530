namespace GraphRisk.Scoring.Metrics;

/// <summary>What the measures share: checks of the two columns, and their order by risk.</summary>
internal static class Outcomes
{
    internal static void RequireSameLength(int values, int outcomes)
    {
        if (values != outcomes)
            throw new ArgumentException($"{values} values for {outcomes} outcomes");
    }

    /// <summary>Positions from the safest to the riskiest; NaN is refused, since it has no place in the order.</summary>
    internal static int[] OrderByRisk(ReadOnlySpan<double> risk)
    {
        var keys = risk.ToArray();
        var order = new int[keys.Length];
        for (var i = 0; i < order.Length; i++)
        {
            if (double.IsNaN(keys[i]))
                throw new ArgumentException($"the risk at position {i} is not a number", nameof(risk));
            order[i] = i;
        }
        Array.Sort(keys, order);
        return order;
    }

    internal static void RequireProbability(double probability)
    {
        if (!(probability >= 0 && probability <= 1))
            throw new ArgumentOutOfRangeException(nameof(probability), probability, "a probability lies in [0, 1]");
    }
}
