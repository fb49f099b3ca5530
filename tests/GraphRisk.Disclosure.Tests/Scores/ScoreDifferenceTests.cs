using GraphRisk.Disclosure.Bands;
using GraphRisk.Disclosure.Scores;
using GraphRisk.Scoring.Calibration;
using GraphRisk.Scoring.Features;
using GraphRisk.Scoring.Texts;

namespace GraphRisk.Disclosure.Tests.Scores;

/// <summary>Differences of scores with figures of which each can be checked in the head.</summary>
public sealed class ScoreDifferenceTests
{
    [Test]
    public void WithOneModelReasonsAddUpToTheDifferenceOfOwnAndOfContagion()
    {
        var before = Score("m1", 600, ("debt", 0.5, 0.8, -10), ("ratio_worst", 2, 1, 6), ("group_debt", 1, 0, -4));
        var after = Score("m1", 600, ("debt", 1.5, 0.9, -25), ("ratio_worst", 2, 1, 6), ("group_failed", 1, 1, -30));
        var moved = ScoreDifference.Between(before, before, after, Language.English);
        // 592 was 600 - 10 + 6 - 4; 551 is 600 - 25 + 6 - 30.
        Assert.That((moved.Points, moved.ModelPoints, moved.BaselinePoints, moved.OwnPoints, moved.ContagionPoints), Is.EqualTo((-41.0, 0.0, 0.0, -15.0, -26.0)));
        Assert.That(moved.Reasons.Select(one => (one.Reason.Feature, one.Points)), Is.EqualTo(new (string, double?)[] { ("group_failed", -30), ("debt", -15), ("group_debt", 4) }), "what is as it was is not told");
        Assert.That(moved.Reasons.Sum(one => one.Points), Is.EqualTo(moved.Points));
        Assert.That(moved.Reasons[1].Text, Is.EqualTo("debt: from 0.5 to 1.5, lowers the score by 15 points."));
        Assert.That(moved.Reasons[2].Text, Is.EqualTo("group_debt: from 1 to not there, lifts the score by 4 points."));
    }

    [Test]
    public void AnotherModelsPartStandsApartAndTheRestIsByTheLaterOne()
    {
        var first = Score("m1", 600, ("debt", 0.5, 0, -10));
        var rebased = Score("m2", 620, ("debt", 0.5, 0, -14));
        var after = Score("m2", 620, ("debt", 0.9, 0, -20));
        var moved = ScoreDifference.Between(first, rebased, after, Language.English);
        // 590 by the first, 606 by the second of the same facts, 600 in the end.
        Assert.That((moved.IsOtherModel, moved.Points, moved.ModelPoints, moved.BaselinePoints, moved.OwnPoints), Is.EqualTo((true, 10.0, 16.0, 0.0, -6.0)));
        Assert.That(moved.Reasons.Single().Points, Is.EqualTo(-6));
        Assert.That(() => ScoreDifference.Between(first, first, after, Language.English), Throws.ArgumentException);
    }

    [Test]
    public void WhatEitherDayWithholdsIsToldInTheClassesOfBothAndInNoFigure()
    {
        var before = Score("m1", 600, ("group_debt", null, null, null));
        var after = Score("m1", 600, ("group_debt", 3, null, -20));
        var one = ScoreDifference.Between(before, before, after, Language.English).Reasons.Single();
        Assert.That(one.Points, Is.Null);
        Assert.That(one.Text, Is.EqualTo("group_debt: from low to 3, first lowers the score, then lowers the score strongly."));
        var chinese = ScoreDifference.Between(before, before, after, Language.Chinese).Reasons.Single();
        Assert.That(chinese.Text, Is.EqualTo("group_debt：由low变为3，先降低评分，后明显降低评分。"));
    }

    [Test]
    public void TheSameOnBothDaysIsNoDifference()
    {
        var score = Score("m1", 600, ("debt", 0.5, 0, -10), ("group_debt", null, null, null));
        Assert.That(ScoreDifference.Between(score, score, score, Language.English).Reasons, Is.Empty);
    }

    /// <summary>A score of reasons: value, band's place and points; without points they are withheld.</summary>
    private static DisclosedScore Score(string model, double baseline, params (string Feature, double? Value, double? Band, double? Points)[] reasons)
    {
        var told = reasons.Select(one => new DisclosedReason(
            one.Feature, one.Feature, "", ScopeOf(one.Feature), one.Value, one.Value is null ? Band.Low : null, one.Points, Effects.Of(one.Points ?? -5), "")
        { Seen = one.Value is { } value ? value.ToString(System.Globalization.CultureInfo.InvariantCulture) : "low" }).ToList();
        var (own, contagion) = (Sum(FeatureScope.Own), Sum(FeatureScope.Graph));
        return new DisclosedScore((int)(baseline + own + contagion), GradeTable.Standard.Grades[0], 0.01, 4, true, baseline + own + contagion, baseline, own, contagion, [], [.. told], model);

        double Sum(FeatureScope scope) => told.Where(reason => reason.Scope == scope).Sum(reason => reason.Points ?? 0);
    }

    private static FeatureScope ScopeOf(string feature) => FeatureSet.Features.Single(one => one.Name == feature).Group.Scope;
}
