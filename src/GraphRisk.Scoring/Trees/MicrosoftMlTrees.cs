using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Trainers.LightGbm;

namespace GraphRisk.Scoring.Trees;

/// <summary>
/// The challenger: the same rows through Microsoft.ML's own LightGbm trainer, which runs on the same native library
/// but knows no monotone constraints and gives no exact contributions. Trained beside the champion of
/// <see cref="TreeTrainer"/> it says what the constraints cost in separation, and guards the direct calls: without
/// constraints or sampling both must find the same trees.
/// </summary>
public sealed class MicrosoftMlTrees
{
    private readonly MLContext context;
    private readonly ITransformer model;
    private readonly SchemaDefinition schema;

    private MicrosoftMlTrees(MLContext context, ITransformer model, SchemaDefinition schema)
    {
        this.context = context;
        this.model = model;
        this.schema = schema;
    }

    /// <param name="outcomes">1 for default, 0 for none; one per row.</param>
    public static MicrosoftMlTrees Train(FeatureMatrix matrix, ReadOnlySpan<float> outcomes, TreeParameters parameters)
    {
        var context = new MLContext(parameters.Seed);
        var schema = SchemaDefinition.Create(typeof(Observation));
        schema[nameof(Observation.Features)].ColumnType = new VectorDataViewType(NumberDataViewType.Single, matrix.Columns);
        var rows = new Observation[matrix.Rows];
        for (var i = 0; i < rows.Length; i++)
            rows[i] = new Observation { Features = matrix.Row(i).ToArray(), Label = outcomes[i] > 0 };
        var trainer = context.BinaryClassification.Trainers.LightGbm(Options(parameters));
        return new MicrosoftMlTrees(context, trainer.Fit(context.Data.LoadFromEnumerable(rows, schema)), schema);
    }

    /// <summary>The raw log-odds of default, one per row.</summary>
    public double[] Margins(FeatureMatrix matrix)
    {
        var rows = Enumerable.Range(0, matrix.Rows).Select(i => new Observation { Features = matrix.Row(i).ToArray() });
        var scored = model.Transform(context.Data.LoadFromEnumerable(rows, schema));
        return [.. scored.GetColumn<float>("Score").Select(score => (double)score)];
    }

    private static LightGbmBinaryTrainer.Options Options(TreeParameters parameters) => new()
    {
        NumberOfIterations = parameters.Rounds,
        NumberOfLeaves = parameters.Leaves,
        LearningRate = parameters.LearningRate,
        MinimumExampleCountPerLeaf = parameters.MinimumRowsPerLeaf,
        NumberOfThreads = parameters.Threads,
        Seed = parameters.Seed,
        MaximumBinCountPerFeature = parameters.Bins,
        Deterministic = true,
        HandleMissingValue = true,
        UseZeroAsMissingValue = false,
        Sigmoid = 1, // Microsoft.ML's own default of 0.5 would state margins in half log-odds
        Booster = new GradientBooster.Options
        {
            L2Regularization = parameters.L2,
            MinimumChildWeight = 1e-3, // LightGBM's default
            FeatureFraction = parameters.FeatureFraction,
            SubsampleFraction = parameters.RowFraction,
            SubsampleFrequency = parameters.RowFraction < 1 ? 1 : 0,
        },
    };

    private sealed class Observation
    {
        public float[] Features { get; set; } = [];

        public bool Label { get; set; }
    }
}
