using BenchmarkDotNet.Attributes;
using GraphRisk.Graph.Algorithms.Ownership;
using GraphRisk.Graph.Algorithms.Structure;
using GraphRisk.TestKit;

namespace GraphRisk.Benchmarks.Algorithms;

/// <summary>
/// Look-through of the FinBench sample, whose largest component has 457 companies, against the series summed term by
/// term for one company. Bound: one exact answer, factorisation included, well under a second.
/// </summary>
[MemoryDiagnoser]
[Config(typeof(ShortInProcess))]
public class LookThroughBenchmarks
{
    private (int From, int To, double Share)[] edges = [];
    private HoldingGraph holdings = HoldingGraph.Build(0, []);
    private OwnershipLookThrough prepared = new(HoldingGraph.Build(0, []));
    private int company;

    [GlobalSetup]
    public void Setup()
    {
        var named = SharedHoldings.FinBench();
        edges = [.. named.Edges.Select(edge => (edge.From, edge.To, (double)edge.Share))];
        holdings = HoldingGraph.Build(named.Names.Length, named.Edges.Select(edge => Holding.Of(edge.From, edge.To, edge.Share)));
        var components = StronglyConnectedComponents.Find(holdings.Out);
        company = components.Members(Enumerable.Range(0, components.Count).MaxBy(components.SizeOf))[0];
        prepared = new OwnershipLookThrough(holdings);
        prepared.OwnersOf(company, OwnershipSemantics.Corrected);
        prepared.OwnersOf(company, OwnershipSemantics.Walk);
    }

    [Benchmark(Baseline = true)]
    public double SeriesOfOneCompany()
    {
        var sum = new double[holdings.NodeCount];
        var term = new double[sum.Length];
        term[company] = 1;
        while (term.Max() > 1e-14)
        {
            var next = new double[term.Length];
            foreach (var (from, to, share) in edges) next[from] += share * term[to];
            for (var i = 0; i < sum.Length; i++) sum[i] += next[i];
            term = next;
        }

        return sum.Sum();
    }

    [Benchmark]
    public int FirstAnswer() => new OwnershipLookThrough(holdings).OwnersOf(company, OwnershipSemantics.Walk).Stakes.Length;

    [Benchmark]
    public int FurtherAnswer() => prepared.OwnersOf(company, OwnershipSemantics.Walk).Stakes.Length;

    [Benchmark]
    public int AllPairsAtAQuarter() => new OwnershipLookThrough(holdings).AllPairs(OwnershipSemantics.Walk, 0.25m).Stakes.Length;

    [Benchmark]
    public int AllPairsCorrected() => new OwnershipLookThrough(holdings).AllPairs(OwnershipSemantics.Corrected, 0.25m).Stakes.Length;

    [Benchmark]
    public int AllControl()
    {
        var control = new CompanyControl(holdings);
        return Enumerable.Range(0, holdings.NodeCount).Sum(party => control.ControlledNodes(party).Length);
    }
}
