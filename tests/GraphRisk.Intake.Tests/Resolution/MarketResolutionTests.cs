using GraphRisk.Graph.Facts;
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
    private static readonly string[] PartyFiles =
        ["brokers/*/clients.csv", "registry/companies.csv", "registry/name_changes.csv", "registry/persons.csv", "exchange/issuers.csv", "lists/*.ndjson"];

    [Test]
    public async Task TheSampleMarketIsResolvedAsItsTruthSays()
    {
        var (store, summary) = await ResolveAsync();
        var truth = TruthFile.Read(Repository.PathOf("samples", "market", "truth", "entities.csv"));
        var clusters = await ReadClustersAsync(store);
        var quality = ResolutionQuality.Measure(truth, clusters);
        await TestContext.Out.WriteLineAsync($"{summary}\nprecision {quality.Precision:0.0000} recall {quality.Recall:0.0000} F1 {quality.F1:0.0000}\n{quality}");
        await WriteErrorsAsync(store, truth, clusters);
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
        var at = new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
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

    /// <summary>A sample of what went wrong, for whoever works on the rules.</summary>
    private static async Task WriteErrorsAsync(InMemoryGraphStore store, Dictionary<NodeId, string> truth, Clusters clusters)
    {
        var facts = new Dictionary<NodeId, string>();
        var version = await store.GetVersionAsync();
        await foreach (var recorded in store.ReadAsync(ReadScope.All(version.Number) with { Types = ["Person", "Company"] }))
            if (recorded.Fact is NodeFact node) facts[node.Node] = facts.GetValueOrDefault(node.Node) + $"{{{node.Properties}}}";
        var missed = truth.GroupBy(row => row.Value).Where(entity => entity.Select(row => clusters.ClusterOf(row.Key)).Distinct().Count() > 1 || entity.Count() > 1 && entity.All(row => clusters.ClusterOf(row.Key) < 0));
        foreach (var entity in missed.Take(int.Parse(TestContext.Parameters.Get("errors", "0"), System.Globalization.CultureInfo.InvariantCulture)))
        {
            await TestContext.Out.WriteLineAsync($"missed {entity.Key}");
            foreach (var (node, _) in entity.OrderBy(row => row.Key))
                await TestContext.Out.WriteLineAsync($"   {clusters.ClusterOf(node),6} {node} {facts.GetValueOrDefault(node)}");
        }

        foreach (var cluster in truth.Where(row => clusters.ClusterOf(row.Key) >= 0).GroupBy(row => clusters.ClusterOf(row.Key)).Where(group => group.Select(row => row.Value).Distinct().Count() > 1))
        {
            await TestContext.Out.WriteLineAsync("wrongly joined");
            foreach (var (node, entity) in cluster.OrderBy(row => row.Key))
                await TestContext.Out.WriteLineAsync($"   {entity} {node} {facts.GetValueOrDefault(node)}");
        }
    }
}
