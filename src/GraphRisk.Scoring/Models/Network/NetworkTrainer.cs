using GraphRisk.Scoring.Calibration;

namespace GraphRisk.Scoring.Models.Network;

/// <summary>
/// Learns a <see cref="MonotoneNetwork"/> by Adam (Kingma and Ba 2015) with decoupled decay of weights, on small batches drawn in a
/// seeded order. What must keep a sign is learned as a free number whose size is used, with the sign put before it. The
/// model is the running mean of the weights over the last steps, which is steadier than the last of them.
/// Written here because Microsoft.ML has no trainer of networks. Cost per step: batch x weights.
/// </summary>
internal sealed class NetworkTrainer
{
    internal const int FirstUnits = 24;
    internal const int SecondUnits = 12;
    internal const int BatchRows = 128;
    private const double LearningRate = 0.003;
    private const double Decay = 0.02;
    private const double MeanOver = 0.99;

    private readonly string family;
    private readonly ScaledInputs inputs;
    private readonly double[][] rows;
    private readonly bool[] bad;
    private readonly int[] directions;
    private readonly int seed;
    private readonly int secondAt;
    private readonly int outAt;
    private readonly int biasAt;
    private readonly double[] free;    // first layer, second, out, then the three biases
    private readonly double[] mean;
    private readonly double[] gradient;
    private readonly double[] momentum;
    private readonly double[] energy;

    internal NetworkTrainer(string family, TrainingSet set, int seed)
    {
        (this.family, this.seed) = (family, seed);
        inputs = ScaledInputs.Of(set);
        directions = inputs.Directions();
        bad = set.Bad;
        rows = new double[set.Rows][];
        for (var row = 0; row < rows.Length; row++) inputs.Scale(set.Matrix.Row(row), rows[row] = new double[inputs.Width]);
        secondAt = inputs.Width * FirstUnits;
        outAt = secondAt + SecondUnits * FirstUnits;
        biasAt = outAt + SecondUnits;
        var count = biasAt + FirstUnits + SecondUnits + 1;
        (free, mean, gradient, momentum, energy) = (new double[count], new double[count], new double[count], new double[count], new double[count]);
        Begin(new Random(seed));
    }

    /// <summary>The networks after each of the numbers of steps.</summary>
    /// <param name="stops">Ascending.</param>
    internal MonotoneNetwork[] Train(ReadOnlySpan<int> stops)
    {
        var random = new Random(seed + 1);
        var order = Enumerable.Range(0, rows.Length).ToArray();
        var at = order.Length;
        var models = new List<MonotoneNetwork>();
        for (var step = 1; step <= stops[^1]; step++)
        {
            if (at + BatchRows > order.Length)
            {
                random.Shuffle(order);
                at = 0;
            }
            var batch = order.AsSpan(at, Math.Min(BatchRows, order.Length));
            at += batch.Length;
            Learn(batch, step);
            if (stops.Contains(step)) models.Add(Freeze(step));
        }
        return [.. models];
    }

    private void Begin(Random random)
    {
        for (var i = 0; i < biasAt; i++)
        {
            var size = i < secondAt ? 0.5 / Math.Sqrt(inputs.Width) : i < outAt ? 0.3 / FirstUnits : 0.3 / SecondUnits;
            free[i] = size * Math.Sqrt(12) * (random.NextDouble() - 0.5);
        }
        var share = (double)bad.Count(one => one) / bad.Length;
        free[^1] = Logit.FromProbability(share);
    }

    /// <summary>The weight that stands for a free number.</summary>
    private double Weight(double[] from, int i)
    {
        if (i >= biasAt) return from[i];
        var direction = i < secondAt ? directions[i / FirstUnits] : 1;
        return direction == 0 ? from[i] : direction * Math.Abs(from[i]);
    }

    private void Learn(ReadOnlySpan<int> batch, int step)
    {
        var weights = new double[free.Length];
        for (var i = 0; i < weights.Length; i++) weights[i] = Weight(free, i);
        Array.Clear(gradient);
        foreach (var row in batch) Backpropagate(rows[row], bad[row], weights, 1.0 / batch.Length);
        var (first, second) = (1 - Math.Pow(0.9, step), 1 - Math.Pow(0.999, step));
        for (var i = 0; i < free.Length; i++)
        {
            var slope = (weights[i] < 0) == (free[i] < 0) ? gradient[i] : -gradient[i]; // of the free number behind the weight
            momentum[i] = 0.9 * momentum[i] + 0.1 * slope;
            energy[i] = 0.999 * energy[i] + 0.001 * slope * slope;
            var move = momentum[i] / first / (Math.Sqrt(energy[i] / second) + 1e-8);
            free[i] -= LearningRate * (move + (i < biasAt ? Decay * free[i] : 0));
            mean[i] = MeanOver * mean[i] + (1 - MeanOver) * Weight(free, i);
        }
    }

    private void Backpropagate(double[] row, bool isBad, double[] weights, double share)
    {
        Span<double> mixtures = stackalloc double[FirstUnits];
        Span<double> bent = stackalloc double[FirstUnits];
        Span<double> back = stackalloc double[FirstUnits];
        for (var h = 0; h < FirstUnits; h++) mixtures[h] = weights[biasAt + h];
        for (var cell = 0; cell < row.Length; cell++)
        {
            if (row[cell] == 0) continue;
            RowVectors.Add(mixtures, weights.AsSpan(cell * FirstUnits, FirstUnits), row[cell]);
        }
        for (var h = 0; h < FirstUnits; h++) bent[h] = Activation.Of(h, mixtures[h]);
        Span<double> sums = stackalloc double[SecondUnits];
        var margin = weights[^1];
        for (var k = 0; k < SecondUnits; k++)
        {
            sums[k] = weights[biasAt + FirstUnits + k];
            for (var h = 0; h < FirstUnits; h++) sums[k] += weights[secondAt + k * FirstUnits + h] * bent[h];
            margin += weights[outAt + k] * Activation.Of(k, sums[k]);
        }
        var miss = share * (Logit.ToProbability(margin) - (isBad ? 1 : 0));
        gradient[^1] += miss;
        back.Clear();
        for (var k = 0; k < SecondUnits; k++)
        {
            gradient[outAt + k] += miss * Activation.Of(k, sums[k]);
            var slope = miss * weights[outAt + k] * Activation.Slope(k, sums[k]);
            gradient[biasAt + FirstUnits + k] += slope;
            RowVectors.Add(gradient.AsSpan(secondAt + k * FirstUnits, FirstUnits), bent, slope);
            RowVectors.Add(back, weights.AsSpan(secondAt + k * FirstUnits, FirstUnits), slope);
        }
        for (var h = 0; h < FirstUnits; h++)
        {
            back[h] *= Activation.Slope(h, mixtures[h]);
            gradient[biasAt + h] += back[h];
        }
        for (var cell = 0; cell < row.Length; cell++)
        {
            if (row[cell] == 0) continue;
            RowVectors.Add(gradient.AsSpan(cell * FirstUnits, FirstUnits), back, row[cell]);
        }
    }

    /// <summary>The running mean so far as a model; means of weights of one sign keep it.</summary>
    private MonotoneNetwork Freeze(int step)
    {
        var whole = 1 - Math.Pow(MeanOver, step);
        double[] At(int from, int count) => [.. mean.AsSpan(from, count).ToArray().Select(value => value / whole)];
        return new MonotoneNetwork(family, new MonotoneNetwork.Parameters(
            inputs, [.. Enumerable.Range(0, inputs.Width).Select(cell => At(cell * FirstUnits, FirstUnits))], At(biasAt, FirstUnits),
            [.. Enumerable.Range(0, SecondUnits).Select(k => At(secondAt + k * FirstUnits, FirstUnits))], At(biasAt + FirstUnits, SecondUnits),
            At(outAt, SecondUnits), At(biasAt + FirstUnits + SecondUnits, 1)[0], seed));
    }
}
