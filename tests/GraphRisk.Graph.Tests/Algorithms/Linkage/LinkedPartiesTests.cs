using GraphRisk.Graph.Algorithms.Linkage;
using GraphRisk.Graph.Algorithms.Ownership;
using GraphRisk.Graph.Facts;
using GraphRisk.Graph.Snapshots;
using GraphRisk.TestKit;

namespace GraphRisk.Graph.Tests.Algorithms.Linkage;

public sealed class LinkedPartiesTests
{
    [Test]
    public void LinksAndPathsEqualTheOracleOnRandomMarkets()
    {
        var parameters = LinkParameters.Default with { HubLimit = 4, OwnershipThreshold = 0.25m };
        var found = 0;
        for (var seed = 1; seed <= 1000; seed++)
        {
            var market = RandomMarket.Draw(seed);
            var snapshot = GraphText.SnapshotOf(market.Facts);
            var oracle = new LinkOracle(market, parameters);
            var linked = Prepare(snapshot, parameters);
            var strongest = AssertTies(market, snapshot, oracle, linked);
            var from = oracle.Parties[seed % oracle.Parties.Count];
            var answer = linked.Of(snapshot.Nodes.Find(from)).Linked.ToDictionary(one => one.Party);
            foreach (var to in oracle.Parties.Where(party => party != from))
            {
                var strength = oracle.Strongest(from, to, strongest);
                var got = answer.GetValueOrDefault(snapshot.Nodes.Find(to));
                Assert.That(got?.Strength ?? 0, Is.EqualTo(strength).Within(1e-9), () => $"{market}: {from} to {to}");
                if (got is null) continue;
                AssertPath(snapshot.Nodes.Find(from), got, parameters);
                found++;
            }
        }

        Assert.That(found, Is.GreaterThan(2000));
    }

    [Test]
    public void TheClientIsLinkedToItsOwnersOtherCompanyThroughTheOwner()
    {
        var drawn = GraphText.Draw("""
            (Li:Person)-[HOLDS share=0.6]->(A:Company)
            (Li)-[HOLDS share=0.3]->(B:Company)
            """);
        var linked = Prepare(drawn.Snapshot).Of(drawn["A"]).Linked;
        Assert.That(drawn.Labels(linked.Select(one => one.Party)), Is.EqualTo("Li B"));
        var path = linked[1].Path;
        Assert.That(path.Select(link => link.Kind), Is.EqualTo(new[] { LinkKind.Control, LinkKind.Ownership }));
        Assert.That(path.Select(link => link.IsForward), Is.EqualTo(new[] { false, true }));
        Assert.That(path[1].Value, Is.EqualTo(0.3m));
        Assert.That(linked[1].Strength, Is.EqualTo(0.3).Within(1e-12));
        var holds = drawn.Snapshot.Relationship("HOLDS");
        Assert.That(holds.GetDecimal(path[1].Evidence.Single().Edge, "share"), Is.EqualTo(0.3m));
    }

    [Test]
    public void ADeviceThatManyUseLinksNobody()
    {
        var text = string.Join('\n', Enumerable.Range(0, 5).Select(i =>
            $"(P{i}:Person)-[OWNS_ACCOUNT]->(A{i}:Account);(D:Device)-[SIGNED_IN]->(A{i})"));
        var drawn = GraphText.Draw(text);
        Assert.That(Prepare(drawn.Snapshot, LinkParameters.Default with { HubLimit = 5 }).Of(drawn["P0"]).Linked, Has.Length.EqualTo(4));
        Assert.That(Prepare(drawn.Snapshot, LinkParameters.Default with { HubLimit = 4 }).Of(drawn["P0"]).Linked, Is.Empty);
    }

    [Test]
    public void APathEndsAfterTheStepsAllowed()
    {
        var drawn = GraphText.Draw("(A:Person)-[GUARANTEES]->(B:Person)-[GUARANTEES]->(C:Person)-[GUARANTEES]->(D:Person)-[GUARANTEES]->(E:Person)");
        Assert.That(drawn.Labels(Prepare(drawn.Snapshot).Of(drawn["A"]).Linked.Select(one => one.Party)), Is.EqualTo("B C D"));
    }

    [Test]
    public void AnAnswerThatIsCutSaysSo()
    {
        var drawn = GraphText.Draw(string.Join('\n', Enumerable.Range(0, 9).Select(i => $"(X{(i == 0 ? ":Person" : "")})-[GUARANTEES]->(P{i}:Person)")));
        var answer = Prepare(drawn.Snapshot, LinkParameters.Default with { MaxParties = 5 }).Of(drawn["X"]);
        Assert.That((answer.Linked.Length, answer.IsComplete), Is.EqualTo((5, false)));
    }

    private static void AssertPath(int from, LinkedParty linked, LinkParameters parameters)
    {
        Assert.That(linked.Path.Select(link => link.From), Is.EqualTo(linked.Path.Select(link => link.To).SkipLast(1).Prepend(from)));
        Assert.That(linked.Path[^1].To, Is.EqualTo(linked.Party));
        Assert.That(linked.Path.Aggregate(1.0, (product, link) => product * link.Strength), Is.EqualTo(linked.Strength).Within(1e-12));
        Assert.That(linked.Path, Has.Length.LessThanOrEqualTo(parameters.MaxSteps));
        Assert.That(linked.Path.All(link => link.Evidence.Length > 0));
    }

    /// <summary>Holds the ties of every two parties against the oracle; the strongest tie of each pair.</summary>
    private static Dictionary<(NodeId, NodeId), double> AssertTies(
        RandomMarket market, Snapshot snapshot, LinkOracle oracle, LinkedParties linked)
    {
        var strongest = new Dictionary<(NodeId, NodeId), double>();
        foreach (var one in oracle.Parties)
        {
            var links = linked.LinksFrom(snapshot.Nodes.Find(one)).ToLookup(link => link.To);
            foreach (var other in oracle.Parties.Where(other => other != one))
            {
                var wanted = oracle.Ties(one, other);
                var got = links[snapshot.Nodes.Find(other)].GroupBy(link => link.Kind).ToDictionary(group => group.Key, group => group.Max(link => link.Strength));
                Assert.That(got, Is.EquivalentTo(wanted), () => $"{market}: {one}, {other}");
                if (wanted.Count > 0) strongest[(one, other)] = wanted.Values.Max();
            }
        }

        return strongest;
    }

    private static LinkedParties Prepare(Snapshot snapshot, LinkParameters? parameters = null)
    {
        var holdings = HoldingGraph.Of(snapshot);
        return new LinkedParties(snapshot, holdings, new CompanyControl(holdings, ConcertAgreement.InForce(snapshot)), parameters);
    }
}
