using GraphRisk.Scoring.Trees;

namespace GraphRisk.Scoring.Models;

/// <summary>
/// What models share that first mix the scaled inputs linearly and then bend the mixtures: kernel machines by random
/// features, neural networks.
///
/// Contributions are Shapley values against the average client, whose scaled inputs are all 0 (baseline Shapley:
/// Sundararajan and Najmi 2020), estimated over random orders of the inputs (Strumbelj and Kononenko 2014), each order
/// also walked backwards: an input's contribution is the mean change of the margin when it takes its value after those
/// before it in the order. Along each order the changes add up to margin less baseline, so the means do too, and an unknown
/// input, being average, changes nothing. The standard error is that of the mean over the pairs of orders. The orders are
/// the model's own, fixed by its seed, so the same row is always told the same.
/// Cost per row: orders x inputs x (one column of the mixing + the bending).
/// </summary>
public abstract class HiddenLayerModel : IRiskModel
{
    private const int PairsOfOrders = 16;

    private readonly ScaledInputs inputs;
    private readonly double[][] mixing; // per scaled input its weight in each mixture
    private readonly double[] start;    // mixtures of the average client
    private readonly int[][] orders;

    private protected HiddenLayerModel(ScaledInputs inputs, double[][] mixing, double[] start, int seed)
    {
        (this.inputs, this.mixing, this.start) = (inputs, mixing, start);
        var random = new Random(seed);
        orders = [.. Enumerable.Range(0, PairsOfOrders).Select(_ =>
        {
            var order = Enumerable.Range(0, inputs.Inputs.Length).ToArray();
            random.Shuffle(order);
            return order;
        })];
    }

    public abstract string Family { get; }

    public IReadOnlyList<ModelInput> Inputs => inputs.Inputs;

    public abstract ModelTraits Traits { get; }

    public long StepsOfMargin => (inputs.Width * (long)start.Length / 10) + 1;

    public long StepsOfRow => 2L * PairsOfOrders * (inputs.Width + inputs.Inputs.Length) * start.Length / 10 + 1;

    public abstract string Text { get; }

    private protected static ContributionMethod Sampling { get; } =
        new($"baseline Shapley over {PairsOfOrders} antithetic pairs of sampled orders", IsExact: false);

    public double[] Margins(FeatureMatrix matrix, int threads = 1)
    {
        ScaledInputs.RequireWidth(matrix, Inputs.Count);
        var margins = new double[matrix.Rows];
        ForRows(matrix.Rows, threads, (row, work) =>
        {
            inputs.Scale(matrix.Row(row), work.Cells);
            start.CopyTo(work.Mixtures, 0);
            for (var cell = 0; cell < mixing.Length; cell++) AddTo(work.Mixtures, mixing[cell], work.Cells[cell]);
            margins[row] = Bend(work.Mixtures);
        });
        return margins;
    }

    public Contributions Contributions(FeatureMatrix matrix, int threads = 1)
    {
        ScaledInputs.RequireWidth(matrix, Inputs.Count);
        var values = new double[checked(matrix.Rows * (Inputs.Count + 1))];
        var errors = new double[matrix.Rows * Inputs.Count];
        var baseline = Bend([.. start]);
        ForRows(matrix.Rows, threads, (row, work) =>
        {
            inputs.Scale(matrix.Row(row), work.Cells);
            Sample(work, baseline, values.AsSpan(row * (Inputs.Count + 1), Inputs.Count), errors.AsSpan(row * Inputs.Count, Inputs.Count));
            values[row * (Inputs.Count + 1) + Inputs.Count] = baseline;
        });
        return new Contributions(Inputs.Count, values, errors);
    }

    public void Dispose()
    {
        GC.SuppressFinalize(this); // Holds no native memory.
    }

    /// <summary>The margin of some mixtures, which it may overwrite nothing of.</summary>
    private protected abstract double Bend(ReadOnlySpan<double> mixtures);

    private void Sample(Work work, double baseline, Span<double> means, Span<double> errors)
    {
        var pair = new double[means.Length];
        foreach (var order in orders)
        {
            Array.Clear(pair);
            Walk(order, forwards: true, work, baseline, pair);
            Walk(order, forwards: false, work, baseline, pair);
            for (var i = 0; i < pair.Length; i++)
            {
                means[i] += pair[i] / 2;
                errors[i] += pair[i] * pair[i] / 4;
            }
        }
        for (var i = 0; i < means.Length; i++)
        {
            means[i] /= PairsOfOrders;
            errors[i] = Math.Sqrt(Math.Max(0, errors[i] / PairsOfOrders - means[i] * means[i]) / (PairsOfOrders - 1));
        }
    }

    private void Walk(int[] order, bool forwards, Work work, double baseline, double[] changes)
    {
        start.CopyTo(work.Mixtures, 0);
        var before = baseline;
        for (var i = 0; i < order.Length; i++)
        {
            var input = order[forwards ? i : order.Length - 1 - i];
            var (from, count) = inputs.Of(input).GetOffsetAndLength(mixing.Length);
            var isAverage = true;
            for (var cell = from; cell < from + count; cell++)
            {
                if (work.Cells[cell] == 0) continue;
                AddTo(work.Mixtures, mixing[cell], work.Cells[cell]);
                isAverage = false;
            }
            if (isAverage) continue;
            var after = Bend(work.Mixtures);
            changes[input] += after - before;
            before = after;
        }
    }

    private static void AddTo(double[] mixtures, double[] weights, double times)
    {
        if (times != 0) RowVectors.Add(mixtures, weights, times);
    }

    private void ForRows(int rows, int threads, Action<int, Work> row) => Parallel.For(
        0, rows, new ParallelOptions { MaxDegreeOfParallelism = threads }, () => new Work(new double[inputs.Width], new double[start.Length]),
        (i, _, work) =>
        {
            row(i, work);
            return work;
        },
        _ => { });

    private sealed record Work(double[] Cells, double[] Mixtures);
}
