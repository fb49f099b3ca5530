using GraphRisk.Scoring.Calibration;

namespace GraphRisk.Scoring.Models.Linear;

/// <summary>
/// A line whose weights keep given signs: the least mean loss plus L2 / 2 x |w|^2, subject to sign(w) being the direction's.
///
/// Newton's method, each quadratic solved by coordinate descent with weights held on their side of nil (Chang, Hsieh, Lin
/// 2008, for the unconstrained case), then a search along the step. Written here because Microsoft.ML's LinearSvm knows no
/// constraints, and its L-BFGS sets what turns negative to nil after each step, which stops far from the best where many
/// weights lie at their border. Cost: some tens of passes over rows x columns.
/// </summary>
internal static class SignedLine
{
    private const int MaximumNewtonSteps = 20;
    private const int Sweeps = 6;

    /// <param name="columns">Scaled numbers, column by column.</param>
    /// <param name="directions">Per column +1, -1 or 0.</param>
    internal static (double Intercept, double[] Weights) Fit(double[][] columns, bool[] bad, int[] directions, LineLoss loss, double l2)
    {
        var state = new Problem(columns, bad, directions, loss, l2);
        for (var step = 0; step < MaximumNewtonSteps; step++)
        {
            if (!state.Improve()) break;
        }
        return (state.Intercept, state.Weights);
    }

    private sealed class Problem
    {
        private readonly double[][] columns;
        private readonly int[] directions;
        private readonly LineLoss lineLoss;
        private readonly double l2;
        private readonly double[] sides;   // +1 bad, -1 good
        private readonly double[] weights; // of rows, summing to 1
        private double[] margins;
        private double loss;

        internal Problem(double[][] columns, bool[] bad, int[] directions, LineLoss lineLoss, double l2)
        {
            (this.columns, this.directions, this.lineLoss, this.l2) = (columns, directions, lineLoss, l2);
            var bads = bad.Count(one => one);
            sides = [.. bad.Select(one => one ? 1.0 : -1.0)];
            weights = [.. bad.Select(one => !lineLoss.WeighsOutcomesAlike ? 1.0 / bad.Length : 0.5 / (one ? bads : bad.Length - bads))];
            margins = new double[bad.Length];
            Weights = new double[columns.Length];
            loss = Loss(margins, Weights);
        }

        internal double Intercept { get; private set; }

        internal double[] Weights { get; private set; }

        /// <summary>One Newton step; false where it gains nothing worth having.</summary>
        internal bool Improve()
        {
            var (move, shift, along) = Direction();
            for (var size = 1.0; size > 1e-3; size /= 2)
            {
                double[] next = [.. Weights.Select((weight, i) => weight + size * move[i])];
                double[] there = [.. margins.Select((margin, i) => margin + size * along[i])];
                var reached = Loss(there, next);
                if (reached >= loss) continue;
                var isWorthMore = loss - reached > 1e-6 * loss;
                (Weights, margins, loss, Intercept) = (next, there, reached, Intercept + size * shift);
                return isWorthMore;
            }
            return false;
        }

        private double Loss(double[] at, double[] w)
        {
            double sum = 0;
            for (var i = 0; i < at.Length; i++)
                sum += weights[i] * lineLoss.Of(sides[i] * at[i]);
            return sum + l2 / 2 * w.Sum(weight => weight * weight);
        }

        private (double[] Move, double Shift, double[] Along) Direction()
        {
            // Per row the curvature of its loss, and the slope of its loss where the step so far has led.
            var (curvature, slopes) = (new double[margins.Length], new double[margins.Length]);
            for (var i = 0; i < margins.Length; i++)
            {
                var (slope, bend) = lineLoss.Slopes(sides[i] * margins[i]);
                (slopes[i], curvature[i]) = (weights[i] * sides[i] * slope, weights[i] * bend);
            }
            var (move, shift, mass) = (new double[columns.Length], 0.0, curvature.Sum());
            var along = new double[margins.Length];
            if (mass == 0) return (move, shift, along);
            var squares = columns.Select(column => RowVectors.WeightedSquare(curvature, column) + l2).ToArray();
            for (var sweep = 0; sweep < Sweeps; sweep++)
            {
                var level = -slopes.Sum() / mass;
                shift += level;
                RowVectors.Add(slopes, curvature, level);
                for (var j = 0; j < columns.Length; j++)
                {
                    var at = Weights[j] + move[j];
                    var next = at - (l2 * at + RowVectors.Dot(columns[j], slopes)) / squares[j];
                    if (next * directions[j] < 0) next = 0;
                    if (next == at) continue;
                    move[j] += next - at;
                    RowVectors.AddProduct(slopes, curvature, columns[j], next - at);
                }
            }
            Array.Fill(along, shift);
            for (var j = 0; j < columns.Length; j++) RowVectors.Add(along, columns[j], move[j]);
            return (move, shift, along);
        }
    }
}

/// <summary>What a row costs by its margin on its own side.</summary>
/// <param name="WeighsOutcomesAlike">Whether both outcomes have the same weight together, however rare one is.</param>
/// <param name="Of">The loss.</param>
/// <param name="Slopes">Its first and second derivative; the second not negative.</param>
internal sealed record LineLoss(bool WeighsOutcomesAlike, Func<double, double> Of, Func<double, (double First, double Second)> Slopes)
{
    /// <summary>max(0, 1 - m)^2: support vectors.</summary>
    internal static LineLoss SquaredHinge { get; } = new(
        true, margin => margin < 1 ? (1 - margin) * (1 - margin) : 0, margin => margin < 1 ? (-2 * (1 - margin), 2) : (0, 0));

    /// <summary>ln(1 + e^-m): log-odds.</summary>
    internal static LineLoss Logistic { get; } = new(
        false, margin => Math.Max(-margin, 0) + double.LogP1(Math.Exp(-Math.Abs(margin))),
        margin => Logit.ToProbability(-margin) is var wrong ? (-wrong, wrong * (1 - wrong)) : default);
}
