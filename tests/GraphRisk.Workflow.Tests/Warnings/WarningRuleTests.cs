using GraphRisk.Workflow.Warnings.Rules;

namespace GraphRisk.Workflow.Tests.Warnings;

/// <summary>Rules of early warning as data: what each kind of condition means, and what is no rule.</summary>
public sealed class WarningRuleTests
{
    [Test]
    public void TheShippedRulesHoldTheEightThatFollowAClient()
    {
        var rules = WarningRuleBook.Shipped;
        Assert.That(rules.Version, Has.Length.EqualTo(12));
        Assert.That(rules.Rows.Select(rule => rule.Name), Is.SupersetOf(new[]
        {
            "ratio-below-warning-line", "call-line-near", "score-down", "guarantor-defaulted", "new-dishonest-entry", "sole-collateral-suspended", "linked-forced-sale", "line-use-high",
        }));
        Assert.That(rules.Rows.Select(rule => rule.Title.Zh), Is.All.Not.Empty);
    }

    /// <summary>Figures of the trading days 0, 1, 2 ... ago; trading day n was 7 n / 5 calendar days ago.</summary>
    [TestCase("LEVEL", "BELOW", 1.5, null, "1.49", true)]
    [TestCase("LEVEL", "BELOW", 1.5, null, "1.5", false)]
    [TestCase("LEVEL", "AT_OR_BELOW", 1.5, null, "1.5", true)]
    [TestCase("LEVEL", "ABOVE", 1.5, null, "1.5", false)]
    [TestCase("LEVEL", "AT_OR_ABOVE", 1.5, null, "1.5", true)]
    [TestCase("LEVEL", "BELOW", 1.5, null, "?", false)]
    [TestCase("CHANGE", "AT_OR_BELOW", -40.0, 2, "560 580 600", true)]
    [TestCase("CHANGE", "AT_OR_BELOW", -40.0, 2, "561 500 600", false)]
    [TestCase("CHANGE", "AT_OR_BELOW", -40.0, 2, "500 580 ?", false)]
    [TestCase("HELD", "ABOVE", 0.95, 3, "0.96 0.97 0.99", true)]
    [TestCase("HELD", "ABOVE", 0.95, 3, "0.96 0.95 0.99", false)]
    [TestCase("HELD", "ABOVE", 0.95, 3, "0.96 0.97 ?", false)]
    [TestCase("NEW", null, null, 5, "6", true)]
    [TestCase("NEW", null, null, 5, "7", false)]
    [TestCase("NEW", null, null, 5, "?", false)]
    public void AConditionIsMetAsItsKindSays(string kind, string? comparison, double? limit, int? days, string figures, bool isMet)
    {
        var values = figures.Split(' ').Select(text => text == "?" ? double.NaN : double.Parse(text, System.Globalization.CultureInfo.InvariantCulture)).ToArray();
        var rule = Rule(kind, "ratio", comparison, limit, days);
        Assert.That(WarningConditions.Met(rule, new FiguresBack(back => values[back], back => back * 7 / 5)) is not null, Is.EqualTo(isMet));
        Assert.That(WarningConditions.LooksAt(rule).Max(), Is.LessThan(values.Length), "it asks for no day that it did not say");
    }

    [Test]
    public void WhatMetAConditionIsTold()
    {
        var met = WarningConditions.Met(Rule("CHANGE", "score", "AT_OR_BELOW", -40, 1), new FiguresBack(back => back == 0 ? 560 : 610, _ => 1));
        Assert.That(met, Is.EqualTo(new MetBy(560, 610)));
    }

    [TestCase("LEVEL", "shoe_size", "BELOW", 1.0, null, "which is no figure")]
    [TestCase("LEVEL", "ratio", "BELOW", null, null, "operator and a limit")]
    [TestCase("LEVEL", "ratio", "BELOW", 1.0, 3, "needs days, or has them")]
    [TestCase("HELD", "ratio", "BELOW", 1.0, null, "needs days, or has them")]
    [TestCase("HELD", "ratio", "BELOW", 1.0, 61, "looks back 61 days")]
    [TestCase("NEW", "ratio", "BELOW", 1.0, 3, "operator and a limit")]
    [TestCase("SUDDEN", "ratio", "BELOW", 1.0, 3, "a value is of another kind")]
    public void WhatIsNoRuleIsSaid(string kind, string figure, string? comparison, double? limit, int? days, string why) =>
        Assert.That(() => Rule(kind, figure, comparison, limit, days), Throws.TypeOf<InvalidDataException>().With.Message.Contains(why));

    [Test]
    public void AMemberNobodyReadsAndANameGivenTwiceAreFaults()
    {
        Assert.That(() => WarningRuleBook.Read("x.json", """{ "version": "1", "rows": [], "colour": "red" }"""), Throws.TypeOf<InvalidDataException>());
        var row = RowOf("LEVEL", "ratio", "BELOW", 1, null);
        Assert.That(() => WarningRuleBook.Read("x.json", $$"""{ "version": "1", "rows": [{{row}}, {{row}}] }"""), Throws.TypeOf<InvalidDataException>().With.Message.Contains("is there twice"));
    }

    [Test]
    public void AFeatureOfTheScoreIsAFigureToo() => Assert.That(Rule("LEVEL", "dishonest_entries", "AT_OR_ABOVE", 1, null).Figure, Is.EqualTo("dishonest_entries"));

    internal static WarningRule Rule(string kind, string figure, string? comparison, double? limit, int? days) =>
        WarningRuleBook.Read("x.json", $$"""{ "version": "1", "rows": [{{RowOf(kind, figure, comparison, limit, days)}}] }""").Rows[0];

    private static string RowOf(string kind, string figure, string? comparison, double? limit, int? days) => FormattableString.Invariant(
        $$"""
        { "name": "a-rule", "kind": "{{kind}}", "figure": "{{figure}}"{{(comparison is null ? "" : $", \"operator\": \"{comparison}\"")}}{{(limit is null ? "" : FormattableString.Invariant($", \"limit\": {limit}"))}}{{(days is null ? "" : $", \"days\": {days}")}},
          "severity": "SERIOUS", "coolDownDays": 5, "team": "MARGIN_DESK", "escalatesTo": "CREDIT_RISK", "takeWithinDays": 2, "title": { "en": "A rule", "zh": "规则" } }
        """);
}
