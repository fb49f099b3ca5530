using BenchmarkDotNet.Attributes;
using GraphRisk.Graph.Algorithms.Linkage;
using GraphRisk.Graph.Algorithms.Ownership;
using GraphRisk.Graph.Facts;
using GraphRisk.TestKit;

namespace GraphRisk.Benchmarks.Algorithms;

/// <summary>Linked parties over the FinBench sample's holdings: preparing once, then one client after another.</summary>
[MemoryDiagnoser]
[Config(typeof(ShortInProcess))]
public class LinkedPartiesBenchmarks
{
    private Graph.Snapshots.Snapshot snapshot = GraphText.SnapshotOf([]);
    private HoldingGraph holdings = HoldingGraph.Build(0, []);
    private LinkedParties? linked;
    private int next;

    [GlobalSetup]
    public void Setup()
    {
        var named = SharedHoldings.FinBench();
        NodeId[] ids = [.. named.Names.Select(NodeId.Parse)];
        snapshot = GraphText.SnapshotOf(named.Edges.Select((edge, row) => new RelationshipFact(
            "HOLDS", ids[edge.From], ids[edge.To], $"{row}", Properties.Of(("share", PropertyValue.Of(edge.Share))),
            Validity.Always, new Provenance("finbench", $"{row}", 0.9m))));
        holdings = HoldingGraph.Of(snapshot);
        linked = Prepare();
    }

    [Benchmark]
    public LinkedParties Prepare() => new(snapshot, holdings, new CompanyControl(holdings));

    [Benchmark]
    public int OneClient()
    {
        next = (next + 1) % snapshot.Nodes.Count;
        return linked!.Of(next).Linked.Length;
    }
}
