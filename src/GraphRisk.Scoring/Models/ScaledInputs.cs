using GraphRisk.Scoring.Trees;

namespace GraphRisk.Scoring.Models;

/// <summary>
/// Inputs on one scale, for models that multiply: a number becomes the share of training rows below it, along straight
/// lines between 64 quantiles, less its mean, in standard deviations; a category becomes one such number per level, 1 or 0
/// before centring. Never falling in the number, so directions survive; no outlier outweighs the rest. Infinity counts as
/// the greatest or least value seen. Not known is 0 everywhere: the average of the training rows.
/// </summary>
/// <param name="Inputs">The columns.</param>
/// <param name="Knots">Per input the quantiles of a number, strictly ascending; empty for a category or a constant.</param>
/// <param name="Shares">Per input the share at each knot.</param>
/// <param name="Means">Per scaled number its mean before scaling.</param>
/// <param name="Deviations">Per scaled number its standard deviation before scaling; 0 for one that does not vary.</param>
internal sealed record ScaledInputs(ModelInput[] Inputs, double[][] Knots, double[][] Shares, double[] Means, double[] Deviations)
{
    private const int Quantiles = 64;

    /// <summary>First scaled number of each input, and the count of all at the end.</summary>
    private readonly int[] starts = StartsOf(Inputs);

    internal int Width => starts[^1];

    /// <summary>The scaled numbers of an input.</summary>
    internal Range Of(int input) => starts[input]..starts[input + 1];

    /// <summary>Per scaled number the direction of its input.</summary>
    internal int[] Directions() => [.. Inputs.SelectMany((input, i) => Enumerable.Repeat(input.Direction, starts[i + 1] - starts[i]))];

    internal static void RequireWidth(FeatureMatrix matrix, int inputs)
    {
        if (matrix.Columns != inputs)
            throw new ArgumentException($"the model reads {inputs} inputs, the matrix has {matrix.Columns} columns", nameof(matrix));
    }

    internal static ScaledInputs Of(TrainingSet set)
    {
        var (knots, shares) = (new double[set.Inputs.Count][], new double[set.Inputs.Count][]);
        for (var i = 0; i < knots.Length; i++)
            (knots[i], shares[i]) = set.Inputs[i].IsCategory ? ([], []) : KnotsOf(set, i);
        var width = StartsOf([.. set.Inputs])[^1];
        var raw = new ScaledInputs([.. set.Inputs], knots, shares, new double[width], [.. Enumerable.Repeat(1.0, width)]);
        var (sums, squares, counts, cells) = (new double[width], new double[width], new int[width], new double[width]);
        for (var row = 0; row < set.Rows; row++)
        {
            raw.Scale(set.Matrix.Row(row), cells);
            for (var i = 0; i < set.Inputs.Count; i++)
            {
                if (float.IsNaN(set.Matrix[row, i])) continue;
                for (var cell = raw.starts[i]; cell < raw.starts[i + 1]; cell++)
                {
                    sums[cell] += cells[cell];
                    squares[cell] += cells[cell] * cells[cell];
                    counts[cell]++;
                }
            }
        }
        var means = sums.Select((sum, i) => counts[i] == 0 ? 0 : sum / counts[i]).ToArray();
        var deviations = squares.Select((square, i) => counts[i] == 0 ? 0 : Math.Sqrt(Math.Max(0, square / counts[i] - means[i] * means[i]))).ToArray();
        // The rarest levels would else be the loudest.
        return raw with { Means = means, Deviations = [.. deviations.Select(deviation => deviation < 1e-9 ? 0 : Math.Max(deviation, 0.1))] };
    }

    /// <summary>Writes the scaled numbers of a row.</summary>
    internal void Scale(ReadOnlySpan<float> row, Span<double> scaled)
    {
        for (var i = 0; i < Inputs.Length; i++)
        {
            var cells = scaled[starts[i]..starts[i + 1]];
            if (float.IsNaN(row[i]))
            {
                cells.Clear();
                continue;
            }
            for (var cell = 0; cell < cells.Length; cell++)
            {
                var at = starts[i] + cell;
                var value = Inputs[i].IsCategory ? ((int)row[i] == cell ? 1 : 0) : ShareOf(i, row[i]);
                cells[cell] = Deviations[at] == 0 ? 0 : (value - Means[at]) / Deviations[at];
            }
        }
    }

    /// <summary>All rows scaled, column by column.</summary>
    internal double[][] Columns(FeatureMatrix matrix)
    {
        RequireWidth(matrix, Inputs.Length);
        var columns = Enumerable.Range(0, Width).Select(_ => new double[matrix.Rows]).ToArray();
        var cells = new double[Width];
        for (var row = 0; row < matrix.Rows; row++)
        {
            Scale(matrix.Row(row), cells);
            for (var column = 0; column < cells.Length; column++) columns[column][row] = cells[column];
        }
        return columns;
    }

    private double ShareOf(int input, double value)
    {
        var (knots, shares) = (Knots[input], Shares[input]);
        if (knots.Length == 0) return 0;
        var position = Array.BinarySearch(knots, value);
        if (position >= 0) return shares[position];
        var after = ~position;
        if (after == 0) return shares[0];
        if (after == knots.Length) return shares[^1];
        return shares[after - 1] + (shares[after] - shares[after - 1]) * ((value - knots[after - 1]) / (knots[after] - knots[after - 1]));
    }

    /// <summary>Knots at quantiles of the finite values; the share at a knot counts half of the rows equal to it.</summary>
    private static (double[] Knots, double[] Shares) KnotsOf(TrainingSet set, int column)
    {
        var values = Enumerable.Range(0, set.Rows).Select(row => (double)set.Matrix[row, column]).Where(double.IsFinite).Order().ToArray();
        if (values.Length == 0) return ([], []);
        var knots = Enumerable.Range(0, Quantiles).Select(i => values[(int)((long)i * (values.Length - 1) / (Quantiles - 1))]).Distinct().ToArray();
        return (knots, [.. knots.Select(knot => (First(values, knot, orEqual: true) + First(values, knot, orEqual: false)) / 2.0 / values.Length)]);
    }

    /// <summary>How many values lie below the knot, or at it and below.</summary>
    private static int First(double[] sorted, double knot, bool orEqual)
    {
        var (low, high) = (0, sorted.Length);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (sorted[middle] < knot || orEqual && sorted[middle] == knot) low = middle + 1;
            else high = middle;
        }
        return low;
    }

    private static int[] StartsOf(ModelInput[] inputs)
    {
        var starts = new int[inputs.Length + 1];
        for (var i = 0; i < inputs.Length; i++) starts[i + 1] = starts[i] + (inputs[i].Levels?.Count ?? 1);
        return starts;
    }
}
