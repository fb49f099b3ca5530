using GraphRisk.Scoring.Trees;

namespace GraphRisk.Scoring.Tests.Trees;

/// <summary>Seeded observations whose outcome leans on the first two features; one value in ten is missing.</summary>
internal static class RandomObservations
{
    internal static (FeatureMatrix Matrix, float[] Outcomes) Draw(int seed, int rows, int columns)
    {
        var random = new Random(seed);
        var matrix = new FeatureMatrix(rows, columns);
        var outcomes = new float[rows];
        for (var row = 0; row < rows; row++)
        {
            for (var column = 0; column < columns; column++)
                matrix[row, column] = random.Next(10) == 0 ? float.NaN : (float)random.NextDouble() - 0.5f;
            var lean = Known(matrix[row, 0]) * 4 - Known(matrix[row, 1]) * 3;
            outcomes[row] = random.NextDouble() < 1 / (1 + Math.Exp(-lean)) ? 1 : 0;
        }
        outcomes[0] = 0;
        outcomes[1] = 1;
        return (matrix, outcomes);
    }

    internal static string[] Names(int columns) => [.. Enumerable.Range(0, columns).Select(i => $"f{i}")];

    private static float Known(float value) => float.IsNaN(value) ? 0 : value;
}
