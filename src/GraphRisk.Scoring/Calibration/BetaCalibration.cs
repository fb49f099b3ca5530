namespace GraphRisk.Scoring.Calibration;

/// <summary>
/// Beta calibration (Kull, Silva Filho, Flach 2017): with s = 1 / (1 + e^-margin), log-odds = rise x ln s - fall x ln(1 - s) + level.
/// Three parameters bend both ends apart, so a model that is too sure at one end only is put right; rise = fall is
/// <see cref="PlattScaling"/>. Maximum likelihood by Newton's method; a slope that would come out negative is held at 0,
/// so the map never falls. O(rows) a step.
/// </summary>
/// <param name="Rise">Not negative: weight of ln s.</param>
/// <param name="Fall">Not negative: weight of -ln(1 - s).</param>
public sealed record BetaCalibration(double Rise, double Fall, double Level) : MarginCalibration
{
    private const int MaximumSteps = 50;
    private const double Ridge = 1e-6;

    public override double LogOdds(double margin)
    {
        var (u, v) = Parts(margin);
        return Rise * u + Fall * v + Level;
    }

    /// <param name="sample">Both outcomes must have weight.</param>
    public static BetaCalibration Fit(CalibrationSample sample)
    {
        var both = Fit(sample, true, true);
        if (both.Rise < 0) return Fit(sample, false, true) is { Fall: >= 0 } fall ? fall : Fit(sample, false, false);
        if (both.Fall < 0) return Fit(sample, true, false) is { Rise: >= 0 } rise ? rise : Fit(sample, false, false);
        return both;
    }

    /// <summary>ln s and -ln(1 - s), both rising in the margin.</summary>
    private static (double U, double V) Parts(double margin)
    {
        var softPlus = double.LogP1(Math.Exp(-Math.Abs(margin))) + Math.Max(margin, 0); // ln(1 + e^margin)
        return (margin - softPlus, softPlus);
    }

    private static BetaCalibration Fit(CalibrationSample sample, bool withRise, bool withFall)
    {
        var x = sample.Margins.Select(margin => Parts(margin) is var (u, v) ? new[] { withRise ? u : 0, withFall ? v : 0, 1 } : []).ToArray();
        double[] at = [0, 0, Math.Log(sample.WeightOf(true) / sample.WeightOf(false))];
        var loss = Loss(sample, x, at);
        for (var step = 0; step < MaximumSteps; step++)
        {
            var move = Step(sample, x, at);
            var size = 1.0;
            double[] next;
            double there;
            do
            {
                next = [.. at.Select((value, i) => value - size * move[i])];
                there = Loss(sample, x, next);
                size /= 2;
            }
            while (there > loss && size > 1e-8);
            if (!(there < loss - 1e-12 * Math.Abs(loss))) break;
            (at, loss) = (next, there);
        }
        return new BetaCalibration(at[0], at[1], at[2]);
    }

    private static double Loss(CalibrationSample sample, double[][] x, double[] at)
    {
        double sum = Ridge * (at[0] * at[0] + at[1] * at[1]);
        for (var i = 0; i < x.Length; i++)
        {
            var z = x[i][0] * at[0] + x[i][1] * at[1] + at[2];
            sum += sample.Weights[i] * (Math.Max(z, 0) + double.LogP1(Math.Exp(-Math.Abs(z))) - (sample.Bad[i] ? z : 0));
        }
        return sum;
    }

    /// <summary>Newton's step: the solution of Hessian x step = gradient, by elimination.</summary>
    private static double[] Step(CalibrationSample sample, double[][] x, double[] at)
    {
        var system = new double[3, 4];
        for (var i = 0; i < x.Length; i++)
        {
            var p = Logit.ToProbability(x[i][0] * at[0] + x[i][1] * at[1] + at[2]);
            var miss = sample.Weights[i] * (p - (sample.Bad[i] ? 1 : 0));
            var weight = sample.Weights[i] * p * (1 - p);
            for (var row = 0; row < 3; row++)
            {
                for (var column = 0; column < 3; column++) system[row, column] += weight * x[i][row] * x[i][column];
                system[row, 3] += miss * x[i][row];
            }
        }
        for (var i = 0; i < 3; i++)
        {
            system[i, i] += 2 * Ridge + 1e-9;
            system[i, 3] += i < 2 ? 2 * Ridge * at[i] : 0;
        }
        return Solve(system);
    }

    private static double[] Solve(double[,] system)
    {
        for (var pivot = 0; pivot < 3; pivot++) // positive definite: no exchange of rows is needed
        {
            for (var row = pivot + 1; row < 3; row++)
            {
                var factor = system[row, pivot] / system[pivot, pivot];
                for (var column = pivot; column < 4; column++) system[row, column] -= factor * system[pivot, column];
            }
        }
        var solution = new double[3];
        for (var row = 2; row >= 0; row--)
        {
            var rest = system[row, 3];
            for (var column = row + 1; column < 3; column++) rest -= system[row, column] * solution[column];
            solution[row] = rest / system[row, row];
        }
        return solution;
    }
}
