using System.Collections.Immutable;
using GraphRisk.Graph.Algorithms;
using GraphRisk.Graph.Algorithms.Ownership;
using GraphRisk.Graph.Algorithms.Ownership.Rules;

namespace GraphRisk.Graph.Tests.Algorithms.Ownership.Rules;

/// <summary>Without what a verdict by a rule falls with it falls, on what it stands with alone it stands, and no smaller part does either: of all statements, asked anew.</summary>
public sealed class RuleProofTests
{
    private const int Sketches = 45;

    private static readonly DateOnly Day = new(2028, 1, 1);
    private static readonly ControlParameters OfLaw = ControlParameters.Default with { Treasury = TreasuryShares.Cancelled };

    private static IEnumerable<string> Rules => RuleBook.Shipped.All.Select(rule => rule.Name);

    [TestCaseSource(nameof(Rules))]
    public void AVerdictStandsAndFallsWithItsProof(string name)
    {
        var (rule, proved, whole) = (RuleBook.Shipped.Find(name)!, 0, 0);
        foreach (var sketch in OwnershipSketch.Draw(Sketches))
        {
            var all = new Stated(sketch);
            var asked = sketch.Seed % sketch.Nodes;
            var verdicts = new RuleReading(all.Facts, rule, Day, WorkMeter.Unlimited).Of(asked).Verdicts;
            if (verdicts.IsEmpty) continue;
            var verdict = verdicts[sketch.Seed % verdicts.Length];
            var what = $"{verdict.Limb.Name} of {string.Join('+', verdict.Finding.Holders)} in {verdict.Finding.Company}, asked of {asked}, {sketch}";
            var proof = RuleProofs.Of(all.Facts, rule, Day, verdict, WorkMeter.Unlimited);
            Assert.That(proof.Lacks, Is.Null, what);
            Assert.That(Stands(all.Without(proof.Decisive)), Is.False, what);
            foreach (var some in proof.IsOfEverySubset ? Subsets(proof.Decisive) : Single(proof.Decisive)) Assert.That(Stands(all.Without(some)), Is.True, what);
            if (proof.IsOfEverySubset)
            {
                Assert.That(Stands(all.Only(proof.Sufficient)), Is.True, what);
                foreach (var some in Subsets(proof.Sufficient)) Assert.That(Stands(all.Only(some)), Is.False, what);
                whole++;
            }

            proved++;

            bool Stands(RuleFacts left) => new RuleReading(left, rule, Day, WorkMeter.Unlimited).Of(asked).Verdicts.Any(one =>
                one.Limb.Name == verdict.Limb.Name && one.Finding.Company == verdict.Finding.Company && one.Finding.Agreement == verdict.Finding.Agreement
                && one.Finding.Holds >= verdict.Finding.Holds && one.Finding.Holders.SequenceEqual(verdict.Finding.Holders));
        }

        // Of sanctions nobody is listed here: what one owns alone is asked of companies from above only.
        Assert.That(proved, Is.GreaterThan(name == "ofac-50" ? -1 : 15));
        TestContext.Out.WriteLine($"{proved} proofs by {name}, {whole} of every subset");
    }

    [Test]
    public void AProofNamesHoldingsAgreementsAndTies()
    {
        var holdings = HoldingGraph.Build(5, [Holding.Of(0, 1, 0.6m), Holding.Of(1, 2, 0.5m), Holding.Of(3, 2, 0.3m), Holding.Of(4, 2, 0.2m)]);
        var facts = new RuleFacts(holdings, [], new Ties([("OFFICER_OF", 3, 2, "总经理")]), node => node is 0 or 3 ? PartyForm.Person : PartyForm.LegalPerson, null, OfLaw);
        var rule = RuleBook.Shipped.Find("cn-beneficial-owner")!;
        RuleProof Of(int holder) => RuleProofs.Of(facts, rule, Day, new RuleReading(facts, rule, Day, WorkMeter.Unlimited).Of(2).Verdicts.First(one => one.Finding.Holders[0] == holder), WorkMeter.Unlimited);
        Assert.That(Of(0).Sufficient.Select(one => (one.Holding!.Value.Holder, one.Holding.Value.Company)), Is.EqualTo(new[] { (0, 1), (1, 2) }));
        Assert.That(Of(0).Decisive, Has.Length.EqualTo(1), "either of the chain will do");
        Assert.That(Of(3).Sufficient.Single().Holding!.Value.Holder, Is.EqualTo(3));

        var listed = facts.WithListed([3, 4]);
        var ofac = RuleBook.Shipped.Find("ofac-50")!;
        var blocked = new RuleReading(listed, ofac, Day, WorkMeter.Unlimited).Of(2).Verdicts.Single();
        Assert.That(RuleProofs.Of(listed, ofac, Day, blocked, WorkMeter.Unlimited).Sufficient.Select(one => one.Holding!.Value.Holder), Is.EqualTo(new[] { 3, 4 }), "30% and 20%");
    }

    [Test]
    public void WhatIsTooMuchIsSaid()
    {
        var many = HoldingGraph.Build(RuleProofs.MostHoldings + 3, Enumerable.Range(1, RuleProofs.MostHoldings + 1).Select(holder => Holding.Of(holder, 0, holder == 1 ? 0.6m : 0.0001m)));
        var facts = new RuleFacts(many, [], StatedTies.None, _ => PartyForm.Unknown, null, OfLaw);
        var rule = RuleBook.Shipped.Find("fatf-beneficial-owner")!;
        var verdict = new RuleReading(facts, rule, Day, WorkMeter.Unlimited).Of(0).Verdicts[0];
        var proof = RuleProofs.Of(facts, rule, Day, verdict, WorkMeter.Unlimited);
        Assert.That((proof.Lacks, proof.Sufficient.IsEmpty), Is.EqualTo(("More than 2000 holdings are concerned.", true)));
    }

    private static IEnumerable<ImmutableArray<ProvingStatement>> Single(ImmutableArray<ProvingStatement> of) => of.Select(of.Remove);

    /// <summary>All proper subsets; of many those that lack one.</summary>
    private static IEnumerable<ImmutableArray<ProvingStatement>> Subsets(ImmutableArray<ProvingStatement> of) =>
        of.Length > 8 ? Single(of) : Enumerable.Range(0, (1 << of.Length) - 1).Select(chosen => of.Where((_, at) => (chosen >> at & 1) == 1).ToImmutableArray());

    /// <summary>What a sketch states, with agreements and ties drawn by its seed.</summary>
    private sealed class Stated
    {
        private readonly OwnershipSketch sketch;
        private readonly ImmutableArray<ConcertAgreement> agreements;
        private readonly ImmutableArray<(string Relationship, int From, int To, string Said)> ties;

        public Stated(OwnershipSketch sketch)
        {
            this.sketch = sketch;
            var random = new Random(sketch.Seed);
            var (first, second) = (random.Next(sketch.Nodes), random.Next(sketch.Nodes));
            agreements = first == second ? [] : [new ConcertAgreement(100, [Math.Min(first, second), Math.Max(first, second)], [])];
            string[] relationships = ["OFFICER_OF", "RELATED_TO", "GUARANTEES", "OFFICER_OF"];
            ties = [.. relationships.Select(relationship => (relationship, random.Next(sketch.Nodes), random.Next(sketch.Nodes), "董事长 总经理 配偶 spouse chairman director"))];
        }

        public RuleFacts Facts => Of(_ => true);

        public RuleFacts Without(ImmutableArray<ProvingStatement> left) => Of(one => !left.Contains(one));

        public RuleFacts Only(ImmutableArray<ProvingStatement> kept) => Of(kept.Contains);

        private RuleFacts Of(Func<ProvingStatement, bool> keeps) => new(
            HoldingGraph.Build(sketch.Nodes, sketch.Graph.Holdings.ToArray().Where(one => keeps(new ProvingStatement(one, null, null)))),
            [.. agreements.Where(one => keeps(new ProvingStatement(null, one, null)))],
            new Ties([.. ties.Where(one => keeps(new ProvingStatement(null, null, new TieStatement(one.Relationship, one.From, one.To))))]),
            node => node % 3 == 0 ? PartyForm.Person : node % 5 == 4 ? PartyForm.Partnership : PartyForm.LegalPerson, null, OfLaw);
    }

    private sealed class Ties(ImmutableArray<(string Relationship, int From, int To, string Said)> all) : StatedTies(null)
    {
        public override IReadOnlyList<StatedTie> Of(string relationship, int party, bool outgoing, ImmutableArray<string> words, WorkMeter meter) =>
        [
            .. all.Where(one => one.Relationship == relationship && (outgoing ? one.From : one.To) == party && (words.IsEmpty || words.Any(word => one.Said.Contains(word, StringComparison.OrdinalIgnoreCase))))
                .Select(one => new StatedTie(outgoing ? one.To : one.From, one.Said)),
        ];
    }
}
