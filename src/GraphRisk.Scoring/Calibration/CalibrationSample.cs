using GraphRisk.Scoring.Metrics;

namespace GraphRisk.Scoring.Calibration;

/// <summary>Margins of rows a model has not seen, what became of them, and how many rows each stands for.</summary>
/// <param name="Weights">Not negative; 1 where nothing was drawn together or again.</param>
public sealed record CalibrationSample(double[] Margins, bool[] Bad, double[] Weights)
{
    /// <summary>Rows counted once each.</summary>
    /// <exception cref="ArgumentException">The lengths disagree, or only one outcome occurs.</exception>
    public static CalibrationSample Of(ReadOnlySpan<double> margins, ReadOnlySpan<bool> bad)
    {
        Outcomes.RequireSameLength(margins.Length, bad.Length);
        if (!bad.Contains(true) || !bad.Contains(false))
            throw new ArgumentException("calibration needs both outcomes", nameof(bad));
        var weights = new double[margins.Length];
        Array.Fill(weights, 1);
        return new CalibrationSample(margins.ToArray(), bad.ToArray(), weights);
    }

    public double WeightOf(bool outcome)
    {
        double sum = 0;
        for (var i = 0; i < Bad.Length; i++)
            sum += Bad[i] == outcome ? Weights[i] : 0;
        return sum;
    }

    public CalibrationSample Select(IEnumerable<int> rows)
    {
        var kept = rows.ToArray();
        return new CalibrationSample([.. kept.Select(i => Margins[i])], [.. kept.Select(i => Bad[i])], [.. kept.Select(i => Weights[i])]);
    }

    /// <summary>The same in at most so many steps of margin, rows of one step and outcome being counted together at their mean margin.</summary>
    public CalibrationSample InSteps(int steps)
    {
        if (Margins.Length <= 2 * steps) return this;
        var order = Outcomes.OrderByRisk(Margins);
        var (margins, bad, weights) = (new List<double>(), new List<bool>(), new List<double>());
        for (var step = 0; step < steps; step++)
        {
            var members = order.AsSpan()[(int)((long)step * order.Length / steps)..(int)((long)(step + 1) * order.Length / steps)];
            foreach (var outcome in (bool[])[false, true])
            {
                double sum = 0, weight = 0;
                foreach (var i in members)
                {
                    if (Bad[i] != outcome) continue;
                    sum += Margins[i] * Weights[i];
                    weight += Weights[i];
                }
                if (weight == 0) continue;
                margins.Add(sum / weight);
                bad.Add(outcome);
                weights.Add(weight);
            }
        }
        return new CalibrationSample([.. margins], [.. bad], [.. weights]);
    }
}
