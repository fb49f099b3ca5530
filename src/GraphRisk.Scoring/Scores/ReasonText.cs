using GraphRisk.Scoring.Calibration;
using GraphRisk.Scoring.Features;
using GraphRisk.Scoring.Texts;

namespace GraphRisk.Scoring.Scores;

/// <summary>Reasons in plain words of one language: what was seen, and how many points it took or gave.</summary>
public sealed class ReasonText
{
    private readonly TextCatalogue texts;

    private ReasonText(TextCatalogue texts) => this.texts = texts;

    public static ReasonText English { get; } = new(TextCatalogue.English);

    private static ReasonText Chinese { get; } = new(TextCatalogue.Chinese);

    public static ReasonText In(Language language) => language == Language.Chinese ? Chinese : English;

    /// <param name="feature">What was seen.</param>
    /// <param name="value">NaN for "not known", infinity where there is no debt to hold anything against.</param>
    /// <param name="points">Points it adds.</param>
    public string Of(Feature feature, float value, double points) => Sentence(Seen(feature, value), Effect(points), float.IsInfinity(value));

    /// <summary>What was seen and what it does, as one sentence.</summary>
    public string Sentence(string seen, string effect, bool isBoundless = false) => texts.Format(isBoundless ? "sentence.boundless" : "sentence", seen, effect);

    /// <summary>What was seen; of what is boundless only its name.</summary>
    /// <param name="feature">Of what.</param>
    /// <param name="value">As in <see cref="Of"/>.</param>
    public string Seen(Feature feature, float value) =>
        float.IsInfinity(value) ? TitleOf(feature)
        : float.IsNaN(value) ? texts.Format("seen.unknown", TitleOf(feature), texts[$"feature.{feature.Name}.missing"])
        : texts.Format("seen", TitleOf(feature), Value(feature.Unit, value));

    /// <summary>What a collected reason speaks of.</summary>
    /// <param name="reason">The reason.</param>
    /// <param name="withCount">Whether to say how many facts they are.</param>
    public string Seen(Reason reason, bool withCount) => withCount && reason.Kind == ReasonKind.NotKnown
        ? texts.Format("collected.count", TitleOf(reason), reason.Facts, reason.FactsOfScope)
        : TitleOf(reason);

    /// <summary>What was seen, in the name of a band.</summary>
    /// <param name="feature">Of what.</param>
    /// <param name="band">Key of the band: its name, or withheld.</param>
    /// <param name="side">Below or above zero, of what has both; else 0.</param>
    public string InBand(Feature feature, string band, int side) =>
        texts.Format(side < 0 ? "seen.below" : side > 0 ? "seen.above" : "seen", TitleOf(feature), texts[$"band.{band}"]);

    /// <summary>The figure alone, without its name.</summary>
    /// <param name="feature">Of what.</param>
    /// <param name="value">As in <see cref="Of"/>.</param>
    public string Figure(Feature feature, float value) =>
        float.IsInfinity(value) ? texts["figure.boundless"]
        : float.IsNaN(value) ? texts.Format("figure.unknown", texts[$"feature.{feature.Name}.missing"])
        : Value(feature.Unit, value);

    /// <summary>The same in the name of a band; see <see cref="InBand"/>.</summary>
    public string FigureInBand(string band, int side) =>
        side == 0 ? texts[$"band.{band}"] : texts.Format(side < 0 ? "figure.below" : "figure.above", texts[$"band.{band}"]);

    /// <summary>How many facts are told together; nothing where that is not said.</summary>
    public string FigureOf(Reason reason, bool withCount) =>
        withCount && reason.Kind == ReasonKind.NotKnown ? texts.Format("figure.count", reason.Facts, reason.FactsOfScope) : "";

    /// <summary>Said in the place of a figure on a day on which there is no such reason.</summary>
    public string NotThere => texts["figure.none"];

    /// <summary>How a figure and what it does moved between two days, as one sentence.</summary>
    /// <param name="title">Name of the figure.</param>
    /// <param name="then">The figure on the first day; empty where there is none to tell.</param>
    /// <param name="now">On the second.</param>
    /// <param name="effect">What its move does to the score.</param>
    public string Moved(string title, string then, string now, string effect) =>
        then.Length == 0 || now.Length == 0 ? Sentence(title, effect)
        : then == now ? texts.Format("moved.same", title, now, effect)
        : texts.Format("moved", title, then, now, effect);

    /// <summary>What a reason did on the first day and does on the second, in classes.</summary>
    public string InClasses(string then, string now) => then == now ? texts.Format("moved.class", texts[$"effect.{now}"]) : texts.Format("moved.classes", texts[$"effect.{then}"], texts[$"effect.{now}"]);

    /// <summary>How a score moved between two days, in a sentence or two.</summary>
    /// <param name="then">Score and grade on the first day.</param>
    /// <param name="now">On the second.</param>
    /// <param name="points">Points in all, and of these another model's, the client's own, others'.</param>
    /// <param name="isOtherModel">Whether another model scored.</param>
    public string Moved((int Score, string Grade) then, (int Score, string Grade) now, (double All, double Model, double Own, double Contagion) points, bool isOtherModel) =>
        texts.Format("moved.score", then.Score, then.Grade, now.Score, now.Grade, points.All, points.Own, points.Contagion) + (isOtherModel ? texts.Format("moved.model", points.Model) : "");

    /// <summary>What it does to the score.</summary>
    public string Effect(double points)
    {
        var size = Math.Abs(points);
        if (size < 0.5) return texts["points.hardly"];
        return texts.Format($"points.{(points < 0 ? "lowers" : "lifts")}{(size < 1.5 ? ".one" : "")}", size);
    }

    /// <summary>What it does to the score, in a class.</summary>
    /// <param name="effect">Name of the class.</param>
    public string InClass(string effect) => texts[$"effect.{effect}"];

    /// <summary>Why a file is thin, in a sentence.</summary>
    /// <param name="depth">How far back it goes.</param>
    /// <param name="withDays">Whether to say since when.</param>
    public string Thin(FileDepth depth, bool withDays)
    {
        return withDays
            ? texts.Format("thin.days", ThinFileRule.Standard.Months, Since(depth.StatementsSince), Since(depth.EventsSince), Since(depth.AccountsSince), Since(depth.ClientSince))
            : texts.Format("thin", ThinFileRule.Standard.Months);

        string Since(DateOnly? day) => day is { } first ? texts.Format("thin.since", first) : texts["thin.unknown"];
    }

    /// <summary>What a client could do and what the model would then say, in a sentence.</summary>
    /// <param name="change">The change.</param>
    /// <param name="withFigures">Whether to say how much of it, and what comes of it.</param>
    public string Of(Improvement change, bool withFigures)
    {
        if (!withFigures) return texts[$"improve.{change.Kind}.words"];
        var what = texts.Format($"improve.{change.Kind}", Amount(change.Amount), Degree(change.From), Degree(change.To));
        return texts.Format("improve", what, change.Goal == ImprovementGoal.Grade
            ? texts.Format("improve.grade", change.Grade.Name, change.Score)
            : texts.Format("improve.points", change.Points, change.Score));

        object Amount(decimal? yuan) => yuan ?? 0m;

        object Degree(double? degree) => degree ?? 0d;
    }

    /// <summary>Which default a client is in and what it takes.</summary>
    public string Default(ClientDefault known, double points) => Sentence(
        texts["collected.in_default"] + (known.Since is { } day ? texts.Format("default.since", day) : "") + (known.CuredOn is { } end ? texts.Format("default.cured", end) : ""),
        Effect(points));

    /// <summary>Of a fact whose points are told with the interplay.</summary>
    public string InInterplay => texts["points.interplay"];

    public string TitleOf(Feature feature) => texts[$"feature.{feature.Name}.title"];

    public string TitleOf(Reason reason) => texts[reason.IsSingle ? $"feature.{reason.Feature}.title" : $"collected.{reason.Feature}"];

    public string TitleOf(ReasonGroup group) => texts[$"group.{group.Name}"];

    /// <summary>What a grade means; of a grade that is not the product's what its table says.</summary>
    public string MeaningOf(Grade grade) => texts.Find($"grade.{grade.Name}") ?? grade.Meaning;

    private string Value(FeatureUnit unit, float value) => unit switch
    {
        FeatureUnit.YesNo => texts[value > 0 ? "unit.YesNo.yes" : "unit.YesNo.no"],
        FeatureUnit.Percent => texts.Format("unit.Percent", value * 100),
        FeatureUnit.PercentagePoints => texts.Format("unit.PercentagePoints", value * 100),
        FeatureUnit.LogYuan => texts.Format("unit.LogYuan", Math.Exp(value) - 1),
        FeatureUnit.LogChange => texts.Format("unit.LogChange", (Math.Exp(value) - 1) * 100),
        _ => texts.Format($"unit.{unit}", value),
    };
}
