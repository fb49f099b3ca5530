using System.Globalization;

namespace GraphRisk.Scoring.Models.Scorecards;

/// <summary>
/// Weight-of-evidence scorecards (Siddiqi 2006): bins by <see cref="Binning"/>, then a logistic regression on the weights of
/// evidence whose coefficients may not turn the bins' order round. Choices are how readily bins are kept apart and how
/// strongly coefficients are held back. Cost: binning, and some tens of passes of L-BFGS over rows x inputs.
/// </summary>
public sealed class ScorecardFamily : ModelFamily
{
    internal const string FamilyName = "scorecard";

    private static readonly (double ChiSquared, double L2)[] Ways = [(1.5, 1), (3.84, 1), (10.8, 1), (3.84, 10)];

    public override string Name => FamilyName;

    public override int Choices => Ways.Length;

    public override string Describe(int choice) => string.Create(
        CultureInfo.InvariantCulture, $"bins apart from chi-squared {Ways[choice].ChiSquared}, L2 {Ways[choice].L2}");

    public override IRiskModel Read(string text) => new Scorecard(ModelText.Read<Scorecard.Parameters>(text));

    private protected override IRiskModel Learn(TrainingSet set, int choice, int seed)
    {
        var (chiSquared, l2) = Ways[choice];
        var bins = Enumerable.Range(0, set.Inputs.Count).Select(column => Binning.Cut(set, column, chiSquared)).ToArray();
        var rows = new float[set.Rows][];
        var means = new double[bins.Length];
        for (var row = 0; row < rows.Length; row++)
        {
            var cells = set.Matrix.Row(row);
            rows[row] = new float[bins.Length];
            for (var i = 0; i < bins.Length; i++)
            {
                var woe = bins[i].WoeOf(cells[i]);
                rows[row][i] = (float)woe;
                means[i] += woe / rows.Length;
            }
        }
        var (intercept, coefficients) = NonNegativeLogistic.Fit(rows, set.Bad, l2, seed);
        var baseline = intercept + Enumerable.Range(0, bins.Length).Sum(i => coefficients[i] * means[i]);
        return new Scorecard(new Scorecard.Parameters([.. set.Inputs], bins, coefficients, means, baseline));
    }
}
