using GraphQL;
using GraphRisk.Scoring.Features;
using GraphRisk.Scoring.Scores;
using GraphRisk.Server.Composition;
using GraphRisk.Server.Security;

namespace GraphRisk.Server.Score;

/// <summary>GraphQL types of scores.</summary>
internal static class ScoreTypes
{
    public static void AddTo(SchemaParts parts, FieldAccess derived)
    {
        parts.Types.Add(Fields.Enum(
            "RiskScope", "Whether a reason speaks of the client itself or of those it is tied to.",
            ("OWN", FeatureScope.Own, "The client itself."),
            ("CONTAGION", FeatureScope.Graph, "Those it is tied to: guarantees, ownership, common holdings, links.")));
        parts.Types.Add(Fields.Object(
            "CreditScore", "A client's score and why. Points add up: baseline + own risk + contagion = points; the score is those points rounded and held inside 300 to 850.",
            Fields.Of<ScoreOf>("client", "Party", FieldAccess.Structure, "The client.", one => one.Client),
            Fields.Of<ScoreOf>("score", "Int", derived, "300 to 850, higher is safer.", one => one.Score.Score),
            Fields.Of<ScoreOf>("grade", "String", derived, "Grade of the probability of default, AAA to D.", one => one.Score.Grade.Name),
            Fields.Of<ScoreOf>("gradeMeaning", "String", derived, "The grade in plain words.", one => one.Score.Grade.Meaning),
            Fields.Of<ScoreOf>("probabilityOfDefault", "Float", derived, "Probability of default or forced liquidation within the horizon.", one => Rounded(one.Score.ProbabilityOfDefault)),
            Fields.Of<ScoreOf>("horizonQuarters", "Int!", FieldAccess.Structure, "Horizon of the probability, in quarters.", one => one.Score.HorizonQuarters),
            Fields.Of<ScoreOf>("hasDebt", "Boolean", derived, "The client owes something now; otherwise the score speaks of its next contract.", one => one.HasDebt),
            Fields.Of<ScoreOf>("points", "Float", derived, "The score before it is rounded and held inside the scale.", one => Rounded(one.Score.Points)),
            Fields.Of<ScoreOf>("baseline", "Float", derived, "Points where every client starts.", one => Rounded(one.Score.BaselinePoints)),
            Fields.Of<ScoreOf>("ownRisk", "Float", derived, "Points the client's own facts add; negative lowers the score.", one => Rounded(one.Score.OwnPoints)),
            Fields.Of<ScoreOf>("contagion", "Float", derived, "Points those it is tied to add; negative lowers the score.", one => Rounded(one.Score.ContagionPoints)),
            Fields.Of<ScoreOf>("groups", "[ReasonGroup!]", derived, "The same by chapter, in fixed order.", one => one.Score.Groups),
            Fields.Of<ScoreOf>("reasons", "[Reason!]", derived, "Features by falling size of their part in the score.", Reasons,
                TypeExpression.Argument("first", "Int", "At most so many; all where not given."),
                TypeExpression.Argument("adverse", "Boolean", "True for reasons only that lower the score."),
                TypeExpression.Argument("scope", "RiskScope", "Reasons of one scope only.")),
            Fields.Of<ScoreOf>("modelVersion", "String!", FieldAccess.Structure, "Content hash of the model.", one => one.Score.ModelVersion),
            Fields.Of<ScoreOf>("stamp", "Stamp!", FieldAccess.Structure, "What the answer stands on.", one => one.Client.View.Stamp)));
        parts.Types.Add(Fields.Object(
            "ReasonGroup", "A chapter of the reasons.",
            Fields.Of<ReasonGroup>("name", "String!", FieldAccess.Structure, "Stable name.", group => group.Name),
            Fields.Of<ReasonGroup>("title", "String!", FieldAccess.Structure, "As shown.", group => group.Title),
            Fields.Of<ReasonGroup>("scope", "RiskScope!", FieldAccess.Structure, "Own risk or contagion.", group => group.Scope),
            Fields.Of<ReasonGroup>("points", "Float!", FieldAccess.Structure, "Sum over its features; positive lifts the score.", group => Rounded(group.Points))));
        parts.Types.Add(Fields.Object(
            "Reason", "One feature's part in a score, exact and additive (TreeSHAP).",
            Fields.Of<ReasonOf>("feature", "String!", FieldAccess.Structure, "Stable name of the feature.", one => one.Reason.Feature),
            Fields.Of<ReasonOf>("title", "String!", FieldAccess.Structure, "As shown.", one => one.Reason.Title),
            Fields.Of<ReasonOf>("group", "String!", FieldAccess.Structure, "Name of its chapter.", one => one.Reason.Group),
            Fields.Of<ReasonOf>("scope", "RiskScope!", FieldAccess.Structure, "Own risk or contagion.", one => one.Reason.Scope),
            Fields.Of<ReasonOf>("value", "Float", derived, "The feature's value; null when not known.", one => Value(one.Reason.Value)),
            Fields.Of<ReasonOf>("points", "Float", derived, "Points it adds; positive lifts the score.", one => Rounded(one.Reason.Points)),
            Fields.Of<ReasonOf>("text", "String", derived, "In plain words.", one => one.Reason.Text)));
    }

    private static IEnumerable<ReasonOf> Reasons(ScoreOf one, IResolveFieldContext context)
    {
        var first = context.GetArgument<int?>("first") ?? int.MaxValue;
        var scope = context.GetArgument<FeatureScope?>("scope");
        if (first < 0) throw Errors.Problem.BadInput("first", "must not be below 0.");
        var adverse = context.GetArgument<bool?>("adverse") ?? false;
        return one.Score.Reasons
            .Where(reason => (!adverse || reason.Points < 0) && (scope is null || reason.Scope == scope))
            .Take(first).Select(reason => new ReasonOf(one.Client, reason));
    }

    /// <summary>To ten digits, below which sums of doubles differ between machines.</summary>
    internal static double Rounded(double number) => Math.Round(number, 10);

    /// <summary>Boundless values have no JSON number.</summary>
    private static double? Value(double? value) => value is { } number && double.IsFinite(number) ? number : null;
}
