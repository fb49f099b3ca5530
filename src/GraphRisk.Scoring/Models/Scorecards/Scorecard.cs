using GraphRisk.Scoring.Calibration;
using GraphRisk.Scoring.Trees;

namespace GraphRisk.Scoring.Models.Scorecards;

/// <summary>
/// The trade's own model: every input cut into bins, every bin worth points, the points added up. The bins of a
/// directed input are in its order and points fall from bin to riskier bin, so directions hold everywhere; of an input without a
/// direction a later bin may be worth more than its share of bad ones alone says, once the other inputs are counted. An input's contribution
/// is its points against the average of the training rows: exact, since nothing but a sum is behind it.
/// </summary>
public sealed class Scorecard : IRiskModel
{
    private readonly Parameters parameters;

    internal Scorecard(Parameters parameters) => this.parameters = parameters;

    public string Family => ScorecardFamily.FamilyName;

    public IReadOnlyList<ModelInput> Inputs => parameters.Inputs;

    public ModelTraits Traits { get; } = new(
        UnknownTreatment.LearnedAndToldTogether, InfiniteTreatment.BeyondEveryBorder, IsMonotone: true,
        new ContributionMethod("points against the average", IsExact: true));

    public long StepsOfRow => Inputs.Count;

    public long StepsOfMargin => StepsOfRow;

    public string Text => ModelText.Write(parameters);

    public double[] Margins(FeatureMatrix matrix, int threads = 1)
    {
        var contributions = Contributions(matrix, threads);
        return [.. Enumerable.Range(0, matrix.Rows).Select(contributions.Margin)];
    }

    public Contributions Contributions(FeatureMatrix matrix, int threads = 1)
    {
        ScaledInputs.RequireWidth(matrix, Inputs.Count);
        var width = Inputs.Count + 1;
        var values = new double[checked(matrix.Rows * width)];
        for (var row = 0; row < matrix.Rows; row++)
        {
            var cells = matrix.Row(row);
            for (var i = 0; i < cells.Length; i++)
                values[row * width + i] = parameters.Worth[i][parameters.Bins[i].BinOf(cells[i])];
            values[row * width + cells.Length] = parameters.Baseline;
        }
        return new Contributions(Inputs.Count, values);
    }

    /// <summary>The card as it is signed: where the average client stands, and what each bin adds. Higher is safer.</summary>
    public PointsTable Points(ScorecardScaling scaling)
    {
        var lines = new List<PointsLine>();
        bool IsUsed(int input) => parameters.Worth[input].Any(worth => worth != 0);
        for (var i = 0; i < Inputs.Count; i++)
        {
            var (bins, worth) = (parameters.Bins[i], parameters.Worth[i]);
            if (!IsUsed(i)) continue;
            for (var bin = 0; bin < bins.Woe.Length; bin++)
                lines.Add(new PointsLine(
                    Inputs[i].Name, bins.Describe(bin, Inputs[i]), bins.Rows[bin], bins.BadRates[bin], bins.Woe[bin], scaling.PointsOfContribution(worth[bin])));
            lines.Add(new PointsLine(
                Inputs[i].Name, "not known", bins.UnknownRows, bins.UnknownBadRate, bins.UnknownWoe, scaling.PointsOfContribution(worth[^1])));
        }
        return new PointsTable(scaling.Points(parameters.Baseline), lines, [.. Inputs.Where((_, i) => !IsUsed(i)).Select(input => input.Name)]);
    }

    public void Dispose()
    {
        // Holds no native memory.
    }

    /// <param name="Baseline">Margin of the average training row.</param>
    /// <param name="Worth">Per input what each bin adds to the margin, that of "not known" last.</param>
    internal sealed record Parameters(ModelInput[] Inputs, InputBins[] Bins, double[][] Worth, double Baseline);
}

/// <summary>A scorecard's points.</summary>
/// <param name="Start">Points of the average client.</param>
/// <param name="Lines">One per bin, in the order of the inputs.</param>
/// <param name="Unused">Inputs that tell nothing beyond the others.</param>
public sealed record PointsTable(double Start, IReadOnlyList<PointsLine> Lines, IReadOnlyList<string> Unused);

/// <param name="Bin">The values it is for.</param>
/// <param name="Rows">Training rows with such a value.</param>
/// <param name="BadRate">Share of bad ones among them.</param>
/// <param name="Woe">Weight of evidence; positive is riskier.</param>
/// <param name="Points">Points added; positive is safer.</param>
public sealed record PointsLine(string Input, string Bin, int Rows, double BadRate, double Woe, double Points);
