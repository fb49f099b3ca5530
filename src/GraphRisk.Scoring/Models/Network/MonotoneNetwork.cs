namespace GraphRisk.Scoring.Models.Network;

/// <summary>
/// A neural network that cannot go against its inputs' directions (Runje and Shankaranarayana 2023): in the first layer a
/// directed input's weights all have the sign of its direction, in later layers no weight is negative, and every
/// activation rises: a third of the units bend upwards (convex), a third downwards (concave), a third are an S, so the
/// network as a whole can do either. Inputs without direction are free in the first layer.
/// One hidden layer of mixtures, one of combinations; the margin is the log-odds.
/// </summary>
public sealed class MonotoneNetwork : HiddenLayerModel
{
    private readonly Parameters parameters;

    internal MonotoneNetwork(string family, Parameters parameters) : base(parameters.Inputs, parameters.First, parameters.FirstBias, parameters.Seed) =>
        (Family, this.parameters) = (family, parameters);

    public override string Family { get; }

    public override ModelTraits Traits { get; } = new(UnknownTreatment.Average, InfiniteTreatment.LikeTheExtremeSeen, IsMonotone: true, Sampling);

    public override string Text => ModelText.Write(parameters);

    private protected override double Bend(ReadOnlySpan<double> mixtures)
    {
        var margin = parameters.OutBias;
        Span<double> bent = stackalloc double[mixtures.Length];
        for (var h = 0; h < bent.Length; h++) bent[h] = Activation.Of(h, mixtures[h]);
        for (var k = 0; k < parameters.Out.Length; k++)
        {
            var sum = parameters.SecondBias[k];
            var weights = parameters.Second[k];
            for (var h = 0; h < bent.Length; h++) sum += weights[h] * bent[h];
            margin += parameters.Out[k] * Activation.Of(k, sum);
        }
        return margin;
    }

    /// <param name="First">Per scaled input its weight in each mixture.</param>
    /// <param name="Second">Per combination the weight of each mixture; none negative.</param>
    /// <param name="Out">Weight of each combination; none negative.</param>
    /// <param name="Seed">Of the orders that contributions are sampled over.</param>
    internal sealed record Parameters(
        ScaledInputs Inputs, double[][] First, double[] FirstBias, double[][] Second, double[] SecondBias, double[] Out, double OutBias, int Seed);
}

/// <summary>Rising activations: convex, concave and S-shaped, by the unit's number.</summary>
internal static class Activation
{
    internal static double Of(int unit, double x) => (unit % 3) switch
    {
        0 => Elu(x),
        1 => -Elu(-x),
        _ => x >= 0 ? 1 - Math.Exp(-x) : Math.Exp(x) - 1,
    };

    /// <summary>Derivative; never negative.</summary>
    internal static double Slope(int unit, double x) => (unit % 3) switch
    {
        0 => x >= 0 ? 1 : Math.Exp(x),
        1 => x <= 0 ? 1 : Math.Exp(-x),
        _ => Math.Exp(-Math.Abs(x)),
    };

    private static double Elu(double x) => x >= 0 ? x : Math.Exp(x) - 1;
}
