using GraphRisk.Graph.Algorithms;
using GraphRisk.Graph.Algorithms.Ownership;
using GraphRisk.Graph.Algorithms.Ownership.Rules;

namespace GraphRisk.Graph.Tests.Algorithms.Ownership.Rules;

/// <summary>Rules of law against cases worked by hand from their wording (<c>rules.txt</c>).</summary>
public sealed class RuleCaseTests
{
    private static IEnumerable<TestCaseData> Cases => RuleCase.All.Select(one => new TestCaseData(RuleCase.All.ToList().IndexOf(one)).SetName($"{{m}}({one.ToString().Replace('.', ',')})"));

    [TestCaseSource(nameof(Cases))]
    public void TheRuleSaysWhatItsWordingSays(int number)
    {
        var worked = RuleCase.All[number];
        Assert.That(worked.Source, Is.Not.Empty);
        var outcomes = worked.Outcomes().ToList();
        Assert.That(outcomes, Is.Not.Empty);
        Assert.Multiple(() =>
        {
            foreach (var (asked, wanted, found) in outcomes) Assert.That(found, Is.EqualTo(wanted), $"{worked}: {asked}");
        });
    }

    [Test]
    public void EveryRuleHasCasesAtItsBoundaries()
    {
        Assert.That(RuleCase.All, Has.Count.AtLeast(60));
        var counts = RuleCase.All.GroupBy(one => one.Rule.Name).ToDictionary(of => of.Key, of => of.Count());
        Assert.That(counts.Keys, Is.EquivalentTo(RuleBook.Shipped.All.Select(rule => rule.Name)));
    }

    /// <summary>5 to 9.99% is the first step of 5%, and the fifth to ninth of 1%; 10% the second and the tenth.</summary>
    [TestCase("0.05", 1, 5)]
    [TestCase("0.0999", 1, 9)]
    [TestCase("0.1", 2, 10)]
    [TestCase("0.2999", 5, 29)]
    public void StepsOfDisclosureAreCounted(string share, int fives, int ones)
    {
        var part = decimal.Parse(share, System.Globalization.CultureInfo.InvariantCulture);
        var facts = new RuleFacts(HoldingGraph.Build(2, [Holding.Of(0, 1, part)]), [], StatedTies.None, _ => PartyForm.Unknown, null, ControlParameters.Default);
        var verdicts = new RuleReading(facts, RuleBook.Shipped.Find("cn-disclosure")!, new DateOnly(2024, 6, 30), WorkMeter.Unlimited).Of(1).Verdicts;
        Assert.That(verdicts.Select(verdict => verdict.Steps), Is.EqualTo(new int?[] { fives, ones }));
    }

    [TestCase("{}", "name")]
    [TestCase("""{ "name": "r", "colour": "red" }""", "colour")]
    public void AFileThatIsNoRuleIsNamedWithItsFault(string text, string fault) =>
        Assert.That(() => RuleBook.Read("r.json", text), Throws.TypeOf<InvalidDataException>().With.Message.Contains("r.json").And.Message.Contains(fault));

    [TestCase(""" "threshold": 25 """, "outside 0 to 1")]
    [TestCase(""" "unless": ["other"] """, "'other', which is no limb")]
    [TestCase(""" "of": ["own"] """, "its kind says the other")]
    [TestCase(""" "relationship": "HOLDS" """, "needs a relationship")]
    public void ALimbThatContradictsItselfIsRefused(string member, string fault)
    {
        var text = $$"""
            { "name": "r", "topic": "CONTROL", "scope": "PARTIES", "holder": "ANY", "title": "t", "source": "s", "cannotKnow": [], "unchecked": [],
              "versions": [{ "name": "1", "from": "2020-01-01", "limbs": [{ "name": "own", "article": "1", "says": "-", "kind": "COMMAND", {{member}} }] }] }
            """;
        Assert.That(() => RuleBook.Read("r.json", text), Throws.TypeOf<InvalidDataException>().With.Message.Contains(fault));
    }
}
