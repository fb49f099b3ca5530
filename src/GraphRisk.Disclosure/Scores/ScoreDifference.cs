using System.Collections.Immutable;
using GraphRisk.Disclosure.Bands;
using GraphRisk.Scoring.Features;
using GraphRisk.Scoring.Scores;
using GraphRisk.Scoring.Texts;

namespace GraphRisk.Disclosure.Scores;

/// <summary>What one reason does to a score on two days.</summary>
/// <param name="Before">On the first day, by the model of the second; null where there was none, as of a default that came later.</param>
/// <param name="After">On the second day; null where there is none.</param>
/// <param name="Points">Points by which it moved the score; null where those of either day are withheld.</param>
/// <param name="Text">In plain words, with no more in it than both days tell.</param>
public sealed record ReasonDifference(DisclosedReason? Before, DisclosedReason? After, double? Points, string Text)
{
    /// <summary>The reason on the day on which there is one.</summary>
    public DisclosedReason Reason => (After ?? Before)!;
}

/// <summary>
/// The difference of a client's scores on two days, as far as both were disclosed: a function of what left through <see cref="ScoreDoor"/> on either
/// day and of nothing else, so that it tells no more than asking for both.
/// <para>
/// A score in points is its log-odds of default times a constant, plus one (<c>ScorecardScaling</c>), and its points are the sum of baseline, own and
/// contagion, these of reasons. So with one model the reasons' differences add up to the difference of the points: exactly, by subtraction term by term of
/// what is additive (Lundberg, Erion, Lee: Consistent Individualized Feature Attribution for Tree Ensembles, 2018, for trees; points of attributes for the scorecard). Where
/// the model is another one, the first day is scored by both: what the second model makes of the first day's facts beside what the first made of them is the
/// model's part, and what is left is the facts', by the second model alone. With three scores A (first model, first facts), M (second model, first facts) and
/// B (second model, second facts): B - A = (M - A) + (B - M). The other order, facts first, would explain the facts by a model that is no longer used.
/// </para>
/// <para>
/// Unit: points, 300 to 850 over the whole scale, positive lifts the score. Error: that of sums of doubles, below 1e-9. To whom points are told as whole ones the
/// differences are differences of these. A reason whose points are withheld on either day is told with the classes of both days and no difference; the list
/// holds every reason of which anything that is told differs.
/// </para>
/// </summary>
/// <param name="Before">The first day's score, by its model.</param>
/// <param name="Rebased">The first day's score by the model of the second day; the same where that is one.</param>
/// <param name="After">The second day's score.</param>
/// <param name="Reasons">By falling size of what they moved where that is told of all; else in the order of features, those with points first.</param>
public sealed record ScoreDifference(DisclosedScore Before, DisclosedScore Rebased, DisclosedScore After, ImmutableArray<ReasonDifference> Reasons)
{
    private static readonly Dictionary<string, int> Columns = FeatureSet.Features.Select((feature, column) => (feature.Name, column)).ToDictionary(StringComparer.Ordinal);

    /// <summary>All of it: model, baseline, own and contagion together.</summary>
    public double Points => After.Points - Before.Points;

    /// <summary>Whether another model scored.</summary>
    public bool IsOtherModel => Before.ModelVersion != After.ModelVersion;

    /// <summary>What another model makes of the same facts; 0 where the model is one.</summary>
    public double ModelPoints => Rebased.Points - Before.Points;

    /// <summary>Where every client starts; 0 where the model starts everybody alike.</summary>
    public double BaselinePoints => After.BaselinePoints - Rebased.BaselinePoints;

    /// <summary>What the client's own facts moved.</summary>
    public double OwnPoints => After.OwnPoints - Rebased.OwnPoints;

    /// <summary>What others moved.</summary>
    public double ContagionPoints => After.ContagionPoints - Rebased.ContagionPoints;

    /// <param name="before">The first day's score, by its model.</param>
    /// <param name="rebased">The first day's by the model of the second.</param>
    /// <param name="after">The second day's.</param>
    /// <param name="language">Of the texts, which the scores have too.</param>
    /// <exception cref="ArgumentException">The last two are of different models.</exception>
    public static ScoreDifference Between(DisclosedScore before, DisclosedScore rebased, DisclosedScore after, Language language)
    {
        if (rebased.ModelVersion != after.ModelVersion) throw new ArgumentException("both days' facts are to be scored by one model", nameof(rebased));
        var then = rebased.Reasons.ToDictionary(reason => reason.Feature, StringComparer.Ordinal);
        var now = after.Reasons.ToDictionary(reason => reason.Feature, StringComparer.Ordinal);
        var words = ReasonText.In(language);
        var moved = then.Keys.Union(now.Keys, StringComparer.Ordinal)
            .Select(feature => Between(then.GetValueOrDefault(feature), now.GetValueOrDefault(feature), words)).Where(IsMoved);
        return new ScoreDifference(before, rebased, after, [.. moved
            .OrderBy(one => one.Points is null).ThenByDescending(one => Math.Abs(one.Points ?? 0)).ThenBy(one => Columns.GetValueOrDefault(one.Reason.Feature, int.MaxValue)).ThenBy(one => one.Reason.Feature, StringComparer.Ordinal)]);
    }

    private static ReasonDifference Between(DisclosedReason? before, DisclosedReason? after, ReasonText words)
    {
        double? points = before is { Points: null } || after is { Points: null } ? null : (after?.Points ?? 0) - (before?.Points ?? 0);
        var (title, then, now) = ((after ?? before)!.Title, before?.Seen ?? words.NotThere, after?.Seen ?? words.NotThere);
        return new ReasonDifference(before, after, points, words.Moved(title, then, now, points is { } known
            ? words.Effect(known) : words.InClasses($"{before?.Effect ?? Effect.Hardly}", $"{after?.Effect ?? Effect.Hardly}")));
    }

    /// <summary>Whether anything that is told of a reason differs.</summary>
    private static bool IsMoved(ReasonDifference one) =>
        one.Before is null || one.After is null || one.Points is not (null or 0) || one.Before.Value != one.After.Value || one.Before.Band != one.After.Band
        || one.Before.Effect != one.After.Effect || one.Before.Seen != one.After.Seen;
}
