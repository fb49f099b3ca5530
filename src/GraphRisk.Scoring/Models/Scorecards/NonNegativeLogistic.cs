using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Trainers;

namespace GraphRisk.Scoring.Models.Scorecards;

/// <summary>
/// Logistic regression with coefficients that are not negative, by Microsoft.ML's L-BFGS: maximum likelihood less a
/// quadratic penalty. One thread and dense rows make it the same every time.
/// </summary>
internal static class NonNegativeLogistic
{
    /// <param name="rows">Row after row, equally long.</param>
    /// <param name="l2">Penalty on squared coefficients.</param>
    internal static (double Intercept, double[] Coefficients) Fit(float[][] rows, bool[] bad, double l2, int seed)
    {
        var context = new MLContext(seed);
        var schema = SchemaDefinition.Create(typeof(Observation));
        schema[nameof(Observation.Features)].ColumnType = new VectorDataViewType(NumberDataViewType.Single, rows[0].Length);
        var data = context.Data.LoadFromEnumerable(rows.Zip(bad, (row, outcome) => new Observation { Features = row, Label = outcome }), schema);
        var trainer = context.BinaryClassification.Trainers.LbfgsLogisticRegression(new LbfgsLogisticRegressionBinaryTrainer.Options
        {
            EnforceNonNegativity = true,
            L1Regularization = 0,
            L2Regularization = (float)l2,
            NumberOfThreads = 1,
            OptimizationTolerance = 1e-6f,
            HistorySize = 20,
        });
        var model = trainer.Fit(data).Model.SubModel;
        return (model.Bias, [.. model.Weights.Select(weight => Math.Max(0.0, weight))]);
    }

    private sealed class Observation
    {
        public float[] Features { get; set; } = [];

        public bool Label { get; set; }
    }
}
