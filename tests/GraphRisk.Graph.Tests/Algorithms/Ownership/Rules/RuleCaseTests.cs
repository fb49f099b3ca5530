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
