using System.Collections.Immutable;
using GraphRisk.Scoring.Texts;

namespace GraphRisk.Workflow.Admission;

/// <summary>A recommendation in plain words of one language.</summary>
public sealed class AdmissionText
{
    private const string Name = "admission";

    private readonly TextCatalogue texts;

    private AdmissionText(Language language) => texts = TextCatalogue.Of(typeof(AdmissionText).Assembly, Name, language);

    private static AdmissionText English { get; } = new(Language.English);

    private static AdmissionText Chinese { get; } = new(Language.Chinese);

    public static AdmissionText In(Language language) => language == Language.Chinese ? Chinese : English;

    /// <summary>What a check is called.</summary>
    public string TitleOf(AdmissionCheck check) => texts[$"check.{check.Name}.title"];

    /// <summary>What was found and what is asked for.</summary>
    public string Of(AdmissionCheck check) => Fill($"check.{check.Name}", check.Figures);

    /// <summary>How a limit comes about.</summary>
    public string Of(LineLimit limit) => Fill($"limit.{limit.Name}", limit.Figures);

    /// <summary>What has to be done first.</summary>
    public string Of(AdmissionCondition condition) => Fill($"condition.{condition.Name}", condition.Figures);

    /// <summary>What the client could do, with what of it has to be done first.</summary>
    public string Of(AdmissionChange change)
    {
        var done = Fill(
            $"change.{change.Lever}",
            [Figure.Yuan(change.Amount), Figure.Name(change.Security?.Key), Figure.Number(change.Quantity ?? 0m), Figure.Name(change.Grade), Figure.Day(change.Day)]);
        return change.Then.Conditions.Aggregate(done, (text, condition) => texts.Format("change.with", text, Of(condition)));
    }

    /// <summary>Fills a text; where there is one for exactly so many figures, that one.</summary>
    private string Fill(string key, ImmutableArray<Figure> figures)
    {
        var longer = FormattableString.Invariant($"{key}.of{figures.Length}");
        return texts.Format(texts.Find(longer) is null ? key : longer, [.. figures.Select(Show)]);
    }

    private string Show(Figure figure) => figure switch
    {
        { Value: null } => texts["unknown"],
        { Value: "" } => "-",
        { Kind: FigureKind.Truth } => texts[$"figure.Truth.{figure.Value}"],
        { Kind: FigureKind.Percent, Value: decimal part } => texts.Format("figure.Percent", part * 100),
        _ => texts.Format($"figure.{figure.Kind}", figure.Value),
    };
}
