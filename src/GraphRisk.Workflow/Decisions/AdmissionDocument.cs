using System.Collections.Immutable;
using GraphRisk.Graph.Facts;
using GraphRisk.Scoring.Texts;
using GraphRisk.Workflow.Admission;
using GraphRisk.Workflow.Concentration;
using GraphRisk.Workflow.CreditReviews;

namespace GraphRisk.Workflow.Decisions;

/// <summary>What the score said.</summary>
/// <param name="Score">300 to 850.</param>
/// <param name="Grade">Its grade.</param>
/// <param name="ProbabilityOfDefault">Within the horizon.</param>
/// <param name="HorizonQuarters">The horizon.</param>
/// <param name="ModelVersion">The model.</param>
public sealed record ScoreOnFile(int Score, string Grade, double ProbabilityOfDefault, int HorizonQuarters, string ModelVersion);

/// <summary>The rules a recommendation was made by.</summary>
public sealed record RulesOnFile(AdmissionPolicy Admission, ConcentrationRules Concentration)
{
    private const int Digits = 12;

    /// <summary>Their version: the same rules have the same, and others another.</summary>
    public string Version() => Briefing.HashOf(CanonicalJson.Write(this))[..Digits];
}

/// <summary>
/// A recommendation as it was made, with all it was made of, whole: what the person who decides has before it. It is kept as the bytes of
/// <see cref="CanonicalJson"/>, is read back to the value it was, and is shown by the words it had then.
/// </summary>
/// <param name="Client">The client.</param>
/// <param name="Broker">The broker.</param>
/// <param name="Application">What was asked for.</param>
/// <param name="Guarantor">Grade of the guarantor; null where none was offered.</param>
/// <param name="Score">The client's score.</param>
/// <param name="Recommendation">What was recommended.</param>
/// <param name="Changes">The smallest changes that would have admitted it.</param>
/// <param name="Words">The recommendation in words, by language: a line a check, limit, condition and change.</param>
/// <param name="Rules">The rules.</param>
/// <param name="AsOf">Instant in the world it was made for.</param>
/// <param name="KnownAt">Up to when knowledge counted.</param>
public sealed record AdmissionDocument(
    NodeId Client, NodeId Broker, FinancingApplication Application, string? Guarantor, ScoreOnFile Score, AdmissionRecommendation Recommendation,
    ImmutableArray<AdmissionChange> Changes, ImmutableSortedDictionary<string, ImmutableArray<string>> Words, RulesOnFile Rules, DateTimeOffset AsOf, DateTimeOffset KnownAt)
{
    /// <summary>The recommendation in the words of every language.</summary>
    public static ImmutableSortedDictionary<string, ImmutableArray<string>> WordsOf(AdmissionRecommendation advice, ImmutableArray<AdmissionChange> changes) =>
        Enum.GetValues<Language>().ToImmutableSortedDictionary(
            language => language.ToString(), language => LinesOf(AdmissionText.In(language), advice, changes), StringComparer.Ordinal);

    /// <summary>What is kept with a decision.</summary>
    /// <param name="storeVersion">Version of the store it was read from.</param>
    public Briefing ToBriefing(long storeVersion) =>
        new(NameOf(Recommendation.Advice), Score.ModelVersion, Rules.Version(), AsOf, KnownAt, storeVersion, CanonicalJson.Write(this), IsAgainst)
        {
            Circumstances = GradedManagement.PersonsFor(Broker.Key, DateOnly.FromDateTime(AsOf.UtcDateTime), Score.Grade) > 1 ? [ApplicationFacts.TwoPersons] : [],
        };

    /// <summary>
    /// Whether a decision is another than was recommended: approved what was not to be admitted, or more or for less than recommended; declined
    /// what was to be admitted. Null for moves that decide nothing.
    /// </summary>
    private bool? IsAgainst(MadeMove move)
    {
        var refers = Recommendation.Advice == AdmissionAdvice.Refer;
        return move.Move switch
        {
            "approve" => refers || Of(move, "amount") > Recommendation.CreditLine || Of(move, "annualRate") < Recommendation.AnnualRate,
            "decline" => !refers,
            _ => null,
        };
    }

    private static string NameOf(AdmissionAdvice advice) => advice switch { AdmissionAdvice.Admit => "ADMIT", AdmissionAdvice.AdmitInPart => "ADMIT_IN_PART", _ => "REFER" };

    private static decimal? Of(MadeMove move, string field) => move.Carried.TryGet(field, out var value) ? value.AsDecimal() : null;

    private static ImmutableArray<string> LinesOf(AdmissionText texts, AdmissionRecommendation advice, ImmutableArray<AdmissionChange> changes) =>
    [
        .. advice.Checks.Select(check => $"{texts.TitleOf(check)}: {texts.Of(check)}"),
        .. advice.Limits.Select(texts.Of),
        .. advice.Conditions.Select(texts.Of),
        .. changes.Select(texts.Of),
    ];
}
