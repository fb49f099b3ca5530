using GraphQL;
using GraphRisk.Scoring.Features;
using GraphRisk.Scoring.Scores;
using GraphRisk.Scoring.Texts;
using GraphRisk.Server.Composition;
using GraphRisk.Server.Errors;
using GraphRisk.Server.Paging;
using GraphRisk.Server.Security;

namespace GraphRisk.Server.Score;

/// <summary>GraphQL types of why a score changed.</summary>
internal static class WhyTypes
{
    public static void AddTo(SchemaParts parts, FieldAccess derived)
    {
        parts.Types.Add(Fields.Enum(
            "ScoreEvent", "What kind of event moved a score.",
            [.. ScoreEvents.All.Select(one => (NameOf(one.Event), (object)one.Event, one.Description))]));
        parts.Types.Add(Fields.Object(
            "ScoreChange", "Why a client's score is another than it was. Points add up: model + baseline + own risk + contagion = points, and the reasons to own risk and contagion where all their points are told. Points are the log-odds of default times a constant.",
            Fields.Of<WhyOf>("client", "Party", FieldAccess.Structure, "The client.", one => one.Client),
            Fields.Of<WhyOf>("before", "CreditScore", derived, "The score of the first day.", one => one.Before.Score),
            Fields.Of<WhyOf>("after", "CreditScore", derived, "The score of the second day.", one => one.After.Score),
            Fields.Of<WhyOf>("filedBefore", "Boolean", derived, "The first day's is told as it was filed; false where none was filed for the day and it was computed.", one => one.Before.Filed is not null),
            Fields.Of<WhyOf>("filedAfter", "Boolean", derived, "The same of the second day's.", one => one.After.Filed is not null),
            Fields.Of<WhyOf>("points", "Float", derived, "Points of the second day less those of the first; negative fell.", one => ScoreTypes.Rounded(one.Difference.Points)),
            Fields.Of<WhyOf>("modelChanged", "Boolean", derived, "Another model scored.", one => one.Difference.IsOtherModel),
            Fields.Of<WhyOf>("model", "Float", derived, "What the model of the second day makes of the first day's facts beside what the first made of them; 0 where the model is one.", one => ScoreTypes.Rounded(one.Difference.ModelPoints)),
            Fields.Of<WhyOf>("baseline", "Float", derived, "Points where every client starts, by the model of the second day.", one => ScoreTypes.Rounded(one.Difference.BaselinePoints)),
            Fields.Of<WhyOf>("ownRisk", "Float", derived, "What the client's own facts moved, by the model of the second day.", one => ScoreTypes.Rounded(one.Difference.OwnPoints)),
            Fields.Of<WhyOf>("contagion", "Float", derived, "What those it is tied to moved, by the model of the second day.", one => ScoreTypes.Rounded(one.Difference.ContagionPoints)),
            Fields.Of<WhyOf>("text", "String", derived.As(ValueKind.Amount), "The change in plain words; null to whom figures are rounded.", (one, context) => Text(one, LanguageOf(context)), ScoreTypes.InLanguage),
            Fields.Of<WhyOf>("reasons", "[ReasonChange!]", derived, "The reasons that differ, by the model of the second day: by falling size of what they moved, as far as that is disclosed.", Reasons,
                TypeExpression.Argument("first", "Int", "At most so many; all where not given."),
                TypeExpression.Argument("scope", "RiskScope", "Reasons of one scope only."), ScoreTypes.InLanguage),
            Fields.Resolved("records", "[ScoreRecord!]", derived, "The events: records that inputs of the score lie on and that differ between the days, as far as you may know of them; the client's own first.",
                async context => Cut(((await ((WhyOf)context.Source!).Moved.Value).Records), context), First),
            Fields.Resolved("recordsComplete", "Boolean", derived, "False where the client has more ties than are looked at for records.", async context => (await ((WhyOf)context.Source!).Moved.Value).IsComplete),
            Fields.Of<WhyOf>("stamp", "Stamp!", FieldAccess.Structure, "What the answer stands on; either score has the one it was computed from.", one => one.Client.View.Stamp)));
        parts.Types.Add(Fields.Object(
            "ReasonChange", "What one feature, or what is told together, moved between two days.",
            Fields.Of<ReasonMoveOf>("feature", "String!", FieldAccess.Structure, "As in Reason.", one => one.Move.Reason.Feature),
            Fields.Of<ReasonMoveOf>("title", "String!", FieldAccess.Structure, "As shown.", one => one.Move.Reason.Title),
            Fields.Of<ReasonMoveOf>("group", "String!", FieldAccess.Structure, "Name of its chapter.", one => one.Move.Reason.Group),
            Fields.Of<ReasonMoveOf>("scope", "RiskScope!", FieldAccess.Structure, "Own risk or contagion.", one => one.Move.Reason.Scope),
            Fields.Of<ReasonMoveOf>("points", "Float", derived, "Points by which it moved the score; positive lifted it. Null where those of either day are not disclosed.", one => ScoreTypes.Rounded(one.Move.Points)),
            Fields.Of<ReasonMoveOf>("before", "Reason", derived, "The reason on the first day, by the model of the second; null where there was none.", one => one.Move.Before is { } reason ? new ReasonOf(one.Why.Client, reason) : null),
            Fields.Of<ReasonMoveOf>("after", "Reason", derived, "The reason on the second day; null where there is none.", one => one.Move.After is { } reason ? new ReasonOf(one.Why.Client, reason) : null),
            Fields.Of<ReasonMoveOf>("text", "String", derived.As(ValueKind.Amount), "In plain words, with the figures of both days; null to whom figures are rounded.", one => one.Move.Text),
            Fields.Resolved("records", "[ScoreRecord!]", derived, "The records that changed it, as far as you may know of them.", async context => Cut(await RecordsAsync((ReasonMoveOf)context.Source!), context), First),
            Fields.Resolved("byTime", "Boolean", derived, "No record changed it: days went by, or what happened long ago counts no more. Null where a record that is not open to you may have, or one of others.",
                async context => await ByTimeAsync((ReasonMoveOf)context.Source!))));
        parts.Types.Add(Fields.Object(
            "ScoreRecord", "A record that inputs of a score lie on and that differs between two days.",
            Fields.Of<MovedRecord>("event", "ScoreEvent", derived, "What kind of event it is.", one => one.Event),
            Fields.Of<MovedRecord>("type", "String!", FieldAccess.Structure, "Type of the node, or name of the relationship.", one => one.Type),
            Fields.Of<MovedRecord>("kind", "ChangeKind", derived, "How it differs.", one => one.Kind),
            Fields.Of<MovedRecord>("fields", "[String!]", derived, "Fields that features read and that differ, of those you may read; empty of what came or went.", one => one.Fields),
            Fields.Of<MovedRecord>("before", "Node", FieldAccess.Structure, "The node on the first day.", one => one.Before),
            Fields.Of<MovedRecord>("after", "Node", FieldAccess.Structure, "The node on the second day.", one => one.After),
            Fields.Of<MovedRecord>("from", "Node", FieldAccess.Structure, "Of a relationship, where it starts.", one => one.Tie?.From),
            Fields.Of<MovedRecord>("to", "Node", FieldAccess.Structure, "Of a relationship, where it ends.", one => one.Tie?.To),
            Fields.Of<MovedRecord>("about", "Party", FieldAccess.Structure, "The party it speaks of.", one => one.About),
            Fields.Of<MovedRecord>("isOwn", "Boolean", derived, "Whether that is the client itself.", one => one.IsOwn)));
    }

    private static GraphQL.Types.QueryArgument First => TypeExpression.First(PageRequest.Most, $"At most so many, up to {PageRequest.Most}, which is also where none is given.");

    private static Language LanguageOf(IResolveFieldContext context) => context.GetArgument<Language?>("language") ?? Language.English;

    private static string Text(WhyOf one, Language language)
    {
        var (before, after, moved) = (one.Before.Score.Score, one.After.Score.Score, one.Difference);
        return ReasonText.In(language).Moved(
            (before.Score, before.Grade.Name), (after.Score, after.Grade.Name), (moved.Points, moved.ModelPoints, moved.OwnPoints, moved.ContagionPoints), moved.IsOtherModel);
    }

    private static IEnumerable<ReasonMoveOf> Reasons(WhyOf one, IResolveFieldContext context)
    {
        var (first, scope) = (context.GetArgument<int?>("first") ?? int.MaxValue, context.GetArgument<FeatureScope?>("scope"));
        if (first < 0) throw Problem.BadInput("first", "must not be below 0.");
        return one.In(LanguageOf(context)).Reasons.Where(move => scope is null || move.Reason.Scope == scope).Take(first).Select(move => new ReasonMoveOf(one, move));
    }

    /// <summary>The records that changed what a reason rests on; none where its figure is the same on both days, and other figures moved its points.</summary>
    private static async Task<MovedRecord[]> RecordsAsync(ReasonMoveOf one) =>
        one.Feature is { } feature && !(one.Move is { Before: { } before, After: { } after } && before.Value == after.Value) ? [.. (await one.Why.Moved.Value).Records.Where(record => record.Moves(feature))] : [];

    private static async Task<bool?> ByTimeAsync(ReasonMoveOf one) =>
        one is { Why.SeesAllOwn: true, Feature.Group.Scope: FeatureScope.Own } && one.Move.Before?.Value != one.Move.After?.Value ? (await RecordsAsync(one)).Length == 0 : null;

    private static IEnumerable<MovedRecord> Cut(IReadOnlyList<MovedRecord> records, IResolveFieldContext context)
    {
        var first = context.GetArgument<int?>("first") ?? PageRequest.Most;
        if (first is < 0 or > PageRequest.Most) throw Problem.BadInput("first", $"must be between 0 and {PageRequest.Most}.");
        return records.Take(first);
    }

    private static string NameOf(ScoreEvent kind) => string.Concat(kind.ToString().Select((letter, i) => i > 0 && char.IsUpper(letter) ? $"_{letter}" : $"{char.ToUpperInvariant(letter)}"));
}
