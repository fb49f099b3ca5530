using System.Globalization;

namespace GraphRisk.Scoring.Models.Network;

/// <summary>
/// Trains <see cref="MonotoneNetwork"/> on the log loss. Choices are how long it learns; they lie on one path, so all are
/// judged by one training. Learns from at most 30,000 rows; of more it draws a sample.
/// </summary>
public sealed class NetworkFamily : ModelFamily
{
    internal const string FamilyName = "mlp";

    private static readonly int[] Steps = [150, 300, 600, 1200, 2400];

    public override string Name => FamilyName;

    public override int Choices => Steps.Length;

    public override int MaximumRows => 30_000;

    public override string Describe(int choice) => string.Create(
        CultureInfo.InvariantCulture, $"{NetworkTrainer.FirstUnits} and {NetworkTrainer.SecondUnits} units, {Steps[choice]} steps of {NetworkTrainer.BatchRows} rows");

    public override IRiskModel Read(string text) => new MonotoneNetwork(ModelText.Read<MonotoneNetwork.Parameters>(text));

    private protected override IRiskModel Learn(TrainingSet set, int choice, int seed) => new NetworkTrainer(set, seed).Train([Steps[choice]])[0];

    private protected override double[][] LearnAll(TrainingSet set, Trees.FeatureMatrix rows, int seed) =>
        [.. new NetworkTrainer(set, seed).Train(Steps).Select(model => model.Margins(rows))];
}
