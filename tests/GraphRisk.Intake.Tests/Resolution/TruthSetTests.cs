using GraphRisk.Graph.Facts;
using GraphRisk.Graph.Schema;
using GraphRisk.Graph.Snapshots;
using GraphRisk.Graph.Store;
using GraphRisk.Intake.Resolution.Evaluation;
using GraphRisk.TestKit;

namespace GraphRisk.Intake.Tests.Resolution;

/// <summary>The Senzing truth set: names in many writings, watch lists, and people made to be confused.</summary>
public sealed class TruthSetTests
{
    private static readonly string[] Files = ["customers", "reference", "watchlist"];

    [Test]
    public async Task ThreeFilesOneAfterAnotherEndAsAllAtOnce()
    {
        var (stepwise, atOnce) = (new ResolutionBench(), new ResolutionBench());
        foreach (var file in Files)
        {
            await stepwise.AddAsync(Load(file));
            await stepwise.ResolveAsync();
            await atOnce.AddAsync(Load(file));
        }

        await atOnce.ResolveAsync();
        Assert.That(await stepwise.GroupsAsync(), Is.EqualTo(await atOnce.GroupsAsync()));
        Assert.That((await stepwise.ResolveAfreshAsync()).Asserted, Is.Zero);
    }

    [Test]
    public async Task RulesAloneJoinFewWrongly()
    {
        var bench = new ResolutionBench();
        var records = Files.SelectMany(Load).ToList();
        await bench.AddAsync(records);
        await bench.ResolveAsync();
        var quality = (await TruthAsync(records)).Measure(await ReadClustersAsync(bench));
        await TestContext.Out.WriteLineAsync($"precision {quality.Precision:0.000} recall {quality.Recall:0.000} F1 {quality.F1:0.000}");
        Assert.That(quality.RealPairs, Is.EqualTo(108));
        Assert.That(quality.Precision, Is.GreaterThanOrEqualTo(0.95));
    }

    private static IEnumerable<NodeFact> Load(string file) => TruthSetRecords.Read(SharedData.Require($"data/er/senzing/{file}.jsonl"));

    private static async Task<ResolutionTruth> TruthAsync(List<NodeFact> records)
    {
        var lines = await File.ReadAllLinesAsync(SharedData.Require("data/er/senzing/actual_truthset_key.csv"));
        var clusters = lines.Skip(1).Select(line => line.Trim().Split(',')).ToDictionary(row => $"test:{row[2]}-{row[3]}", row => row[1], StringComparer.Ordinal);
        return new ResolutionTruth(records.ToDictionary(record => record.Node, record => clusters[record.Node.Key]));
    }

    private static async Task<Clusters> ReadClustersAsync(ResolutionBench bench)
    {
        var version = await bench.Store.GetVersionAsync();
        return await Clusters.ReadAsync(bench.Store.ReadAsync(ReadScope.All(version.Number) with { Types = [SchemaCatalog.SameAs] }));
    }
}
