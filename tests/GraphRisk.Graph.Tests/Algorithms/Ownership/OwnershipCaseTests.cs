using System.Text.Json;
using GraphRisk.Graph.Algorithms;
using GraphRisk.Graph.Algorithms.Ownership;
using GraphRisk.Graph.Algorithms.Ownership.Rules;
using GraphRisk.TestKit;

namespace GraphRisk.Graph.Tests.Algorithms.Ownership;

/// <summary>The shared cases of ownership and control, every section, to 1e-9.</summary>
public sealed class OwnershipCaseTests
{
    private static readonly (string Key, OwnershipSemantics Semantics)[] Sections =
    [
        ("walk", OwnershipSemantics.Walk), ("corrected", OwnershipSemantics.Corrected), ("simplePath", OwnershipSemantics.SimplePath),
    ];

    [Test]
    public void PublishedOwnershipIsReproduced()
    {
        var compared = 0;
        foreach (var one in Cases.Read("ownership.json").GetProperty("ownership").EnumerateArray())
        {
            var named = Cases.Edges(one.GetProperty("edges"));
            var lookThrough = new OwnershipLookThrough(GraphOf(named));
            foreach (var (key, semantics) in Sections)
            {
                if (!one.GetProperty("expect").TryGetProperty(key, out var expected)) continue;
                AssertStakes(expected, lookThrough.AllPairs(new LookThroughQuestion(semantics) { SelfPairs = true }), named);
                compared++;
            }
        }

        Assert.That(compared, Is.GreaterThanOrEqualTo(13));
    }

    [Test]
    public void PublishedControlIsReproduced()
    {
        var compared = 0;
        foreach (var one in Cases.Read("ownership.json").GetProperty("ownership").EnumerateArray())
        {
            if (!one.GetProperty("expect").TryGetProperty("control>1/2", out var expected)) continue;
            var named = Cases.Edges(one.GetProperty("edges"));
            var control = new CompanyControl(GraphOf(named));
            for (var party = 0; party < named.Names.Length; party++)
            {
                var wanted = expected.TryGetProperty(named.Names[party], out var list) ? Cases.Texts(list) : [];
                Assert.That(control.ControlledNodes(party).Select(company => named.Names[company]), Is.EquivalentTo(wanted));
                compared += wanted.Length;
            }
        }

        Assert.That(compared, Is.GreaterThan(51));
    }

    [Test]
    public void WalkOwnershipThatDivergesIsRefusedWithAFinding()
    {
        var one = Cases.Read("ownership.json").GetProperty("ownership").EnumerateArray()
            .Single(one => one.GetProperty("name").GetString() == "company control, published example");
        var answer = new OwnershipLookThrough(GraphOf(Cases.Edges(one.GetProperty("edges")))).AllPairs(OwnershipSemantics.Walk, 0);
        Assert.That(answer.Stakes, Is.Empty);
        Assert.That(answer.Findings.Select(finding => finding.Kind), Does.Contain(OwnershipFindingKind.WalkDiverges).And.Contain(OwnershipFindingKind.SharesAboveOne));
    }

    [Test]
    public void PublishedCloseLinksAreReproduced()
    {
        foreach (var one in Cases.Read("ownership.json").GetProperty("ownership").EnumerateArray())
        {
            if (!one.GetProperty("expect").TryGetProperty("closeLink>=0.2 (simple paths, no common third party)", out var expected)) continue;
            var named = Cases.Edges(one.GetProperty("edges"));
            var found = By("ecb-close-links", GraphOf(named), _ => PartyForm.LegalPerson).All().Verdicts.Where(verdict => verdict.Limb.Name == "capital")
                .ToDictionary(verdict => $"{named.Names[verdict.Finding.Alone]}>{named.Names[verdict.Finding.Company]}", verdict => (double)verdict.Finding.Figure!.Stated);
            var wanted = expected.EnumerateObject().ToDictionary(pair => pair.Name, pair => pair.Value.GetDouble());
            Assert.That(found.Keys, Is.EquivalentTo(wanted.Keys));
            foreach (var (pair, share) in wanted) Assert.That(found[pair], Is.EqualTo(share).Within(1e-9), pair);
        }
    }

    [Test]
    public void TheAggregateRuleBlocksWhatTheAnswersSay()
    {
        foreach (var one in Cases.Read("ownership.json").GetProperty("aggregate50Rule").GetProperty("cases").EnumerateArray())
        {
            var blocked = Cases.Texts(one.GetProperty("blocked"));
            var named = Cases.Edges(one.GetProperty("edges"), blocked);
            var found = AggregateOwnershipRule.Find(GraphOf(named), [.. blocked.Select(name => named[name])]);
            Assert.That(
                found.Select(company => named.Names[company.Company]), Is.EquivalentTo(Cases.Texts(one.GetProperty("expectBlocked"))),
                one.GetProperty("name").GetString());
        }
    }

    [Test]
    public void PublishedPowerIndicesAreReproduced()
    {
        foreach (var one in Cases.Read("ownership.json").GetProperty("powerIndices").EnumerateArray())
        {
            var weights = Cases.Integers(one.GetProperty("weights"));
            var power = PowerIndices.Find(weights, one.GetProperty("quota").GetInt32());
            AssertIndices(one, "shapleyShubik", power.ShapleyShubik, weights);
            AssertIndices(one, "banzhaf", power.Banzhaf, weights);
        }
    }

    [Test]
    public void ControlAndOwnershipMakeBeneficialOwnersByLayers()
    {
        string[] limbs = ["control-of-owner", "ownership-of-controller"];
        var cases = Cases.Read("ownership.json").GetProperty("controlAndOwnershipLayers").EnumerateArray().ToList();
        foreach (var (one, limb) in cases.Zip(limbs))
        {
            var named = Cases.Edges(one.GetProperty("edges"));
            var verdict = By("eu-beneficial-owner", GraphOf(named), node => node == named["P"] ? PartyForm.Person : PartyForm.LegalPerson).Of(named["T"]).Verdicts.Single();
            Assert.That((verdict.Limb.Name, verdict.Finding.Alone, verdict.Finding.Via, verdict.Finding.Figure!.Stated), Is.EqualTo((limb, named["P"], named["H"], 0.3m)));
            Assert.That(verdict.Finding.Holds, Is.EqualTo(RuleHolding.Certain));
        }
    }

    private static RuleReading By(string rule, HoldingGraph holdings, Func<int, PartyForm> formOf) => new(
        new RuleFacts(holdings, [], StatedTies.None, formOf, null, ControlParameters.Default), RuleBook.Shipped.Find(rule)!, new DateOnly(2028, 1, 1), WorkMeter.Unlimited);

    [Test]
    public void PartiesOfAnAgreementControlTogetherAndNoneAlone()
    {
        var one = Cases.Read("ownership.json").GetProperty("actingInConcert").EnumerateArray().Single();
        var named = Cases.Edges(one.GetProperty("edges"));
        int[] members = [.. Cases.Texts(one.GetProperty("agreement")).Select(name => named[name])];
        var agreement = new ConcertAgreement(named.Names.Length, [.. members.Order()], [named["T"]]);
        var control = new CompanyControl(GraphOf(named), [agreement]).ControllersOf(named["T"]).Single();
        Assert.That(control.Controller, Is.EqualTo(new Controller(agreement.Members, agreement.Node)));
        Assert.That(control.Votes, Is.EqualTo(0.6m));
    }

    /// <summary>Fractions hold exactly; where the publication lists one figure a sort of voter, to its last digit.</summary>
    private static void AssertIndices(JsonElement one, string name, IReadOnlyList<double> found, int[] weights)
    {
        if (!one.TryGetProperty(name, out var list)) return;
        var wanted = Cases.Numbers(list);
        var compared = wanted.Length == weights.Length ? found : weights.Distinct().Select(weight => found[Array.IndexOf(weights, weight)]).ToList();
        Assert.That(compared, Is.EqualTo(wanted).Within(wanted.Length == weights.Length ? 1e-9 : 5e-6), name);
    }

    private static void AssertStakes(JsonElement expected, LookThroughAnswer answer, NamedEdges named)
    {
        var wanted = expected.EnumerateObject().ToDictionary(pair => pair.Name, pair => pair.Value.GetDouble());
        foreach (var stake in answer.Stakes)
        {
            var pair = $"{named.Names[stake.Holder]}>{named.Names[stake.Company]}";
            Assert.That(stake.Share, Is.EqualTo(wanted.GetValueOrDefault(pair)).Within(1e-9), $"{answer.Semantics} {pair}");
            wanted.Remove(pair);
        }

        Assert.That(wanted, Is.Empty);
    }

    private static HoldingGraph GraphOf(NamedEdges named) => HoldingGraph.Build(
        named.Names.Length, named.Edges.Select(edge => Holding.Of(edge.From, edge.To, edge.Share)));
}
