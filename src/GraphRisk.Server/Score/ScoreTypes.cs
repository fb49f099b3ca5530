using GraphQL;
using GraphQL.Types;
using GraphRisk.Disclosure.Bands;
using GraphRisk.Disclosure.Scores;
using GraphRisk.Scoring.Features;
using GraphRisk.Scoring.Scores;
using GraphRisk.Scoring.Texts;
using GraphRisk.Server.Composition;
using GraphRisk.Server.Nodes;
using GraphRisk.Server.Security;

namespace GraphRisk.Server.Score;

/// <summary>GraphQL types of scores.</summary>
internal static class ScoreTypes
{
    internal static QueryArgument InLanguage => TypeExpression.Argument("language", "Language", "Language of titles and texts; English where not given.");

    public static void AddTo(SchemaParts parts, FieldAccess derived)
    {
        parts.Types.Add(Fields.Enum(
            "RiskScope", "Whether a reason speaks of the client itself or of those it is tied to.",
            ("OWN", FeatureScope.Own, "The client itself."),
            ("CONTAGION", FeatureScope.Graph, "Those it is tied to: guarantees, ownership, common holdings, links.")));
        parts.Types.Add(Fields.Enum(
            "Language", "A language of titles and texts.",
            ("EN", Language.English, "English."),
            ("ZH", Language.Chinese, "Chinese (中文).")));
        parts.Types.Add(Fields.Enum(
            "Band", "How much of something there is, where the figure is not disclosed. Limits are the same for everyone and fixed for a quarter.",
            ("NONE", Band.None, "Nothing."),
            ("LOW", Band.Low, "Little."),
            ("MEDIUM", Band.Medium, "Some."),
            ("HIGH", Band.High, "Much.")));
        parts.Types.Add(Fields.Enum(
            "ScoreEffect", "What a reason does to a score, in classes of points.",
            ("LOWERS_STRONGLY", Effect.LowersStrongly, $"Takes {Effects.Strong} points or more."),
            ("LOWERS", Effect.Lowers, $"Takes {Effects.Slight} point or more."),
            ("HARDLY", Effect.Hardly, $"Moves it by less than {Effects.Slight} point."),
            ("LIFTS", Effect.Lifts, $"Adds {Effects.Slight} point or more."),
            ("LIFTS_STRONGLY", Effect.LiftsStrongly, $"Adds {Effects.Strong} points or more.")));
        parts.Types.Add(Fields.Object(
            "CreditScore", "A client's score and why. Points add up: baseline + own risk + contagion = points; the score is those points rounded and held inside 300 to 850. To a broker that has the client's SCORE and not its FACTS, points are whole and the probability has three digits.",
            Fields.Of<ScoreOf>("client", "Party", FieldAccess.Structure, "The client.", one => one.Client),
            Fields.Of<ScoreOf>("score", "Int", derived, "300 to 850, higher is safer.", one => one.Score.Score),
            Fields.Of<ScoreOf>("grade", "String", derived, "Grade of the probability of default, AAA to D.", one => one.Score.Grade.Name),
            Fields.Of<ScoreOf>("gradeMeaning", "String", derived, "The grade in plain words.", (one, context) => ReasonText.In(LanguageOf(context)).MeaningOf(one.Score.Grade), InLanguage),
            Fields.Of<ScoreOf>("thinFile", "Boolean", derived, "The client's file is thin: fewer than six months of any behaviour, so the grade is no better than the middle one and the interval wide.", one => one.Score.ThinFile is not null),
            Fields.Of<ScoreOf>("thinFileReason", "String", derived, "How far back each kind of behaviour is known, where the file is thin.", (one, context) => one.In(LanguageOf(context)).ThinFile, InLanguage),
            Fields.Of<ScoreOf>("gradeCapped", "Boolean", derived, "The grade is worse than that of the probability, because the file is thin.", one => one.Score.IsGradeCapped),
            Fields.Of<ScoreOf>("probabilityOfDefault", "Float", derived, "Probability of default or forced liquidation within the horizon.", one => Rounded(one.Score.ProbabilityOfDefault)),
            Fields.Resolved("probabilityLow", "Float", derived, "Lower end of where the probability lies: 95% of the calibration, facts not known, records that may be the same party, shares known by bounds. Wide for a thin file.",
                async context => Rounded((await ((ScoreOf)context.Source!).Probability.Value).Lower)),
            Fields.Resolved("probabilityHigh", "Float", derived, "Upper end of where the probability lies.",
                async context => Rounded((await ((ScoreOf)context.Source!).Probability.Value).Upper)),
            Fields.Of<ScoreOf>("horizonQuarters", "Int!", FieldAccess.Structure, "Horizon of the probability, in quarters.", one => one.Score.HorizonQuarters),
            Fields.Of<ScoreOf>("hasDebt", "Boolean", derived, "The client owes something now; otherwise the score speaks of its next contract.", one => one.Score.HasDebt),
            Fields.Of<ScoreOf>("inDefault", "Boolean", derived, "The client is in default, or on probation after its cure: the probability is 1, the grade D.", one => one.Score.IsInDefault),
            Fields.Of<ScoreOf>("defaultContract", "Contract", derived, "The contract in default, where its facts are open to you.", DefaultContract),
            Fields.Of<ScoreOf>("defaultSince", "Date", derived, "Day of the default; null where it is not known or not disclosed.", one => one.Score.Default?.Since),
            Fields.Of<ScoreOf>("defaultCuredOn", "Date", derived, "Day of its cure, while the time of probation runs.", one => one.Score.Default?.CuredOn),
            Fields.Of<ScoreOf>("points", "Float", derived, "The score before it is rounded and held inside the scale.", one => Rounded(one.Score.Points)),
            Fields.Of<ScoreOf>("baseline", "Float", derived, "Points where every client starts.", one => Rounded(one.Score.BaselinePoints)),
            Fields.Of<ScoreOf>("ownRisk", "Float", derived, "Points the client's own facts add; negative lowers the score.", one => Rounded(one.Score.OwnPoints)),
            Fields.Of<ScoreOf>("contagion", "Float", derived, "Points those it is tied to add; negative lowers the score.", one => Rounded(one.Score.ContagionPoints)),
            Fields.Of<ScoreOf>("groups", "[ReasonGroup!]", derived, "The same by chapter, in fixed order.", (one, context) => one.In(LanguageOf(context)).Groups.Select(group => new GroupOf(one.Client, group)), InLanguage),
            Fields.Of<ScoreOf>("reasons", "[Reason!]", derived, "Features by falling size of their part in the score, as far as that is disclosed; then in fixed order.", Reasons,
                TypeExpression.Argument("first", "Int", "At most so many; all where not given."),
                TypeExpression.Argument("adverse", "Boolean", "True for reasons only that lower the score."),
                TypeExpression.Argument("scope", "RiskScope", "Reasons of one scope only."), InLanguage),
            Fields.Of<ScoreOf>("wouldImprove", "[Improvement!]", derived, "What the client could do itself for a better grade, or for ten points more where none is in reach: of each kind the smallest change, tried on the model with all else as it stands, what is known of others included. Empty where nothing of the kind helps, and for a client in default, which has to be cured first. To a broker that has the client's SCORE and not its FACTS only the kinds are told.",
                (one, context) => one.Improvements(LanguageOf(context)).Select(change => new ImprovementOf(one.Client, change)), InLanguage),
            Fields.Of<ScoreOf>("modelVersion", "String!", FieldAccess.Structure, "Content hash of the model.", one => one.Score.ModelVersion),
            Fields.Of<ScoreOf>("stamp", "Stamp!", FieldAccess.Structure, "What the answer stands on.", one => one.Client.View.Stamp)));
        ImprovementTypes.AddTo(parts, derived);
        parts.Types.Add(Fields.Object(
            "ReasonGroup", "A chapter of the reasons.",
            Fields.Of<GroupOf>("name", "String!", FieldAccess.Structure, "Stable name.", one => one.Group.Name),
            Fields.Of<GroupOf>("title", "String!", FieldAccess.Structure, "As shown.", one => one.Group.Title),
            Fields.Of<GroupOf>("scope", "RiskScope!", FieldAccess.Structure, "Own risk or contagion.", one => one.Group.Scope),
            Fields.Of<GroupOf>("points", "Float", derived, "Sum over its features; positive lifts the score. Null where it would carry a figure that is not disclosed.", one => Rounded(one.Group.Points)),
            Fields.Of<GroupOf>("effect", "ScoreEffect", derived, "The same in classes.", one => one.Group.Effect)));
        parts.Types.Add(Fields.Object(
            "Reason", "One feature's part in a score, exact and additive; or what facts that are not known, or facts together against the sign of each, do to it: told as one, so that no reason blames a good sign.",
            Fields.Of<ReasonOf>("feature", "String!", FieldAccess.Structure, "Stable name of the feature, or of what is told together: own_not_known, own_interplay, contagion_not_known, contagion_interplay; in_default.", one => one.Reason.Feature),
            Fields.Of<ReasonOf>("title", "String!", FieldAccess.Structure, "As shown.", one => one.Reason.Title),
            Fields.Of<ReasonOf>("group", "String!", FieldAccess.Structure, "Name of its chapter.", one => one.Reason.Group),
            Fields.Of<ReasonOf>("scope", "RiskScope!", FieldAccess.Structure, "Own risk or contagion.", one => one.Reason.Scope),
            Fields.Of<ReasonOf>("value", "Float", derived, "The feature's value; null when not known or not disclosed.", one => Value(one.Reason.Value)),
            Fields.Of<ReasonOf>("band", "Band", derived, "Its band; null when not known.", one => one.Reason.Band),
            Fields.Of<ReasonOf>("points", "Float", derived, "Points it adds; positive lifts the score. Null where they would carry a figure that is not disclosed.", one => Rounded(one.Reason.Points)),
            Fields.Of<ReasonOf>("effect", "ScoreEffect", derived, "The same in classes.", one => one.Reason.Effect),
            Fields.Of<ReasonOf>("text", "String", derived.As(ValueKind.Amount), "In plain words, with its figures; null to whom figures are rounded.", one => one.Reason.Text)));
    }

    /// <summary>Read off the viewer's own view, so that another broker's contract is not told.</summary>
    private static NodeHandle? DefaultContract(ScoreOf one) =>
        one.Score.Default?.Contract is { } id && one.Client.View.Snapshot.Nodes.Find(id) is >= 0 and var node ? one.Client.At(node) : null;

    private static Language LanguageOf(IResolveFieldContext context) => context.GetArgument<Language?>("language") ?? Language.English;

    private static IEnumerable<ReasonOf> Reasons(ScoreOf one, IResolveFieldContext context)
    {
        var first = context.GetArgument<int?>("first") ?? int.MaxValue;
        var scope = context.GetArgument<FeatureScope?>("scope");
        if (first < 0) throw Errors.Problem.BadInput("first", "must not be below 0.");
        var adverse = context.GetArgument<bool?>("adverse") ?? false;
        return one.In(LanguageOf(context)).Reasons
            .Where(reason => (!adverse || IsAdverse(reason)) && (scope is null || reason.Scope == scope))
            .Take(first).Select(reason => new ReasonOf(one.Client, reason));
    }

    // By its points where they are disclosed, else by their class: the list says no more than its members.
    private static bool IsAdverse(DisclosedReason reason) =>
        reason.Points is { } points ? points < 0 : reason.Effect is Effect.Lowers or Effect.LowersStrongly;

    internal static double? Rounded(double? number) => number is { } known ? Rounded(known) : null;

    /// <summary>To ten digits, below which sums of doubles differ between machines.</summary>
    internal static double Rounded(double number) => Math.Round(number, 10);

    /// <summary>Boundless values have no JSON number.</summary>
    private static double? Value(double? value) => value is { } number && double.IsFinite(number) ? number : null;
}
