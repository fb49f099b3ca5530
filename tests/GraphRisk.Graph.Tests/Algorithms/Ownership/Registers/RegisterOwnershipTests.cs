using GraphRisk.Graph.Algorithms;
using GraphRisk.Graph.Algorithms.Ownership;
using GraphRisk.Graph.Algorithms.Ownership.Registers;
using GraphRisk.TestKit;

namespace GraphRisk.Graph.Tests.Algorithms.Ownership.Registers;

/// <summary>All pairs of a register in one pass, held against dense matrices, and against asking company by company.</summary>
public sealed class RegisterOwnershipTests
{
    private static readonly OwnershipSemantics[] All = Enum.GetValues<OwnershipSemantics>();

    [TestCaseSource(nameof(All))]
    public void OfSmallRegistersThePairsAreThoseOfTheMatrices(OwnershipSemantics semantics)
    {
        var told = 0;
        foreach (var graph in RandomGraphs.Draw(semantics == OwnershipSemantics.SimplePath ? 800 : 3000))
        {
            var matrix = OwnershipOracle.Matrix(graph.NodeCount, graph.Edges);
            var wanted = semantics switch
            {
                OwnershipSemantics.Walk => OwnershipOracle.Walk(matrix),
                OwnershipSemantics.Corrected => OwnershipOracle.Walk(matrix) is null ? null : OwnershipOracle.Corrected(matrix),
                _ => OwnershipOracle.SimplePath(matrix),
            };
            if (wanted is null) continue;
            foreach (var threshold in new[] { 0m, 0.05m, 0.25m, 0.5m })
            {
                var answer = new RegisterOwnership(GraphOf(graph)).Find(new RegisterQuestion(semantics, threshold, SelfPairs: true));
                var pairs = answer.Pairs.ToDictionary(pair => (pair.Holder, pair.Company), pair => pair.Share);
                for (var holder = 0; holder < graph.NodeCount; holder++)
                {
                    for (var company = 0; company < graph.NodeCount; company++)
                    {
                        var share = semantics != OwnershipSemantics.Walk && holder == company ? 0 : wanted[holder, company];
                        var isWanted = share > 1e-11 && decimal.Round((decimal)Math.Min(share, 1e9), 10) >= threshold;
                        Assert.That(pairs.TryGetValue((holder, company), out var found), Is.EqualTo(isWanted), $"{holder}>{company} at {threshold}: {share}; {graph}");
                        if (isWanted) Assert.That(found, Is.EqualTo(share).Within(1e-7).Percent, $"{graph}");
                    }
                }

                told += pairs.Count;
            }
        }

        Assert.That(told, Is.GreaterThan(10_000));
    }

    [TestCaseSource(nameof(All))]
    public void OfLayeredRegistersThePairsAreThoseOfAskingCompanyByCompany(OwnershipSemantics semantics)
    {
        var (followed, holders) = (0, 0);
        for (var seed = 1; seed <= 60; seed++)
        {
            var holdings = Layered(seed, isRanged: seed % 5 == 0);
            foreach (var question in new[] { new RegisterQuestion(semantics, 0.25m), new RegisterQuestion(semantics, 0.25m, IsStrict: true), new RegisterQuestion(semantics, 0.02m, SelfPairs: true) })
            {
                var answer = new RegisterOwnership(holdings).Find(question);
                var wanted = new OwnershipLookThrough(holdings).AllPairs(question.OfOne).Stakes
                    .OrderBy(stake => stake.Company).ThenBy(stake => stake.Holder).ToList();
                Assert.That(answer.Pairs.Select(pair => (pair.Holder, pair.Company)), Is.EqualTo(wanted.Select(stake => (stake.Holder, stake.Company))), $"seed {seed}, {question}");
                Assert.That(answer.Pairs.Select(pair => pair.Share), Is.EqualTo(wanted.Select(stake => stake.Share)).Within(1e-12));
                Assert.That(answer.Pairs.Select(pair => (pair.Lower, pair.Upper)), Is.EqualTo(wanted.Select(stake => (stake.Lower, stake.Upper))).Using<(double?, double?)>(
                    (one, other) => IsNear(one.Item1, other.Item1) && IsNear(one.Item2, other.Item2)));
                followed += question.Threshold == 0.25m ? answer.Swept : 0;
                holders += question.Threshold == 0.25m ? holdings.NodeCount : 0;
            }
        }

        Assert.That(followed, Is.LessThan(holders * 2 / 3), "holders who cannot come to a quarter are passed over");
    }

    [Test]
    public void TwentySmallPartsThatMeetAgainAreTold()
    {
        var parts = Enumerable.Range(2, 20).SelectMany(between => new[] { Holding.Of(0, between, 0.4m), Holding.Of(between, 1, 0.05m) });
        var answer = new RegisterOwnership(HoldingGraph.Build(22, parts)).Find(new RegisterQuestion(OwnershipSemantics.Walk, 0.25m));
        Assert.That(answer.Pairs.Single(pair => pair.Company == 1).Share, Is.EqualTo(0.4).Within(1e-12));
    }

    [Test]
    public void APartBelowAHangingCompanyAndADirectOneAddUp()
    {
        // P holds 20% of G; G all of S, S 90% of T; P another 8% of T: 26%, though neither part alone comes to a quarter.
        var holdings = HoldingGraph.Build(5, [Holding.Of(0, 1, 0.2m), Holding.Of(1, 2, 1m), Holding.Of(2, 3, 0.9m), Holding.Of(0, 3, 0.08m), Holding.Of(4, 1, 0.8m)]);
        var answer = new RegisterOwnership(holdings).Find(new RegisterQuestion(OwnershipSemantics.Corrected, 0.25m));
        Assert.That(answer.Pairs.Single(pair => pair is { Holder: 0, Company: 3 }).Share, Is.EqualTo(0.26).Within(1e-12));
        Assert.That(answer.Pairs, Has.None.Matches<OwnershipPair>(pair => pair is { Holder: 0, Company: 2 }));
    }

    [Test]
    public void ADirectPartIsComparedAsADecimal()
    {
        var holdings = HoldingGraph.Build(3, [Holding.Of(0, 2, 0.2499999999999m), Holding.Of(1, 2, 0.25m)]);
        Assert.That(Holders(holdings, false), Is.EqualTo(new[] { 1 }));
        Assert.That(Holders(holdings, true), Is.Empty);

        static IEnumerable<int> Holders(HoldingGraph holdings, bool isStrict) =>
            new RegisterOwnership(holdings).Find(new RegisterQuestion(OwnershipSemantics.Corrected, 0.25m, isStrict)).Pairs.Select(pair => pair.Holder);
    }

    [Test]
    public void ControlPairsAreThoseOfTheRounds()
    {
        foreach (var graph in RandomGraphs.Draw(1500))
        {
            var wanted = Enumerable.Range(0, graph.NodeCount)
                .SelectMany(party => OwnershipOracle.Controlled(graph.NodeCount, graph.Edges, party).Select(company => (party, company)));
            var pairs = RegisterControl.Pairs(GraphOf(graph));
            Assert.That(pairs.Select(pair => (pair.Holder, pair.Company)), Is.EqualTo(wanted), $"{graph}");
            Assert.That(pairs.Select(pair => pair.Share.Lower), Is.All.GreaterThan(0.5m));
        }
    }

    [Test]
    public void BlockedPairsAreThoseOfTheRounds()
    {
        foreach (var graph in RandomGraphs.Draw(1500))
        {
            var pairs = RegisterControl.Blocked(GraphOf(graph), 0.5m).GroupBy(pair => pair.Holder).ToDictionary(group => group.Key, group => group.Select(pair => pair.Company).ToList());
            for (var party = 0; party < graph.NodeCount; party++)
            {
                var blocked = new SortedSet<int> { party };
                while (Enumerable.Range(0, graph.NodeCount).Where(company => !blocked.Contains(company)
                    && graph.Edges.Where(edge => edge.To == company && blocked.Contains(edge.From)).Sum(edge => edge.Share) >= 0.5m).ToList() is { Count: > 0 } more)
                    blocked.UnionWith(more);
                blocked.Remove(party);
                Assert.That(pairs.GetValueOrDefault(party, []), Is.EqualTo(blocked), $"{party}: {graph}");
            }
        }
    }

    [Test]
    public void NobodyWaitingEndsIt()
    {
        using var ended = new CancellationTokenSource();
        ended.Cancel();
        var (holdings, meter) = (Layered(1, isRanged: false), WorkMeter.EndedBy(ended.Token));
        Assert.That(() => new RegisterOwnership(holdings).Find(new RegisterQuestion(OwnershipSemantics.Walk, 0.25m), meter), Throws.InstanceOf<OperationCanceledException>());
        Assert.That(() => RegisterControl.Pairs(holdings, meter: meter), Throws.InstanceOf<OperationCanceledException>());
        Assert.That(() => RegisterControl.Blocked(holdings, 0.5m, meter: meter), Throws.InstanceOf<OperationCanceledException>());
    }

    /// <summary>Persons, then layers of companies of which most have one corporate holder, then circles of a few; shares in tenths, so that thresholds are met exactly.</summary>
    private static HoldingGraph Layered(int seed, bool isRanged)
    {
        const int Persons = 60, Companies = 140;
        var random = new Random(seed);
        var holdings = new Dictionary<(int, int), Holding>();
        for (var company = Persons; company < Persons + Companies; company++)
        {
            var left = random.Next(20) == 0 ? 13 : 10;
            for (var part = random.Next(1, 4); part > 0 && left > 0; part--)
            {
                var isCorporate = company > Persons && random.Next(5) < 2;
                var holder = isCorporate ? random.Next(Math.Max(Persons, company - 30), Math.Min(company + (seed % 3), Persons + Companies)) : random.Next(Persons);
                var share = random.Next(1, left + 1);
                left -= share;
                holdings[(holder, company)] = isRanged && random.Next(40) == 0
                    ? new Holding(holder, company, new ShareInterval(share / 20m, share / 15m, share / 10m), ShareInterval.Exactly(share / 10m))
                    : Holding.Of(holder, company, share / 10m);
            }
        }

        return HoldingGraph.Build(Persons + Companies, holdings.Values);
    }

    private static bool IsNear(double? one, double? other) => one is null || other is null ? one == other : Math.Abs(one.Value - other.Value) <= 1e-12 * Math.Max(1, one.Value);

    private static HoldingGraph GraphOf(RandomGraph graph) => HoldingGraph.Build(graph.NodeCount, graph.Edges.Select(edge => Holding.Of(edge.From, edge.To, edge.Share)));
}
