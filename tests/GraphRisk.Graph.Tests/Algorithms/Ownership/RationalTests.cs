using System.Globalization;
using GraphRisk.Graph.Algorithms.Ownership;

namespace GraphRisk.Graph.Tests.Algorithms.Ownership;

/// <summary>Ownership and control of sketches, pair by pair, against fractions that never round.</summary>
public sealed class RationalTests
{
    private const int Sketches = 600;

    [TestCase(OwnershipSemantics.Walk)]
    [TestCase(OwnershipSemantics.Corrected)]
    [TestCase(OwnershipSemantics.SimplePath)]
    public void EveryPairIsTheFraction(OwnershipSemantics semantics)
    {
        var compared = 0;
        foreach (var sketch in OwnershipSketch.Draw(Sketches))
        {
            var oracle = new RationalOracle(sketch.Nodes, sketch.Edges);
            var found = new OwnershipLookThrough(sketch.Graph).AllPairs(new LookThroughQuestion(semantics) { SelfPairs = true }).Stakes.ToDictionary(stake => (stake.Holder, stake.Company), stake => stake.Share);
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

        Assert.That(compared, Is.GreaterThan(15_000));
        TestContext.Out.WriteLine($"{compared} pairs of {OwnershipSketch.Times * Sketches} sketches under {semantics}");
    }

    /// <summary>No rounding decides who reaches a threshold: sketches are full of sums that equal it or miss it by the last digit.</summary>
    [TestCase(OwnershipSemantics.Walk, ThresholdOperator.AtLeast, "0.25")]
    [TestCase(OwnershipSemantics.Corrected, ThresholdOperator.AtLeast, "0.25")]
    [TestCase(OwnershipSemantics.Corrected, ThresholdOperator.Above, "0.25")]
    [TestCase(OwnershipSemantics.SimplePath, ThresholdOperator.Above, "0.5")]
    public void WhoReachesAThresholdIsDecidedInFractions(OwnershipSemantics semantics, ThresholdOperator comparison, string limit)
    {
        var (threshold, equal) = (decimal.Parse(limit, CultureInfo.InvariantCulture), 0);
        foreach (var sketch in OwnershipSketch.Draw(Sketches))
        {
            var oracle = new RationalOracle(sketch.Nodes, sketch.Edges);
            var answer = new OwnershipLookThrough(sketch.Graph).AllPairs(new LookThroughQuestion(semantics) { Threshold = threshold, Operator = comparison, SelfPairs = true });
            var orders = Pairs(sketch, oracle, semantics).Where(pair => pair.Share is not null).ToDictionary(pair => (pair.Holder, pair.Company), pair => pair.Share!.Value.CompareTo(Fraction.Of(threshold)));
            equal += orders.Values.Count(order => order == 0);
            Assert.That(
                answer.Stakes.Select(stake => (stake.Holder, stake.Company)),
                Is.EquivalentTo(orders.Where(pair => pair.Value > (comparison == ThresholdOperator.Above ? 0 : -1)).Select(pair => pair.Key)), sketch.ToString);
            Assert.That(answer.Findings.Select(finding => finding.Kind), Has.None.EqualTo(OwnershipFindingKind.ThresholdUndecided));
        }

        Assert.That(equal, Is.GreaterThan(150));
    }

    [TestCase(false, TreasuryShares.Counted)]
    [TestCase(true, TreasuryShares.Counted)]
    [TestCase(false, TreasuryShares.Cancelled)]
    public void ControlIsTheFixpointOfFractions(bool inclusive, TreasuryShares treasury)
    {
        var pairs = 0;
        var parameters = ControlParameters.Default with { Operator = inclusive ? ThresholdOperator.AtLeast : ThresholdOperator.Above, Treasury = treasury };
        foreach (var sketch in OwnershipSketch.Draw(Sketches))
        {
            var oracle = new RationalOracle(sketch.Nodes, sketch.Edges);
            var control = new CompanyControl(sketch.Graph, parameters: parameters);
            for (var party = 0; party < sketch.Nodes; party++)
            {
                var wanted = oracle.Controlled(party, 0.5m, inclusive, treasury == TreasuryShares.Cancelled);
                Assert.That(control.ControlledNodes(party), Is.EqualTo(wanted), () => $"{party}, {sketch}");
                pairs += wanted.Count;
            }
        }

        Assert.That(pairs, Is.GreaterThan(500));
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
