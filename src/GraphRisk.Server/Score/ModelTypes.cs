using GraphRisk.Graph.Schema;
using GraphRisk.Scoring.Metrics;
using GraphRisk.Scoring.Models;
using GraphRisk.Server.Composition;
using GraphRisk.Server.Security;
using GraphRisk.Server.Sessions;

namespace GraphRisk.Server.Score;

/// <summary>A model's card with what the server answers from.</summary>
internal sealed record ModelOf(ModelCard Card, Stamp Stamp);

/// <summary>GraphQL types of the model card: what a reader must know before trusting a score.</summary>
internal static class ModelTypes
{
    private static readonly FieldAccess Card = FieldAccess.Aggregates(Sensitivity.Public);

    /// <param name="parts">Where the types are added.</param>
    /// <param name="report">The field of its report.</param>
    public static void AddTo(SchemaParts parts, GraphQL.Types.FieldType report)
    {
        parts.Types.Add(Fields.Object(
            "Model", "The model that scores: what it foresees, what it was taught on, how it did where it had not looked.",
            Fields.Of<ModelOf>("version", "String!", Card, "Content hash of all that decides a score.", model => model.Card.Version),
            Fields.Of<ModelOf>("trainedAt", "DateTime!", Card, "When it was trained.", model => model.Card.TrainedAt),
            Fields.Of<ModelOf>("purpose", "String!", Card, "What it may be used for.", model => model.Card.Purpose),
            Fields.Of<ModelOf>("outcome", "String!", Card, "What counts as bad.", model => model.Card.Outcome),
            Fields.Of<ModelOf>("population", "String!", Card, "Whose score the performance is about.", model => model.Card.Population),
            Fields.Of<ModelOf>("trainingQuarters", "[Date!]!", Card, "As-of days learned from.", model => model.Card.TrainingQuarters),
            Fields.Of<ModelOf>("testQuarters", "[Date!]!", Card, "As-of days tested on, all later.", model => model.Card.TestQuarters),
            Fields.Of<ModelOf>("outOfTime", "Performance!", Card, "How it did on the test quarters.", model => model.Card.OutOfTime),
            Fields.Of<ModelOf>("outOfTimeOwnOnly", "Performance!", Card, "How a model without graph features did there.", model => model.Card.OutOfTimeOwnOnly),
            Fields.Of<ModelOf>("graphLift", "Float", Card, "What graph features added to the area under the curve.", model => Finite(model.Card.GraphLift)),
            Fields.Of<ModelOf>("stability", "Float", Card, "Population stability index of the probability, training to test quarters.", model => Finite(model.Card.Stability)),
            Fields.Of<ModelOf>("features", "[ModelFeature!]!", Card, "Every feature with its part in the scores.", model => model.Card.Features),
            report,
            Fields.Of<ModelOf>("stamp", "Stamp!", FieldAccess.Structure, "What the server answers from.", model => model.Stamp)));
        parts.Types.Add(Fields.Object(
            "Performance", "How well probabilities foretold outcomes.",
            Fields.Of<Performance>("auc", "Float", Card, "Area under the ROC curve; null without both outcomes.", figures => Finite(figures.Auc)),
            Fields.Of<Performance>("ks", "Float", Card, "Largest distance of the two outcomes' distributions (Kolmogorov-Smirnov).", figures => Finite(figures.Ks)),
            Fields.Of<Performance>("brier", "Float", Card, "Mean squared error of the probability.", figures => Finite(figures.Brier))));
        parts.Types.Add(Fields.Object(
            "ModelFeature", "One feature of the model.",
            Fields.Of<FeatureCard>("name", "String!", Card, "Stable name.", feature => feature.Name),
            Fields.Of<FeatureCard>("title", "String!", Card, "As shown.", feature => feature.Title),
            Fields.Of<FeatureCard>("group", "String!", Card, "Name of its chapter.", feature => feature.Group),
            Fields.Of<FeatureCard>("scope", "String!", Card, "OWN or GRAPH.", feature => feature.Scope),
            Fields.Of<FeatureCard>("meanAbsolutePoints", "Float!", Card, "Mean size of its contribution on the test quarters, in score points.", feature => feature.MeanAbsolutePoints)));
    }

    private static double? Finite(double? number) => number is { } known && double.IsFinite(known) ? ScoreTypes.Rounded(known) : null;
}
