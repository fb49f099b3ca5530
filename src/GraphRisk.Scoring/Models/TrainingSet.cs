using GraphRisk.Scoring.Trees;

namespace GraphRisk.Scoring.Models;

/// <summary>Rows with known outcomes that a family learns from.</summary>
public sealed class TrainingSet
{
    /// <param name="matrix">One row per observation, one column per input.</param>
    /// <param name="bad">Whether each turned out bad; both outcomes must occur.</param>
    /// <exception cref="ArgumentException">The lengths disagree, or only one outcome occurs.</exception>
    public TrainingSet(FeatureMatrix matrix, bool[] bad, IReadOnlyList<ModelInput> inputs)
    {
        if (bad.Length != matrix.Rows)
            throw new ArgumentException($"{bad.Length} outcomes for {matrix.Rows} rows", nameof(bad));
        if (inputs.Count != matrix.Columns)
            throw new ArgumentException($"{inputs.Count} inputs for {matrix.Columns} columns", nameof(inputs));
        if (!bad.Contains(true) || !bad.Contains(false))
            throw new ArgumentException("training needs both outcomes", nameof(bad));
        (Matrix, Bad, Inputs) = (matrix, bad, inputs);
    }

    public FeatureMatrix Matrix { get; }

    public bool[] Bad { get; }

    public IReadOnlyList<ModelInput> Inputs { get; }

    public int Rows => Bad.Length;

    public TrainingSet Select(ReadOnlySpan<int> rows)
    {
        var bad = new bool[rows.Length];
        for (var i = 0; i < bad.Length; i++) bad[i] = Bad[rows[i]];
        return new TrainingSet(Matrix.SelectRows(rows), bad, Inputs);
    }

    /// <summary>All of it, or at most so many rows of it: drawn by the seed, with the same share of bad ones.</summary>
    public TrainingSet AtMost(int rows, int seed)
    {
        if (Rows <= rows) return this;
        var random = new Random(seed);
        var order = Enumerable.Range(0, Rows).ToArray();
        random.Shuffle(order);
        var share = (double)Bad.Count(bad => bad) / Rows;
        var bads = Math.Max(1, (int)Math.Round(share * rows));
        int[] kept = [.. order.Where(row => Bad[row]).Take(bads), .. order.Where(row => !Bad[row]).Take(rows - bads)];
        Array.Sort(kept);
        return Select(kept);
    }
}
