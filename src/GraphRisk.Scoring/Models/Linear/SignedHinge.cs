namespace GraphRisk.Scoring.Models.Linear;

/// <summary>
/// A line with the largest soft margin whose weights keep given signs: the least mean squared hinge loss
/// max(0, 1 - y x f)^2, both outcomes weighing alike, plus L2 / 2 x |w|^2, subject to sign(w) being the direction's.
///
/// Newton's method on the rows that lack margin, each quadratic solved by coordinate descent with weights held on their
/// side of nil (Chang, Hsieh, Lin 2008, for the unconstrained case), then a search along the step. Written here because
/// Microsoft.ML's LinearSvm knows no constraints and stops where its stochastic steps happen to end.
/// Cost: some tens of passes over rows x columns.
/// </summary>
internal static class SignedHinge
{
    private const int MaximumNewtonSteps = 25;
    private const int Sweeps = 8;

    /// <param name="columns">Scaled numbers, column by column.</param>
    /// <param name="directions">Per column +1, -1 or 0.</param>
    internal static (double Intercept, double[] Weights) Fit(double[][] columns, bool[] bad, int[] directions, double l2)
    {
        var state = new Problem(columns, bad, directions, l2);
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
        private readonly double l2;
        private readonly double[] sides;   // +1 bad, -1 good
        private readonly double[] weights; // of rows, summing to 1
        private double[] margins;
        private double loss;

        internal Problem(double[][] columns, bool[] bad, int[] directions, double l2)
        {
            (this.columns, this.directions, this.l2) = (columns, directions, l2);
            var bads = bad.Count(one => one);
            sides = [.. bad.Select(one => one ? 1.0 : -1.0)];
            weights = [.. bad.Select(one => 0.5 / (one ? bads : bad.Length - bads))];
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
                var isWorthMore = loss - reached > 1e-7 * loss;
                (Weights, margins, loss, Intercept) = (next, there, reached, Intercept + size * shift);
                return isWorthMore;
            }
            return false;
        }

        private double Loss(double[] at, double[] w)
        {
            double sum = 0;
            for (var i = 0; i < at.Length; i++)
            {
                var lack = 1 - sides[i] * at[i];
                if (lack > 0) sum += weights[i] * lack * lack;
            }
            return sum + l2 / 2 * w.Sum(weight => weight * weight);
        }

        private (double[] Move, double Shift, double[] Along) Direction()
        {
            var active = Enumerable.Range(0, margins.Length).Where(i => sides[i] * margins[i] < 1).ToArray();
            var (move, shift, along) = (new double[columns.Length], 0.0, new double[margins.Length]);
            var squares = columns.Select(column => active.Sum(i => 2 * weights[i] * column[i] * column[i]) + l2).ToArray();
            var mass = active.Sum(i => 2 * weights[i]);
            for (var sweep = 0; sweep < Sweeps && active.Length > 0; sweep++)
            {
                double slope = 0;
                foreach (var i in active) slope += 2 * weights[i] * (margins[i] + along[i] - sides[i]);
                var level = -slope / mass;
                shift += level;
                for (var i = 0; i < along.Length; i++) along[i] += level;
                for (var j = 0; j < columns.Length; j++) Descend(j, active, squares[j], move, along);
            }
            return (move, shift, along);
        }

        private void Descend(int j, int[] active, double square, double[] move, double[] along)
        {
            var column = columns[j];
            var at = Weights[j] + move[j];
            var slope = l2 * at;
            foreach (var i in active) slope += 2 * weights[i] * column[i] * (margins[i] + along[i] - sides[i]);
            var next = at - slope / square;
            if (next * directions[j] < 0) next = 0;
            var by = next - at;
            if (by == 0) return;
            move[j] += by;
            for (var i = 0; i < along.Length; i++) along[i] += by * column[i];
        }
    }
}
