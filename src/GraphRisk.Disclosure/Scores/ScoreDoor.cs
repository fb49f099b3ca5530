using System.Collections.Immutable;
using GraphRisk.Disclosure.Bands;
using GraphRisk.Disclosure.Rules;
using GraphRisk.Scoring.Features;
using GraphRisk.Scoring.Metrics;
using GraphRisk.Scoring.Scores;
using GraphRisk.Scoring.Texts;

namespace GraphRisk.Disclosure.Scores;

/// <summary>What the door must know of whom it opens to.</summary>
/// <param name="To">The audience.</param>
/// <param name="MayKnowAllOf">Whether it may know every fact of another party, by node; then that party's part hides nothing from it.</param>
public sealed record ScoreOpening(Audience To, Func<int, bool> MayKnowAllOf)
{
    /// <summary>Significant digits to which amounts in yuan are shown; null for all.</summary>
    public int? AmountDigits { get; init; }

    /// <summary>Language of the texts; it changes nothing else.</summary>
    public Language Language { get; init; }

    /// <summary>An audience that may know all of nobody else.</summary>
    public static ScoreOpening For(Audience to) => new(to, _ => to == Audience.Regulator);
}

/// <summary>
/// The door of scores: a score is computed on the whole view, and leaves as far as its viewer may know what it rests on.
/// <list type="bullet">
/// <item>The regulator gets it as it is.</item>
/// <item>Score, grade, probability, own and contagion points are for everyone to whom the door opens.</item>
/// <item>A figure of a public register is shown. One of the client's own is shown but to whom only the score was allowed.
/// One that rests on others is shown where <see cref="OtherPartiesRule"/> lets it, and where there is nothing of it, which its
/// band says too. Every other is shown as a band.</item>
/// <item>Points are a function of the figure, so they are shown in classes where a figure is withheld; and since chapters, own
/// and contagion add up, all points of a scope are in classes where one figure of it is withheld.</item>
/// <item>The order says no more than classes and bands: reasons whose points are withheld stand in the order of features, those of a
/// band of nothing last.</item>
/// <item>What is told together has no figure but how many facts it is; to whom only the score was allowed not that either.
/// That a fact is counted with the interplay says on which side of the median of the training rows it lies, so it is told beside the figure only.</item>
/// <item>That a client is in default says its grade to everyone; contract and days are facts of its own.</item>
/// <item>To whom only the score was allowed, probability and points are rounded, so that they do not tell more decimals
/// than the score has: three digits, whole points.</item>
/// </list>
/// Pure. Cost: that of the parts of the features that rest on others.
/// </summary>
public sealed class ScoreDoor(BandTable bands, DisclosureLimits limits)
{
    private static readonly Dictionary<string, (Feature Feature, int Column)> Columns =
        FeatureSet.Features.Select((feature, column) => (feature, column)).ToDictionary(pair => pair.feature.Name, StringComparer.Ordinal);

    /// <summary>The door with the product's own bands and rules.</summary>
    public static ScoreDoor Default { get; } = new(BandTable.Default, DisclosureLimits.Default);

    /// <param name="score">The score on the whole view.</param>
    /// <param name="parts">What each other party gives to a feature that is a sum over others; null for one that is not.</param>
    /// <param name="opening">To whom.</param>
    public DisclosedScore Open(CreditScore score, Func<string, IReadOnlyList<(int Party, decimal Amount)>?> parts, ScoreOpening opening)
    {
        var shown = score.Reasons.Select(reason => (Reason: Rounded(reason, opening.AmountDigits), Shows: Shows(reason, parts, opening))).ToList();
        var withheld = shown.Where(one => !one.Shows).Select(one => one.Reason.Scope).ToHashSet();
        var coarse = opening.To == Audience.Score;
        var words = ReasonText.In(opening.Language);
        if (coarse) withheld = [FeatureScope.Own, FeatureScope.Graph];
        return new DisclosedScore(
            score.Score, score.Grade,
            coarse ? SignificantDigits.Round(score.ProbabilityOfDefault, limits.Digits) : score.ProbabilityOfDefault,
            score.HorizonQuarters, score.HasDebt,
            Points(score.Points), Points(score.BaselinePoints), Points(score.OwnPoints), Points(score.ContagionPoints),
            [.. score.Groups.Select(group => new DisclosedGroup(
                group.Name, words.TitleOf(group), group.Scope, withheld.Contains(group.Scope) ? null : group.Points, Effects.Of(group.Points)))],
            Ordered(shown.Select(one => Disclose(one.Reason, one.Shows, !withheld.Contains(one.Reason.Scope), score, words))),
            score.ModelVersion)
        {
            IsInDefault = score.Default is not null,
            ThinFile = score.ThinFile is { } depth ? words.Thin(depth, withDays: !coarse) : null,
            IsGradeCapped = score.IsGradeCapped,
            Default = coarse ? null : score.Default,
        };

        double Points(double exact) => coarse ? Math.Round(exact) : exact;
    }

    /// <summary>An interval of the probability, as coarse as the probability.</summary>
    public Interval Open(Interval probability, ScoreOpening opening) => opening.To == Audience.Score
        ? new Interval(SignificantDigits.Round(probability.Lower, limits.Digits), SignificantDigits.Round(probability.Upper, limits.Digits))
        : probability;

    private static Reason Rounded(Reason reason, int? digits) =>
        digits is { } kept && reason.Value is { } value && Columns.TryGetValue(reason.Feature, out var known) && known.Feature.Unit == FeatureUnit.LogYuan
            ? reason with { Value = Math.Log(1 + SignificantDigits.Round(Math.Exp(value) - 1, kept)) }
            : reason;

    private bool Shows(Reason reason, Func<string, IReadOnlyList<(int Party, decimal Amount)>?> parts, ScoreOpening opening)
    {
        if (opening.To == Audience.Regulator) return true;
        if (!reason.IsSingle) return opening.To != Audience.Score;
        return FeatureDoor.Of(reason.Feature)?.Basis switch
        {
            FactBasis.Public => true,
            FactBasis.Own => opening.To != Audience.Score,
            FactBasis.Others => opening.To != Audience.Score && (parts(reason.Feature) is { } sum
                ? OtherPartiesRule.Shows(sum, opening.MayKnowAllOf, limits)
                : reason.Value is 0),
            _ => false,
        };
    }

    private DisclosedReason Disclose(Reason reason, bool shows, bool withPoints, CreditScore score, ReasonText words)
    {
        var effect = Effects.Of(reason.Points);
        if (!reason.IsSingle)
            return new DisclosedReason(
                reason.Feature, words.TitleOf(reason), reason.Group, reason.Scope, reason.Value, null, withPoints ? reason.Points : null, effect,
                shows && withPoints && score.Default is { } known && reason.Kind == ReasonKind.InDefault
                    ? words.Default(known, reason.Points)
                    : words.Sentence(words.Seen(reason, shows), withPoints ? words.Effect(reason.Points) : words.InClass(effect.ToString())))
            { Seen = words.FigureOf(reason, shows) };
        var feature = Columns[reason.Feature].Feature;
        var band = FeatureDoor.Of(reason.Feature) is { } door && reason.Value is { } value
            ? bands.Of(door.Quantity, score.AsOf).Of(FeatureDoor.SizeOf(feature.Unit, value)) : (Band?)null;
        var (isTold, value32) = (shows || reason.Value is null, reason.IsBoundless ? float.PositiveInfinity : (float?)reason.Value ?? float.NaN);
        var (name, side) = (band?.ToString() ?? "withheld", SideOf(feature, reason, band));
        var seen = isTold ? words.Seen(feature, value32) : words.InBand(feature, name, side);
        return new DisclosedReason(
            reason.Feature, words.TitleOf(reason), reason.Group, reason.Scope, shows ? reason.Value : null, band, withPoints ? reason.Points : null, effect,
            words.Sentence(
                seen, shows && reason.Kind == ReasonKind.FactInInterplay ? words.InInterplay : withPoints ? words.Effect(reason.Points) : words.InClass(effect.ToString()),
                reason.IsBoundless))
        { Seen = isTold ? words.Figure(feature, value32) : words.FigureInBand(name, side) };
    }

    /// <summary>Of a change that is told in a band, which way it went; else 0.</summary>
    private static int SideOf(Feature feature, Reason reason, Band? band)
    {
        var isChange = FeatureDoor.Of(feature.Name)?.Quantity is Quantity.Change or Quantity.Distance && band is not (null or Band.None);
        return !isChange ? 0 : reason.Value < 0 ? -1 : 1;
    }

    /// <summary>By points where they are shown; the rest by class, then by the order of features.</summary>
    private static ImmutableArray<DisclosedReason> Ordered(IEnumerable<DisclosedReason> reasons)
    {
        var all = reasons.ToList();
        return all.TrueForAll(reason => reason.Points is not null)
            ? [.. all]
            : [.. all.OrderBy(IsOfNothing).ThenByDescending(reason => Effects.Weight(reason.Effect)).ThenByDescending(reason => Math.Abs(reason.Points ?? 0))
                .ThenBy(reason => Columns.TryGetValue(reason.Feature, out var known) ? known.Column : int.MaxValue)];
    }

    /// <summary>By what is shown: a count, or others' trouble, of which there is nothing.</summary>
    private static bool IsOfNothing(DisclosedReason reason) =>
        reason.Band is Band.None && (reason.Scope == FeatureScope.Graph || Columns[reason.Feature].Feature.Unit == FeatureUnit.Count);
}
