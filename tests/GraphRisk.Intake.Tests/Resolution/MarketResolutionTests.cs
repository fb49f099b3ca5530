using GraphRisk.Graph.Schema;
using GraphRisk.Graph.Snapshots;
using GraphRisk.Graph.Store;
using GraphRisk.Intake.Import;
using GraphRisk.Intake.Import.Mapping;
using GraphRisk.Intake.Import.Quarantine;
using GraphRisk.Intake.Resolution;
using GraphRisk.Intake.Resolution.Evaluation;
using GraphRisk.TestKit;

namespace GraphRisk.Intake.Tests.Resolution;

/// <summary>The sample market's records against its truth.</summary>
public sealed class MarketResolutionTests
{
    private static readonly DateTimeOffset Recorded = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private static readonly string[] PartyFiles =
        ["brokers/*/clients.csv", "registry/companies.csv", "registry/name_changes.csv", "registry/persons.csv", "exchange/issuers.csv", "lists/*.ndjson"];

    [Test]
    public async Task TheSampleMarketIsResolvedAsItsTruthSays()
    {
        var (store, summary) = await ResolveAsync();
        var truth = TruthFile.Read(Repository.PathOf("samples", "market", "truth", "entities.csv"));
        var clusters = await ReadClustersAsync(store);
        var quality = truth.Measure(clusters);
        await TestContext.Out.WriteLineAsync($"{summary}\nprecision {quality.Precision:0.0000} recall {quality.Recall:0.0000} F1 {quality.F1:0.0000}\n{quality}");
        Assert.Multiple(() =>
        {
            Assert.That(quality.Precision, Is.GreaterThanOrEqualTo(0.995));
            Assert.That(quality.Recall, Is.GreaterThanOrEqualTo(0.97));
        });
    }

    private static async Task<(InMemoryGraphStore Store, ResolutionSummary Summary)> ResolveAsync()
    {
        var catalog = SchemaCatalog.LoadEmbedded();
        using var folder = new TemporaryFolder();
        using var quarantine = QuarantineLog.Open(folder.Root);
        var store = new InMemoryGraphStore(catalog);
        var at = Recorded;
        var market = Repository.PathOf("samples", "market");
        var copy = folder.PathOf("market");
        foreach (var file in PartyFiles.SelectMany(pattern => Matching(market, pattern)))
        {
            var target = Path.Combine(copy, Path.GetRelativePath(market, file));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(file, target);
        }

        await new Importer(catalog, MappingSet.Load(catalog), quarantine).ImportAsync(store, [copy], new ImportOptions(at));
        return (store, await new Resolver(store, new ResolutionOptions()).ResolveAsync(at));
    }

    private static IEnumerable<string> Matching(string root, string pattern)
    {
        var folder = Path.GetDirectoryName(pattern)!;
        var folders = folder.EndsWith('*') ? Directory.GetDirectories(Path.Combine(root, Path.GetDirectoryName(folder)!)) : [Path.Combine(root, folder)];
        return folders.SelectMany(one => Directory.GetFiles(one, Path.GetFileName(pattern))).Order(StringComparer.Ordinal);
    }

    private static async Task<Clusters> ReadClustersAsync(InMemoryGraphStore store)
    {
        var version = await store.GetVersionAsync();
        return await Clusters.ReadAsync(store.ReadAsync(ReadScope.All(version.Number) with { Types = [SchemaCatalog.SameAs] }));
    }
}
