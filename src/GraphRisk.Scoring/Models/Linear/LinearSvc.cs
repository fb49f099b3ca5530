using System.Globalization;
using GraphRisk.Scoring.Trees;

namespace GraphRisk.Scoring.Models.Linear;

/// <summary>Linear support vector classification over <see cref="ScaledInputs"/>: a contribution is weight x scaled input, exact.</summary>
public sealed class LinearSvc : IRiskModel
{
    private readonly Parameters parameters;

    internal LinearSvc(Parameters parameters) => this.parameters = parameters;

    public string Family => LinearSvcFamily.FamilyName;

    public IReadOnlyList<ModelInput> Inputs => parameters.Inputs.Inputs;

    public ModelTraits Traits { get; } = new(
        UnknownTreatment.Average, InfiniteTreatment.LikeTheExtremeSeen, IsMonotone: true,
        new ContributionMethod("weight x input", IsExact: true));

    public long StepsOfRow => parameters.Weights.Length;

    public long StepsOfMargin => StepsOfRow;

    public string Text => ModelText.Write(parameters);

    public double[] Margins(FeatureMatrix matrix, int threads = 1)
    {
        var contributions = Contributions(matrix, threads);
        return [.. Enumerable.Range(0, matrix.Rows).Select(contributions.Margin)];
    }

    public Contributions Contributions(FeatureMatrix matrix, int threads = 1)
    {
        var (scaling, weights) = (parameters.Inputs, parameters.Weights);
        ScaledInputs.RequireWidth(matrix, Inputs.Count);
        var width = Inputs.Count + 1;
        var values = new double[checked(matrix.Rows * width)];
        var cells = new double[scaling.Width];
        for (var row = 0; row < matrix.Rows; row++)
        {
            scaling.Scale(matrix.Row(row), cells);
            for (var input = 0; input < Inputs.Count; input++)
            {
                var (from, count) = scaling.Of(input).GetOffsetAndLength(cells.Length);
                for (var cell = from; cell < from + count; cell++) values[row * width + input] += weights[cell] * cells[cell];
            }
            values[row * width + Inputs.Count] = parameters.Intercept;
        }
        return new Contributions(Inputs.Count, values);
    }

    public void Dispose()
    {
        // Holds no native memory.
    }

    internal sealed record Parameters(ScaledInputs Inputs, double Intercept, double[] Weights);
}

/// <summary>Trains <see cref="LinearSvc"/> with <see cref="SignedLine"/> on the squared hinge loss, both outcomes weighing alike. Choices are the penalty on weights.
/// Learns from at most 50,000 rows; of more it draws a sample.</summary>
public sealed class LinearSvcFamily : ModelFamily
{
    internal const string FamilyName = "svc-linear";

    private static readonly double[] Penalties = [0.3, 0.03, 0.003];

    public override string Name => FamilyName;

    public override int Choices => Penalties.Length;

    public override bool MarginIsLogOdds => false;

    public override int MaximumRows => 50_000;

    public override string Describe(int choice) => string.Create(CultureInfo.InvariantCulture, $"L2 {Penalties[choice]}");

    public override IRiskModel Read(string text) => new LinearSvc(ModelText.Read<LinearSvc.Parameters>(text));

    private protected override IRiskModel Learn(TrainingSet set, int choice, int seed)
    {
        var inputs = ScaledInputs.Of(set);
        var (intercept, weights) = SignedLine.Fit(inputs.Columns(set.Matrix), set.Bad, inputs.Directions(), LineLoss.SquaredHinge, Penalties[choice]);
        return new LinearSvc(new LinearSvc.Parameters(inputs, intercept, weights));
    }
}
