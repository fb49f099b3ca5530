using System.Globalization;
using GraphRisk.Scoring.Models.Linear;

namespace GraphRisk.Scoring.Models.Scorecards;

/// <summary>
/// Weight-of-evidence scorecards (Siddiqi 2006): bins by <see cref="Binning"/>, then a logistic regression. With a coefficient
/// per input none may be negative, so none turns the bins' order round; with a coefficient per step that holds of the steps of
/// directed inputs only, and those of others may be of either sign. Choices are how readily bins are kept apart, how strongly
/// coefficients are held back, and what has a coefficient of its own: every input, as in the textbook, or every step of an
/// input from one bin to the next riskier one, which does not count twice what inputs that go together say.
/// The former is Microsoft.ML's logistic regression (<see cref="NonNegativeLogistic"/>), the latter
/// <see cref="SignedLine"/>. Cost: binning, and some tens of passes over rows x bins. Learns from at most 40,000 rows; of
/// more it draws a sample.
/// </summary>
public sealed class ScorecardFamily : ModelFamily
{
    internal const string FamilyName = "scorecard";

    private static readonly (double ChiSquared, double L2, bool BySteps)[] Ways = [(3.84, 10, false), (1.5, 3, true), (1.5, 10, true), (2.7, 5, true)];

    public override string Name => FamilyName;

    public override int Choices => Ways.Length;

    public override int MaximumRows => 40_000;

    public override string Describe(int choice) => string.Create(
        CultureInfo.InvariantCulture, $"bins apart from chi-squared {Ways[choice].ChiSquared}, a coefficient per {(Ways[choice].BySteps ? "step" : "input")}, L2 {Ways[choice].L2}");

    public override IRiskModel Read(string text) => new Scorecard(ModelText.Read<Scorecard.Parameters>(text));

    private protected override IRiskModel Learn(TrainingSet set, int choice, int seed)
    {
        var (chiSquared, l2, bySteps) = Ways[choice];
        var bins = Enumerable.Range(0, set.Inputs.Count).Select(column => Binning.Cut(set, column, chiSquared)).ToArray();
        var (intercept, worth) = bySteps ? BySteps(set, bins, l2) : ByInputs(set, bins, l2, seed);
        return new Scorecard(Average(set, bins, worth, intercept));
    }

    private static (double Intercept, double[][] Worth) ByInputs(TrainingSet set, InputBins[] bins, double l2, int seed)
    {
        var rows = Enumerable.Range(0, set.Rows).Select(row => bins.Select((one, i) => (float)one.WoeOf(one.BinOf(set.Matrix[row, i]))).ToArray()).ToArray();
        var (intercept, coefficients) = NonNegativeLogistic.Fit(rows, set.Bad, l2, seed);
        return (intercept, [.. bins.Select((one, i) =>
            Enumerable.Range(0, one.Woe.Length + 1).Select(bin => bin == one.Woe.Length && one.UnknownRows == 0 ? double.NaN : coefficients[i] * one.WoeOf(bin)).ToArray())]);
    }

    private static (double Intercept, double[][] Worth) BySteps(TrainingSet set, InputBins[] bins, double l2)
    {
        var orders = bins.Select(one => one.ByRisk()).ToArray();
        var (columns, directions) = (new List<double[]>(), new List<int>());
        for (var i = 0; i < bins.Length; i++)
        {
            var ranks = Enumerable.Range(0, set.Rows).Select(row => Array.IndexOf(orders[i], bins[i].BinOf(set.Matrix[row, i]))).ToArray();
            for (var step = 1; step < orders[i].Length; step++)
            {
                var height = bins[i].WoeOf(orders[i][step]) - bins[i].WoeOf(orders[i][step - 1]);
                columns.Add([.. ranks.Select(rank => rank >= step ? height : 0)]);
                directions.Add(set.Inputs[i].Direction == 0 ? 0 : 1);
            }
        }
        var (intercept, coefficients) = SignedLine.Fit([.. columns], set.Bad, [.. directions], LineLoss.Logistic, l2 / set.Rows);
        var next = 0;
        return (intercept, [.. bins.Select((one, i) =>
        {
            var worth = WorthOf(one, orders[i], coefficients.AsSpan(next));
            next += orders[i].Length - 1;
            return worth;
        })]);
    }

    /// <summary>What each bin adds to the margin; NaN for "not known" where no training row was.</summary>
    private static double[] WorthOf(InputBins bins, int[] order, ReadOnlySpan<double> coefficients)
    {
        var worth = new double[bins.Woe.Length + 1];
        worth[^1] = double.NaN;
        worth[order[0]] = 0;
        for (var step = 1; step < order.Length; step++)
            worth[order[step]] = worth[order[step - 1]] + coefficients[step - 1] * (bins.WoeOf(order[step]) - bins.WoeOf(order[step - 1]));
        return worth;
    }

    /// <summary>The card with every input's worth less its mean over the training rows, so that an average client stands at the baseline.</summary>
    private static Scorecard.Parameters Average(TrainingSet set, InputBins[] bins, double[][] worth, double intercept)
    {
        for (var i = 0; i < bins.Length; i++)
        {
            double mean = 0;
            for (var row = 0; row < set.Rows; row++) mean += worth[i][bins[i].BinOf(set.Matrix[row, i])] / set.Rows;
            for (var bin = 0; bin < worth[i].Length; bin++) worth[i][bin] = double.IsNaN(worth[i][bin]) ? 0 : worth[i][bin] - mean;
            intercept += mean;
        }
        return new Scorecard.Parameters([.. set.Inputs], bins, worth, intercept);
    }
}
