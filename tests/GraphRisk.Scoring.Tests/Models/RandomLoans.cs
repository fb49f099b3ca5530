using GraphRisk.Scoring.Models;
using GraphRisk.Scoring.Trees;

namespace GraphRisk.Scoring.Tests.Models;

/// <summary>Seeded loans: debt is riskier, cover is safer, age bends, a trade is a category; some values are not known, some infinite.</summary>
internal static class RandomLoans
{
    internal static IReadOnlyList<ModelInput> Inputs { get; } =
        [new("debt", 1), new("cover", -1), new("age"), new("trade", 0, ["mine", "mill", "shop"]), new("noise")];

    internal static TrainingSet Draw(int seed, int rows)
    {
        var random = new Random(seed);
        var matrix = new FeatureMatrix(rows, Inputs.Count);
        var bad = new bool[rows];
        for (var row = 0; row < rows; row++)
        {
            var (debt, cover, age, trade) = (Normal(random), Normal(random), Normal(random), random.Next(3));
            matrix[row, 0] = debt;
            matrix[row, 1] = random.Next(20) == 0 ? float.PositiveInfinity : cover;
            matrix[row, 2] = random.Next(10) == 0 ? float.NaN : age;
            matrix[row, 3] = random.Next(15) == 0 ? float.NaN : trade;
            matrix[row, 4] = Normal(random);
            var lean = 1.5 * debt - (float.IsInfinity(matrix[row, 1]) ? 3 : 1.2 * cover) + 0.8 * (age * age - 1) + (trade - 1) * 0.8 - 1;
            bad[row] = random.NextDouble() < 1 / (1 + Math.Exp(-lean));
        }
        return new TrainingSet(matrix, bad, Inputs);
    }

    private static float Normal(Random random) =>
        (float)(Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble()));
}
