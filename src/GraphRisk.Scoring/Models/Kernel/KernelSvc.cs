using System.Globalization;
using GraphRisk.Scoring.Models.Linear;

namespace GraphRisk.Scoring.Models.Kernel;

/// <summary>
/// Support vector classification with a Gaussian kernel, by random Fourier features (Rahimi and Recht 2007): the kernel is
/// approximated by the inner product of cosines of random mixtures of the <see cref="ScaledInputs"/>, and the machine is a
/// line in those cosines. A cosine goes up and down, so the directions of inputs cannot be kept, and the model says so.
/// </summary>
public sealed class KernelSvc : HiddenLayerModel
{
    private readonly Parameters parameters;

    internal KernelSvc(Parameters parameters) : base(parameters.Inputs, parameters.Frequencies, parameters.Phases, parameters.Seed) =>
        this.parameters = parameters;

    public override string Family => KernelSvcFamily.FamilyName;

    public override ModelTraits Traits { get; } = new(UnknownTreatment.Average, InfiniteTreatment.LikeTheExtremeSeen, IsMonotone: false, Sampling);

    public override string Text => ModelText.Write(parameters);

    private protected override double Bend(ReadOnlySpan<double> mixtures)
    {
        var margin = parameters.Intercept;
        for (var i = 0; i < mixtures.Length; i++) margin += parameters.Weights[i] * Math.Cos(mixtures[i]);
        return margin;
    }

    /// <param name="Frequencies">Per scaled input its frequency in each cosine.</param>
    /// <param name="Phases">Of each cosine.</param>
    /// <param name="Weights">Of each cosine in the margin.</param>
    /// <param name="Seed">Of the orders that contributions are sampled over.</param>
    internal sealed record Parameters(ScaledInputs Inputs, double[][] Frequencies, double[] Phases, double[] Weights, double Intercept, int Seed);
}

/// <summary>
/// Trains <see cref="KernelSvc"/>. Choices are the width of the kernel, as a multiple of the mean squared distance between
/// rows, and the penalty. Learns from at most 12,000 rows; of more it draws a sample.
/// </summary>
public sealed class KernelSvcFamily : ModelFamily
{
    internal const string FamilyName = "svc-rbf";

    private const int Cosines = 256;

    private static readonly (double Width, double L2)[] Ways = [(2, 0.3), (8, 0.1), (8, 0.01)];

    public override string Name => FamilyName;

    public override int Choices => Ways.Length;

    public override bool MarginIsLogOdds => false;

    public override int MaximumRows => 12_000;

    public override string Describe(int choice) => string.Create(
        CultureInfo.InvariantCulture, $"kernel {Ways[choice].Width} times the mean squared distance wide, {Cosines} cosines, L2 {Ways[choice].L2}");

    public override IRiskModel Read(string text) => new KernelSvc(ModelText.Read<KernelSvc.Parameters>(text));

    private protected override IRiskModel Learn(TrainingSet set, int choice, int seed)
    {
        var inputs = ScaledInputs.Of(set);
        var columns = inputs.Columns(set.Matrix);
        // Rows are 2 x variance apart in each direction.
        var distance = 2 * columns.Sum(column => column.Sum(value => value * value) / set.Rows);
        var scale = 1 / Math.Sqrt(Math.Max(distance * Ways[choice].Width, 1e-9) / 2);
        var random = new Random(seed);
        var frequencies = columns.Select(_ => Enumerable.Range(0, Cosines).Select(_ => scale * Normal(random)).ToArray()).ToArray();
        var phases = Enumerable.Range(0, Cosines).Select(_ => 2 * Math.PI * random.NextDouble()).ToArray();
        var cosines = phases.Select((phase, i) => CosinesOf(columns, frequencies, phase, i, set.Rows)).ToArray();
        var (intercept, weights) = SignedLine.Fit(cosines, set.Bad, new int[Cosines], LineLoss.SquaredHinge, Ways[choice].L2 / Math.Sqrt(Cosines));
        return new KernelSvc(new KernelSvc.Parameters(inputs, frequencies, phases, weights, intercept, seed));
    }

    private static double[] CosinesOf(double[][] columns, double[][] frequencies, double phase, int cosine, int rows)
    {
        var values = new double[rows];
        Array.Fill(values, phase);
        for (var column = 0; column < columns.Length; column++)
        {
            var (cells, frequency) = (columns[column], frequencies[column][cosine]);
            for (var row = 0; row < rows; row++) values[row] += frequency * cells[row];
        }
        for (var row = 0; row < rows; row++) values[row] = Math.Cos(values[row]);
        return values;
    }

    private static double Normal(Random random) =>
        Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
}
