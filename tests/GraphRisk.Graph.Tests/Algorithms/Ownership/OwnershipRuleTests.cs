using GraphRisk.Graph.Algorithms;
using GraphRisk.Graph.Algorithms.Ownership;
using GraphRisk.Graph.Algorithms.Ownership.Rules;
using GraphRisk.TestKit;

namespace GraphRisk.Graph.Tests.Algorithms.Ownership;

/// <summary>Rules of law on ownership, each against its wording applied to every subset or pair.</summary>
public sealed class OwnershipRuleTests
{
    [Test]
    public void TheAggregateRuleGivesTheSmallestClosedSet()
    {
        foreach (var drawn in RandomGraphs.Draw(1500))
        {
            int[] named = [drawn.Seed % drawn.NodeCount, (drawn.Seed / 3) % drawn.NodeCount];
            var wanted = named.ToHashSet();
            while (Enumerable.Range(0, drawn.NodeCount).Where(company => !wanted.Contains(company)
                && drawn.Edges.Where(edge => edge.To == company && wanted.Contains(edge.From)).Sum(edge => edge.Share) >= 0.5m).ToList() is { Count: > 0 } more)
                wanted.UnionWith(more);
            var found = AggregateOwnershipRule.Find(GraphOf(drawn), named);
            Assert.That(found.Select(one => one.Company), Is.EquivalentTo(wanted.Except(named)), drawn.ToString);
            Assert.That(found.All(one => one.Share >= 0.5m), drawn.ToString);
        }
    }

    [Test]
    public void CloseLinksAreAFifthOfTheOtherOrAThirdWithAFifthOfBoth()
    {
        foreach (var drawn in RandomGraphs.Draw(1000))
        {
            var shares = OwnershipOracle.SimplePath(OwnershipOracle.Matrix(drawn.NodeCount, drawn.Edges));
            bool Owns(int i, int j) => decimal.Round((decimal)shares[i, j], 12) >= 0.2m;
            var wanted = new HashSet<(int, int, int)>();
            for (var i = 0; i < drawn.NodeCount; i++)
            {
                for (var j = 0; j < drawn.NodeCount; j++)
                {
                    if (Owns(i, j)) wanted.Add((i, j, -1));
                    for (var third = 0; third < drawn.NodeCount; third++)
                        if (i < j && Owns(third, i) && Owns(third, j)) wanted.Add((i, j, third));
                }
            }

            // Of several third parties a verdict names the first.
            var told = wanted.GroupBy(link => (link.Item1, link.Item2, IsThird: link.Item3 >= 0)).Select(same => (same.Key.Item1, same.Key.Item2, same.Min(link => link.Item3))).ToList();
            Assert.That(Links(By("ecb-close-links", GraphOf(drawn), _ => PartyForm.Unknown).All()), Is.EquivalentTo(told), drawn.ToString);
            var party = drawn.Seed % drawn.NodeCount;
            Assert.That(
                Links(By("ecb-close-links", GraphOf(drawn), _ => PartyForm.Unknown).Of(party)), Is.EquivalentTo(told.Where(link => link.Item1 == party || link.Item2 == party)), drawn.ToString);
        }
    }

    [Test]
    public void BeneficialOwnersAreWhomAnyOfTheFourGroundsNames()
    {
        var named = 0;
        foreach (var drawn in RandomGraphs.Draw(1000))
        {
            var holdings = GraphOf(drawn);
            var matrix = OwnershipOracle.Matrix(drawn.NodeCount, drawn.Edges);
            var shares = OwnershipOracle.SimplePath(matrix);
            var controlled = Enumerable.Range(0, drawn.NodeCount).Select(party => OwnershipOracle.Controlled(drawn.NodeCount, drawn.Edges, party)).ToArray();
            bool Owns(int i, int j) => i != j && decimal.Round((decimal)shares[i, j], 12) >= 0.25m;
            var company = drawn.Seed % drawn.NodeCount;
            bool IsPerson(int node) => node % 2 == 0;
            bool IsOwner(int person) => Owns(person, company) || controlled[person].Contains(company)
                || (controlled[person].Any(between => between != company && matrix[between, company] > 0)
                    && drawn.Edges.Where(edge => edge.To == company && edge.From != company
                        && (edge.From == person || controlled[person].Contains(edge.From))).Sum(edge => edge.Share) >= 0.25m)
                || Enumerable.Range(0, drawn.NodeCount).Any(between => between != company && controlled[between].Contains(company) && Owns(person, between));
            var answer = By("eu-beneficial-owner", holdings, node => IsPerson(node) ? PartyForm.Person : PartyForm.LegalPerson).Of(company);
            var found = answer.Verdicts.Select(verdict => verdict.Finding.Alone).Where(person => person != company).Distinct().Order().ToList();
            var wanted = Enumerable.Range(0, drawn.NodeCount).Where(person => person != company && IsPerson(person) && IsOwner(person)).ToList();
            Assert.That(found, Is.EqualTo(wanted), drawn.ToString);
            named += found.Count;
        }

        Assert.That(named, Is.GreaterThan(500));
    }

    [Test]
    public void PowerIndicesEqualTheCountOverAllOrdersAndAllCoalitions()
    {
        for (var seed = 1; seed <= 1000; seed++)
        {
            var random = new Random(seed);
            int[] weights = [.. Enumerable.Range(0, random.Next(1, 7)).Select(_ => random.Next(0, 12))];
            var quota = random.Next(1, Math.Max(2, weights.Sum() + 1));
            var found = PowerIndices.Find(weights, quota);
            Assert.That(found.ShapleyShubik, Is.EqualTo(OverOrders(weights, quota)).Within(1e-12), $"seed {seed}");
            Assert.That(found.Banzhaf, Is.EqualTo(OverCoalitions(weights, quota)).Within(1e-12), $"seed {seed}");
        }
    }

    [Test]
    public void ATableThatWouldBeTooLargeIsRefused() =>
        Assert.That(() => PowerIndices.Find([1_000_000, 999_999], 5_000_000), Throws.ArgumentException);

    private static double[] OverOrders(int[] weights, int quota)
    {
        var decided = new double[weights.Length];
        var orders = 0;
        Extend([], 0, -1);
        return [.. decided.Select(count => count / orders)];

        void Extend(List<int> order, int sum, int pivot)
        {
            if (order.Count == weights.Length)
            {
                orders++;
                if (pivot >= 0) decided[pivot]++;
                return;
            }

            foreach (var next in Enumerable.Range(0, weights.Length).Except(order).ToList())
                Extend([.. order, next], sum + weights[next], pivot < 0 && sum + weights[next] >= quota ? next : pivot);
        }
    }

    private static double[] OverCoalitions(int[] weights, int quota)
    {
        var swings = new double[weights.Length];
        for (var coalition = 0; coalition < 1 << weights.Length; coalition++)
        {
            var sum = weights.Where((_, i) => (coalition & (1 << i)) != 0).Sum();
            for (var i = 0; i < weights.Length; i++)
                if ((coalition & (1 << i)) == 0 && sum < quota && sum + weights[i] >= quota) swings[i]++;
        }

        return [.. swings.Select(count => swings.Sum() == 0 ? 0 : count / swings.Sum())];
    }

    private static RuleReading By(string rule, HoldingGraph holdings, Func<int, PartyForm> formOf) => new(
        new RuleFacts(holdings, [], StatedTies.None, formOf, null, ControlParameters.Default), RuleBook.Shipped.Find(rule)!, new DateOnly(2028, 1, 1), WorkMeter.Unlimited);

    /// <summary>Each link once: from and to, or the two with the smaller first, and the third party.</summary>
    private static IEnumerable<(int, int, int)> Links(RuleAnswer answer) => answer.Verdicts.Select(verdict => verdict.Finding).Select(found =>
        found.Via < 0 ? (found.Alone, found.Company, -1) : (Math.Min(found.Alone, found.Company), Math.Max(found.Alone, found.Company), found.Via));

    private static HoldingGraph GraphOf(RandomGraph drawn) => HoldingGraph.Build(
        drawn.NodeCount, drawn.Edges.Select(edge => Holding.Of(edge.From, edge.To, edge.Share)));
}
