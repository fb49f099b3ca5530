using GraphRisk.Graph.Algorithms;
using GraphRisk.Graph.Algorithms.Ownership;
using GraphRisk.Graph.Algorithms.Ownership.Rules;

namespace GraphRisk.Graph.Tests.Algorithms.Ownership.Rules;

/// <summary>Rules over seeded random holdings: against an evaluation of their texts, company by company against all at once, and against turns of what is not known.</summary>
public sealed class RuleReadingTests
{
    private const int Sketches = 200;
    private const int Turns = 5;

    private static readonly DateOnly Day = new(2028, 1, 1);
    private static readonly ControlParameters OfLaw = ControlParameters.Default with { Treasury = TreasuryShares.Cancelled };

    private static IEnumerable<string> Rules => RuleBook.Shipped.All.Where(rule => rule.Scope != RuleScope.Investors).Select(rule => rule.Name);

    [TestCase("cn-beneficial-owner")]
    [TestCase("fatf-beneficial-owner")]
    [TestCase("cn-listed-control")]
    [TestCase("mifid-close-links")]
    [TestCase("ecb-close-links")]
    [TestCase("ofac-50")]
    [TestCase("uk-sanctions")]
    public void ARuleFindsWhomItsTextFinds(string rule)
    {
        var found = 0;
        foreach (var sketch in OwnershipSketch.Draw(Sketches))
        {
            // A holding without a number is a range; here all is known, and nothing is held where nobody says.
            (int From, int To, decimal Share)[] edges = [.. sketch.Edges];
            var holdings = HoldingGraph.Build(sketch.Nodes, edges.Select(edge => Holding.Of(edge.From, edge.To, edge.Share)));
            var wanted = new RuleOracle(sketch.Nodes, edges).By(rule, IsPerson);
            var verdicts = By(rule, holdings).All().Verdicts;
            Assert.That(new SortedSet<(int, int)>(verdicts.Select(PairOf)), Is.EqualTo(wanted), sketch.ToString);
            Assert.That(verdicts.Select(verdict => verdict.Finding.Holds), Is.All.EqualTo(RuleHolding.Certain), sketch.ToString);
            found += wanted.Count;
        }

        Assert.That(found, Is.GreaterThan(500));
        TestContext.Out.WriteLine($"{found} pairs of {OwnershipSketch.Times * Sketches} sketches by {rule}");
    }

    private static IEnumerable<string> AllRules => RuleBook.Shipped.All.Select(rule => rule.Name);

    [TestCaseSource(nameof(AllRules))]
    public void CompanyByCompanyIsAllAtOnce(string rule)
    {
        var compared = 0;
        foreach (var sketch in OwnershipSketch.DrawLoose(Sketches / 2))
        {
            var (holdings, shipped) = (sketch.Graph, RuleBook.Shipped.Find(rule)!);
            var all = By(rule, holdings).All().Verdicts.Select(Said).ToHashSet();
            // Of sanctions without a list it is asked who would be blocked by whom, which only the register answers.
            if (shipped.Versions[^1].Limbs.Any(limb => limb.Kind == LimbKind.Aggregate)) all.RemoveWhere(said => said.Told.Limb == "ownership");
            var one = Enumerable.Range(0, sketch.Nodes).SelectMany(company => By(rule, holdings).Of(company).Verdicts).Select(Said).ToHashSet();
            Assert.That(one, Is.EquivalentTo(all), sketch.ToString);
            compared += all.Count;

            // Between investors the same two are told of each company they hold a part of.
            (int Within, (string Limb, (int, int) Pair, RuleHolding Holds) Told) Said(RuleVerdict verdict) => (shipped.Scope == RuleScope.Investors ? verdict.Asked : -1, Told(verdict));
        }

        Assert.That(compared, Is.GreaterThan(rule is "ofac-50" ? -1 : 100));
    }

    /// <summary>Whatever the ranges turn out to be: who is certain is found then, and who is found then is at least possible.</summary>
    [TestCaseSource(nameof(Rules))]
    public void EveryTurnOfWhatIsNotKnownLiesBetweenCertainAndPossible(string rule)
    {
        var (certain, possible, turned) = (0, 0, 0);
        foreach (var sketch in OwnershipSketch.DrawLoose(Sketches / 2))
        {
            var holdings = sketch.Graph;
            var verdicts = By(rule, holdings).All().Verdicts;
            var sure = verdicts.Where(verdict => verdict.Finding.Holds == RuleHolding.Certain).Select(PairOf).ToHashSet();
            var open = verdicts.Select(PairOf).ToHashSet();
            for (var turn = 0; turn < Turns; turn++)
            {
                var completed = HoldingGraph.Build(sketch.Nodes, Completion.Of(holdings, sketch.Seed + (1000 * turn), (_, _) => null, turn == 0 ? 0 : 1));
                var found = By(rule, completed).All().Verdicts.Select(PairOf).ToHashSet();
                Assert.That(found, Is.SupersetOf(sure), () => $"turn {turn}, {sketch}");
                Assert.That(open, Is.SupersetOf(found), () => $"turn {turn}, {sketch}");
                turned += found.Count;
            }

            certain += sure.Count;
            possible += open.Count - sure.Count;
        }

        Assert.That((certain > 50, possible > 50, turned > 500), Is.EqualTo((true, true, true)), $"{certain} certain, {possible} possible, {turned} found");
    }

    [Test]
    public void TheSpentBudgetEndsIt()
    {
        var facts = FactsOf(OwnershipSketch.Draw(12).Last().Graph);
        foreach (var rule in Rules)
        {
            var whole = new CountingMeter();
            new RuleReading(facts, RuleBook.Shipped.Find(rule)!, Day, whole).All();
            Assert.That(whole.Charges, Is.GreaterThan(1), rule);
            Assert.That(() => new RuleReading(facts, RuleBook.Shipped.Find(rule)!, Day, new CountingMeter(whole.Charges / 2)).All(), Throws.TypeOf<BudgetSpentException>(), rule);
        }
    }

    private static bool IsPerson(int node) => node % 3 == 0;

    private static RuleFacts FactsOf(HoldingGraph holdings) =>
        new(holdings, [], StatedTies.None, node => IsPerson(node) ? PartyForm.Person : PartyForm.LegalPerson, null, OfLaw);

    private static RuleReading By(string rule, HoldingGraph holdings) => new(FactsOf(holdings), RuleBook.Shipped.Find(rule)!, Day, WorkMeter.Unlimited);

    private static (int, int) PairOf(RuleVerdict verdict) => verdict.Limb.Kind == LimbKind.Common
        ? (Math.Min(verdict.Finding.Alone, verdict.Finding.Company), Math.Max(verdict.Finding.Alone, verdict.Finding.Company)) : (verdict.Finding.Alone, verdict.Finding.Company);

    private static (string Limb, (int, int) Pair, RuleHolding Holds) Told(RuleVerdict verdict) => (verdict.Limb.Name, PairOf(verdict), verdict.Finding.Holds);
}
