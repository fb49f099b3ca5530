namespace GraphRisk.Scoring.Trees;

/// <summary>
/// Boosted trees as LightGBM's model text, from which margins and contributions both come.
///
/// Contributions are exact Shapley values of the margin over the trees' own conditional expectations (TreeSHAP,
/// path-dependent: Lundberg, Erion, Lee 2018): per row one value per feature and, last, the
/// baseline that every row shares. They sum to the margin. Few rows are computed by LightGBM, at O(trees x leaves x depth^2) a row
/// against O(trees x depth) for the margin alone; many by <see cref="ContributionTables"/>, with the same bits.
///
/// Safe for any number of concurrent readers. Dispose frees the native memory.
/// </summary>
public sealed class TreeModel : IDisposable
{
    /// <summary>From so many rows on the tables pay.</summary>
    private const int ManyRows = 256;

    private readonly BoosterHandle booster;
    private readonly Lazy<ContributionTables?> tables;

    private TreeModel(string text, BoosterHandle booster, int featureCount, int rounds)
    {
        Text = text;
        this.booster = booster;
        FeatureCount = featureCount;
        Rounds = rounds;
        tables = new Lazy<ContributionTables?>(() => ContributionTables.Of(text, featureCount));
    }

    /// <summary>LightGBM's model text: readable, complete, stable for the same training.</summary>
    public string Text { get; }

    public int FeatureCount { get; }

    /// <summary>Trees actually grown, at most the rounds asked for.</summary>
    public int Rounds { get; }

    /// <exception cref="LightGbmException">The text is no LightGBM model.</exception>
    public static TreeModel Load(string text)
    {
        if (!text.StartsWith("tree\n", StringComparison.Ordinal))
            throw new LightGbmException("the text does not open as a LightGBM model");
        LightGbmException.ThrowOnFailure(LightGbmNative.BoosterLoadModelFromString(text, out var rounds, out var booster));
        LightGbmException.ThrowOnFailure(LightGbmNative.BoosterGetFeatureCount(booster, out var features));
        return new TreeModel(text, booster, features, rounds);
    }

    /// <summary>The raw log-odds of default, one per row.</summary>
    /// <param name="rounds">Use only the first so many trees; zero or less means all.</param>
    /// <param name="threads">Rows are independent: the number of threads does not change the answer.</param>
    public double[] Margins(FeatureMatrix matrix, int rounds = -1, int threads = 1)
    {
        var margins = new double[matrix.Rows];
        Predict(matrix, LightGbmNative.PredictRawScore, rounds, threads, margins);
        return margins;
    }

    /// <summary>Per row <see cref="FeatureCount"/> contributions and the baseline, in log-odds, row after row.</summary>
    public double[] Contributions(FeatureMatrix matrix, int threads = 1)
    {
        RequireWidth(matrix);
        var contributions = new double[checked(matrix.Rows * (FeatureCount + 1))];
        if (matrix.Rows >= ManyRows && tables.Value is { } known) known.Write(matrix, contributions, threads);
        else Predict(matrix, LightGbmNative.PredictContributions, -1, threads, contributions);
        return contributions;
    }

    public void Dispose() => booster.Dispose();

    private void Predict(FeatureMatrix matrix, int kind, int rounds, int threads, Span<double> result)
    {
        RequireWidth(matrix);
        if (matrix.Rows == 0)
            return;
        LightGbmException.ThrowOnFailure(LightGbmNative.BoosterPredictForMat(
            booster, matrix.Values, LightGbmNative.Float32, matrix.Rows, matrix.Columns, isRowMajor: 1, kind,
            startIteration: 0, rounds, $"num_threads={threads}", out var length, result));
        if (length != result.Length)
            throw new LightGbmException($"LightGBM wrote {length} values where {result.Length} were expected");
    }

    private void RequireWidth(FeatureMatrix matrix)
    {
        if (matrix.Columns != FeatureCount)
            throw new ArgumentException($"the model reads {FeatureCount} features, the matrix has {matrix.Columns}", nameof(matrix));
    }
}
