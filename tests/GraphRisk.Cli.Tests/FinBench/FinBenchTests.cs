using GraphRisk.Cli.Composition;
using GraphRisk.Cli.FinBench;
using GraphRisk.Graph.Facts;
using GraphRisk.Graph.Snapshots;
using GraphRisk.Intake.Import.Mapping;
using GraphRisk.Intake.Import.Updates;
using GraphRisk.Market.Flows;
using GraphRisk.TestKit.FinBench;
using GraphRisk.Workflow.Flows;

namespace GraphRisk.Cli.Tests.FinBench;

/// <summary>
/// FinBench's operations against brute force: every read on a hundred parameter sets before the updates and again after them, every write by what became of it.
/// Data are made by LDBC's own generator. On Neo4j the first updates only: each is a transaction over HTTP.
/// </summary>
[NonParallelizable]
public sealed class FinBenchTests
{
    private const int Sets = 100;

    [TestCase("0.1", false, 3_000)]
    [TestCase("0.1", true, 150)]
    [TestCase("0.1", false, int.MaxValue, Explicit = true, Reason = "takes minutes")]
    [TestCase("0.1", true, 1_500, Explicit = true, Reason = "takes minutes")]
    public async Task ReadsAndWritesEqualBruteForce(string scale, bool isOnNeo4j, int most)
    {
        await using var world = await FinBenchWorld.OpenAsync(scale, isOnNeo4j);
        var snapshots = new SnapshotProvider(world.Store);
        world.HoldAgainstBruteForce(new MoneyFlows(await snapshots.GetAsync(Validity.EndOfTime)), Sets, seed: 7);

        var writer = new FlowWriter(world.Store, async token => new MoneyFlows(await snapshots.GetAsync(Validity.EndOfTime, cancellation: token)));
        var outcomes = new Dictionary<string, int>();
        foreach (var row in Updates(world).Take(most))
        {
            var write = FlowWrite.All.Single(one => one.File == row.File);
            var outcome = $"{await writer.WriteAsync(write, row, FinBenchWorld.RecordedAt)}";
            Assert.That(outcome, Is.EqualTo(world.Naive.Apply(new NaiveRow(row.File, [.. row.Names], [.. row.Values]))), $"{write.Code} {row.Id}");
            outcomes[$"{write.Code} {outcome}"] = outcomes.GetValueOrDefault($"{write.Code} {outcome}") + 1;
        }

        TestContext.Progress.WriteLine(string.Join(", ", outcomes.Select(one => $"{one.Key}: {one.Value}").Order(StringComparer.Ordinal)));
        world.HoldAgainstBruteForce(new MoneyFlows(await snapshots.GetAsync(Validity.EndOfTime)), Sets, seed: 8);
    }

    [TestCase("1", false)]
    [TestCase("1", true)]
    [Explicit("A minute and more, and on Neo4j many.")]
    public async Task ReadsEqualBruteForceAtScale(string scale, bool isOnNeo4j)
    {
        await using var world = await FinBenchWorld.OpenAsync(scale, isOnNeo4j);
        world.HoldAgainstBruteForce(new MoneyFlows(await new SnapshotProvider(world.Store).GetAsync(Validity.EndOfTime)), Sets, seed: 9);
    }

    private static IEnumerable<UpdateRow> Updates(FinBenchWorld world) =>
        new UpdateStream(world.Store.Catalog, MappingSet.Load(world.Store.Catalog)).Read(Directory.GetFiles(Path.Combine(world.Folder, "incremental"), "*.csv"));
}
