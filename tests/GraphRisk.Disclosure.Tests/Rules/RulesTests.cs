using GraphRisk.Disclosure.Rules;

namespace GraphRisk.Disclosure.Tests.Rules;

public class RulesTests
{
    private static readonly DisclosureLimits Limits = DisclosureLimits.Default;

    [TestCase(new[] { 70, 15, 15 }, ExpectedResult = true, TestName = "SeventyInAHundredDoesNotDominate")]
    [TestCase(new[] { 71, 15, 14 }, ExpectedResult = false, TestName = "MoreThanSeventyInAHundredDominates")]
    [TestCase(new[] { 5 }, ExpectedResult = false, TestName = "OneAloneDominates")]
    [TestCase(new int[0], ExpectedResult = true, TestName = "NothingIsDominatedByNobody")]
    public bool Dominance(int[] parts) => DominanceRule.Holds(Made(parts), Limits.LargestShare);

    [TestCase(new[] { 100, 50, 11 }, ExpectedResult = true, TestName = "TheSecondErrsByMoreThanTenPercentOfTheFirst")]
    [TestCase(new[] { 100, 50, 10 }, ExpectedResult = false, TestName = "ErringByTenPercentIsWithinTenPercent")]
    [TestCase(new[] { 100, 100 }, ExpectedResult = false, TestName = "OfTwoEachKnowsTheOther")]
    [TestCase(new[] { 100 }, ExpectedResult = false, TestName = "OneAloneIsKnown")]
    public bool Percent(int[] parts) => PercentRule.Holds(Made(parts), Limits.Estimate);

    [Test]
    public void ThePercentRuleHoldsExactlyWhereNoContributorEstimatesAnother()
    {
        var random = new Random(5);
        for (var i = 0; i < 5000; i++)
        {
            var parts = Enumerable.Range(0, random.Next(1, 6)).Select(_ => (decimal)random.Next(1, 40)).ToArray();
            var total = parts.Sum();
            var someoneTold = parts.Length == 1 || Pairs(parts.Length).Any(pair =>
                total - parts[pair.Who] - parts[pair.Whose] <= 0.10m * parts[pair.Whose]);
            Assert.That(PercentRule.Holds(Contributions.Of(parts.Select((part, who) => (who, part))), 0.10m), Is.EqualTo(!someoneTold), string.Join(' ', parts));
        }
    }

    [Test]
    public void AContributorNamedTwiceCountsOnceAndOneThatGivesNothingNotAtAll()
    {
        var parts = Contributions.Of([("a", 3m), ("b", 0m), ("a", 4m), ("c", 5m)]);
        Assert.That(parts.Amounts, Is.EqualTo(new[] { 7m, 5m }));
    }

    [Test]
    public void AFigureAboutTwoOthersIsWithheldAndAboutThreeShown() => Assert.Multiple(() =>
    {
        Assert.That(Shows([(1, 50), (2, 50)]), Is.False);
        Assert.That(Shows([(1, 40), (2, 30), (3, 30)]), Is.True);
        Assert.That(Shows([(1, 71), (2, 15), (3, 14)]), Is.False, "one of three dominates");
        Assert.That(Shows([(1, 40), (2, 60), (1, 60)]), Is.False, "two parties, one of them twice");
        Assert.That(Shows([]), Is.True, "nothing is nobody's");
    });

    [Test]
    public void WhatTheViewerKnowsIsTakenOutFirst() => Assert.Multiple(() =>
    {
        Assert.That(Shows([(1, 40), (2, 30), (3, 30)], knows: [1]), Is.False, "two are left");
        Assert.That(Shows([(1, 40), (2, 30)], knows: [1, 2]), Is.True, "it may know each");
        Assert.That(Shows([(1, 900), (2, 30), (3, 30), (4, 40)], knows: [1]), Is.True);
    });

    [TestCase("1234567", "1230000")]
    [TestCase("999.6", "1000")]
    [TestCase("0.012345", "0.0123")]
    [TestCase("-98765.5", "-98800")]
    [TestCase("1.005", "1.01")]
    [TestCase("0", "0")]
    [TestCase("7", "7")]
    public void ThreeDigitsAreKept(string number, string rounded) => Assert.That(
        SignificantDigits.Round(decimal.Parse(number, System.Globalization.CultureInfo.InvariantCulture), 3).ToString(System.Globalization.CultureInfo.InvariantCulture),
        Is.EqualTo(rounded));

    [Test]
    public void RoundingErrsByHalfAUnitOfTheLastDigitAtMost()
    {
        var random = new Random(3);
        for (var i = 0; i < 2000; i++)
        {
            var number = (decimal)(random.NextDouble() * Math.Pow(10, random.Next(-5, 15)));
            Assert.That(Math.Abs(SignificantDigits.Round(number, 3) - number), Is.LessThanOrEqualTo(0.005m * number));
        }
    }

    private static bool Shows((int, int)[] parts, params int[] knows) => OtherPartiesRule.Shows(
        [.. parts.Select(part => (part.Item1, (decimal)part.Item2))], knows.Contains, Limits);

    private static Contributions Made(int[] parts) => Contributions.Of(parts.Select((part, who) => (who, (decimal)part)));

    private static IEnumerable<(int Who, int Whose)> Pairs(int count) =>
        from who in Enumerable.Range(0, count) from whose in Enumerable.Range(0, count) where who != whose select (who, whose);
}
