using GraphRisk.Graph.Algorithms.Ownership;

namespace GraphRisk.Graph.Tests.Algorithms.Ownership;

/// <summary>Ownership and control of sketches, pair by pair, against fractions that never round.</summary>
public sealed class RationalTests
{
    private const int Sketches = 3000;

    [TestCase(OwnershipSemantics.Walk)]
    [TestCase(OwnershipSemantics.SimplePath)]
    public void EveryPairIsTheFraction(OwnershipSemantics semantics)
    {
        var compared = 0;
        foreach (var sketch in OwnershipSketch.Draw(Sketches))
        {
            var oracle = new RationalOracle(sketch.Nodes, sketch.Edges);
            var found = new OwnershipLookThrough(sketch.Graph).AllPairs(semantics, 0).Stakes.ToDictionary(stake => (stake.Holder, stake.Company), stake => stake.Share);
            foreach (var (holder, company, wanted) in Pairs(sketch, oracle, semantics))
            {
                if (wanted is null)
                {
                    Assert.That(found.ContainsKey((holder, company)), Is.False, () => $"{holder} of {company} has no end, {sketch}");
                    continue;
                }

                var share = wanted.Value.ToDouble();
                Assert.That(found.GetValueOrDefault((holder, company)), Is.EqualTo(share).Within(1e-9 * Math.Max(1, share)), () => $"{holder} of {company}, {sketch}");
                compared++;
            }
        }

        Assert.That(compared, Is.GreaterThan(50_000));
        TestContext.Out.WriteLine($"{compared} pairs of {Sketches} sketches under {semantics}");
    }

    [Test]
    public void ControlIsTheFixpointOfFractions()
    {
        var pairs = 0;
        foreach (var sketch in OwnershipSketch.Draw(Sketches))
        {
            var oracle = new RationalOracle(sketch.Nodes, sketch.Edges);
            var control = new CompanyControl(sketch.Graph);
            for (var party = 0; party < sketch.Nodes; party++)
            {
                var wanted = oracle.Controlled(party, 0.5m, inclusive: false, withoutTreasury: false);
                Assert.That(control.ControlledNodes(party), Is.EqualTo(wanted), () => $"{party}, {sketch}");
                pairs += wanted.Count;
            }
        }

        Assert.That(pairs, Is.GreaterThan(3000));
    }

    private static IEnumerable<(int Holder, int Company, Fraction? Share)> Pairs(OwnershipSketch sketch, RationalOracle oracle, OwnershipSemantics semantics)
    {
        for (var holder = 0; holder < sketch.Nodes; holder++)
        {
            var paths = semantics == OwnershipSemantics.SimplePath ? oracle.SimplePaths(holder) : null;
            for (var company = 0; company < sketch.Nodes; company++)
                yield return (holder, company, paths is not null ? paths[company]
                    : semantics == OwnershipSemantics.Walk ? oracle.Walk(holder, company) : oracle.Corrected(holder, company));
        }
    }
}
