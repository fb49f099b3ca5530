using System.Text.RegularExpressions;
using GraphRisk.Disclosure.Bands;
using GraphRisk.Disclosure.Scores;
using GraphRisk.Graph.Facts;
using GraphRisk.Graph.Schema;
using GraphRisk.Scoring.Calibration;
using GraphRisk.Scoring.Features;
using GraphRisk.Scoring.Scores;
using GraphRisk.Scoring.Texts;

namespace GraphRisk.Disclosure.Tests.Scores;

public partial class ScoreDoorTests
{
    private static readonly (int Party, decimal Amount)[] OneOther = [(7, 65_432m)];
    private static readonly (int Party, decimal Amount)[] ThreeOthers = [(7, 25_432m), (8, 20_000m), (9, 20_000m)];

    [Test]
    public void EveryFeatureHasADoor() => Assert.That(
        FeatureDoor.Table.Select(door => door.Feature), Is.EquivalentTo(FeatureSet.Features.Select(feature => feature.Name)));

    [Test]
    public void WhatIsPublicIsReadFromNoAccountContractOrEventOfTheClient()
    {
        // Counts of ties share the inputs of what becomes of those at the other end.
        string[] counts = ["guaranteed_debtors", "guarantors", "held_companies", "holders", "group_size", "office_parties", "concert_parties"];
        foreach (var door in FeatureDoor.Table.Where(door => door.Basis == FactBasis.Public && !counts.Contains(door.Feature)))
            Assert.That(Feature(door.Feature).LevelUnder(SchemaCatalog.LoadEmbedded()), Is.LessThanOrEqualTo(Sensitivity.Internal), door.Feature);
    }

    [Test]
    public void TheDebtOfOneLinkedPartyIsABandToTheClientAndToABrokerWithFacts()
    {
        foreach (var audience in (Audience[])[Audience.Client, Audience.Facts])
        {
            var reason = Reason(Opened(audience, OneOther), "group_debt");
            Assert.That((reason.Value, reason.Band, reason.Points), Is.EqualTo(((double?)null, (Band?)Band.Low, (double?)null)), $"{audience}");
            Assert.That(reason.Text, Is.EqualTo("Financing debt of the rest of the group low: lowers the score."));
        }
    }

    [Test]
    public void TheDebtOfThreeLinkedPartiesIsShown()
    {
        var reason = Reason(Opened(Audience.Client, ThreeOthers), "group_debt");
        Assert.That(reason.Value, Is.EqualTo(Math.Log(65_433)));
        Assert.That(reason.Points, Is.EqualTo(-12));
        Assert.That(reason.Text, Is.EqualTo("Financing debt of the rest of the group CNY 65,432: lowers the score by 12 points."));
    }

    [Test]
    public void TheRegulatorSeesTheDebtOfOneLinkedParty() =>
        Assert.That(Reason(Opened(Audience.Regulator, OneOther), "group_debt").Text, Does.Contain("65,432"));

    [Test]
    public void WithTheScoreAloneNoReasonSaysAFigureButWhatIsPublic()
    {
        var score = Opened(Audience.Score, ThreeOthers);
        Assert.That(score.Reasons, Is.All.Matches<DisclosedReason>(reason => reason.Points is null));
        foreach (var reason in score.Reasons.Where(reason => FeatureDoor.Of(reason.Feature)?.Basis != FactBasis.Public))
        {
            Assert.That(reason.Value, Is.Null, reason.Feature);
            Assert.That(Digit().IsMatch(reason.Text.Replace(reason.Title, "", StringComparison.Ordinal)), Is.False, reason.Text);
        }

        Assert.That(Reason(score, "court_cases").Value, Is.EqualTo(2));
        Assert.That(score.Groups, Is.All.Matches<DisclosedGroup>(group => group.Points is null));
        Assert.That((score.OwnPoints, score.ContagionPoints, score.ProbabilityOfDefault), Is.EqualTo((-30, -12, 0.0123)));
    }

    [Test]
    public void TwoFiguresInOneBandLeaveTheSameAnswer()
    {
        static string Told(double debt) => string.Join('\n', ScoreDoor.Default.Open(
            Score(debt, points: -12 - debt / 1e9), Parts(OneOther), ScoreOpening.For(Audience.Client)).Reasons.Where(reason => reason.Scope == FeatureScope.Graph));
        Assert.That(Told(65_432), Is.EqualTo(Told(900_000)));
        Assert.That(Told(65_432), Is.Not.EqualTo(Told(2_000_000)), "another band");
    }

    [Test]
    public void APartyOfWhichABrokerMayKnowAllHidesNothingFromIt()
    {
        var opened = ScoreDoor.Default.Open(Score(65_432, -12), Parts(OneOther), new ScoreOpening(Audience.Facts, party => party == 7));
        Assert.That(Reason(opened, "group_debt").Value, Is.Not.Null);
    }

    [Test]
    public void TheOrderSaysNoMoreThanTheClasses()
    {
        var order = Opened(Audience.Score, OneOther).Reasons.Select(reason => (Effects.Weight(reason.Effect), Column(reason.Feature))).ToList();
        Assert.That(order, Is.EqualTo(order.OrderByDescending(key => key.Item1).ThenBy(key => key.Item2)));
    }

    [Test]
    public void AValueThatIsNotKnownHasNoBand()
    {
        var reason = Reason(Opened(Audience.Score, OneOther), "ratio_worst");
        Assert.That((reason.Band, reason.Text), Is.EqualTo(((Band?)null, "Lowest collateral ratio: without debt, lifts the score strongly.")));
    }

    [Test]
    public void WhatIsToldTogetherSaysHowManyFactsItIsToThoseOnlyWhoMayKnowThem()
    {
        Assert.That(Reason(Opened(Audience.Score, OneOther), "own_not_known").Text, Is.EqualTo("Own facts not known or without object: lowers the score."));
        Assert.That(Reason(Opened(Audience.Client, OneOther), "own_not_known").Text, Is.EqualTo("Own facts not known or without object (3 of 42): lowers the score by 2 points."));
        Assert.That(Reason(Opened(Audience.Client, OneOther), "margin_calls_year").Text, Does.EndWith("counted with the interplay of facts."));
        Assert.That(
            Reason(Opened(Audience.Score, OneOther), "margin_calls_year").Text, Does.EndWith("hardly moves the score."),
            "that it is counted there says on which side of the median it lies");
    }

    [Test]
    public void AThinFileIsSaidToBeThinAndItsDaysToThoseOnlyWhoMayKnowThem()
    {
        var thin = Score(65_432, -12) with { ThinFile = new FileDepth(null, null, null, new DateOnly(2024, 5, 6)), IsGradeCapped = true };
        DisclosedScore To(Audience audience) => ScoreDoor.Default.Open(thin, Parts(OneOther), ScoreOpening.For(audience));
        Assert.That(To(Audience.Client).ThinFile, Does.Contain("client since 2024-05-06"));
        Assert.That(To(Audience.Score).ThinFile, Is.EqualTo("Thin file: fewer than 6 months of any behaviour."));
        Assert.That(To(Audience.Score).IsGradeCapped, Is.True);
        Assert.That(Opened(Audience.Client, OneOther).ThinFile, Is.Null);
    }

    [Test]
    public void BothLanguagesSayTheSameInTheSameBands()
    {
        foreach (var audience in Enum.GetValues<Audience>())
        {
            var (english, chinese) = (Opened(audience, OneOther), ScoreDoor.Default.Open(Score(65_432, -12), Parts(OneOther), ScoreOpening.For(audience) with { Language = Language.Chinese }));
            Assert.That(chinese.Reasons.Select(reason => reason with { Title = "", Text = "", Seen = "" }), Is.EqualTo(english.Reasons.Select(reason => reason with { Title = "", Text = "", Seen = "" })));
            Assert.That(chinese.Groups.Select(group => group with { Title = "" }), Is.EqualTo(english.Groups.Select(group => group with { Title = "" })));
            foreach (var (one, other) in english.Reasons.Zip(chinese.Reasons))
                Assert.That(Digits(other), Is.EqualTo(Digits(one)), "the same figures");
        }
        var reason = Reason(ScoreDoor.Default.Open(Score(65_432, -12), Parts(OneOther), ScoreOpening.For(Audience.Score) with { Language = Language.Chinese }), "group_debt");
        Assert.That(reason.Text, Is.EqualTo("集团其他成员的证券融资负债 低：降低评分。"));

        static string Digits(DisclosedReason reason) => string.Concat(Digit().Matches(reason.Text.Replace(reason.Title, "", StringComparison.Ordinal)).Select(match => match.Value).Order(StringComparer.Ordinal));
    }

    [Test]
    public void EveryBandAndEffectHasItsWords() => Assert.That(
        TextCatalogue.English.Keys, Is.SupersetOf((string[])[.. Enum.GetNames<Band>().Select(name => $"band.{name}"), .. Enum.GetNames<Effect>().Select(name => $"effect.{name}")]));

    private static DisclosedScore Opened(Audience audience, (int, decimal)[] groupDebt) =>
        ScoreDoor.Default.Open(Score(65_432, -12), Parts(groupDebt), ScoreOpening.For(audience));

    private static Func<string, IReadOnlyList<(int, decimal)>?> Parts((int, decimal)[] groupDebt) =>
        feature => feature == "group_debt" ? groupDebt : null;

    private static CreditScore Score(double groupDebt, double points)
    {
        Reason[] reasons =
        [
            Made("debt", Math.Log(1 + 79_811), -47.3),
            Made("ratio_worst", null, 16.2) with { IsBoundless = true },
            Made("group_debt", Math.Log(1 + groupDebt), points),
            Made("court_cases", 2, -5.1),
            Made("device_distress", 0, 0.3),
            Made("margin_calls_year", 3, 0) with { Kind = ReasonKind.FactInInterplay },
            Made("client_years", null, -2.2) with { Feature = "own_not_known", Title = "Own facts not known", Kind = ReasonKind.NotKnown, Facts = 3, FactsOfScope = 42, Text = "Own facts not known (3 of 42): lowers the score by 2 points." },
        ];
        return new CreditScore(
            new NodeId("Person", "p"), new DateOnly(2024, 6, 30), "model", 0.0123456, 600, new Grade("BB", 0.02, "fair"), 600.4, 642.4, -30.2, -12.3,
            [new ReasonGroup("leverage", "Debt", FeatureScope.Own, -31.1), new ReasonGroup("ownership", "Ownership", FeatureScope.Graph, points)],
            reasons, true, 2, Sensitivity.Confidential);
    }

    private static Reason Made(string name, double? value, double points)
    {
        var feature = Feature(name);
        return new Reason(name, feature.Title, feature.Group.Name, feature.Group.Scope, value, 0, points, "", Sensitivity.Confidential);
    }

    private static DisclosedReason Reason(DisclosedScore score, string feature) => score.Reasons.Single(reason => reason.Feature == feature);

    private static Feature Feature(string name) => FeatureSet.Features.Single(feature => feature.Name == name);

    /// <summary>What is told together stands after the features of its class.</summary>
    private static int Column(string name) => FeatureSet.Features.Select(feature => feature.Name).ToList().IndexOf(name) is >= 0 and var column ? column : int.MaxValue;

    [GeneratedRegex("[0-9]")]
    private static partial Regex Digit();
}
