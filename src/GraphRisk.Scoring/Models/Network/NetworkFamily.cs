using System.Globalization;

namespace GraphRisk.Scoring.Models.Network;

/// <summary>
/// Trains <see cref="MonotoneNetwork"/> on the log loss. Choices are how long it learns; they lie on one path, so all are
/// judged by one training. Learns from at most 30,000 rows; of more it draws a sample.
/// </summary>
public class NetworkFamily : ModelFamily
{
    internal const string FamilyName = "mlp";

    private static readonly int[] Steps = [150, 300, 600, 1200, 2400];

    public override string Name => FamilyName;

    public sealed override int Choices => Steps.Length;

    public sealed override int MaximumRows => 30_000;

    public sealed override string Describe(int choice) => string.Create(
        CultureInfo.InvariantCulture, $"{NetworkTrainer.FirstUnits} and {NetworkTrainer.SecondUnits} units, {Steps[choice]} steps of {NetworkTrainer.BatchRows} rows");

    public sealed override IRiskModel Read(string text) => new MonotoneNetwork(Name, ModelText.Read<MonotoneNetwork.Parameters>(text));

    private protected sealed override IRiskModel Learn(TrainingSet set, int choice, int seed) => new NetworkTrainer(Name, set, seed).Train([Steps[choice]])[0];

    private protected sealed override double[][] LearnAll(TrainingSet set, Trees.FeatureMatrix rows, int seed) =>
        [.. new NetworkTrainer(Name, set, seed).Train(Steps).Select(model => model.Margins(rows))];
}
