using System.Text.Json;
using GraphRisk.Graph.Algorithms.Ownership;
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
                AssertStakes(expected, lookThrough.AllPairs(semantics, 0), named);
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
