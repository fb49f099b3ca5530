using System.Text;
using BenchmarkDotNet.Attributes;
using GraphRisk.Server.Guard;
using GraphRisk.TestKit;

namespace GraphRisk.Benchmarks.Guard;

/// <summary>Time and bytes the guard takes to refuse each hostile query; the bounds are 5 ms and 1 MB.</summary>
[MemoryDiagnoser]
[Config(typeof(ShortInProcess))]
public class HostileQueryBenchmarks
{
    private byte[] query = [];

    public static IEnumerable<string> Names => HostileQueries.ByName.Keys;

    [ParamsSource(nameof(Names))]
    public string Name { get; set; } = "";

    [GlobalSetup]
    public void Setup() => query = Encoding.UTF8.GetBytes(HostileQueries.ByName[Name]);

    [Benchmark]
    public bool Refuse() => QueryGuard.Inspect(query, QueryLimits.Default).Refusal is not null;
}
